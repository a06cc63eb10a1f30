"""What is said of meetings and their times (`schemas/coordination/games/schedule.py`)."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.agreement import Agreement
from madata.validators.coordination.reading.rules.common import Saying, last, saying


class Rules(Agreement):
    def sayings(self) -> Iterator[Saying]:
        values = self.values(next((row[0] for row in self.game["calendars"] if row), ""))
        prices = [(value, str(cost)) for value, cost in zip(values, self.game["costs"], strict=False)]
        who = [[self.agents.get(agent, agent) for agent in agents] for agents in self.game["participants"]]
        yield saying(
            "what to agree on",
            r"(?:agree|settle|decide) on .. (?:time|slot) for (?:each|every|all) .. meetings?",
        )
        yield saying(
            "the times there are",
            r"""
            there are these (?:times|slots)
            these are the (?:times|slots)
            """,
            each=[self.game["slots"]],
            lists=True,
        )
        yield saying(
            "who has to be there",
            r"""
            to be .. (?:there )?(?:at|for|on) @
            @ needs
            """,
            each=[(meeting, *agents) for meeting, agents in zip(self.decisions, who, strict=False)],
            ordered=1,
            lists=True,
        )
        yield saying(
            "what a plan is",
            r"plan gives (?:each|every) .. meetings? .. (?:times|slots)",
        )
        yield saying(
            "when a plan works",
            r"works if no meeting is at .. (?:time|slot) that is @ for (?:somebody|someone|anybody|anyone)",
            r"(?:nobody|no one) .. # meetings at the same (?:time|slot)",
            each=[(last(values), "2")],
        )
        yield saying(
            "what a plan costs",
            r"cost is .. sum",
            r"all meetings",
            r"who have to be there",
            each=[[part for price in prices for part in price]],
            lists=True,
        )
        yield from self.agreement()

    def called(self) -> Iterator[tuple[str, str]]:
        for agent, row in zip(self.names, self.game["calendars"], strict=False):
            yield from self.called_after(row, [agent] * len(row))
            yield from self.called_after(row, self.game["slots"])
