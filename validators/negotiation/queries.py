"""What the queries of several games have in common: the forms of their answers, and who is asked about."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from madata.schemas.words import name_list
from madata.validators.trial import Json, Wrong

FIGURE = re.compile(r"0|-?[1-9][0-9]*")
ORDINAL = re.compile(r"[1-9][0-9]*(st|nd|rd|th)")


def is_figure(option: str) -> bool:
    return FIGURE.fullmatch(option) is not None


def ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def is_ordinal(option: str) -> bool:
    return ORDINAL.fullmatch(option) is not None and option == ordinal(int(option[:-2]))


def lists_names(names: Iterable[str], option: str) -> bool:
    """A list in any other order would be a second way to write an answer."""
    named = set(re.split(", | and ", option))
    return option == name_list([name for name in names if name in named])


def one_of(where: str, known: Iterable[str], agent: str) -> str:
    known = list(known)
    if agent not in known:
        raise Wrong(where, f"one of {', '.join(known)}", agent)
    return agent


def folded(chain: Sequence[str]) -> list[str]:
    """A chain of agents, those who stand next to themselves taken as one."""
    return [agent for place, agent in enumerate(chain) if place == 0 or chain[place - 1] != agent]


def refuse_fractions(where: str, value: Json | list[Any]) -> None:
    """To JSON Schema 3.0 is an integer; as an index, and as a figure in words, it is none."""
    for part in value if isinstance(value, list) else value.values():
        if isinstance(part, float):
            raise Wrong(where, "integers written as integers", part)
        if isinstance(part, (dict, list)):
            refuse_fractions(where, part)
