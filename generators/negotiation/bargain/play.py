"""Scripted parties at the table: until the end, or again from some time on."""

from madata.generators.negotiation.bargain import bidding
from madata.generators.negotiation.bargain.table import Table
from madata.schemas.negotiation import Move, Strategy


def play(table: Table) -> None:
    """Lets all scripted parties move until the end; a party without strategy passes."""
    _play(table, table.events[-1].time + 1 if table.events else 0, None)


def rerun(table: Table, time: int, forced: Move | None = None, without: tuple[str, int] | None = None) -> Table | None:
    """A new table on which what happened before `time` stays and everybody moves by strategy from then on; None if a
    party has no strategy. `forced` takes the place of its agent's own move at `time`; `without` leaves a statement out,
    given by the party and its index among what the party `says`."""
    if any(party.strategy is None for party in table.game.parties):
        return None
    again = table.until(time)
    if without is not None:
        speaker, number = without
        plan = again.plans[speaker]
        assert plan
        again.plans = again.plans | {speaker: silenced(plan, number)}
    _play(again, time, forced)
    return again


def silenced(plan: Strategy, number: int) -> Strategy:
    """The plan without one of its statements."""
    return plan.model_copy(update={"says": [*plan.says[:number], *plan.says[number + 1 :]]})


def _play(table: Table, time: int, forced: Move | None) -> None:
    for now in range(time, table.game.deadline):
        for agent in table.movers(now):
            if table.ended:
                return
            strategy = table.plans[agent]
            if forced and (forced.agent, forced.time) == (agent, now):
                table.add(forced)
            elif strategy:
                for move in bidding.move(table, agent, now, strategy):
                    table.put(move)
