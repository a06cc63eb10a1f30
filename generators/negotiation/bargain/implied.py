"""What the moves of a party show to be worth most to it, if it bargains as described (docs/negotiation.md, "implied").

It is known which points everybody has, but not on which issue. Each arrangement of them over the issues is given to the
party's strategy: those with which it would have moved as it did are left.
"""

from itertools import groupby, permutations
from math import factorial

from madata.generators.negotiation.bargain import bidding
from madata.generators.negotiation.bargain.table import Table
from madata.generators.negotiation.known import Unasked
from madata.schemas.negotiation import UNDETERMINED

MOST = 5
"""Issues: 120 arrangements."""

FINAL = ("propose", "accept-proposal", "reject-proposal", "withdraw")


def implied(table: Table, agent: str, time: int) -> tuple[list[str], list[int]]:
    """The answer and the events it rests on."""
    issues = table.game.issues
    if table.conventions.values != "permuted":
        raise Unasked("what moves imply is asked only where all distribute the same points over splits")
    if len(issues) > MOST:
        raise Unasked(f"{factorial(len(issues))} arrangements of the points; at most {factorial(MOST)} are tried")
    own = table.own(agent, time)
    rests_on = [number for number in own if table.events[number].kind in FINAL]
    if table.plans[agent] is None:
        return [UNDETERMINED], rests_on
    moves = [[*numbers] for _, numbers in groupby(own, key=lambda number: table.events[number].time)]
    worth = [points for points in table.game.parties[table.place[agent]].worth if isinstance(points, int)]
    tops: set[int | None] = set()
    for points in sorted({*permutations(worth)}):
        other = _with(table, agent, [*points])
        if all(_made(other, agent, numbers) for numbers in moves):
            tops.add(other.stakes.top(other.place[agent]))
            if None in tops or len(tops) > 1:
                return [UNDETERMINED], rests_on
    if not tops:
        raise Unasked(f"{agent} did not move by its strategy")
    (top,) = tops
    assert top is not None
    return [issues[top].name], rests_on


def _with(table: Table, agent: str, points: list[int]) -> Table:
    """The same record, with other points for the party."""
    parties = [
        party.model_copy(update={"worth": points}) if party.agent == agent else party for party in table.game.parties
    ]
    other = Table(table.agents, table.conventions, table.game.model_copy(update={"parties": parties}))
    for event in table.events:
        other.put(event)
    return other


def _made(table: Table, agent: str, numbers: list[int]) -> bool:
    """Whether the party's strategy makes these events of one time."""
    made = [table.events[number] for number in numbers]
    strategy = table.plans[agent]
    assert strategy
    return bidding.move(table, agent, made[0].time, strategy) == made
