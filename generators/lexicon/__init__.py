"""Names, rooms, containers, objects, labelled boxes and topics for stories: what exists, and what goes with what.

The data are the TOML files beside this module, read once on first use. Every drawing function takes its randomness
from the `random.Random` it is given and from nowhere else. Names carry no article ("red toolbox", "kitchen", "apple");
an exception are the values of topics, which complete the sentence "TOPIC is VALUE" as they stand. Within one drawing no
name occurs as words inside another, so a name found in a text is never part of a longer one.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

__all__ = [
    "Box",
    "Choice",
    "Given",
    "Room",
    "Rules",
    "Scene",
    "Topic",
    "Works",
    "boxes",
    "choice",
    "given_names",
    "indefinite",
    "names",
    "opaque",
    "rules",
    "scene",
    "settings",
    "topics",
    "works",
]

Gender = Literal["f", "m", "u"]


class Given(NamedTuple):
    """A given name with the culture and gender it appears to belong to (`u`: either)."""

    name: str
    culture: str
    gender: Gender


@dataclass(frozen=True, slots=True)
class Room:
    """A room of a scene with the containers that stand in it and the objects that belong there."""

    name: str
    containers: list[str]
    objects: list[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """Rooms of one setting ("home", "ship"). No name occurs twice, in whatever role."""

    setting: str
    rooms: list[Room]

    @property
    def objects(self) -> list[str]:
        """All objects, room by room."""
        return [thing for room in self.rooms for thing in room.objects]


@dataclass(frozen=True, slots=True)
class Box:
    """A labelled container: what its label says it holds, and what else it may turn out to hold."""

    name: str
    label: str
    others: list[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """A fact one can talk about: "`name` is V" is a sentence for each V in `values`."""

    name: str
    values: list[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Things somebody can choose among `where` ("at the canteen"): the choice is to `verb` one ("order"). `gone` names
    the fact that one of them cannot be had: "`gone` is V" is a sentence for each V in `things`."""

    where: str
    gone: str
    verb: str
    things: list[str]


@dataclass(frozen=True, slots=True)
class Works:
    """Things people made or gave, and dislike: "`own` is V" and "`least` is V" are sentences for each V in `things`
    once "{owner}" in them is filled with a name."""

    own: str
    least: str
    things: list[str]


class Rules(NamedTuple):
    """Rules about taking things: "the rule is V" is a sentence for each V."""

    forbid: list[str]
    allow: list[str]


@dataclass(frozen=True, slots=True)
class _Place:
    name: str
    kinds: list[str]
    things: list[str]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(",")]


@cache
def given_names() -> tuple[Given, ...]:
    """All given names, in file order."""
    return tuple(
        Given(name, culture, gender)
        for culture, genders in _load("names").items()
        for gender, line in genders.items()
        for name in line.split()
    )


@cache
def _containers() -> tuple[dict[str, list[str]], dict[str, bool]]:
    """Each kind's looks ("red", "old", ..), and whether it is opaque: shut, so that one must look inside."""
    data = _load("containers")
    looks = {group: adjectives.split() for group, adjectives in data["looks"].items()}
    of_kind, shut = {}, {}
    for cover in ("shut", "open"):
        for group, line in data[cover].items():
            for kind in _items(line):
                of_kind[kind] = looks[group]
                shut[kind] = cover == "shut"
    return of_kind, shut


@cache
def _generic() -> frozenset[str]:
    """Kinds whose name ends another container's name ("box" in "prop box"): never used without an adjective."""
    kinds = _containers()[0]
    tails = {
        " ".join(words[start:]) for words in map(str.split, [*kinds, *_boxes()[0]]) for start in range(1, len(words))
    }
    return frozenset(tails.intersection(kinds))


@cache
def _places() -> dict[str, list[_Place]]:
    """The rooms of each setting."""
    themes = {theme: _items(line) for theme, line in _load("objects").items()}
    return {
        setting: [
            _Place(name, _items(room["in"]), [thing for theme in room["with"].split() for thing in themes[theme]])
            for name, room in rooms.items()
        ]
        for setting, rooms in _load("settings").items()
    }


