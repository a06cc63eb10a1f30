"""The most cards that a team could pile up in a game of hints if all knew the deck.

A search of all games for one that reaches so many cards, and of one card fewer if there is none. What is left out loses
nothing: mistakes (to discard draws a card likewise, and gives back a hint), which hint is given (a hint only passes
the turn), and to discard a card that is of use while one that is not is in the hand. Situations that are alike but for
cards of no use are one.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from madata.validators.trial import Wrong

STEPS = 100_000
"""How many situations are looked at, at most."""

JUNK = -1
"""A card of no use: on its pile already, above one that is gone, or a second of its kind in the same hand."""


class Situation(NamedTuple):
    """Hands are values, in order, by who has the turn in round 0, 1, .. . `last`: when the last card was drawn."""

    time: int
    hands: tuple[tuple[int, ...], ...]
    drawn: int
    piles: tuple[int, ...]
    hints: int
    last: int | None


class KnownDeck:
    """`deck`: the values, in the order drawn; `hints`: how many there can be."""

    def __init__(self, deck: Sequence[int], ranks: int, hints: int, rounds: int) -> None:
        self.deck, self.ranks, self.hints, self.rounds = deck, ranks, hints, rounds
        self.most: dict[Situation, int] = {}

    def reach(self, now: Situation) -> int:
        """How many cards can be on the piles at the end."""
        now = self._alike(now)
        target = self._bound(now)
        while not self._can(now, target):
            target -= 1
        return target

    def _can(self, now: Situation, target: int) -> bool:
        if sum(now.piles) >= target:
            return True
        if now not in self.most:
            if len(self.most) >= STEPS:
                raise Wrong("game, deck", f"one whose best is found in {STEPS} steps", "a harder one")
            self.most[now] = self._bound(now)
        if self.most[now] < target:
            return False
        if any(self._can(following, target) for following in self._followings(now)):
            return True
        self.most[now] = target - 1
        return False

    def _tops(self, piles: Sequence[int], there: set[int]) -> list[int]:
        """How high each pile can become with the values that are there."""
        tops = []
        for colour, height in enumerate(piles):
            while height < self.ranks and colour * self.ranks + height in there:
                height += 1
            tops.append(height)
        return tops

    def _left(self, now: Situation) -> set[int]:
        return {value for hand in now.hands for value in hand} | {*self.deck[now.drawn :]}

    def _bound(self, now: Situation) -> int:
        """A card that is piled takes a turn, and draws; so of those cards that cannot be piled before some place of the
        deck is drawn, as they or one below are not there before, only so many can be piled as there are turns then."""
        tops = self._tops(now.piles, self._left(now))
        score = sum(now.piles)
        if now.last is not None:
            turns = len(now.hands) - (now.time - now.last - 1)
            return min(sum(tops), score + min(turns, self.rounds - now.time))
        most = min(sum(tops), score + self.rounds - now.time)
        there = {value for hand in now.hands for value in hand}
        for place in range(now.drawn, len(self.deck)):
            before = sum(map(min, self._tops(now.piles, there), tops))
            turns = len(self.deck) - place - 1 + len(now.hands)
            most = min(most, min(before, score + place - now.drawn + 1) + turns)
            there.add(self.deck[place])
        return most

    def _alike(self, now: Situation) -> Situation:
        tops = self._tops(now.piles, self._left(now))
        hands = []
        for hand in now.hands:
            use = {
                value
                for value in hand
                if now.piles[value // self.ranks] <= value % self.ranks < tops[value // self.ranks]
            }
            hands.append((*[JUNK] * (len(hand) - len(use)), *sorted(use)))
        return now._replace(hands=tuple(hands))

    def _followings(self, now: Situation) -> Iterator[Situation]:
        turn = now.time % len(now.hands)
        hand = now.hands[turn]
        for value in hand:
            colour, rank = divmod(value, self.ranks)
            if value != JUNK and rank == now.piles[colour]:
                piles = (*now.piles[:colour], rank + 1, *now.piles[colour + 1 :])
                yield self._without(now, turn, value, piles, now.hints)
        heard = now.hints > 0 and any(other for place, other in enumerate(now.hands) if place != turn)
        if heard or not hand:
            yield now._replace(time=now.time + 1, hints=now.hints - heard)
        for value in hand[:1] if JUNK in hand else hand:
            yield self._without(now, turn, value, now.piles, min(now.hints + 1, self.hints))

    def _without(self, now: Situation, turn: int, value: int, piles: tuple[int, ...], hints: int) -> Situation:
        hand = list(now.hands[turn])
        hand.remove(value)
        drawn, last = now.drawn, now.last
        if drawn < len(self.deck):
            hand.append(self.deck[drawn])
            drawn += 1
            last = now.time if drawn == len(self.deck) else None
        hands = (*now.hands[:turn], tuple(hand), *now.hands[turn + 1 :])
        return self._alike(Situation(now.time + 1, hands, drawn, piles, hints, last))
