"""Coordination in the words of models: what each model is shown, what it may say and do, and what comes of it."""

import json
import random
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import parrot
import pytest
from jsonschema import Draft202012Validator
from studio import PARROT, Recording, config

from madata.generators.coordination import knowledge, speech
from madata.generators.coordination.teller import tell
from madata.generators.family import Rejected
from madata.generators.make import at_once, families
from madata.generators.run import Model
from madata.generators.teachers.cast import Cast, Rehearsal
from madata.schemas.coordination.language import Accept, Act, Ask, Inform, Message, Propose, Reject

FAMILIES = ("allocation", "graph", "hints", "kitchen", "maze", "pathfinding", "pursuit", "schedule")
SEEDS = range(3)
SHARED = {"task": "coordination", "families": FAMILIES}
VERBALISE = config(**SHARED)
SELF_PLAY = config(mode="self-play", **SHARED)
ONE = config(mode="self-play", cast="one", **SHARED)
RELAY = config(mode="self-play", cast="relay", **SHARED | {"models": (PARROT, Model(name="small"))})

HEADING = re.compile(r"Round \d+\.")

each_family = pytest.mark.parametrize("name", FAMILIES)


def scenario(name, seed):
    family = families("coordination")[name]
    for attempt in range(40):
        rng = random.Random(f"{name}/{seed}/{attempt}")
        try:
            return family.build(rng, {knob: rng.randint(about.low, about.high) for knob, about in family.knobs.items()})
        except Rejected:
            continue
    raise AssertionError(f"no {name} from seed {seed}")


def verbalised(name, seed):
    found = scenario(name, seed)
    session = found.session.run()
    drafts = tell(session, random.Random(seed), found.small_talk)
    recording = Recording(VERBALISE)
    cast = Cast(recording.studio, seed, 0)
    return session, at_once(speech.verbalise(session, drafts, cast)), recording, cast


def improvised(name, seed, shared=SELF_PLAY, answers=parrot.answer):
    recording = Recording(shared, answers)
    cast = Cast(recording.studio, seed, 0)
    session = scenario(name, seed).session.left(cast.players)
    turns = at_once(speech.improvise(session, random.Random(seed), cast))
    return session, turns, recording, cast


@each_family
def test_verbalising_changes_what_is_said_and_nothing_else(name):
    for seed in SEEDS:
        session, turns, recording, cast = verbalised(name, seed)
        drafts = tell(session, random.Random(seed), scenario(name, seed).small_talk)
        assert [turn.model_copy(update={"text": "."}) for turn in turns] == [
            draft.model_copy(update={"text": "."}) for draft in drafts
        ]
        assert all(turn.text == draft.text for turn, draft in zip(turns, drafts, strict=True) if not turn.speaker)
        assert [entry["turn"] for entry in cast.spoken] == [turn.index for turn in turns if turn.speaker]
        assert len(recording.requests) == len(cast.spoken)


# What a model is shown.


def story(request):
    return request.messages[1]["content"].split("\n\n")[0].split("\n")[1:]


def has_reached(session, event, other, time, acting):
    """By the page, word by word: whether the message has reached an agent at its turn, or when acting, in a round."""
    arrives = event.arrives[event.to.index(other)]
    if arrives is None or arrives > time:
        return False
    if acting or event.time < time:
        return True
    order = session.world.order
    return session.setting.conventions.speech == "turns" and order.index(event.agent) < order.index(other)


def moment(request, session, turns):
    """The round in which a model was asked, and whether it was to act."""
    asked = request.messages[1]["content"].rsplit("\n\n", 1)[1]
    if found := re.match(r"It is round (\d+) of \d+\. (You may speak|It is time)", asked):
        return int(found[1]) - 1, found[2] == "It is time"
    return session.events[turns[request.place.turn].time].time, False


def beliefs(request, session, turns):
    """What the agent of a request knew at the time."""
    time, acting = moment(request, session, turns)
    point = knowledge.acting(time) if acting else knowledge.turn(time)
    return session.known.beliefs(session.number[request.place.agent], point)


