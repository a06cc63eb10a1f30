"""How many of what, in English: "no books", "one book", "both books", "all three books".

Issues that are split have plural names ("books", "cans of soup"). What has no plural ("firewood") is counted in units.
"""

from functools import cache
from typing import NamedTuple

from madata.generators.negotiation.known import ordinal_word

NUMERALS = "no one two three four five six seven eight nine ten eleven twelve".split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()

IRREGULAR = {
    "axes": "axe",
    "atlases": "atlas",
    "avalanches": "avalanche",
    "brownies": "brownie",
    "buses": "bus",
    "calves": "calf",
    "canoes": "canoe",
    "canvases": "canvas",
    "children": "child",
    "cookies": "cookie",
    "dice": "die",
    "feet": "foot",
    "geese": "goose",
    "halves": "half",
    "hoodies": "hoodie",
    "hooves": "hoof",
    "knives": "knife",
    "leaves": "leaf",
    "lenses": "lens",
    "loaves": "loaf",
    "men": "man",
    "mice": "mouse",
    "movies": "movie",
    "oxen": "ox",
    "people": "person",
    "pies": "pie",
    "quizzes": "quiz",
    "scarves": "scarf",
    "sheep": "sheep",
    "shelves": "shelf",
    "shoes": "shoe",
    "smoothies": "smoothie",
    "teeth": "tooth",
    "ties": "tie",
    "wolves": "wolf",
    "women": "woman",
}


class Noun(NamedTuple):
    one: str
    many: str

    def counted(self, number: int, words: bool) -> str:
        """ "no books", "one book", "3 books"."""
        return f"{numeral(number, words)} {self.one if number == 1 else self.many}"

    def whole(self, units: int, words: bool) -> str:
        """All there are: "the book", "both books", "all three books"."""
        if units == 1:
            return f"the {self.one}"
        return f"both {self.many}" if units == 2 else f"all {self.counted(units, words)}"


def numeral(number: int, words: bool) -> str:
    """A number before a noun, in words up to twelve if `words`; nothing is always "no"."""
    return NUMERALS[number] if number == 0 or (words and 0 < number < len(NUMERALS)) else str(number)


def ordinal(number: int) -> str:
    """ "first" to "twelfth", then "13th"; numbers from 1."""
    if number <= len(ORDINALS):
        return ORDINALS[number - 1]
    return ordinal_word(number)


@cache
def noun(name: str) -> Noun:
    """The noun of a split's name. The head is the word before "of", else the last."""
    head, of, rest = name.partition(" of ")
    before, space, word = head.rpartition(" ")
    single = _singular(word)
    if single is None:
        return Noun(f"unit of {name}", f"units of {name}")
    return Noun(f"{before}{space}{single}{of}{rest}", name)


def _singular(word: str) -> str | None:
    """The singular of a plural, None for a word that is none."""
    if word.lower() in IRREGULAR:
        return word[0] + IRREGULAR[word.lower()][1:]
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return None
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "ches", "shes", "xes", "zzes", "atoes")):
        return word[:-2]
    return word[:-1]
