"""Whether what a party of a bargain says of itself is so (docs/negotiation.md, "Claims")."""

from madata.generators.negotiation.bargain.stakes import Stakes
from madata.schemas.negotiation import Claim, Limit, Priority


def true(claim: Claim, stakes: Stakes, place: int) -> bool:
    """Whether a claim of the party at this place of the agent order is true."""
    if isinstance(claim, Priority):
        most = stakes.stakes(place)
        return most[[issue.id for issue in stakes.issues].index(claim.issue)] == max(most)
    assert isinstance(claim, Limit)
    acceptable = [number for number, points in enumerate(stakes.worth[place]) if points >= stakes.reservations[place]]
    options = range(len(stakes.deals))
    return acceptable == [*(options[: claim.option + 1] if claim.side == "most" else options[claim.option :])]
