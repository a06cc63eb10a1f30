"""Teams of models from one end to the other: what is accepted is right, and what was chosen is what happened."""

from collections import Counter

import fake_server
import orjson
import parrot
import pytest
from jsonschema import Draft202012Validator
from sessions import PARTS, at, generate, parts
from studio import PARROT, Recording, config

from madata.cli import run
from madata.generators.family import Rejected
from madata.generators.make import at_once, compose, families
from madata.generators.run import Model
from madata.schemas import canonical, read_episode
from madata.schemas.rundir import episodes
from madata.validators.runner import checks

FAMILIES = tuple(sorted(families("coordination")))
SHARED = {"task": "coordination", "families": FAMILIES}
VERBALISE = config(**SHARED)
SELF_PLAY = config(mode="self-play", **SHARED)
ONE = config(mode="self-play", cast="one", **SHARED)
RELAY = config(mode="self-play", cast="relay", **SHARED | {"models": (PARROT, Model(name="other"))})
WAYS = pytest.mark.parametrize(
    "shared", [VERBALISE, SELF_PLAY, ONE, RELAY], ids=["verbalise", "self-play", "one", "relay"]
)
PLAYED = pytest.mark.parametrize("shared", [SELF_PLAY, ONE, RELAY], ids=["self-play", "one", "relay"])
SLOTS = range(2 * len(FAMILIES))


def told(shared, slot):
    """An episode of the slot and its recording: of the first attempt in which the parrot finds words."""
    for attempt in range(3):
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
    return [player["agent"] for player in episode["world"]["players"] if player["behaviour"] is None]


def spoken(episode):
    return [episode["turns"][entry["turn"]] for entry in episode["provenance"]["spoken"]]


def test_every_family_is_played_by_models():
    assert all(family.self_play and family.partners for family in families("coordination").values())


@pytest.mark.parametrize("reader", [None, "reader"])
@WAYS
def test_no_check_finds_anything_in_what_was_accepted(shared, reader):
    read = 0
    for slot in SLOTS if reader is None else range(len(FAMILIES)):
        episode, *_ = told(shared.model_copy(update={"reader": reader}), slot)
        episode = orjson.loads(canonical(episode))
        judges = [check.judge for check in checks().values() if check.judge and check.concerns("coordination")]
        assert [finding for judge in judges for finding in judge(episode)] == []
        read += sum(entry["reading"] is not None for entry in episode["provenance"]["spoken"])
    assert (read > 10) == bool(reader)


def test_verbalising_changes_no_more_than_words():
    for slot in SLOTS:
        episode, _, attempt = told(VERBALISE, slot)
        script = at_once(compose("coordination", FAMILIES, {}, 1, slot, attempt))
        for part in ("world", "questions", "conventions", "agents", "structure", "capabilities"):
            assert episode[part] == script[part]
        assert spoken(episode) == [turn for turn in episode["turns"] if turn["speaker"] and turn["channel"] != "action"]


@PLAYED
def test_what_was_chosen_is_what_happened(shared):
    """The events of models, derived again from their answers."""
    kinds = Counter()
    for slot in SLOTS:
        episode, recording, _ = told(shared, slot)
        assert episode["provenance"]["mode"] == "self-play"
        chosen = {player: [] for player in players(episode)}
        for request in recording.requests:
            answer = orjson.loads(parrot.answer([dict(message) for message in request.messages]))
            Draft202012Validator(request.schema).validate(answer)
            if recording.verdicts[request.key] == "accepted":
                kinds[answer["act"]["kind"]] += 1
                before = chosen[request.place.agent]
                if answer["act"]["kind"] != "nothing" and not idle(episode, answer["act"], before):
                    before.append(meant(answer["act"]))
        happened = [event for event in episode["world"]["events"] if event["kind"] != "leave"]
        for player, acts in chosen.items():
            assert acts == [meaning(episode, event) for event in happened if event["agent"] == player]
    assert kinds.keys() == {*KIND, "query-ref", "propose", "accept-proposal", "reject-proposal", "request", "act"}


KIND = {"inform": "inform", "choice": "inform", "impossible": "propose", "nothing": None}


