"""A network in which everybody talks to neighbours only and makes a choice."""

from collections import defaultdict
from collections.abc import Iterator

from madata.generators.coordination.rules import Rules, Told
from madata.generators.coordination.wording import parts

WITHOUT = "Having chosen nothing counts as this choice: to {label}."


class Graph(Rules):
    chooses = True

    def rules(self) -> Iterator[str]:
        yield "They are the members of a network, and each of them can talk about all this with neighbours only."
        yield "Neighbours know of each other that they are; whoever leaves stays a neighbour and keeps the choice made."
        yield "In each round all can first speak, also of what they chose; then all can choose, at once, and also anew."
        for listed in parts(self.world.actions):
            yield f"There are these choices: {', '.join(f'to {label}' for label in listed)}."
        yield from getattr(self, f"_{self.game.problem}")()
        yield "After round 1, it is over with a round in which nothing is said or chosen, if no message is under way."

    def own(self) -> Told:
        beside: dict[str, list[str]] = defaultdict(list)
        for one, other in self.game.edges:
            beside[one].append(other)
            beside[other].append(one)
        for agent in self.words.ids:
            near = [other for other in self.words.ids if other in beside[agent]]
            yield [agent], f"Neighbours of {self.words.name[agent]}: {self.words.people(near)}."
        name = self.words.name
        for pairs in parts(f"{name[one]} and {name[other]}" for one, other in self.game.edges):
            yield [], f"Neighbours of each other: {'; '.join(pairs)}."

    def _colouring(self) -> Iterator[str]:
        yield "The team succeeds if in the end everybody has chosen, and no two neighbours the same."
        yield "The fewer different choices are made, the better."

    def _matching(self) -> Iterator[str]:
        nobody = self.world.actions[0]
        yield f"To {nobody} is to be alone."
        yield (
            "The team succeeds if in the end everybody is alone or has chosen a neighbour who has chosen them, and no "
            "two neighbours are both alone."
        )
        yield WITHOUT.format(label=nobody)
        yield "The fewer are alone, the better."

    def _cover(self) -> Iterator[str]:
        covering, out = self.world.actions
        yield f"The team succeeds if in the end of any two neighbours at least one has this choice: to {covering}."
        yield WITHOUT.format(label=out)
        yield f"The fewer have this choice, the better: to {covering}."

    def _leader(self) -> Iterator[str]:
        lead, _ = self.world.actions
        yield f"The team succeeds if in the end everybody has chosen, and exactly one of them this: to {lead}."

    def _consensus(self) -> Iterator[str]:
        yield (
            "The team succeeds if in the end everybody has chosen, no two neighbours differently, and what each chose "
            "is the vote of somebody."
        )


RULES = Graph
