"""Comparing the belief tracker of the generator with the model checker of the validator."""

from collections.abc import Sequence

from madata.generators.tom.beliefs import Ambiguous, Beliefs
from madata.generators.tom.stage import Stage
from madata.schemas.tom import Query
from madata.validators.tom.model_checker import derive


def disagreements(stage: Stage, queries: Sequence[Query]) -> list[str]:
    """A line for each query that the two answer differently; queries without a definite answer are left out."""
    beliefs = Beliefs(stage)
    asked, expected = [], []
    for query in queries:
        try:
            expected.append(beliefs.answer(query))
            asked.append(query)
        except Ambiguous:
            continue
    derived = derive(stage.world(), stage.conventions, stage.agents, asked)
    return [
        f"{query!r}: tracker {mine}, model checker {theirs}"
        for query, mine, theirs in zip(asked, expected, derived, strict=True)
        if ([mine.text], mine.evidence, mine.view) != tuple(theirs)
    ]