@each_family
@pytest.mark.parametrize("play", [verbalised, improvised])
def test_a_model_is_shown_what_its_agent_has_heard_and_nothing_else(name, play):
    under_way = 0
    for seed in SEEDS:
        session, turns, recording, _ = play(name, seed)
        people = "|".join(["You", *(agent.name for agent in session.setting.agents)])
        label = re.compile(rf"^(?:{people})(?: \(to .*? alone\))?(?: \(in round \d+\))?: ")
        for request in recording.requests[::3]:
            agent, (time, acting) = request.place.agent, moment(request, session, turns)
            told = [each for each in turns[: request.place.turn] if not HEADING.fullmatch(each.text)]
            chats = {turn.text for turn in told if turn.speaker and turn.event is None}
            heard = []
            for turn in told:
                event = None if turn.event is None else session.events[turn.event]
                if agent in turn.audience and turn.text not in chats:
                    if (
                        isinstance(event, Message)
                        and event.agent != agent
                        and not has_reached(session, event, agent, time, acting)
                    ):
                        under_way += 1
                    else:
                        heard.append(turn.text)
            lines = [HEADING.fullmatch(line) for line in story(request)]
            assert not any(one and other for one, other in pairwise(lines)) and not lines[-1]
            shown = [label.sub("", line) for line in story(request) if not HEADING.fullmatch(line)]
            assert Counter(line for line in shown if line not in chats) == Counter(heard)
    assert under_way or name not in ("allocation", "graph", "maze", "schedule")


@each_family
@pytest.mark.parametrize("play", [verbalised, improvised])
def test_what_an_agent_does_not_know_is_in_no_prompt_of_it(name, play):
    secret = 0
    for seed in SEEDS:
        session, turns, recording, _ = play(name, seed)
        for request in recording.requests[::3]:
            agent = request.place.agent
            prompt = "\n".join(message["content"] for message in request.messages)
            narrated = [told for told in turns if told.speaker is None]
            own = {told.text for told in narrated if agent in told.audience}
            assert not [told.text for told in narrated if told.text not in own and told.text in prompt]
            said = "\n".join(line for line in prompt.split("\n") if line not in own)
            believed = beliefs(request, session, turns)
            for fact, value in zip(session.world.facts, believed, strict=True):
                secret += value is None
                assert value is not None or f"{fact.name} is " not in said
    assert secret or play is verbalised  # scripts say little, and nothing where they only act


@each_family
def test_what_others_know_changes_no_prompt(name):
    """All are silent, and what an agent does not know is otherwise: until it sees so, it is asked the same, byte for
    byte."""
    compared = 0
    for seed in SEEDS:
        session = scenario(name, seed).session
        for agent in session.ids:
            hidden = [number for number, fact in enumerate(session.world.facts) if agent not in fact.known]
            shown = [asked_of(each, agent, hidden) for each in (session, otherwise(session, hidden))]
            alike = [one == other for one, other in zip(*shown, strict=False)]
            assert all(alike)
            compared += bool(hidden) * len(alike)
    assert compared


def otherwise(session, hidden):
    """The same game, in which the facts have each other's values; a fact alone, or all alike, the next of its scale."""
    setting, facts = session.setting, list(session.world.facts)
    long = {scale.id: len(scale.values) for scale in session.world.scales}
    for scale in long:
        numbers = [number for number in hidden if facts[number].scale == scale]
        values = [facts[number].value for number in numbers]
        moved = values[1:] + values[:1] if len(set(values)) > 1 else [(value + 1) % long[scale] for value in values]
        for number, value in zip(numbers, moved, strict=True):
            facts[number] = facts[number].model_copy(update={"value": value})
    return type(session)(replace(setting, world=setting.world.model_copy(update={"facts": facts})))


