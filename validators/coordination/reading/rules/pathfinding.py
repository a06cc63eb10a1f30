"""What is said of agents on their ways to goals (`schemas/coordination/games/pathfinding.py`)."""

from collections.abc import Iterator

from madata.validators.coordination.reading.rules.common import Saying, saying
from madata.validators.coordination.reading.rules.maps import Map


class Rules(Map):
    def sayings(self) -> Iterator[Saying]:
        yield saying(
            "what is to be done",
            r"(?:each|everybody|everyone) .. has .. goal",
            r"done (?:once|when|as soon as) .. stands? on .. goals?",
            r"at the same time|at once",
        )
        yield from self.grid()
        yield from self.blocked(self.game["walls"], "wall")
        yield from self.starts()
        yield from self.moves()
        yield from self.collisions()
        yield saying(
            "what is taken for granted of goals",
            r"goal .. unknown",
            r"(?:takes?|assumes?|supposes?) it to be .. square .. stands?",
        )
        yield from self.giving_up()
        yield from self.course()

    def called(self) -> Iterator[tuple[str, str]]:
        return self.called_after(self.game["goals"], self.names)
