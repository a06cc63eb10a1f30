"""What is said of tasks, their order and their prices (`schemas/coordination/games/allocation.py`)."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.agreement import Agreement
from madata.validators.coordination.reading.rules.common import Saying, last, nth, saying


class Rules(Agreement):
    def sayings(self) -> Iterator[Saying]:
        values = self.values(next((row[0] for row in self.game["costs"] if row), ""))
        prices = [(value, str(coins)) for value, coins in zip(values, self.game["coins"], strict=False)]
        yield saying(
            "what to agree on",
            r"(?:agree|settle|decide) .. who does (?:which|what) .. task",
            r"plan names .. for (?:each|every)",
        )
        yield saying(
            "how long a task takes",
            r"""
            takes @ # hours?
            @ .. (?:takes|needs|lasts) # hours?
            """,
            each=zip(self.decisions, map(str, self.game["durations"]), strict=False),
        )
        yield saying(
            "what comes before what",
            r"(?:before|until) @ is (?:done|finished|ready) , @ cannot (?:begin|start)",
            each=[tuple(nth(self.decisions, task) for task in pair) for pair in self.game["before"]],
        )
        yield saying(
            "how the time until all is done comes about",
            r"one task at a time",
            r"without (?:an )?interruption",
            r"tasks of different people .. at (?:once|the same time)",
            r"done in the least time",
        )
        yield saying(
            "when a plan works",
            r"works if the price of nobody .. for .. task .. theirs .. is @",
            each=[(last(values),)],
        )
        yield saying(
            "what a plan costs",
            r"cost .. coins .. # for (?:each|every) hour until .. done",
            r"for (?:each|every) task .. price of .. who does it",
            each=[(str(self.game["hour"]), *(part for price in prices for part in price))],
            lists=True,
        )
        yield from self.agreement()

    def called(self) -> Iterator[tuple[str, str]]:
        """A price is called after its agent, and after what its task is done to: "chops wood", "chopping wood"."""
        objects = [last(task.split()) for task in self.decisions]
        for agent, row in zip(self.names, self.game["costs"], strict=False):
            yield from self.called_after(row, [agent] * len(row))
            yield from self.called_after(row, objects)
