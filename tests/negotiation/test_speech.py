"""Negotiations in the words of models: what each model is shown, what it may do, and what comes of it."""

import json
import random
import re
from collections import Counter

import orjson
import parrot
import pytest
from jsonschema import Draft202012Validator
from studio import PARROT, Recording, config

from madata.generators.family import Rejected
from madata.generators.make import at_once, compose, families
from madata.generators.negotiation.speech import verbalise
from madata.generators.negotiation.teller import tell
from madata.generators.run import Model
from madata.generators.teachers.cast import Cast, Rehearsal
from madata.schemas import canonical, read_episode
from madata.schemas.negotiation import Bargain
from madata.validators.runner import checks

FAMILIES = tuple(sorted(families("negotiation")))
BARGAINS = ("coalition", "division", "multi_issue", "price")
VERBALISE = config(task="negotiation", families=FAMILIES)
SELF_PLAY = config(task="negotiation", families=FAMILIES, mode="self-play")
ONE = config(task="negotiation", families=FAMILIES, mode="self-play", cast="one")
WAYS = pytest.mark.parametrize("shared", [VERBALISE, SELF_PLAY, ONE], ids=["verbalise", "self-play", "one"])
SLOTS = range(48)


def told(shared, slot):
    """An episode of the slot and its recording: of the first attempt in which the parrot finds words."""
    for attempt in range(5):
        recording = Recording(shared)
        try:
            episode = recording.episode(slot, attempt)
        except Rejected:
            continue
        read_episode(episode)
        return episode, recording, attempt
    raise AssertionError(f"no words for slot {slot}")


def players(episode):
    """Who is left to models."""
    return [agent["id"] for agent in episode["agents"] if agent["private"]["strategy"] is None]


def test_every_family_is_played_by_models():
    known = families("negotiation").values()
    assert all(family.self_play and family.partners for family in known)


def test_verbalising_changes_what_is_said_and_nothing_else():
    for slot in SLOTS:
        episode, recording, attempt = told(VERBALISE, slot)
        script = at_once(compose("negotiation", FAMILIES, {}, 1, slot, attempt))
        for part in ("world", "questions", "conventions", "agents", "structure", "capabilities", "outcome"):
            assert episode[part] == script[part]
        for mine, plain in zip(episode["turns"], script["turns"], strict=True):
            assert mine | {"text": ""} == plain | {"text": ""}
            assert mine["speaker"] or mine["text"] == plain["text"]
        spoken = [entry["turn"] for entry in episode["provenance"]["spoken"]]
        assert spoken == [turn["index"] for turn in episode["turns"] if turn["speaker"]]
        assert len(spoken) <= len(recording.requests)


# What a model is shown.


def moment_of(request, episode):
    """The time at which a model was asked."""
    asked = request.messages[1]["content"].rsplit("\n\n", 1)[1]
    if found := re.match(r"It is round (\d+) of \d+, (and you|before|and time|after)", asked):
        phase = {"and you": None, "before": 0, "and time": 1, "after": 2}[found[2]]
        return int(found[1]) - 1 if phase is None else 3 * (int(found[1]) - 1) + phase
    if found := re.match(r"In meeting (\d+)", asked):
        return 2 * (int(found[1]) - 1)
    if found := re.match(r"It is meeting (\d+)", asked):
        return 2 * (int(found[1]) - 1) + 1
    events = episode["world"]["events"]
    return events[episode["turns"][request.place.turn]["time"]]["time"]


def story(request):
    """The lines that a model was shown."""
    return request.messages[1]["content"].split("\n\n")[0].split("\n")[1:]


