"""The reader of scripted text: what generators write is read back whole, and no planted change of words goes unseen."""

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import orjson
import pytest

from madata.generators.family import Rejected
from madata.generators.make import at_once, episode, families
from madata.generators.tom.stage import Stage
from madata.generators.tom.story import Story
from madata.generators.tom.teller import forms
from madata.schemas import Agent, Conventions, canonical
from madata.schemas.tom import Entity, Variable
from madata.tests.validators.voiced import acts, voiced
from madata.validators.tom.reading import grammar, lexicon
from madata.validators.tom.reading.names import Names
from madata.validators.tom.text import judge

Json = dict[str, Any]
FAMILIES = tuple(families("tom"))


def made(slot: int) -> Json:
    for attempt in range(100):
        try:
            return episode("tom", FAMILIES, {}, 11, slot, attempt)
        except Rejected:
            continue
    raise AssertionError(f"no episode for slot {slot}")


@cache
def some(count: int) -> tuple[Json, ...]:
    return tuple(made(slot) for slot in range(count))


def findings(story: Json) -> list[str]:
    return [str(finding) for finding in judge(story)]


def with_turns(story: Json, **texts: str) -> Json:
    """The story with other words in turns: `with_turns(story, t3="..")`."""
    turns = [{**turn, "text": texts.get(f"t{number}", turn["text"])} for number, turn in enumerate(story["turns"])]
    return {**story, "turns": turns}


@pytest.mark.parametrize("slot", range(40))
def test_what_is_written_is_read_back(slot: int) -> None:
    assert findings(some(40)[slot]) == []


@pytest.mark.slow
def test_what_is_written_is_read_back_in_many() -> None:
    for slot in range(4000):
        assert findings(made(slot)) == []


def test_no_sentence_has_two_meanings() -> None:
    for story in some(40):
        names = Names(story["agents"], story["world"])
        for turn in story["turns"]:
            words = grammar.words(names.split(turn["text"])[0])
            line, _ = grammar.without(" ".join(words).rstrip(".!? "), grammar.manners_and_openings())
            headings = [heading for heading, form in grammar.statements() if form.fullmatch(line)]
            assert len(headings) <= 1 or set(headings) == {"reveal", "in sight"}, turn["text"]


# Planted changes.


def kinds(story: Json) -> Iterator[list[str]]:
    """Names of one kind each."""
    yield [agent["name"] for agent in story["agents"]]
    for kind in ("place", "container", "object", "value"):
        yield [entity["name"] for entity in story["world"]["entities"] if entity["kind"] == kind]
    yield [variable["name"] for variable in story["world"]["variables"] if variable["kind"] == "fact"]


def swapped(story: Json, text: str) -> Iterator[str]:
    """The text with one name replaced by the next of its kind."""
    for names in kinds(story):
        for number, name in enumerate(names):
            other = names[(number + 1) % len(names)]
            for found in re.finditer(rf"\b{re.escape(name)}\b", text) if other != name else ():
                yield text[: found.start()] + other + text[found.end() :]


def negated(text: str) -> Iterator[str]:
    """The text with a negation more or less."""
    for auxiliary in re.finditer(r"\b(?:is|are|can|will|does|has)\b(?! not)", text):
        yield f"{text[: auxiliary.end()]} not{text[auxiliary.end() :]}"
    for verb in re.finditer(r"\b([a-z]+)s\b", text):
        yield f"{text[: verb.start()]}does not {verb[1]}{text[verb.end() :]}"
    for negation in re.finditer(r"\bdoes not |\bcannot\b|\bnot |\bnobody\b", text):
        instead = {"cannot": "can", "nobody": "everybody"}.get(negation[0], "")
        yield text[: negation.start()] + instead + text[negation.end() :]


def small_talk(turn: Json) -> bool:
    return turn["event"] is None and turn["speaker"] is not None and turn["act"] is None


@pytest.mark.parametrize("slot", range(16))
def test_every_swapped_name_is_found(slot: int) -> None:
    story = some(40)[slot]
    for number, turn in enumerate(story["turns"]):
        for text in swapped(story, turn["text"]):
            asked_another = turn["act"] is not None and turn["act"]["performative"] == "query-ref"
            assert findings(with_turns(story, **{f"t{number}": text})) or asked_another, (turn["text"], text)


