"""Coordination in the words of models: what each model is shown, what it may say and do, and what comes of it."""

import json
import random
import re
from collections import Counter

import pytest
from jsonschema import Draft202012Validator
from studio import PARROT, Recording, config

from madata.generators.family import Rejected
from madata.generators.make import at_once, families
from madata.generators.run import Model
from madata.generators.teachers.cast import Cast, Rehearsal
from madata.schemas.coordination.language import Accept, Act, Ask, Inform, Message, Propose, Reject

pytest.importorskip("madata.validators.coordination.spoken", reason="what words must say is judged there")

from madata.generators.coordination import speech
from madata.generators.coordination.teller import tell

FAMILIES = ("allocation", "graph", "hints", "kitchen", "maze", "pathfinding", "pursuit", "schedule")
SEEDS = range(3)
SHARED = {"task": "coordination", "families": FAMILIES}
VERBALISE = config(**SHARED)
SELF_PLAY = config(mode="self-play", **SHARED)
ONE = config(mode="self-play", cast="one", **SHARED)
RELAY = config(mode="self-play", cast="relay", **SHARED | {"models": (PARROT, Model(name="small"))})

each_family = pytest.mark.parametrize("name", FAMILIES)


@pytest.fixture(autouse=True)
def _any_words(monkeypatch):
    """Here it matters what models are asked and what comes of the answer; words have tests of their own."""
    monkeypatch.setattr(speech, "CHECKS", {})


def scenario(name, seed):
    family = families("coordination")[name]
    for attempt in range(40):
        rng = random.Random(f"{name}/{seed}/{attempt}")
        try:
            return family.build(rng, {knob: rng.randint(about.low, about.high) for knob, about in family.knobs.items()})
        except Rejected:
            continue
    raise AssertionError(f"no {name} from seed {seed}")


def answer(messages):
    """Some act that is offered, and words that say which."""
    asked = messages[1]["content"]
    if said := re.search(r"says this to .*?: \"(.*?)\" Say it", asked):
        return said[1]
    if "makes small talk" in asked:
        return "Nice weather today."
    acts = offered(asked)
    act = acts[len(asked) % len(acts)]
    chosen = {"kind": act.pop("kind")} | {member: value(shape, len(asked)) for member, shape in act.items()}
    words = {"words": f"I say {len(asked)} words."} if '"words"' in asked else {}
    return json.dumps({"act": chosen, **words})


def offered(asked):
    return [json.JSONDecoder().raw_decode(line[2:])[0] for line in asked.splitlines() if line.startswith("- {")]


def value(shape, number):
    if isinstance(shape, dict):
        return {name: value(each, number) for name, each in shape.items()}
    if found := re.fullmatch(r"(\d+) to (\d+) of", shape[0]):
        return shape[1:][: max(int(found[1]), number % (int(found[2]) + 1))]
    return shape[number % len(shape)]


def verbalised(name, seed):
    found = scenario(name, seed)
    session = found.session.run()
    drafts = tell(session, random.Random(seed), found.small_talk)
    recording = Recording(VERBALISE, answer)
    cast = Cast(recording.studio, seed, 0)
    return session, at_once(speech.verbalise(session, drafts, cast)), recording, cast


def improvised(name, seed, shared=SELF_PLAY, answers=answer):
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
            told = turns[: request.place.turn]
            last = re.fullmatch(r"Round (\d+)\.", told[-1].text)
            if play is improvised and last and int(last[1]) > time:
                told.pop()  # nothing of that round has been told yet
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
            shown = [label.sub("", line) for line in story(request)]
            assert Counter(line for line in shown if line not in chats) == Counter(heard)
    assert under_way or name not in ("allocation", "graph", "maze", "schedule")


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
            Draft202012Validator(request.schema).validate(json.loads(answer(list(map(dict, request.messages)))))
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


def test_what_is_not_offered_is_refused():
    def wrong(messages):
        return json.dumps({"act": {"kind": "inform", "about": ["square Z9"], "to": "everybody"}, "words": "Hm."})

    with pytest.raises(Rejected) as rejected:
        improvised("maze", 0, SELF_PLAY, wrong)
    assert rejected.value.reason == "act" and "square Z9" in rejected.value.detail


def test_words_that_say_something_else_are_refused(monkeypatch):
    class Fault:
        expected, found = "what is told", "something else"

    monkeypatch.setattr(speech, "CHECKS", {"wording": lambda line: [Fault] if "I say" in line.text else []})
    with pytest.raises(Rejected) as rejected:
        improvised("maze", 0, SELF_PLAY)
    assert rejected.value.reason == "wording"


def test_a_turn_without_anything_to_do_ends_the_game_in_silence():
    def mute(messages):
        return json.dumps({"act": {"kind": "nothing"}, "words": ""})

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
