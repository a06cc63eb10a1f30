"""Stories in the words of models: what each model is shown, what it may do, and what comes of it."""

import orjson
import parrot
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from studio import PARROT, Recording, config

from madata.generators.family import Rejected
from madata.generators.make import at_once, compose, families
from madata.generators.run import Model
from madata.generators.teachers.cast import Rehearsal
from madata.generators.tom.speech import grouped
from madata.schemas import canonical, read_episode
from madata.validators.runner import checks

ALL = tuple(sorted(families("tom")))
PLAYABLE = tuple(name for name in ALL if families("tom")[name].self_play)
VERBALISE = config(families=ALL)
SELF_PLAY = config(families=PLAYABLE, mode="self-play")


def story(recording, slot):
    episode = recording.episode(slot)
    read_episode(episode)
    return episode


@given(st.integers(0, 500))
def test_verbalising_changes_the_words_of_acts_and_nothing_else(slot):
    recording = Recording(VERBALISE)
    told = story(recording, slot)
    script = at_once(compose("tom", ALL, {}, 1, slot, 0))
    for part in ("world", "questions", "conventions", "agents", "structure", "capabilities"):
        assert told[part] == script[part]
    spoken = {entry["turn"] for entry in told["provenance"]["spoken"]}
    for mine, plain in zip(told["turns"], script["turns"], strict=True):
        assert mine | {"text": ""} == plain | {"text": ""}
        assert mine["text"] == plain["text"] or mine["index"] in spoken
    assert len(spoken) == len(recording.requests)


@pytest.mark.parametrize("shared", [VERBALISE, SELF_PLAY], ids=["verbalise", "self-play"])
@given(st.integers(0, 500))
def test_a_model_is_shown_what_its_agent_perceived_and_no_more(shared, slot):
    recording = Recording(shared)
    told = story(recording, slot)
    for request in recording.requests:
        place = request.place
        seen = request.messages[1]["content"].split("\n\n")[0].split("\n")[1:]
        perceived = [turn for turn in told["turns"][: place.turn] if place.agent in turn["audience"]]
        assert len(seen) == len(perceived)
        assert all(line.endswith(turn["text"]) for line, turn in zip(seen, perceived, strict=True))


@given(st.integers(0, 500))
def test_self_play_does_what_was_chosen(slot):
    recording = Recording(SELF_PLAY)
    told = story(recording, slot)
    assert told["provenance"]["mode"] == "self-play"
    spoken = {entry["turn"] for entry in told["provenance"]["spoken"]}
    acted = [turn for turn in told["turns"] if turn["index"] in spoken]
    assert [turn["event"] for turn in acted] == list(range(len(told["world"]["events"])))
    for request in recording.requests:
        Draft202012Validator.check_schema(request.schema)
        chosen = orjson.loads(parrot.answer([dict(message) for message in request.messages]))
        Draft202012Validator(request.schema).validate(chosen)


def test_the_schema_admits_the_legal_acts_and_no_others():
    recording = Recording(SELF_PLAY)
    recording.episode(3)
    schema = Draft202012Validator(recording.requests[0].schema)
    listed = [
        orjson.loads(line[2:])
        for line in recording.requests[0].messages[1]["content"].splitlines()
        if line.startswith('- {"kind"')
    ]
    act = {member: values[0] for member, values in listed[0].items()}
    assert schema.is_valid({"act": act, "words": "So."})
    for wrong in ({"kind": "fly"}, act | {"kind": ["enter"]}, act | {"more": 1}, {}):
        assert not schema.is_valid({"act": wrong, "words": "So."})
    assert not schema.is_valid({"act": act}) and not schema.is_valid({"act": act, "words": ""})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I would rather not.", "no JSON"),
        ("[]", "another value"),
        ('{"act": {"kind": "enter", "place": "moon"}, "words": "Up."}', "moon"),
        ('{"act": "enter", "words": "In."}', "enter"),
        ('{"act": {"kind": ["enter"]}, "words": 3}', "another value"),
        ('{"act": {"kind": "enter"}, "words": "\\ud800"}', ""),
        ("[" * 100_000, "no JSON"),
    ],
)
def test_an_act_that_cannot_be_done_now_is_refused(text, found):
    recording = Recording(SELF_PLAY, lambda messages: text)
    with pytest.raises(Rejected) as rejected:
        recording.episode(3)
    assert rejected.value.reason == "act" and found in rejected.value.detail


def test_words_that_do_not_fit_the_act_are_refused_in_both_ways():
    for shared in (VERBALISE, SELF_PLAY):

        def astray(messages, shared=shared):
            answer = parrot.answer(messages)
            if shared is VERBALISE:
                return answer + " The dragon sleeps in the castle."
            return orjson.dumps(orjson.loads(answer) | {"words": "The dragon sleeps in the castle."}).decode()

        recording = Recording(shared, astray)
        with pytest.raises(Rejected) as rejected:
            recording.episode(0)
        assert rejected.value.reason == "wording"


def test_agents_with_models_of_their_own_are_told_apart():
    recording = Recording(config(models=(PARROT, Model(name="other")), cast="agent"))
    told = next(told for slot in range(20) if len((told := story(recording, slot))["provenance"]["teachers"]) == 3)
    names = [teacher["name"] for teacher in told["provenance"]["teachers"]]
    model_of = {request.key: request.model for request in recording.requests}
    for entry in told["provenance"]["spoken"]:
        assert names[entry["teacher"]] == model_of[entry["requests"][-1]]


def test_a_rehearsal_asks_nobody_and_counts():
    for shared in (VERBALISE, SELF_PLAY):
        cast, recording = Rehearsal(shared, 4, 0), Recording(shared)
        at_once(compose("tom", shared.families, {}, 1, 4, 0, cast))
        recording.episode(4)
        assert cast.requests and cast.characters > 1000 * cast.requests
    assert cast.requests == len(recording.requests) or shared.mode == "self-play"


READ = [config(families=shared.families, mode=shared.mode, reader="reader") for shared in (VERBALISE, SELF_PLAY)]


@pytest.mark.parametrize("shared", READ, ids=["verbalise", "self-play"])
@given(st.integers(0, 500))
def test_no_check_finds_anything_in_what_was_accepted(shared, slot):
    told = orjson.loads(canonical(story(Recording(shared), slot)))
    read = [spoken for spoken in told["provenance"]["spoken"] if spoken["reading"]]
    assert all(spoken["reading"]["model"] == "reader" for spoken in read)
    judges = [check.judge for check in checks().values() if check.judge and "tom" in (check.tasks or ("tom",))]
    assert [finding for judge in judges for finding in judge(told)] == []


def test_acts_of_one_kind_about_one_thing_are_one_group():
    acts = [{"kind": "tell", "what": "w", "value": v, "holds": h} for v in "ab" for h in (True, False)]
    assert grouped([*acts, {"kind": "leave"}]) == [
        {"kind": ["tell"], "what": ["w"], "value": ["a", "b"], "holds": [True, False]},
        {"kind": ["leave"]},
    ]