@pytest.mark.parametrize("slot", range(16))
def test_every_negation_is_found(slot: int) -> None:
    story = some(40)[slot]
    for number, turn in enumerate(story["turns"]):
        for text in negated(turn["text"]) if not small_talk(turn) else ():
            assert findings(with_turns(story, **{f"t{number}": text})), (turn["text"], text)


def same_meaning(story: Json, turn: Json, after: Json) -> bool:
    """Turns whose words can change places without a change of meaning: both say nothing; or two sentences of the
    setting for the same ears; or two views of one event; or two people say "I" of the same doing."""
    if turn["event"] is None or after["event"] is None:
        return (
            turn["event"] is after["event"]
            and turn["audience"] == after["audience"]
            and turn["speaker"] is after["speaker"] is None
        ) or (small_talk(turn) and small_talk(after))
    events = [story["world"]["events"][each["event"]] for each in (turn, after)]
    doings = [{key: value for key, value in event.items() if key not in ("agent", "view")} for event in events]
    told_again = turn["event"] == after["event"] and turn["audience"] == after["audience"]
    first = next(each for each in story["turns"] if each["event"] == turn["event"])
    return (told_again and first is not turn) or (bool(turn["speaker"] and after["speaker"]) and doings[0] == doings[1])


@pytest.mark.parametrize("slot", range(16))
def test_every_change_of_order_is_found(slot: int) -> None:
    story = some(40)[slot]
    for number, (turn, after) in enumerate(zip(story["turns"], story["turns"][1:], strict=False)):
        changed = with_turns(story, **{f"t{number}": after["text"], f"t{number + 1}": turn["text"]})
        if turn["text"] != after["text"] and not same_meaning(story, turn, after):
            assert findings(changed), (turn["text"], after["text"])
        sentences = re.split(r"(?<=[.!?]) ", turn["text"])
        if len(sentences) > 1 and turn["event"] is not None:
            assert findings(with_turns(story, **{f"t{number}": " ".join(sentences[::-1])})), turn["text"]


@pytest.mark.parametrize("slot", range(16))
def test_every_missing_sentence_is_found(slot: int) -> None:
    story = some(40)[slot]
    for number, turn in enumerate(story["turns"]):
        told = [each for each in story["turns"] if each["event"] == turn["event"]]
        if (turn["event"] is None and turn["speaker"] is None) or (told[0] is turn and not small_talk(turn)):
            assert findings(with_turns(story, **{f"t{number}": "Hm."})), turn["text"]


@pytest.mark.parametrize("slot", range(16))
def test_every_changed_question_is_found(slot: int) -> None:
    story = some(40)[slot]
    for number, question in enumerate(story["questions"]):
        if question["query"]["kind"] == "cases":
            continue
        for text in [*swapped(story, question["text"]), f"{question['text'][:-1]} not?"]:
            questions = [*story["questions"]]
            questions[number] = {**question, "text": text}
            assert findings({**story, "questions": questions}), (question["text"], text)


@pytest.mark.parametrize("slot", range(40))
def test_a_concept_question_names_whose_beliefs_it_is_about(slot: int) -> None:
    story = some(40)[slot]
    for number, question in enumerate(story["questions"]):
        named = [agent for agent in story["agents"] if f'"{agent["id"]}"' in json.dumps(question["query"])]
        for agent in named if question["query"]["kind"] == "cases" else []:
            text = re.sub(rf"\b{agent['name']}\b", "Nobody", question["text"])
            questions = [*story["questions"]]
            questions[number] = {**question, "text": text}
            assert findings({**story, "questions": questions}), text


# What a finding says.


def location() -> tuple[Json, int]:
    """A story, and the number of the turn that tells its first move."""
    for story in some(40):
        for number, turn in enumerate(story["turns"]):
            event = story["world"]["events"][turn["event"]] if turn["event"] is not None else {}
            if story["family"] == "location" and event.get("kind") == "change" and turn["speaker"] is None:
                return story, number
    raise AssertionError("no story with a move")


