"""What people bargain over: things to divide, choices to make, goods with a price.

The data are `occasions.toml` and `goods.toml`; what is said beside the matter is in `chatter.toml`. What is drawn
together belongs to one occasion, within which no word of one name occurs in another.
"""

import random
from dataclasses import dataclass
from functools import cache
from typing import Literal

from madata.generators.lexicon import _items, _load

Sphere = Literal["everyday", "political"]


@dataclass(frozen=True, slots=True)
class Occasion:
    """`things` are divided among the parties (plurals); `choices` are made for all of them: "the NAME is OPTION" is a
    sentence for each option of each."""

    name: str
    things: tuple[str, ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Good:
    """Something for sale, and the dollars that are plausible for it."""

    name: str
    least: int
    most: int


@cache
def occasions(sphere: Sphere) -> tuple[Occasion, ...]:
    """All occasions of everyday life or of politics."""
    return tuple(
        Occasion(
            name,
            tuple(_items(about["things"])),
            tuple((choice, tuple(_items(options))) for choice, options in about["choices"].items()),
        )
        for name, about in _load("occasions")[sphere].items()
    )


@cache
def camp() -> tuple[str, ...]:
    """The three things that the campers of CaSiNo divide."""
    return tuple(_items(_load("occasions")["camp"]["things"]))


@cache
def chatter() -> dict[str, dict[str, list[str]]]:
    """Small talk, reasons and courtesies, by theme or place."""
    found: dict[str, dict[str, list[str]]] = _load("chatter")
    return found


@cache
def goods() -> tuple[Good, ...]:
    """Everything for sale, of all trades."""
    return tuple(Good(name, *prices) for trade in _load("goods").values() for name, prices in trade.items())


def occasion(rng: random.Random, sphere: Sphere, things: int, choices: int) -> Occasion:
    """One occasion with so many things to divide and so many choices to make."""
    fits = [known for known in occasions(sphere) if len(known.things) >= things and len(known.choices) >= choices]
    if not fits:
        raise ValueError(f"no {sphere} occasion with {things} things and {choices} choices")
    drawn = rng.choice(fits)
    return Occasion(drawn.name, tuple(rng.sample(drawn.things, things)), tuple(rng.sample(drawn.choices, choices)))
