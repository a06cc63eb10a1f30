"""Acts in plain words: one sentence that says what an act is about and nothing else, as the one who acts would say it.

Prompts ask for these in a model's own words, a rehearsal takes them for an answer, and a reader tells them apart from
acts that are nearly the same.
"""

from collections.abc import Iterator, Sequence

from madata.generators.negotiation.nouns import noun
from madata.generators.negotiation.wording import Wording, amount
from madata.schemas.negotiation import (
    Accept,
    Bargain,
    Choice,
    Deal,
    Game,
    Gave,
    Inform,
    Limit,
    Move,
    Priority,
    Promise,
    Propose,
    Query,
    Reject,
    Split,
    Threaten,
    Took,
    Withdraw,
)

NEAR = 1000
"""Figures beyond this have no greater one near them."""


class Clauses:
    """`before` is always what has happened before the act."""

    def __init__(self, game: Game, wording: Wording) -> None:
        self._game = game
        self._wording = wording

    def kind(self, act: Move) -> str:
        """What the act is called in prompts."""
        match act:
            case Propose():
                return "propose" if isinstance(self._game, Bargain) else "quota"
            case Accept():
                return "accept"
            case Reject():
                return "reject"
            case Inform():
                return act.claim.kind
        return act.kind

    def said(self, act: Move, before: Sequence[Move]) -> str:
        """The sentence."""
        wording = self._wording
        match act:
            case Propose():
                if isinstance(self._game, Bargain):
                    return f"My offer is this: {wording.deal(act.deal, act.agent, words=False)}."
                (quota,) = act.deal
                assert isinstance(quota, int)
                return f"I propose that each of us takes {noun('units').counted(quota, False)} in a round at most."
            case Accept():
                return f"I accept {self._whose(act, before)}."
            case Reject():
                return f"I reject {self._whose(act, before)}."
            case Inform(claim=Priority() as claim):
                return f"What matters most to me is {wording.matter(claim.issue)}."
            case Inform(claim=Limit() as claim):
                option = wording.option(claim.option)
                if claim.side == "most":
                    return f"I can accept anything up to {option} and nothing beyond."
                return f"I can accept anything from {option} on and nothing below."
            case Inform(claim=Took() as claim):
                return f"In round {claim.round + 1} I took {amount(claim.amount, False)}."
            case Inform(claim=Gave() as claim):
                return (
                    f"In meeting {claim.meeting + 1}, {wording.name[claim.agent]} gave {amount(claim.amount, False)}."
                )
            case Query():
                return "What matters most to you?" if len(act.to) == 1 else "What matters most to each of you?"
            case Promise():
                paid = noun("points").counted(act.amount, False)
                return f"If you support an offer I make and it passes, I'll pay you {paid}."
            case Threaten():
                return "If you don't accept the offer I make now, I'm leaving."
            case Withdraw():
                return "I'm leaving the negotiation."
        raise ValueError(f"{act.kind} is not said")

    def _whose(self, act: Accept | Reject, before: Sequence[Move]) -> str:
        made = before[act.proposal]
        if not isinstance(self._game, Bargain):
            return "your limit" if len(self._wording.ids) == 2 else f"{self._wording.name[made.agent]}'s limit"
        later = before[act.proposal + 1 :]
        latest = not any(isinstance(other, Propose) and other.agent == made.agent for other in later)
        return self._wording.proposal(made, latest, act.agent)

    def near(self, act: Move) -> Iterator[Move]:
        """Acts of the same kind that differ in one thing, or the opposite."""
        match act:
            case Propose():
                for deal in self._near(act.deal):
                    yield act.model_copy(update={"deal": deal})
            case Accept():
                yield Reject(**act.model_dump(exclude={"kind"}))
            case Reject():
                yield Accept(**act.model_dump(exclude={"kind"}))
            case Inform(claim=Priority() as claim):
                others = (issue for issue in self._wording.issue if issue != claim.issue)
                yield from (self._claim(act, claim.model_copy(update={"issue": issue})) for issue in others)
            case Inform(claim=Limit() as claim):
                assert isinstance(self._game, Bargain)
                issue = self._game.issues[0]
                assert isinstance(issue, Choice)
                figures = about(claim.option, len(issue.options) - 1)
                yield from (self._claim(act, claim.model_copy(update={"option": option})) for option in figures)
            case Inform(claim=Took() | Gave() as claim):
                figures = about(claim.amount, NEAR)
                yield from (self._claim(act, claim.model_copy(update={"amount": figure})) for figure in figures)
            case Promise():
                yield from (act.model_copy(update={"amount": n}) for n in about(act.amount, NEAR) if n)

    def _claim(self, act: Inform, claim: Priority | Limit | Took | Gave) -> Inform:
        return act.model_copy(update={"claim": claim})

    def _near(self, deal: Deal) -> Iterator[Deal]:
        """With another option, or with a unit in other hands; another quota."""
        if not isinstance(self._game, Bargain):
            (quota,) = deal
            assert isinstance(quota, int)
            for figure in about(quota, NEAR):
                yield [figure]
            return
        for place, (issue, entry) in enumerate(zip(self._game.issues, deal, strict=True)):
            if isinstance(issue, Choice) and isinstance(entry, int):
                others: Sequence[int | list[int]] = about(entry, len(issue.options) - 1)
            else:
                assert isinstance(issue, Split) and isinstance(entry, list)
                others = [*moved(entry)]
            for other in others:
                yield [*deal[:place], other, *deal[place + 1 :]]


def about(figure: int, most: int) -> list[int]:
    return [other for other in (figure - 2, figure - 1, figure + 1, figure + 2) if 0 <= other <= most]


def moved(units: list[int]) -> Iterator[list[int]]:
    """One unit from one to another."""
    for giver, has in enumerate(units):
        for taker in range(len(units)):
            if has and taker != giver:
                yield [own - (place == giver) + (place == taker) for place, own in enumerate(units)]