def move(story: Json, number: int) -> tuple[str, str, str, str]:
    """The beginning of a sentence that tells the move, then where it ends, where it could, and where it starts."""
    called = {named["id"]: named["name"] for named in (*story["agents"], *story["world"]["entities"])}
    events, index = story["world"]["events"], story["turns"][number]["event"]
    event = events[index]
    variable = next(each for each in story["world"]["variables"] if each["id"] == event["variable"])
    before = [each["value"] for each in events[:index] if each["effects"].keys() == event["effects"].keys()]
    start = before[-1] if before else variable["initial"]
    rooms = {entity["id"]: entity["place"] for entity in story["world"]["entities"]}
    other = next(c for c in variable["values"] if c not in (start, event["value"]) and rooms[c] == rooms[start])
    said = f"{called[event['agent']]} moves the {called[variable['about']]} from the {called[start]} to the"
    return said, called[event["value"]], called[other], called[start]


def test_finding_names_turn_and_events() -> None:
    story, number = location()
    said, to, other, _ = move(story, number)
    assert findings(with_turns(story, **{f"t{number}": f"{said} {to}."})) == []
    first, *rest = findings(with_turns(story, **{f"t{number}": f"{said} {other}."}))
    assert f"turn {number}: expected kind=change" in first
    assert f"value={to}" in first.split("found")[0]
    assert f"value={other}" in first.split("found")[1]
    assert all("answer by the words" in line or "in passing" in line or "turn" in line for line in rest)


def test_a_changed_answer_is_found_too() -> None:
    """Some first move that is told otherwise changes a label, which is derived again from the words."""
    lines = []
    for story in some(40):
        for number, turn in enumerate(story["turns"]):
            if turn["event"] is not None and turn["speaker"] is None:
                for text in swapped(story, turn["text"]):
                    lines += findings(with_turns(story, **{f"t{number}": text}))
        if any("answer by the words: expected" in line for line in lines):
            return
    raise AssertionError("no label changed")


def test_false_in_passing_is_found() -> None:
    story, number = location()
    said, to, other, start = move(story, number)
    wrong = said.replace(f"from the {start}", f"from the {other}")
    [line] = findings(with_turns(story, **{f"t{number}": f"{wrong} {to}."}))
    assert f"turn {number}: expected {start} in" in line and line.endswith(f"found {other}")


def test_a_secret_told_to_everybody_is_found() -> None:
    for story in some(40):
        for number, turn in enumerate(story["turns"]):
            if turn["event"] is None and turn["speaker"] is None and len(turn["audience"]) < len(story["agents"]):
                everybody = [agent["id"] for agent in story["agents"]]
                turns = [*story["turns"]]
                turns[number] = {**turn, "audience": everybody}
                assert findings({**story, "turns": turns})


def test_every_story_is_judged_whoever_told_it() -> None:
    story = with_turns(some(40)[0], t0="Nothing of this can be read.")
    found = findings(story)
    assert found
    provenance = {**story["provenance"], "teachers": [{"name": "some model", "revision": "1"}]}
    assert findings({**story, "provenance": provenance}) == found
    source = {"name": "Hi-ToM", "item": "1", "licence": "MIT", "allowed_use": "evaluation", "text": "It happens."}
    assert findings({**story, "provenance": {**provenance, "source": source}}) == []


# Turns in the words of models.


@pytest.mark.parametrize("slot", range(5))
def test_what_models_speak_is_taken_as_stored(slot: int) -> None:
    story = some(40)[slot]
    for number in acts(story):
        story = voiced(story, number, "Words that no grammar reads.")
    assert findings(story) == []
    spoken = story["provenance"]["spoken"]
    for entry in spoken:
        others = {**story["provenance"], "spoken": [each for each in spoken if each is not entry]}
        found = findings({**story, "provenance": others})
        small = small_talk(story["turns"][entry["turn"]])
        assert small or any(f"turn {entry['turn']}:" in line for line in found), entry["turn"]


@pytest.mark.parametrize("slot", range(5))
def test_what_the_world_tells_is_read_whatever_claims_to_be_spoken(slot: int) -> None:
    story = some(40)[slot]
    spoken = acts(story)
    for number in range(len(story["turns"])):
        if number not in spoken:
            planted = with_turns(story, **{f"t{number}": "It happens."})
            assert findings(planted)
            assert findings(voiced(planted, number)) == findings(planted)


