"""English, as far as the check `wording` needs it: words and inflections, numbers, denial and doubt, kinds of acts.

What is not a rule is data: `nouns.txt` (concrete nouns) and `english.toml` (all other lists and patterns).
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def english() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "english.toml").read_text(encoding="utf-8"))


@cache
def pattern(*path: str) -> re.Pattern[str]:
    """A list of `english.toml` as one pattern over words with a space between them; the first that fits counts."""
    found: Any = english()
    for part in path:
        found = found[part]
    return re.compile(rf"(?<![^ ])(?:{'|'.join(found)})(?![^ ])")


@cache
def word_set(*path: str) -> frozenset[str]:
    """A string of words of `english.toml` as a set."""
    found: Any = english()
    for part in path:
        found = found[part]
    return frozenset(found.split())


@cache
def nouns() -> dict[str, bool]:
    """Concrete nouns, and whether each is one only where an article or the like stands before it."""
    lines = (resources.files(__package__) / "nouns.txt").read_text(encoding="utf-8").splitlines()
    entries = [entry for line in lines if not line.startswith("#") for entry in line.split()]
    return {entry.rstrip("*"): entry.endswith("*") for entry in entries}
