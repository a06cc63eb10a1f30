"""What is said of a network and its problem (`schemas/coordination/games/graph.py`)."""

import re
from collections import defaultdict
from collections.abc import Iterator

from madata.validators.coordination.reading.rules.common import Saying, Sayings, nth, saying
from madata.validators.coordination.reading.skeleton import Difference

WHOSE = re.compile(r"\b[Nn]eighbours of ([^:.]+):")


class Rules(Sayings):
    def sayings(self) -> Iterator[Saying]:
        yield saying(
            "that one can talk to neighbours only",
            r"network",
            r"""
            (?:talk|speak) .. (?:to|with) .. neighbours .. only
            only .. (?:talk|speak) .. (?:to|with) .. neighbours
            """,
        )
        yield saying(
            "what neighbours know, and who leaves",
            r"neighbours know of each other",
            r"whoever leaves .. (?:stays|remains) a neighbour",
            r"keeps .. choice",
        )
        yield saying(
            "how a round goes",
            r"(?:all|everybody|everyone) can .. speak",
            r"of what they chose",
            r"then .. can .. choose",
            r"at (?:once|the same time)",
            r"anew|again",
        )
        yield saying(
            "the choices there are",
            r"""
            there are these (?:choices|labels)
            these are the (?:choices|labels)
            """,
            each=[(action,) for action in self.actions],
            chunks=1,
            lists=True,
        )
        yield from self.problem()
        yield saying(
            "when it is over",
            r"after round # .. over .. round in which nothing is .. said or .. (?:chosen|done)",
            r"no message is .. (?:under way|on its way)",
            each=[("1",)],
        )
        yield from self.edges()

    def problem(self) -> Iterator[Saying]:
        first, second = nth(self.actions, 0), nth(self.actions, 1)
        succeeds = r"the team succeeds if in the end"
        chosen = rf"{succeeds} everybody has chosen"
        unchosen = r"(?:having chosen|to choose) nothing counts as .. choice : (?:to )?@"
        problem = self.game["problem"]
        if problem == "colouring":
            yield saying("what success is", rf"{chosen} , and no # neighbours the same", each=[("2",)])
            yield saying("what is better", r"the fewer different choices are made , the better")
        if problem == "matching":
            yield saying("what it is to be alone", r"to @ is to be alone", each=[(first,)])
            yield saying(
                "what success is",
                rf"{succeeds} everybody is alone or has chosen a neighbour who (?:chose|has chosen) them",
                r"no # neighbours are both alone",
                each=[("2",)],
            )
            yield saying("what it is to choose nothing", unchosen, each=[(first,)])
            yield saying("what is better", r"the fewer are alone , the better")
        if problem == "cover":
            yield saying(
                "what success is",
                rf"{succeeds} of any # neighbours at least one has this choice : (?:to )?@",
                each=[("2", first)],
            )
            yield saying("what it is to choose nothing", unchosen, each=[(second,)])
            yield saying("what is better", r"the fewer have this choice , the better : (?:to )?@", each=[(first,)])
        if problem == "leader":
            yield saying("what success is", rf"{chosen} , and exactly one of them this : (?:to )?@", each=[(first,)])
        if problem == "consensus":
            yield saying(
                "what success is",
                rf"{chosen} , no # neighbours differently",
                r"what each .. chose .. is .. (?:vote of somebody|somebody 's vote)",
                each=[("2",)],
            )

    def edges(self) -> Iterator[Saying]:
        edges = [tuple(self.agents.get(agent, agent) for agent in edge) for edge in self.game["edges"]]
        neighbours: dict[str, list[str]] = defaultdict(list)
        for one, other in edges:
            neighbours[one].append(other)
            neighbours[other].append(one)
        yield saying(
            "neighbours",
            r"neighbours of each other",
            each=edges,
            chunks=2,
            ordered=0,
            lists=True,
        )
        yield saying(
            "whose neighbours",
            r"neighbours of @(?: : (?:nobody|none|no one))?",
            each=[(name, *neighbours[name]) for name in self.names],
            ordered=1,
            lists=True,
        )

    def missing(self) -> Iterator[Difference]:
        """And whether each is told of its own neighbours, and nobody of all."""
        yield from super().missing()
        alone = {name: [agent] for agent, name in self.agents.items()}
        for turn in self.turns:
            for name in WHOSE.findall(turn["text"]):
                if turn["audience"] != (wanted := alone.get(name, [])):
                    yield f"the neighbours of {name} told to {wanted}", f"told to {turn['audience']}"

    def called(self) -> Iterator[tuple[str, str]]:
        yield from self.called_after(self.game["numbers"], self.names)
        yield from self.called_after(self.game["votes"], self.names)
        if self.game["problem"] == "matching":
            yield from zip(self.actions[1:], self.names, strict=False)
        if self.game["problem"] == "consensus":
            votes = self.values(next(iter(self.game["votes"]), ""))
            yield from zip(self.actions, votes, strict=False)
