"""Games in which nobody acts: the team agrees on a plan (docs/coordination.md, "Deliberation")."""

from collections.abc import Iterator

from madata.generators.coordination.rules import Rules
from madata.schemas.coordination.language import IMPOSSIBLE


class Deliberating(Rules):
    confirms = True

    def rules(self) -> Iterator[str]:
        yield from self.task()
        yield (
            f"Anybody may propose a plan, or that {IMPOSSIBLE}; the others may accept or reject a proposal that has "
            "reached them."
        )
        yield (
            "A proposal is agreed if, at the end of a round, everybody else who is present has accepted it and the one "
            "who made it is present and has heard so from each of them; of several such proposals it is the one made "
            "last."
        )
        yield "As soon as one is agreed, it is over."
        yield (
            "The team succeeds if the plan agreed on works as things really are, or if they agree that "
            f"{IMPOSSIBLE} and no plan works; the less a plan costs, the better."
        )
        for hoped in self.hopes():
            yield f"Whoever does not know what one of these things is, and is not told, takes it that it is {hoped}."

    def task(self) -> Iterator[str]:
        """What a plan is, when it works, and what it costs."""
        raise NotImplementedError

    def hopes(self) -> list[str]:
        """The values that are taken for granted as long as nobody says otherwise."""
        return list(dict.fromkeys(self.words.values[fact.scale][0] for fact in self.world.facts))