def asked_of(session, agent, hidden):
    """What the model of an agent is asked for as long as it knows none of what is hidden from it."""
    recording = Recording(SELF_PLAY, mute)
    cast = Cast(recording.studio, 0, 0)
    session = session.left(cast.players)
    turns = at_once(speech.improvise(session, random.Random(0), cast))
    asked = []
    for request in recording.requests:
        if request.place.agent == agent:
            believed = beliefs(request, session, turns)
            drawn = any(line.startswith("Drawn: ") for line in story(request))
            if drawn or any(believed[number] is not None for number in hidden):
                break
            asked.append((request.messages, request.schema))
    return asked


def mute(messages):
    """Nothing, or else the first that can be done."""
    act, *others = parrot.offered(messages[1]["content"])
    if not others and act["kind"] == "act":
        return json.dumps({"act": {"kind": "act", "do": act["do"][0]}})
    return json.dumps({"act": {"kind": "nothing"}, "words": ""})


# What a model says and does.


@each_family
@pytest.mark.parametrize("shared", [SELF_PLAY, ONE, RELAY], ids=["all", "one", "relay"])
def test_models_play_by_the_rules(name, shared):
    kinds = Counter()
    for seed in SEEDS:
        session, turns, recording, cast = improvised(name, seed, shared)
        assert [turn.event for turn in turns if turn.event is not None] == list(range(len(session.events)))
        unscripted = [agent for agent, player in zip(session.ids, session.players, strict=True) if not player.behaviour]
        assert unscripted == (cast.players(session.ids) if shared is ONE else session.ids)
        spoken = {entry["turn"] for entry in cast.spoken}
        assert spoken == {turn.index for turn in turns if turn.speaker in unscripted and turn.event is not None}
        for index, event in enumerate(session.events):
            if event.agent not in unscripted:
                continue
            kinds[event.kind] += 1
            number = session.number[event.agent]
            if isinstance(event, Inform | Reject):
                believed = session.known.beliefs(number, 3 * event.time + 1)
                assert all(believed[session.known.fact[told.fact]] == told.value for told in event.facts)
            if isinstance(event, Accept | Reject):
                made = session.events[event.proposal]
                assert event.proposal < index and isinstance(made, Propose) and made.agent != event.agent
                assert has_reached(session, made, event.agent, event.time, acting=False)
            if isinstance(event, Act):
                assert event.action in session.open(number, event.time)
        for request in recording.requests:
            Draft202012Validator(request.schema).validate(json.loads(parrot.answer(list(map(dict, request.messages)))))
        session.result()
    assert kinds["act" if name in ("hints", "kitchen", "pathfinding", "pursuit", "graph") else "propose"]


def test_scripts_among_models_answer_them():
    asked = 0
    for seed in range(12):
        session, _, _, cast = improvised("maze", seed, ONE)
        (player,) = cast.players(session.ids)
        for event in session.events:
            if event.agent == player and isinstance(event, Ask):
                asked += 1
    assert asked


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I would rather not.", "no JSON"),
        ("[]", "another value"),
        ("[" * 100_000, "no JSON"),
        ('{"act": "nothing", "words": ""}', "another value"),
        ('{"act": {"kind": "nothing"}, "words": 3}', "another value"),
        ('{"act": {"kind": "nothing", "more": 1}, "words": ""}', "more"),
        ('{"act": {"kind": ["nothing"]}, "words": ""}', "nothing"),
        ('{"act": {"kind": "\\ud800"}, "words": ""}', "no JSON"),
        ('{"act": {"kind": "impossible"}, "words": " "}', "found 0"),
        ('{"act": {"kind": "impossible"}, "words": "' + "a" * 5000 + '"}', "found 5000"),
        ('{"act": {"kind": "inform", "that": ["square Z9 is open"], "to": "everybody"}, "words": "Hm."}', "Z9"),
        ('{"act": {"kind": "inform", "that": [], "to": "everybody"}, "words": "Hm."}', "inform"),
        ('{"act": {"kind": "propose", "plan": [7]}, "words": "Hm."}', "propose"),
        ('{"act": {"kind": "propose", "plan": {"step 1": "north"}}, "words": "Hm."}', "propose"),
        ('{"act": {"kind": "accept-proposal", "proposal": "the proposal"}, "words": "Yes."}', "accept"),
        ('{"act": {"kind": "act", "do": "go north"}, "words": ""}', "go north"),
    ],
)
def test_what_is_not_offered_is_refused(text, found):
    with pytest.raises(Rejected) as rejected:
        improvised("maze", 0, SELF_PLAY, lambda messages: text)
    assert rejected.value.reason == "act" and found in rejected.value.detail


