"""The lexicon's data are sane, and what is drawn from them keeps its promises."""

import random
from collections import Counter
from itertools import combinations, pairwise

import pytest

from madata.generators import lexicon
from madata.generators.lexicon import Scene

# English words that are given names too, months and days: none may be a name of the lexicon.
WORDS = """
amber angel april art august autumn basil bay bill bob brook carol chance chase christian clay cliff daisy dawn dean
don drew earl eve faith fern flora ford frank friday gene ginger glen grace grant guy harmony hazel heather herb
holly hope hunter iris ivy jack jade jasmine jay joy june kit lance lily march mark mason max may melody mercy miles
monday nick olive opal pat pearl penny peter pierce piper prince ray rich rob robin rose ruby rusty sage sandy
saturday skip stew sue summer sunday sunny thursday tuesday victor violet wade wednesday will yaw
"""


def words_in(name: str, other: str) -> bool:
    return f" {name} " in f" {other} "


def disjoint(names: list[str]) -> bool:
    return not any(words_in(a, b) or words_in(b, a) for a, b in combinations(names, 2))


def all_names(scene: Scene) -> list[str]:
    return [name for room in scene.rooms for name in (room.name, *room.containers, *room.objects)]


def test_given_names_are_plenty_distinct_and_no_words() -> None:
    given = [known.name for known in lexicon.given_names()]
    assert len(given) >= 400
    assert len(set(given)) == len(given)
    assert all(name.isascii() and name.isalpha() and name.istitle() for name in given)
    assert not {name.lower() for name in given}.intersection(WORDS.split())
    assert not [pair for pair in pairwise(sorted(given)) if pair[1].startswith(pair[0])]


def test_given_names_are_balanced() -> None:
    genders = Counter(known.gender for known in lexicon.given_names())
    assert genders["f"] == genders["m"]
    cultures = Counter(known.culture for known in lexicon.given_names())
    assert len(cultures) >= 40
    assert max(cultures.values()) <= 14


def test_enough_of_everything() -> None:
    places = [place for rooms in lexicon._places().values() for place in rooms]
    assert len({place.name for place in places}) >= 40
    assert len(lexicon._containers()[0]) >= 60
    assert len({thing for place in places for thing in place.things}) >= 250
    assert min(map(len, lexicon._boxes())) >= 60
    assert len(lexicon._topics()) >= 60
    assert all(len(values) >= 5 for _, values in lexicon._topics())


def test_each_list_has_no_duplicates() -> None:
    for theme, line in lexicon._load("objects").items():
        assert not [thing for thing, count in Counter(lexicon._items(line)).items() if count > 1], theme
    for setting, rooms in lexicon._places().items():
        for place in rooms:
            assert len(set(place.kinds)) == len(place.kinds) >= 6, (setting, place.name)
            assert set(place.kinds) <= set(lexicon._containers()[0]), (setting, place.name)
    for box, items in lexicon._boxes()[0].items():
        assert len(set(items)) == len(items) >= 3, box
    for topic, values in lexicon._topics():
        assert disjoint(values), topic


def test_all_looks_and_kinds_are_used() -> None:
    used = {kind for rooms in lexicon._places().values() for place in rooms for kind in place.kinds}
    assert set(lexicon._containers()[0]) - used == set()


def test_no_name_of_a_setting_hides_in_another() -> None:
    kinds = list(lexicon._containers()[0])
    for setting, rooms in lexicon._places().items():
        places = [place.name for place in rooms]
        things = sorted({thing for place in rooms for thing in place.things})
        assert disjoint([*places, *things]), setting
        met = [
            (name, kind)
            for name in (*places, *things)
            for kind in kinds
            if words_in(name, kind) or words_in(kind, name)
        ]
        assert met == [], setting
        labelled, odd = lexicon._boxes()
        items = [*labelled, *odd, *(item for line in labelled.values() for item in line)]
        assert [(place, item) for place in places for item in items if words_in(place, item)] == []


