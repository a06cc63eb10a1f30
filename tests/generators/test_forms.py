"""The sentence forms: enough of each, and no word of theirs is the name of a thing."""

import string

from madata.generators import lexicon
from madata.generators.tom.teller import forms

MANY = (
    "enter",
    "leave",
    "change_location",
    "change_contents",
    "change_fact",
    "tell_private",
    "tell_room",
    "tell_everyone",
)
ACTOR = (*MANY[:5], "look", "peek_secret", "peek_noticed", "watch", "unwatch", "distract", "attend", "found", "empty")


def slots(form: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(form) if name]


def test_there_are_many_forms_of_each() -> None:
    for section, lists in forms().items():
        if section in ("setup", "rules", "claim_location", "claim_contents", "claim_fact"):
            continue
        assert len(lists["told"]) >= (12 if section in MANY else 8), section
        assert len(set(lists["told"])) == len(lists["told"]), section


def test_forms_of_one_kind_have_the_same_slots() -> None:
    for section, lists in forms().items():
        for kind, lines in lists.items():
            if (section, kind) in (("setup", "label"), ("reveal_location", "told")):
                continue
            assert len({tuple(sorted(set(slots(line)))) for line in lines}) == 1, (section, kind)


def test_who_acts_is_named() -> None:
    assert all("a" in slots(line) for section in ACTOR for line in forms()[section]["told"])
    assert not any("a" in slots(line) for section in ACTOR for line in forms()[section].get("spoken", []))


def test_no_form_is_shared_by_two_kinds_of_event() -> None:
    lines = [line for lists in forms().values() for lines in lists.values() for line in lines]
    assert len(set(lines)) == len(lines)


def test_no_word_of_a_form_is_the_name_of_a_thing() -> None:
    labelled, odd = lexicon._boxes()
    names = {*lexicon._containers()[0], *labelled, *odd, *(item for items in labelled.values() for item in items)}
    for rooms in lexicon._places().values():
        for place in rooms:
            names.update((place.name, *place.things))
    names.update(value for _, values in lexicon._topics() for value in values)
    names.update(name.name for name in lexicon.given_names())
    for section, lists in forms().items():
        for line in (line for lines in lists.values() for line in lines):
            words = "".join(char if char.isalnum() else " " for char in line)
            assert not [name for name in sorted(names) if f" {name} " in f" {words} "], (section, line)