@pytest.mark.parametrize("slot", range(5))
def test_what_is_unspoken_is_read_among_what_is_spoken(slot: int) -> None:
    story = some(40)[slot]
    spoken = acts(story)
    unspoken = [number for number, act in spoken.items() if act != "talk"][::2]
    for number in spoken.keys() - unspoken:
        story = voiced(story, number, "Words that no grammar reads.")
    for number in unspoken:
        assert findings(with_turns(story, **{f"t{number}": "Hm."}))
    for number, question in enumerate(story["questions"]):
        if question["query"]["kind"] != "cases":
            questions = [*story["questions"]]
            questions[number] = {**question, "text": "Why?"}
            assert findings({**story, "questions": questions})


def test_the_act_of_a_spoken_turn_is_that_of_its_event() -> None:
    for story in some(40):
        for number, act in acts(story).items():
            if act == "tell":
                spoken = voiced(story, number)
                content = spoken["turns"][number]["act"]["content"]
                changed = {**content, "holds": not content["holds"]}
                act_ = {**spoken["turns"][number]["act"], "content": changed}
                spoken["turns"][number] = {**spoken["turns"][number], "act": act_}
                [line] = findings(spoken)
                assert f"turn {number}: expected" in line
                return
    raise AssertionError("no story with a telling")


@pytest.mark.parametrize("slot", range(5))
def test_more_rules_than_needed_may_be_stated_if_each_is_true(slot: int) -> None:
    """Where agents act as they like, the setting is written before anybody knows which rules will matter."""
    story = some(40)[slot]
    for section, told in forms()["rules"].items():
        convention, _, value = section.partition("_")
        so = story["conventions"].get(convention, value)
        for text in told:
            setting = {**story["turns"][0], "text": text}
            found = findings({**story, "turns": [setting, *story["turns"]]})
            assert (found == []) is (value.removesuffix("_mostly") == so), text


def test_hostile_text_is_read_in_time() -> None:
    story = some(40)[0]
    name = story["agents"][0]["name"]
    for text in ("@a " * 1300, f"{name}, " * 400, ", " * 2000, "not " * 1000, f"Where does {name} think " * 150):
        assert findings(with_turns(story, t0=text, t1=text))


def test_every_form_can_be_said() -> None:
    """The lexicon compiles, and no line of it refers to a part that is not there."""
    parts = grammar.parts()
    tables = (lexicon.SETTING, lexicon.RULES, lexicon.EVENTS, lexicon.QUESTIONS, parts)
    for line in (line for table in tables for lines in table.values() for line in lines.splitlines()):
        for part in re.findall(r"<([^<>!]+)>", line):
            assert part in parts, line


def looked_round(seed: int) -> Json:
    """Somebody comes into a room where the apple was said to be, and sees that it is not."""
    names = {"p0": "kitchen", "p1": "attic"}
    stage = Stage(
        [Agent(id="a0", name="Anna", role="participant"), Agent(id="a1", name="Ben", role="participant")],
        Conventions(entering="reveals"),
        [
            *(Entity(id=place, kind="place", name=name) for place, name in names.items()),
            Entity(id="c0", kind="container", name="old box", place="p0"),
            Entity(id="c1", kind="container", name="tin", place="p1"),
            Entity(id="o0", kind="object", name="apple"),
        ],
        [Variable(id="v0", kind="location", name="apple", about="o0", values=["c0", "c1"], initial="c0")],
    )
    stage.enter("a0", "p0")
    stage.enter("a1", "p0")
    stage.tell("a1", "v0", "c1", "private", ["a0"])
    stage.leave("a0")
    stage.watch("a0", "p1") if seed % 2 else stage.enter("a0", "p1")
    content = at_once(Story(stage, random.Random(seed), lambda: None, list).content(None))
    return orjson.loads(canonical({"id": "tom-0", **content}))


def test_seeing_that_something_is_nowhere_in_a_room_is_read() -> None:
    for seed in range(80):
        story = looked_round(seed)
        assert "none of the containers there" in story["turns"][-1]["text"]
        assert findings(story) == []
        story["turns"][-1]["text"] = story["turns"][-1]["text"].replace("attic", "kitchen")
        assert any("kitchen" in finding for finding in findings(story))
    false = looked_round(0)
    false["world"]["variables"][0]["initial"] = "c1"
    assert any("expected tin in" in finding and "found none there" in finding for finding in findings(false))
