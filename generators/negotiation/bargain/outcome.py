"""What a bargain came to (docs/negotiation.md, "Outcome")."""

from typing import TYPE_CHECKING

from madata.generators.negotiation.bargain import solutions
from madata.schemas.negotiation import BargainOutcome

if TYPE_CHECKING:
    from madata.generators.negotiation.bargain.table import Table


def outcome(table: "Table") -> BargainOutcome:
    stakes = table.stakes
    points = table.points()
    proposal = table.agreed
    deal = None if proposal is None else table.deal(proposal)
    welfare = solutions.welfare(stakes)
    base = sum(stakes.reservations)
    possible = sum(welfare.points) - base
    gains = [points[agent] - reservation for agent, reservation in zip(table.ids, stakes.reservations, strict=True)]
    shared = proposal is not None and max(gains) > 0
    return BargainOutcome(
        ended=table.ended or "deadline",
        proposal=proposal,
        deal=deal,
        supporters=[] if proposal is None else table.supporters(proposal),
        points=points,
        zone=len(stakes.zone),
        frontier=int(stakes.optimal.sum()),
        pareto=None if deal is None else bool(stakes.optimal[stakes.deals.index(deal)]),
        nash=solutions.nash(stakes),
        kalai_smorodinsky=solutions.kalai_smorodinsky(stakes),
        egalitarian=solutions.egalitarian(stakes),
        welfare=welfare,
        efficiency=sum(gains) / possible if possible > 0 else None,
        fairness=min(gains) / max(gains) if shared else None,
        lies=[number for number, event in enumerate(table.events) if event.kind == "inform" and table.lies(number)],
    )
