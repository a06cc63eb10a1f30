"""Asking models: who is asked, what happens to an answer that cannot be used, and what is written down."""

from collections import Counter

import pytest
from studio import Recording, config

from madata.generators.family import Rejected
from madata.generators.make import at_once
from madata.generators.run import Model
from madata.generators.teachers.cast import Cast, Choices, Refused
from madata.generators.teachers.request import Reply

MESSAGES = [{"role": "system", "content": "You are Anna."}, {"role": "user", "content": "Speak."}]


def reply(text="fine", finish="stop"):
    return Reply(text, finish, 100, 10, "chatcmpl-0")


def answers(*replies):
    """Each of them in turn."""
    left = list(replies)
    return lambda messages: left.pop(0)


def asked(recording, judge=str, choices=lambda answer: None):
    cast = Cast(recording.studio, slot=3, attempt=1)
    answer = at_once(cast.answer("a0", 7, "verbalise", MESSAGES, judge, draft=str, choices=choices))
    return cast, answer


def refusing(*words):
    def judge(text):
        if text in words:
            raise Refused("wording", "the apple", text)
        return text

    return judge


def test_an_accepted_answer_is_noted():
    recording = Recording(config(), answers(reply(" fine ")))
    cast, answer = asked(recording)
    assert answer == "fine"
    (request,) = recording.requests
    assert (request.model, request.place.slot, request.place.attempt, request.place.turn) == ("parrot", 3, 1, 7)
    assert recording.verdicts == {request.key: "accepted"}
    (spoken,) = cast.spoken
    assert spoken["turn"] == 7 and spoken["teacher"] == 1 and spoken["requests"] == [request.key]
    assert (spoken["prompt_tokens"], spoken["completion_tokens"], spoken["reading"]) == (100, 10, None)
    assert [teacher["name"] for teacher in cast.teachers] == ["parrot"]


def test_a_refused_answer_is_asked_for_again_with_the_finding():
    recording = Recording(config(), answers(reply("bad"), reply("good")))
    cast, answer = asked(recording, refusing("bad"))
    first, second = recording.requests
    assert answer == "good" and first.key != second.key
    assert second.messages[:2] == first.messages
    assert second.messages[2] == {"role": "assistant", "content": "bad"}
    assert "the apple" in second.messages[3]["content"] and "wording" in second.messages[3]["content"]
    assert recording.verdicts == {first.key: "wording", second.key: "accepted"}
    assert cast.spoken[0]["requests"] == [first.key, second.key] and cast.spoken[0]["prompt_tokens"] == 200


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (reply("cut o", "length"), "cut"),
        (reply("  "), "empty"),
        (reply("bad"), "wording"),
        (reply("x", "abort"), "cut"),
    ],
)
def test_after_three_refusals_the_attempt_is_rejected_with_the_reason(bad, reason):
    recording = Recording(config(), answers(bad, bad, bad))
    with pytest.raises(Rejected) as rejected:
        asked(recording, refusing("bad"))
    assert rejected.value.reason == reason and "turn 7, a0" in rejected.value.detail
    assert set(recording.verdicts.values()) == {reason} and len(recording.verdicts) == 3
    assert len({request.key for request in recording.requests}) == 3


def test_equal_openings_elsewhere_are_other_requests():
    recording = Recording(config(), lambda messages: reply())
    for slot, attempt, turn, agent in [
        (0, 0, 0, "a0"),
        (1, 0, 0, "a0"),
        (0, 1, 0, "a0"),
        (0, 0, 1, "a0"),
        (0, 0, 0, "a1"),
    ]:
        cast = Cast(recording.studio, slot, attempt)
        at_once(cast.answer(agent, turn, "verbalise", MESSAGES, str, draft=str))
    assert len({request.key for request in recording.requests}) == 5


def test_who_plays_depends_on_seed_and_slot_alone():
    models = (Model(name="x", weight=3), Model(name="y"))
    shared = config(models=models)
    once, again = ([Cast(Recording(shared).studio, slot, a).model("a0").name for slot in range(400)] for a in (0, 5))
    assert once == again
    assert 0.65 < Counter(once)["x"] / 400 < 0.85
    cast = Cast(Recording(shared).studio, 0, 0)
    assert len({cast.model(f"a{i}").name for i in range(8)}) == 1


def test_a_relay_is_opened_by_one_model_and_taken_over_by_the_other():
    relay = config(models=(Model(name="large"), Model(name="small", weight=9)), cast="relay")
    recording = Recording(relay, answers(reply(), reply("bad"), reply(), reply(), reply(), reply()))
    cast = Cast(recording.studio, 0, 0)
    for turn, agent in enumerate(["a0", "a0", "a1", "a0", "a1"]):
        at_once(cast.answer(agent, turn, "verbalise", MESSAGES, refusing("bad"), draft=str))
    # A refused answer is asked for again of the same model, and each agent has an opening of its own.
    assert [request.model for request in recording.requests] == ["large", "large", "large", "large", "small", "large"]
    assert [teacher["name"] for teacher in cast.teachers] == ["large", "small"]
    assert [entry["teacher"] for entry in cast.spoken] == [1, 1, 1, 2, 1]


def test_each_agent_can_have_its_own_model():
    mixed = config(models=(Model(name="x"), Model(name="y")), cast="agent")
    casts = [Cast(Recording(mixed).studio, slot, 0) for slot in range(20)]
    assert any(len({cast.model(f"a{i}").name for i in range(4)}) == 2 for cast in casts)


CHOICES = Choices("said by Anna", ["The apple is in the box.", "The apple is in the bin."], 0)


def test_a_reader_that_agrees_is_recorded():
    recording = Recording(config(reader="reader"), answers(reply("It's in the box."), reply("1")))
    cast, _ = asked(recording, choices=lambda text: (text, CHOICES))
    words, question = recording.requests
    assert question.model == "reader" and question.temperature == 0 and question.schema["enum"] == ["1", "2"]
    assert "It's in the box." in question.messages[0]["content"]
    assert cast.spoken[0]["reading"] == {"model": "reader", "choices": CHOICES.choices, "chosen": 0}
    assert recording.verdicts == {words.key: "accepted", question.key: "accepted"}


@pytest.mark.parametrize("said", ["2", "seven"])
def test_words_that_a_reader_takes_otherwise_are_refused(said):
    recording = Recording(config(reader="reader", asks=1), answers(reply("It's in there."), reply(said)))
    with pytest.raises(Rejected) as rejected:
        asked(recording, choices=lambda text: (text, CHOICES))
    assert rejected.value.reason == "reading"
    assert recording.verdicts[recording.requests[0].key] == "reading"


def test_one_agent_of_a_slot_is_a_model_whatever_the_attempt():
    one = Recording(config(cast="one", mode="self-play"))
    agents = ["a0", "a1", "a2"]
    drawn = [[Cast(one.studio, slot, attempt).players(agents) for attempt in range(3)] for slot in range(30)]
    assert all(len(first) == 1 and first == second == third for first, second, third in drawn)
    assert {agent for (agent,), *_ in drawn} == {*agents}
    assert Cast(Recording(config()).studio, 0, 0).players(agents) == agents


def test_the_choice_of_an_act_is_no_turn_in_the_words_of_a_model():
    recording = Recording(config(), answers(reply("7")))
    cast = Cast(recording.studio, slot=3, attempt=1)
    assert at_once(cast.answer("a0", 7, "verbalise", MESSAGES, int, draft=int, aloud=lambda answer: False)) == 7
    assert cast.spoken == [] and [teacher["name"] for teacher in cast.teachers] == ["parrot"]
