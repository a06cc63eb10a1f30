"""Messages in plain words: one sentence that says what a message is about and nothing else, as its speaker would.

Prompts ask for these in a model's own words, a rehearsal takes them for an answer, and a reader tells them apart from
messages that are nearly the same.
"""

from collections.abc import Iterator, Sequence

from madata.generators.coordination.rules import Rules
from madata.schemas.coordination.language import (
    IMPOSSIBLE,
    Accept,
    Ask,
    Confirm,
    Event,
    Inform,
    Propose,
    Reject,
    Request,
    Told,
)


class Clauses:
    """`before` is always what has happened before the message."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.words = rules.words

    def kind(self, message: Event) -> str:
        """What the message is called in prompts."""
        match message:
            case Inform(choice=int()):
                return "choice"
            case Propose(plan=[]):
                return "impossible"
            case Reject() if message.facts:
                return "because"
        return message.kind

    def said(self, message: Event, before: Sequence[Event]) -> str:
        words = self.words
        match message:
            case Inform(choice=int(choice)):
                return f"My choice is to {words.names.actions[choice]}."
            case Inform():
                return f"I tell you that {words.facts(message.facts)}."
            case Ask():
                return f"I ask you about {words.things(message.facts)}."
            case Propose(plan=[]):
                return f"I propose: {IMPOSSIBLE}."
            case Propose():
                return f"I propose that {self.rules.plan(message.plan)}."
            case Accept():
                return f"I accept {words.proposal(message.proposal, before)}."
            case Reject():
                because = f", because {words.facts(message.facts)}" if message.facts else ""
                return f"I reject {words.proposal(message.proposal, before)}{because}."
            case Request():
                return f"I ask you to {words.names.actions[message.action]}."
            case Confirm():
                return f"I confirm that I got {words.message(message.message, before)}."
        raise ValueError(f"{message.kind} is not said")

    def near(self, message: Event) -> Iterator[Event]:
        """Messages of the same kind that differ in one thing, or the opposite."""
        match message:
            case Inform(choice=int(choice)):
                yield from (message.model_copy(update={"choice": other}) for other in self._actions(choice))
            case Inform():
                yield from (message.model_copy(update={"facts": facts}) for facts in self._told(message.facts))
            case Ask():
                others = [fact for fact in self.words.fact if fact not in message.facts]
                yield from (message.model_copy(update={"facts": [*message.facts[:-1], other]}) for other in others)
            case Propose():
                yield from (message.model_copy(update={"plan": plan}) for plan in self._plans(message.plan))
            case Accept():
                yield Reject(**message.model_dump(exclude={"kind"}))
            case Reject():
                yield Accept(**message.model_dump(exclude={"kind", "facts"}))
                yield from (message.model_copy(update={"facts": facts}) for facts in self._told(message.facts))
            case Request():
                yield from (message.model_copy(update={"action": other}) for other in self._actions(message.action))

    def _actions(self, action: int) -> Iterator[int]:
        return (other for other in range(len(self.words.names.actions)) if other != action)

    def _told(self, told: Sequence[Told]) -> Iterator[list[Told]]:
        """With one value changed."""
        for place, each in enumerate(told):
            for value in range(len(self.words.values[self.words.fact[each.fact].scale])):
                if value != each.value:
                    yield [*told[:place], Told(fact=each.fact, value=value), *told[place + 1 :]]

    def _plans(self, plan: Sequence[int]) -> Iterator[list[int]]:
        """With one entry changed."""
        for place, (entry, values) in enumerate(zip(plan, self.words.names.choices, strict=False)):
            for other in range(len(values)):
                if other != entry:
                    yield [*plan[:place], other, *plan[place + 1 :]]