@cache
def _boxes() -> tuple[dict[str, list[str]], list[str]]:
    """Label and plausible items of each labelled box, and the items nobody would expect; articles taken off."""
    data = _load("boxes")
    labelled = {box: [_bare(item) for item in _items(line)] for box, line in data["labelled"].items()}
    return labelled, [_bare(item) for item in _items(data["odd"]["items"])]


@cache
def _uncounted() -> frozenset[str]:
    """Items of boxes that take no article: plurals and substances."""
    data = _load("boxes")
    lines = [*data["labelled"].values(), data["odd"]["items"]]
    return frozenset(item for line in lines for item in _items(line) if item == _bare(item))


@cache
def _topics() -> list[tuple[str, list[str]]]:
    return [(name, _items(line)) for name, line in _load("topics").items()]


def _bare(item: str) -> str:
    return item.removeprefix("an ").removeprefix("a ")


def settings() -> list[str]:
    """The settings a scene can have."""
    return list(_places())


def opaque(container: str) -> bool:
    """Whether a container of a scene hides what it holds until it is opened; true of one the lexicon does not know."""
    shut = _containers()[1]
    return shut.get(container, shut.get(container.partition(" ")[2], True))


def indefinite(name: str) -> str:
    """The name with "a" or "an"; without, if it is a plural or a substance the lexicon knows.

    >>> indefinite("onion"), indefinite("ukulele"), indefinite("crayons")
    ('an onion', 'a ukulele', 'crayons')
    """
    if name in _uncounted():
        return name
    start = name.lower()
    vowel = start.startswith(tuple("aeiou")) and not start.startswith(("uk", "uni", "use", "eu", "one"))
    return f"an {name}" if vowel or start.startswith("hour") else f"a {name}"


def names(rng: random.Random, n: int) -> list[str]:
    """`n` distinct given names, of different cultures and with different initials as far as there are enough."""
    known = given_names()
    drawn: list[str] = []
    cultures: set[str] = set()
    initials: set[str] = set()
    rest: list[Given] = []
    for given in rng.sample(known, min(len(known), 8 * n + 16)):
        if len(drawn) == n:
            break
        if given.culture in cultures or given.name[0] in initials:
            rest.append(given)
            continue
        cultures.add(given.culture)
        initials.add(given.name[0])
        drawn.append(given.name)
    rest.sort(key=lambda given: given.name[0] in initials)
    for given in rest:
        if len(drawn) == n:
            break
        if given.name[0] not in initials:
            initials.add(given.name[0])
            drawn.append(given.name)
    taken = set(drawn)
    drawn += [given.name for given in rest if given.name not in taken][: n - len(drawn)]
    rng.shuffle(drawn)
    return drawn


def scene(rng: random.Random, rooms: int, containers_per_room: int, objects: int, setting: str | None = None) -> Scene:
    """Rooms of one setting, each with so many containers and objects that suit it.

    Two containers of one kind differ by a look ("red toolbox", "old toolbox"). Raises ValueError if no setting (or the
    one asked for) has as many rooms, or its rooms have not as many objects.
    """
    fits = [name for name, places in _places().items() if len(places) >= rooms and setting in (None, name)]
    if not fits:
        raise ValueError(f"no setting {setting or ''} with {rooms} rooms; there are {', '.join(settings())}")
    chosen = rng.choice(fits)
    places = rng.sample(_places()[chosen], rooms)
    kinds = _kinds(rng, places, containers_per_room)
    looks = _looks(rng, [kind for stand in kinds for kind in stand])
    taken: set[str] = set()
    furnished = []
    for place, stand in zip(places, kinds, strict=True):
        things = [thing for thing in rng.sample(place.things, len(place.things)) if thing not in taken][:objects]
        if len(things) < objects:
            raise ValueError(f"the {place.name} has only {len(things)} objects, not {objects}")
        taken.update(things)
        furnished.append(Room(place.name, [looks[kind].pop() for kind in stand], things))
    return Scene(chosen, furnished)


def _kinds(rng: random.Random, places: Sequence[_Place], per_room: int) -> list[list[str]]:
    """Kinds of containers for each room, none twice in the story while there are others."""
    used: set[str] = set()
    chosen: list[list[str]] = []
    for place in places:
        shuffled = rng.sample(place.kinds, len(place.kinds))
        shuffled.sort(key=used.__contains__)
        while len(shuffled) < per_room:
            shuffled += rng.sample(place.kinds, len(place.kinds))
        chosen.append(shuffled[:per_room])
        used.update(chosen[-1])
    return chosen


