"""Game `wason`: which cards to turn to test a rule, as the groups of DeliData were asked (imported episodes only).

An action is a selection of cards, read from its name. Right is whoever turns the vowel and the odd number and nothing
else: only they can show a vowel with an odd number behind. People talk freely, so nothing that is said is an event.
"""

from collections.abc import Iterator, Mapping, Sequence

from madata.validators.coordination.asked import Right
from madata.validators.coordination.game import Game
from madata.validators.coordination.run import Run
from madata.validators.coordination.world import Event
from madata.validators.trial import Json, Wrong

VOWELS = "AEIOU"
ODD = "13579"
NOTHING = "turn no card"


class Wason(Game):
    kinds = frozenset[str]()
    behaviours = frozenset[str]()

    def fit(self) -> None:
        self.cards = [self._cards(action) for action in self.world.actions]
        self.right = [
            len(cards) == 2 and any(card in VOWELS for card in cards) and any(card in ODD for card in cards)
            for cards in self.cards
        ]

    def _cards(self, action: str) -> frozenset[str]:
        """What an action turns."""
        if action == NOTHING:
            return frozenset()
        first, *words = action.replace(",", " ").split() or [""]
        cards = [word for word in words if word != "and"]
        if first != "turn" or len({*cards}) < len(cards) or not {*cards} <= {*self.figures["cards"]}:
            raise Wrong("actions", f'"turn" and some of {self.figures["cards"]}, each once', action)
        return frozenset(cards)

    def start(self) -> None:
        return None

    def advance(self, state: None, time: int, acts: Mapping[int, int]) -> None:
        return None

    def over(self, run: Run, time: int) -> bool:
        return True

    def speech(self, run: Run, agent: int, time: int) -> Iterator[Event]:
        yield from ()

    def act(self, run: Run, agent: int, time: int) -> None:
        return None

    def open_to(self, run: Run, agent: int, time: int) -> Sequence[int]:
        return range(len(self.world.actions))

    def answers(self, run: Run) -> list[int]:
        """What each answered who did."""
        return [event.action for event in run.events if event.action is not None]

    def success(self, run: Run) -> bool:
        answers = self.answers(run)
        return len(answers) == len(self.world.agents) and all(self.right[action] for action in answers)

    def cost(self, run: Run) -> int | None:
        return 0 if self.success(run) else None

    @property
    def optimum(self) -> int:
        return 0

    @property
    def least(self) -> None:
        return None

    def milestones(self, run: Run) -> list[tuple[str, int | None]]:
        return [("agreement", 0 if len({*self.answers(run)}) == 1 else None)]

    def answer_best(self, query: Json) -> Right:
        actions = self.actions_in(query)
        return Right([self.world.actions[action] for action in actions if self.right[action]])


GAME = Wason
