"""What an episode came to, as it is recorded."""

from collections.abc import Sequence

from madata.generators.coordination.session import Session
from madata.schemas import Turn
from madata.schemas.coordination.language import CoordinationOutcome, Learned, Message


def outcome(session: Session, turns: Sequence[Turn]) -> CoordinationOutcome:
    """`turns` are those that tell the finished session."""
    result = session.played
    return CoordinationOutcome(
        success=result.success,
        plan=result.plan,
        rounds=session.rounds,
        cost=result.cost,
        optimum=result.optimum,
        certified=result.certified,
        efficiency=session.efficiency(result),
        milestones=result.milestones,
        messages=session.messages(),
        told=session.told(),
        least=result.least,
        redundant=session.redundant(),
        contradicted=session.contradicted(),
        words=sum(
            len(turn.text.split())
            for turn in turns
            if turn.event is not None and isinstance(session.events[turn.event], Message)
        ),
        learned=[
            Learned(agent=session.ids[agent], fact=session.fact_ids[fact], time=time)
            for agent in range(len(session.ids))
            for fact, time in sorted(session.learned(agent).items())
        ],
    )