def test_a_thing_named_twice_is_said_once():
    def doubled(messages):
        asked = messages[1]["content"]
        told = next((act["that"][1] for act in parrot.offered(asked) if act["kind"] == "inform"), None)
        if told is None:
            return json.dumps({"act": {"kind": "nothing"}, "words": ""})
        to = {"to": "everybody"} if '"to"' in asked else {}
        return json.dumps({"act": {"kind": "inform", "that": [told, told], **to}, "words": f"I tell you that {told}."})

    session, *_ = improvised("maze", 0, SELF_PLAY, doubled)
    told = [event for event in session.events if isinstance(event, Inform)]
    assert told and all(len(event.facts) == 1 for event in told)


def test_words_that_say_something_else_are_refused(monkeypatch):
    class Fault:
        expected, found = "what is told", "something else"

    monkeypatch.setattr(speech, "CHECKS", {"wording": lambda line: [Fault] if "I propose" in line.text else []})
    with pytest.raises(Rejected) as rejected:
        improvised("maze", 0, SELF_PLAY)
    assert rejected.value.reason == "wording"


def test_a_turn_without_anything_to_do_ends_the_game_in_silence():
    session, turns, _, cast = improvised("schedule", 0, SELF_PLAY, mute)
    assert not [event for event in session.events if event.kind != "leave"] and not cast.spoken
    assert session.rounds == session.world.rounds and not session.result().success
    assert turns[-2].text == f"Round {session.rounds}."


def test_a_relay_begins_with_the_first_model_for_every_agent():
    _, _, recording, cast = improvised("maze", 1, RELAY)
    for agent in {request.place.agent for request in recording.requests}:
        models = [request.model for request in recording.requests if request.place.agent == agent]
        assert models == ["parrot"] * 2 + ["small"] * (len(models) - 2)
    assert [teacher["name"] for teacher in cast.teachers] == ["parrot", "small"]


@each_family
def test_a_rehearsal_asks_for_nothing_and_is_played(name):
    for shared in (VERBALISE, SELF_PLAY, ONE):
        rehearsal = Rehearsal(shared, 0, 0)
        found = scenario(name, 0)
        if shared is VERBALISE:
            session = found.session.run()
            drafts = tell(session, random.Random(0), found.small_talk)
            assert at_once(speech.verbalise(session, drafts, rehearsal)) == drafts
            assert rehearsal.requests == sum(turn.speaker is not None for turn in drafts)
        else:
            session = found.session.left(rehearsal.players)
            turns = at_once(speech.improvise(session, random.Random(0), rehearsal))
            assert rehearsal.requests and turns[-1].time == len(session.events)


def test_a_reader_is_given_messages_that_differ_in_one_thing():
    seen = Counter()
    for name in ("maze", "schedule", "graph", "pathfinding"):
        for seed in SEEDS:
            session = scenario(name, seed).session.run()
            telling = speech.Telling(session, Cast(Recording(VERBALISE).studio, 0, 0))
            for event in session.events:
                if isinstance(event, Message):
                    drawn = [near for _, near in zip(range(50), telling.clauses.near(event), strict=False)]
                    said = [telling.clauses.said(each, session.events) for each in [event, *drawn]]
                    assert len(set(said)) == len(said)
                    assert drawn or isinstance(event, Ask) or event.kind == "confirm" or not event.plan
                    seen[event.kind] += len(drawn)
    assert min(seen[kind] for kind in ("inform", "propose", "accept-proposal", "reject-proposal", "request")) > 0
