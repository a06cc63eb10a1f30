"""A slot for each meeting, by calendars that each knows a part of."""

from collections.abc import Iterator

from madata.generators.coordination.rules.deliberating import Deliberating
from madata.generators.coordination.wording import parts


class Schedule(Deliberating):
    def task(self) -> Iterator[str]:
        game, words = self.game, self.words
        *suits, cannot = words.values[words.fact[game.calendars[0][0]].scale]
        yield "The team has to agree on a time for each of some meetings."
        for slots in parts(game.slots):
            yield f"There are these times: {', '.join(slots)}."
        for decision, participants in zip(self.world.decisions, game.participants, strict=True):
            yield f"To be there at {decision.name}: {words.people(participants)}."
        yield "A plan gives each of the meetings one of these times."
        yield (
            f"It works if no meeting is at a time that is {cannot} for somebody who has to be there, and nobody has to "
            "be at two meetings at the same time."
        )
        costs = "; ".join(f"{value}: {cost}" for value, cost in zip(suits, game.costs, strict=True))
        yield f"Its cost is the sum, over all meetings and all who have to be there, of what their time costs: {costs}."


RULES = Schedule