@WAYS
def test_a_model_is_shown_what_its_agent_has_heard_when_it_heard_it(shared):
    under_way = 0
    for slot in SLOTS:
        episode, recording, _ = told(shared, slot)
        events, turns = episode["world"]["events"], episode["turns"]
        asked = {request.place.turn: moment_of(request, episode) for request in recording.requests}
        for request in recording.requests:
            now, agent = moment_of(request, episode), request.place.agent
            messages, narrated = [], []
            for turn in turns[: request.place.turn]:
                if agent not in turn["audience"]:
                    continue
                if turn["event"] is None and turn["speaker"] is None:
                    narrated.append(turn["text"])
                    continue
                if turn["event"] is None:
                    said = asked[turn["index"]]
                    heard = said if shared is VERBALISE or turn["speaker"] == agent else said + 1
                else:
                    event = events[turn["event"]]
                    heard = event["time"] + (0 if event["agent"] == agent else 1 + event["delay"])
                if heard <= now:
                    messages.append((heard, turn["index"], turn["text"]))
                else:
                    under_way += 1
            lines = story(request)
            assert Counter(narrated) == Counter(line for line in lines if line in narrated)
            said = [line for line in lines if line not in narrated]
            assert len(said) == len(messages)
            assert all(line.endswith(text) for line, (*_, text) in zip(said, sorted(messages), strict=True))
    assert under_way


@WAYS
def test_what_is_private_is_in_no_other_prompt(shared):
    for slot in SLOTS:
        episode, recording, _ = told(shared, slot)
        private = [turn for turn in episode["turns"] if turn["channel"] == "narration" and len(turn["audience"]) < 2]
        assert private or not recording.requests or shared is SELF_PLAY
        for request in recording.requests:
            prompt = "\n".join(message["content"] for message in request.messages)
            for turn in private:
                assert (turn["text"] in prompt) == (request.place.agent in turn["audience"])


@pytest.mark.parametrize("name", BARGAINS)
def test_what_others_hold_changes_no_prompt(name):
    """Figures of other parties are moved: what is asked of a model stays the same, byte for byte."""
    compared = 0
    for seed in range(8):
        family, rng = families("negotiation")[name], random.Random(seed)
        negotiation = family.build(rng, {knob: each.low for knob, each in family.knobs.items()})
        if negotiation.conventions.values == "permuted":
            continue
        negotiation.play()
        world = negotiation.table.world()
        shown = [asked_of(negotiation, each, "a0") for each in (world, moved(world, "a0"))]
        assert shown[0] == shown[1]
        compared += len(shown[0])
    assert compared


def moved(world, agent):
    def shifted(points):
        return [each + 7 for each in points] if isinstance(points, list) else points + 7

    assert isinstance(world.game, Bargain)
    parties = [
        party
        if party.agent == agent
        else party.model_copy(
            update={
                "worth": [shifted(points) for points in party.worth],
                "reservation": party.reservation + 3,
                "strategy": None,
            }
        )
        for party in world.game.parties
    ]
    return world.model_copy(update={"game": world.game.model_copy(update={"parties": parties})})


def asked_of(negotiation, world, agent):
    """What the model of one agent is asked; the setting is told with whatever may be claimed or promised."""
    recording = Recording(VERBALISE, said_or_silent)
    left = [party.model_copy(update={"strategy": None}) for party in world.game.parties]
    world = world.model_copy(update={"game": world.game.model_copy(update={"parties": left})})
    turns = tell(negotiation.agents, negotiation.conventions, world, random.Random(5))
    at_once(verbalise(negotiation.agents, world, turns, Trusting(recording.studio, 0, 0)))
    return [request.messages for request in recording.requests if request.place.agent == agent]


class Trusting(Cast):
    """Takes every answer as it is: what others may say of their figures is not the matter here."""

    async def answer(self, agent, turn, prompt, messages, judge, draft, **options):
        await super().answer(agent, turn, prompt, messages, str, draft)
        return draft()


def said_or_silent(messages):
    return "Yes."


# What a model may do.