def idle(episode, act, before):
    """To stay is no event where agents move, nor is to choose the same again."""
    world = episode["world"]
    if act["kind"] != "act":
        return False
    if world["game"]["kind"] == "graph":
        return meant(act) in [each for each in before if each[0] == "act"][-1:]
    return world["game"]["kind"] != "hints" and act["do"] == world["actions"][0]


def meant(act):
    """The kind of an event, and the names that it is about."""
    kind, about = act["kind"], ()
    for member in ("that", "choice", "about", "plan", "because", "do"):
        about = act.get(member, about)
    names = [about] if isinstance(about, str) else about.values() if isinstance(about, dict) else about
    return KIND.get(kind, kind), list(names)


def meaning(episode, event):
    world = episode["world"]
    scales = {scale["id"]: scale["values"] for scale in world["scales"]}
    facts = {fact["id"]: fact for fact in world["facts"]}
    match event:
        case {"choice": int(action)} | {"action": action}:
            names = [world["actions"][action]]
        case {"kind": "query-ref", "facts": asked}:
            names = [facts[fact]["name"] for fact in asked]
        case {"plan": plan}:
            choices = [scales[decision["scale"]] for decision in world["decisions"]]
            names = [values[value] for values, value in zip(choices, plan, strict=False)]
        case _:
            told = [(facts[each["fact"]], each["value"]) for each in event.get("facts", [])]
            names = [f"{fact['name']} is {scales[fact['scale']][value]}" for fact, value in told]
    return event["kind"], names


def test_one_model_plays_among_scripts():
    everybody = set()
    for slot in SLOTS:
        episode, recording, _ = told(ONE, slot)
        (player,) = players(episode)
        everybody.add(player)
        assert {request.place.agent for request in recording.requests} <= {player}
        assert {turn["speaker"] for turn in spoken(episode)} <= {player}
    assert len(everybody) > 2


@WAYS
def test_the_same_answers_make_the_same_bytes(shared):
    for slot in range(0, len(FAMILIES), 3):
        assert canonical(told(shared, slot)[0]) == canonical(told(shared, slot)[0])


# From the command line, over a real socket.

FEW = ("allocation", "hints", "maze", "pathfinding")
COMMANDS = {
    "verbalise": (),
    "self-play": ("--self-play",),
    "one": ("--self-play", "--cast", "one"),
    "relay": ("--self-play", "--cast", "relay"),
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("way", COMMANDS)
def test_a_run_with_models_is_clean_and_comes_back_without_them(way, tmp_path, monkeypatch, capfd):
    asked = ("--n", len(FEW), *(part for name in FEW for part in ("--family", name)), *COMMANDS[way])
    models = ("fake", "other") if way == "relay" else ("fake",)
    with fake_server.serving(parrot=True, models=models) as url:
        served = [part for model in models for part in at(url, model)]
        done = generate(*asked, *served, "--json", task="coordination", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    summary = orjson.loads(done.stdout)
    assert summary["episodes"] == len(FEW) and summary["teachers"] == [*models, "scripted"]
    assert sum(summary["rejected"].values()) <= 1
    for episode in map(read_episode, episodes(tmp_path / "run")):
        assert (episode.provenance.mode == "self-play") is (way != "verbalise")
    monkeypatch.chdir(tmp_path)
    assert run(["validate", "run", "--json"]) == 0, capfd.readouterr().out
    before = parts(tmp_path / "run")
    for name in PARTS:
        for part in (tmp_path / "run" / name).iterdir():
            part.unlink()
    gone = [part for model in models for part in at("http://127.0.0.1:9", model)]
    again = generate(*asked, *gone, task="coordination", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert parts(tmp_path / "run") == before


@pytest.mark.timeout(300)
def test_models_that_never_do_anything_legal_leave_slots_unfilled_and_it_is_said_why(tmp_path):
    with fake_server.serving() as url:
        few = ("--n", len(FAMILIES), "--attempts", 2, "--self-play")
        done = generate(*few, *at(url), task="coordination", cwd=tmp_path, seconds=120)
    assert done.returncode == 1, done.stderr
    assert f"{len(FAMILIES)} of {len(FAMILIES)} slots stay unfilled" in done.stdout and "refused by act" in done.stdout
    rejected = list(map(orjson.loads, (tmp_path / "run/rejected/part-00000.jsonl").read_bytes().splitlines()))
    assert len(rejected) == 2 * len(FAMILIES) and {attempt["reason"] for attempt in rejected} == {"act"}