def _looks(rng: random.Random, kinds: Iterable[str]) -> dict[str, list[str]]:
    """As many names of each kind as it occurs: bare at most if it occurs once."""
    looks, generic = _containers()[0], _generic()
    names_of = {}
    for kind, count in Counter(kinds).items():
        if count > len(looks[kind]):
            raise ValueError(f"no {count} looks for {indefinite(kind)}")
        bare = count == 1 and kind not in generic and rng.random() < 0.4
        names_of[kind] = [kind] if bare else [f"{look} {kind}" for look in rng.sample(looks[kind], count)]
    return names_of


def boxes(rng: random.Random, n: int, items: int = 3, taken: Collection[str] = ()) -> list[Box]:
    """`n` labelled boxes, each with its label and `items` - 1 others it may hold, usually one that suits it.

    No item occurs in two boxes or in `taken` (names the story has already).
    """
    labelled, odd = _boxes()
    names_so_far = list(taken)
    chosen: list[Box] = []
    for name in rng.sample(list(labelled), len(labelled)):
        label, *likely = labelled[name]
        if len(chosen) == n:
            break
        if _clash(name, names_so_far) or _clash(label, [*names_so_far, name]):
            continue
        names_so_far += [name, label]
        others: list[str] = []
        plausible = rng.sample(likely, len(likely))[: rng.randint(0, min(1, items - 1))]
        for item in [*plausible, *rng.sample(odd, len(odd))]:
            if len(others) == items - 1:
                break
            if not _clash(item, names_so_far):
                others.append(item)
                names_so_far.append(item)
        rng.shuffle(others)
        chosen.append(Box(name, label, others))
    if len(chosen) < n or any(len(box.others) < items - 1 for box in chosen):
        raise ValueError(f"no {n} boxes with {items} items each")
    return chosen


def topics(rng: random.Random, owners: Sequence[str], values: int = 5) -> list[Topic]:
    """One topic for each of `owners` (names; it is about this person if the topic is about a person), with `values`
    values each, no topic and no value twice."""
    chosen: list[Topic] = []
    used: list[str] = []
    for form, pool in rng.sample(_topics(), len(_topics())):
        if len(chosen) == len(owners):
            break
        fresh = [value for value in rng.sample(pool, len(pool)) if not _clash(value, used)][:values]
        if len(fresh) == values:
            chosen.append(Topic(form.replace("{owner}", owners[len(chosen)]), fresh))
            used += fresh
    if len(chosen) < len(owners):
        raise ValueError(f"no {len(owners)} topics with {values} values each")
    return chosen


def choice(rng: random.Random, things: int, taken: Collection[str] = ()) -> Choice:
    """One place to choose at, with so many things, none of which clashes with a name in `taken`."""
    where, about = rng.choice(list(_motives()["choices"].items()))
    return Choice(where, about["gone"], about["verb"], _things(rng, about["things"], things, taken))


def works(rng: random.Random, things: int, taken: Collection[str] = ()) -> Works:
    """One kind of things people make, with so many of them, none of which clashes with a name in `taken`."""
    own, about = rng.choice(list(_motives()["works"].items()))
    return Works(own, about["least"], _things(rng, about["things"], things, taken))


def rules(rng: random.Random, each: int) -> Rules:
    """So many rules that forbid something, and so many that allow it."""
    lines = _motives()["rules"]
    return Rules(*(rng.sample(_items(lines[sort]), each) for sort in ("forbid", "allow")))


@cache
def _motives() -> dict[str, Any]:
    return _load("motives")


def _things(rng: random.Random, line: str, n: int, taken: Collection[str]) -> list[str]:
    pool = [thing for thing in _items(line) if not _clash(thing, taken)]
    if len(pool) < n:
        raise ValueError(f"no {n} things in {line!r} beside {', '.join(taken)}")
    return rng.sample(pool, n)


def _clash(name: str, others: Iterable[str]) -> bool:
    """Whether a name occurs as words in another or the other way round."""
    padded = f" {name} "
    return any(padded in f" {other} " or f" {other} " in padded for other in others)