@pytest.mark.parametrize("seed", range(200))
def test_scene_keeps_its_promises(seed: int) -> None:
    rng = random.Random(seed)
    rooms, containers, objects = rng.randint(1, 6), rng.randint(0, 6), rng.randint(0, 3)
    scene = lexicon.scene(rng, rooms, containers, objects)
    assert [len(room.containers) for room in scene.rooms] == [containers] * rooms
    assert [len(room.objects) for room in scene.rooms] == [objects] * rooms
    assert disjoint(all_names(scene))


def test_scene_of_a_setting() -> None:
    assert all(lexicon.scene(random.Random(3), 6, 3, 4, setting).setting == setting for setting in lexicon.settings())
    with pytest.raises(ValueError, match="no setting ship with 40 rooms"):
        lexicon.scene(random.Random(0), 40, 1, 1, "ship")


@pytest.mark.parametrize("n", [1, 2, 5, 12, 60, 100])
def test_names_are_distinct_and_mixed(n: int) -> None:
    cultures = {known.name: known.culture for known in lexicon.given_names()}
    for seed in range(30):
        drawn = lexicon.names(random.Random(seed), n)
        assert len(set(drawn)) == n
        if n <= 12:
            assert len({name[0] for name in drawn}) == n
            assert len({cultures[name] for name in drawn}) >= n - 2


@pytest.mark.parametrize("seed", range(100))
def test_boxes_and_topics_are_disjoint(seed: int) -> None:
    rng = random.Random(seed)
    taken = all_names(lexicon.scene(rng, 2, 3, 2))
    boxes = lexicon.boxes(rng, 3, 4, taken)
    assert disjoint([*taken, *(name for box in boxes for name in (box.name, box.label, *box.others))])
    topics = lexicon.topics(rng, ["Mei", "Kofi", "Mei"])
    assert [len(topic.values) for topic in topics] == [5, 5, 5]
    assert disjoint([value for topic in topics for value in topic.values])
    assert not any("{" in topic.name for topic in topics)


def test_motives_are_disjoint_and_fill_their_sentences() -> None:
    about = lexicon._motives()
    for kind in ("choices", "works"):
        for name, one in about[kind].items():
            things = lexicon._items(one["things"])
            assert len(things) >= 6, name
            assert disjoint(things), name
    assert all("{owner}" in name and "{owner}" in one["least"] for name, one in about["works"].items())
    assert disjoint(lexicon._items(about["rules"]["forbid"]) + lexicon._items(about["rules"]["allow"]))


@pytest.mark.parametrize("seed", range(100))
def test_motives_keep_clear_of_what_is_taken(seed: int) -> None:
    rng = random.Random(seed)
    taken = all_names(lexicon.scene(rng, 2, 4, 4))
    choice = lexicon.choice(rng, 4, taken)
    works = lexicon.works(rng, 4, [*taken, *choice.things])
    assert len(choice.things) == len(works.things) == 4
    assert disjoint([*taken, *choice.things, *works.things])
    assert [len(sort) for sort in lexicon.rules(rng, 2)] == [2, 2]


def test_drawing_is_deterministic() -> None:
    def draw() -> list[object]:
        rng = random.Random(7)
        return [lexicon.names(rng, 6), lexicon.scene(rng, 3, 3, 2), lexicon.boxes(rng, 2), lexicon.topics(rng, ["Mei"])]

    assert draw() == draw()


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("onion", "an onion"),
        ("ukulele", "a ukulele"),
        ("umbrella stand", "an umbrella stand"),
        ("crayons", "crayons"),
        ("flour", "flour"),
        ("pizza", "a pizza"),
        ("hourglass", "an hourglass"),
    ],
)
def test_indefinite(name: str, phrase: str) -> None:
    assert lexicon.indefinite(name) == phrase


def test_opaque() -> None:
    assert [lexicon.opaque(name) for name in ("red toolbox", "sea chest", "old bucket", "laundry basket")] == [
        True,
        True,
        False,
        False,
    ]
