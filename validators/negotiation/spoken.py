"""Turns of a negotiation in the words of models: what each must say, and what it may mention."""

from collections.abc import Iterator

from madata.validators.spoken import Json, Line


def lines(episode: Json) -> Iterator[tuple[int, Line]]:
    """The turns of a finished episode that models spoke, each with its index."""
    yield from ()