@pytest.mark.parametrize("shared", [SELF_PLAY, ONE], ids=["self-play", "one"])
def test_self_play_does_what_was_chosen(shared):
    kinds = Counter()
    for slot in SLOTS:
        episode, recording, _ = told(shared, slot)
        assert episode["provenance"]["mode"] == "self-play"
        mine = [event for event in episode["world"]["events"] if event["agent"] in players(episode)]
        chosen = []
        for request in recording.requests:
            Draft202012Validator.check_schema(request.schema)
            answer = orjson.loads(parrot.answer([dict(message) for message in request.messages]))
            if recording.verdicts[request.key] == "accepted":
                if "words" not in request.schema["properties"]:
                    answer.pop("words")
                Draft202012Validator(request.schema).validate(answer)
                kinds[answer["act"]["kind"]] += 1
                chosen += [answer["act"]] if answer["act"]["kind"] not in ("talk", "nothing") else []
        assert [event["kind"] for event in mine] == [KIND.get(act["kind"], act["kind"]) for act in chosen]
        for event, act in zip(mine, chosen, strict=True):
            for member in ("points", "units"):
                if member in act:
                    figure = event.get("amount", event.get("claim", {}).get("amount", event.get("deal")))
                    assert figure in (act[member], [act[member]])
    assert kinds.keys() >= EVERY - ({"quota"} if shared is ONE else set())


KIND = {
    "accept": "accept-proposal",
    "reject": "reject-proposal",
    "priority": "inform",
    "limit": "inform",
    "took": "inform",
    "gave": "inform",
    "quota": "propose",
}
EVERY = {"propose", "quota", "harvest", "donate", "talk", "nothing"} | KIND.keys()


def test_one_model_plays_among_scripts():
    everybody = set()
    for slot in SLOTS:
        episode, recording, _ = told(ONE, slot)
        (player,) = players(episode)
        everybody.add(player)
        assert {request.place.agent for request in recording.requests} <= {player}
        assert {turn["speaker"] for turn in spoken(episode)} <= {player}
    assert len(everybody) > 2


def test_in_self_play_all_are_models():
    for slot in SLOTS:
        episode, _, _ = told(SELF_PLAY, slot)
        assert players(episode) == [agent["id"] for agent in episode["agents"]]
        assert spoken(episode) == [turn for turn in episode["turns"] if turn["speaker"]]


def spoken(episode):
    return [episode["turns"][entry["turn"]] for entry in episode["provenance"]["spoken"]]


def test_agents_with_models_of_their_own_are_told_apart():
    mixed = config(
        task="negotiation", families=FAMILIES, mode="self-play", cast="agent", models=(PARROT, Model(name="other"))
    )
    found = 0
    for slot in SLOTS:
        episode, recording, _ = told(mixed, slot)
        names = [teacher["name"] for teacher in episode["provenance"]["teachers"]]
        assert set(names) == {"scripted", *(request.model for request in recording.requests)}
        model_of = {request.key: request.model for request in recording.requests}
        for entry in episode["provenance"]["spoken"]:
            assert names[entry["teacher"]] == model_of[entry["requests"][-1]]
        found += len(names) == 3
    assert found


PRICE = config(task="negotiation", families=("price",), mode="self-play")
DIVISION = config(task="negotiation", families=("division",), mode="self-play")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I would rather not.", "no JSON"),
        ("[]", "another value"),
        ('{"act": {"kind": "withdraw"}}', "found 0"),
        ('{"act": {"kind": "withdraw"}, "words": 3}', "another value"),
        ('{"act": {"kind": "withdraw"}, "words": " "}', "found 0"),
        ('{"act": {"kind": "withdraw"}, "words": "' + "a" * 5000 + '"}', "found 5000"),
        ('{"act": "withdraw", "words": "I leave."}', "another value"),
        ('{"act": {"kind": ["withdraw"]}, "words": "I leave."}', "withdraw"),
        ('{"act": {"kind": "withdraw", "more": 1}, "words": "I leave."}', "more"),
        ('{"act": {"kind": "accept", "offer": "Nobody"}, "words": "I accept."}', "Nobody"),
        ('{"act": {"kind": "threaten"}, "words": "I leave."}', "threaten"),
        ('{"act": {"kind": "harvest", "units": 1}, "words": "Mine."}', "harvest"),
        ('{"act": {"kind": "propose", "deal": {}}, "words": "All for me."}', "propose"),
        ('{"act": {"kind": "limit", "side": "most", "option": 3}, "words": "Three."}', "limit"),
        ("[" * 100_000, "no JSON"),
        ('{"act": {"kind": "\\ud800"}, "words": ""}', "no JSON"),
    ],
)
def test_an_act_that_cannot_be_done_now_is_refused(text, found):
    recording = Recording(PRICE, lambda messages: text)
    with pytest.raises(Rejected) as rejected:
        recording.episode(3)
    assert rejected.value.reason == "act" and found in rejected.value.detail


