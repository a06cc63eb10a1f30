"""What is said of a maze (`schemas/coordination/games/maze.py`)."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.agreement import Agreement
from madata.validators.coordination.reading.rules.common import COMPASS, Saying, nth, saying
from madata.validators.coordination.reading.rules.maps import Map


class Rules(Map, Agreement):
    def sayings(self) -> Iterator[Saying]:
        start, goal = self.square(self.game["start"]), self.square(self.game["goal"])
        steps = [each for number, way in enumerate(COMPASS) for each in (nth(self.choices(), number), way)]
        free = nth(self.values(next(iter(self.game["cells"]), "")), 0)
        yield saying(
            "the way to agree on",
            r"""
            (?:agree|settle|decide) on .. (?:way|path|route) from @ to @
            find .. (?:way|path|route) from @ to @
            """,
            each=[(start, goal)],
        )
        yield from self.grid()
        yield saying(
            "what a plan is",
            r"plan is .. (?:list|sequence|row) of .. (?:steps|moves)",
            r"at most #",
            r"(?:leads|goes) to .. next square",
            each=[(str(len(self.decisions)), *steps)],
        )
        yield saying(
            "when a plan works",
            r"works if .. has .. step",
            r"(?:does not|never) leaves? .. map",
            r"ends on @",
            r"@ and all .. squares .. enters .. are",
            each=[(goal, start, free)],
        )
        yield saying("what a step costs", r"(?:each|every|a) (?:step|move) costs #", each=[("1",)])
        yield from self.agreement()

    def called(self) -> Iterator[tuple[str, str]]:
        return self.called_after(self.game["cells"], self.squares)