@pytest.mark.parametrize("wrong", [-1, 1, True, "1", 1.0, None])
def test_a_deal_that_is_none_of_the_game_is_refused(wrong):
    def astray(messages):
        offered = next(
            json.JSONDecoder().raw_decode(line[2:])[0]
            for line in messages[1]["content"].splitlines()
            if line.startswith('- {"kind":"propose"')
        )
        deal = {issue: dict.fromkeys(names, 0) for issue, names in offered["deal"].items()}
        issue, *others = deal
        for other in others:
            name, units = next(iter(offered["deal"][other].items()))
            deal[other][name] = int(units.split(" to ")[1])
        first, second = deal[issue]
        deal[issue] = {first: int(offered["deal"][issue][first].split(" to ")[1]), second: wrong}
        return orjson.dumps({"act": {"kind": "propose", "deal": deal}, "words": "Mine."}).decode()

    recording = Recording(DIVISION, astray)
    with pytest.raises(Rejected) as rejected:
        recording.episode(2)
    assert rejected.value.reason == "act"


@WAYS
def test_words_that_do_not_say_the_act_are_refused(shared):
    def astray(messages):
        answer = parrot.answer(messages)
        if shared is VERBALISE:
            return "I think we should all go home now and sleep on it."
        return orjson.dumps(orjson.loads(answer) | {"words": "I accept whatever it was, and take 97 of them."}).decode()

    for slot, name in enumerate(FAMILIES):
        if name in BARGAINS:
            with pytest.raises(Rejected) as rejected:
                Recording(shared, astray).episode(slot)
            assert rejected.value.reason in ("wording", "privacy")


# What comes of it.


@pytest.mark.parametrize("reader", [None, "reader"])
@WAYS
def test_no_check_finds_anything_in_what_was_accepted(shared, reader):
    read = 0
    for slot in SLOTS:
        episode, _, _ = told(shared.model_copy(update={"reader": reader}), slot)
        episode = orjson.loads(canonical(episode))
        judges = [check.judge for check in checks().values() if check.judge and check.concerns("negotiation")]
        assert [finding for judge in judges for finding in judge(episode)] == []
        read += sum(entry["reading"] is not None for entry in episode["provenance"]["spoken"])
    assert (read > 30) == bool(reader)


def test_how_those_go_on_who_have_no_script_is_undetermined():
    asked = Counter()
    for slot in range(300):
        cast = Rehearsal(ONE, slot, 0)
        try:
            episode = at_once(compose("negotiation", FAMILIES, {}, 1, slot, 0, cast))
        except Rejected:
            continue
        for question in episode["questions"]:
            query = question["query"]
            if query["kind"] in ("reply", "paid") or (query["kind"] == "switch" and query["agent"] in players(episode)):
                assert question["answer"] == ["undetermined"]
                asked[query["kind"]] += 1
            if query["kind"] == "reply":
                assert question["options"][-1] == "undetermined"
            if query["kind"] == "switch":
                assert "undetermined" in question["options"]
    assert asked.keys() == {"reply", "paid", "switch"}


@WAYS
def test_a_rehearsal_asks_nobody_and_counts(shared):
    for slot in range(len(FAMILIES)):
        cast = Rehearsal(shared, slot, 0)
        at_once(compose("negotiation", FAMILIES, {}, 1, slot, 0, cast))
        assert cast.characters > 1000 * cast.requests
        assert cast.requests or shared is ONE


@WAYS
def test_the_same_answers_make_the_same_bytes(shared):
    for slot in range(len(FAMILIES)):
        first, again = told(shared, slot)[0], told(shared, slot)[0]
        assert canonical(first) == canonical(again)
