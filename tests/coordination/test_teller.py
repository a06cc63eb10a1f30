"""The setting, messages and acts of coordination in words: what is said to whom, and that nothing goes unsaid."""

import random
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from madata.generators.coordination.opening import opening
from madata.generators.coordination.rules import rules
from madata.generators.coordination.teller import tell
from madata.generators.coordination.wording import Wording, conjugated, forms
from madata.generators.family import Rejected
from madata.generators.make import families
from madata.schemas.coordination.language import Act, Conventions, Inform, Leave, Message, Propose

FAMILIES = ("allocation", "graph", "hints", "kitchen", "maze", "pathfinding", "pursuit", "schedule")
SEEDS = range(12)

each_family = pytest.mark.parametrize("name", FAMILIES)


def scenario(name, seed, **asked):
    """The first that is not rejected from a seed on."""
    family = families("coordination")[name]
    for attempt in range(40):
        rng = random.Random(f"{name}/{seed}/{attempt}")
        knobs = {knob: rng.randint(about.low, about.high) for knob, about in family.knobs.items()} | asked
        try:
            return family.build(rng, knobs)
        except Rejected:
            continue
    raise AssertionError(f"no {name} from seed {seed}")


@cache
def played(name, seed):
    """A finished game, its turns, and how much small talk was asked for."""
    found = scenario(name, seed)
    session = found.session.run()
    return session, tell(session, random.Random(seed), found.small_talk), found.small_talk


def setting_of(turns):
    """The turns before round 1."""
    return turns[: next(turn.index for turn in turns if turn.text == "Round 1.")]


def told(setting):
    words = Wording(setting)
    return list(opening(setting, words, rules(words), random.Random(0)))


# The record.


@each_family
@pytest.mark.parametrize("seed", SEEDS)
def test_turns_are_as_the_page_has_them(name, seed):
    session, turns, _ = played(name, seed)
    assert [turn.index for turn in turns] == list(range(len(turns)))
    assert [turn.event for turn in turns if turn.event is not None] == list(range(len(session.events)))
    present, count = list(session.ids), 0
    for turn in turns:
        assert turn.time == count and len(turn.text) <= 4000
        if turn.event is None:
            assert turn.act is None and turn.channel == ("public" if turn.speaker else "narration")
            assert set(turn.audience) <= set(present)
            continue
        event = session.events[turn.event]
        count += 1
        if isinstance(event, Message):
            arrived = {agent for agent, when in zip(event.to, event.arrives, strict=True) if when is not None}
            assert turn.audience == [agent for agent in session.ids if agent == event.agent or agent in arrived]
            to_all = [agent for agent in present if agent != event.agent] == event.to
            assert (turn.speaker, turn.channel) == (event.agent, "public" if to_all else "private")
            assert turn.act.performative == event.kind
            left_out = {"kind", "agent", "time", "to", "arrives"}
            assert turn.act.content == event.model_dump(exclude=left_out)
        else:
            assert (turn.speaker, turn.act, turn.channel) == (None, None, "action")
            alone = name == "graph" and isinstance(event, Act)
            assert turn.audience == ([event.agent] if alone else present)
            if isinstance(event, Leave):
                present.remove(event.agent)


@each_family
@pytest.mark.parametrize("seed", SEEDS)
def test_a_round_is_told_to_begin_before_anything_in_it(name, seed):
    session, turns, _ = played(name, seed)
    rounds = [(turn.index, int(turn.text[6:-1]) - 1) for turn in turns if re.fullmatch(r"Round \d+\.", turn.text)]
    assert [time for _, time in rounds] == sorted({time for _, time in rounds})
    present = {
        time: [x for x, p in zip(session.ids, session.players, strict=True) if not p.leaves or p.leaves > time]
        for _, time in rounds
    }
    for index, time in rounds:
        assert turns[index].audience == present[time] and turns[index].channel == "narration"
    for turn in turns:
        if turn.event is not None:
            assert max(time for index, time in rounds if index < turn.index) == session.events[turn.event].time
    assert turns[-1].text in {form.format(r=session.rounds) for form in forms()["told"]["over"]}
    assert rounds[-1][1] == session.rounds - 1


@each_family
def test_the_same_seed_gives_the_same_turns(name):
    session, turns, small_talk = played(name, 0)
    assert tell(session, random.Random(0), small_talk) == turns
    assert tell(session, random.Random(1), small_talk) != turns


@pytest.mark.parametrize("name", ["allocation", "maze", "pathfinding"])
def test_small_talk_is_public_and_never_within_what_somebody_says(name):
    for seed in SEEDS:
        session = played(name, seed)[0]
        if not session.messages():
            continue
        turns = tell(session, random.Random(seed), 5)
        chats = [turn for turn in turns if turn.speaker and turn.event is None]
        assert len(chats) == 5
        said = [turn for turn in turns if turn.speaker]
        assert all(before.speaker != after.speaker for before, after in pairwise(said) if before.event is None)
        for place in {turn.time for turn in chats}:
            follows = session.events[place]
            assert isinstance(follows, Message)
            if place:
                before = session.events[place - 1]
                assert (before.agent, before.time) != (follows.agent, follows.time)


# Who is told what of the facts.


def values(session):
    """Each fact's name and true value."""
    for fact in session.world.facts:
        yield fact, Wording(session.setting).values[fact.scale][fact.value]


def says(text, name, value):
    """Whether a sentence of the setting says that the fact has the value."""
    for sentence in re.split(r"(?<=\.) ", text):
        before, _, after = sentence.rpartition(": ")
        listed = re.split(r", | and ", after.rstrip("."))
        if name in listed and re.search(rf"(?:to be|this is|turns out to be) {re.escape(value)}$", before):
            return True
    return False


@each_family
@pytest.mark.parametrize("seed", SEEDS)
def test_each_fact_is_told_to_those_who_know_it_and_to_nobody_else(name, seed):
    session, turns, _ = played(name, seed)
    for fact, value in values(session):
        audiences = [turn.audience for turn in setting_of(turns) if says(turn.text, fact.name, value)]
        assert audiences == [fact.known]


@each_family
@pytest.mark.parametrize("seed", SEEDS)
def test_who_knows_what_is_common_knowledge(name, seed):
    session, turns, _ = played(name, seed)
    public = [turn.text for turn in setting_of(turns) if turn.audience == session.ids]
    name_of = {agent.id: agent.name for agent in session.setting.agents}
    for fact in session.world.facts:
        if len(fact.known) == len(session.ids):
            continue
        who = [name_of[agent] for agent in fact.known]
        people = f"{', '.join(who[:-1])} and {who[-1]}" if who[1:] else (who or ["nobody"])[0]
        found = [
            sentence
            for text in public
            for sentence in re.split(r"(?<=\.) ", text)
            if "at the start" in sentence.lower()
            and fact.name in re.split(r", | and ", sentence.rpartition(": ")[2].rstrip("."))
        ]
        assert len(found) == 1 and people in found[0].rpartition(": ")[0]


# What is told of the game.

CHANGES = {
    "maze": [{"start": lambda g: (g.start + 1) % 4}, {"goal": lambda g: (g.goal + 1) % 4}],
    "schedule": [
        {"costs": lambda g: [cost + 1 for cost in g.costs]},
        {"participants": lambda g: [["a0", "a1"], *g.participants[1:]] if g.participants[0] != ["a0", "a1"] else None},
        {"slots": lambda g: [f"{slot} sharp" for slot in g.slots]},
    ],
    "allocation": [
        {"durations": lambda g: [g.durations[0] + 1, *g.durations[1:]]},
        {"before": lambda g: [*g.before, [1, 0]]},
        {"coins": lambda g: [coins + 1 for coins in g.coins]},
        {"hour": lambda g: g.hour + 1},
    ],
    "pathfinding": [{"walls": lambda g: g.walls[1:] or [0]}, {"starts": lambda g: g.starts[1:] + g.starts[:1]}],
    "pursuit": [
        {"walls": lambda g: g.walls[1:] or [0]},
        {"starts": lambda g: [(start + 1) % 4 for start in g.starts]},
        {"track": lambda g: g.track[1:] + g.track[:1]},
        {"moving": lambda g: not g.moving},
        {"sight": lambda g: g.sight + 1},
        {"routes": lambda g: [[*g.routes[0], 1], *g.routes[1:]]},
    ],
    "kitchen": [
        {"counters": lambda g: g.counters[1:]},
        {"crates": lambda g: g.crates[1:] + g.crates[:1]},
        {"pot": lambda g: g.window},
        {"dishes": lambda g: g.window},
        {"window": lambda g: g.pot},
        {"starts": lambda g: g.starts[1:] + g.starts[:1]},
        {"portions": lambda g: g.portions % 3 + 1},
        {"cooking": lambda g: g.cooking + 1},
    ],
    "graph": [{"edges": lambda g: g.edges[1:]}],
    "hints": [
        {"copies": lambda g: [3 if many < 3 else 2 for many in g.copies]},
        {"hints": lambda g: g.hints + 1},
        {"mistakes": lambda g: g.mistakes + 1},
        {"deck": lambda g: g.deck[1:] + g.deck[:1]},
        {"deck": lambda g: g.deck[:-1]},
    ],
}


@pytest.mark.parametrize(
    ("name", "change"), [(name, change) for name, changes in CHANGES.items() for change in changes]
)
def test_no_figure_of_a_game_goes_unsaid(name, change):
    setting = played(name, 0)[0].setting
    game = setting.world.game
    changed = game.model_copy(update={field: value(game) for field, value in change.items()})
    other = replace(setting, world=setting.world.model_copy(update={"game": changed}))
    assert told(setting) != told(other)


@each_family
def test_rounds_and_conventions_are_told(name):
    setting = played(name, 0)[0].setting
    assert told(setting) != told(replace(setting, world=setting.world.model_copy(update={"rounds": 99})))
    ways = [
        Conventions(speech=speech, delivery=delivery, channel=channel)
        for speech in ("turns", "concurrent")
        for delivery in ("reliable", "unreliable")
        for channel in ("messages", "blackboard")
    ]
    texts = {str(told(replace(setting, conventions=way))) for way in ways}
    assert len(texts) == (1 if name == "hints" else len(ways))


def test_how_scripts_behave_is_told_to_the_reader_alone():
    for name in FAMILIES:
        session = played(name, 0)[0]
        players = [player.model_copy(update={"behaviour": "silent", "switch": None}) for player in session.players]
        other = replace(session.setting, world=session.world.model_copy(update={"players": players}))
        mine, theirs = told(session.setting), told(other)
        assert [turn for turn in theirs if turn[0]] == [turn for turn in mine if turn[0]]
        silent = f"Who does what seems best for all, and tells nobody anything: {Wording(other).people(session.ids)}."
        assert ([], silent) in theirs and ([], silent) not in mine


def test_a_large_network_is_told_in_turns_that_a_record_can_hold():
    found = scenario("graph", 0, agents=100, problem=1)
    session = found.session.run()
    turns = tell(session, random.Random(0), 0)
    assert max(len(turn.text) for turn in turns) <= 4000
    name_of = {agent.id: agent.name for agent in session.setting.agents}
    edges = [f"{name_of[one]} and {name_of[other]}" for one, other in session.world.game.edges]
    for_reader = [turn.text for turn in setting_of(turns) if not turn.audience and not turn.text.startswith("Who ")]
    pairs = re.findall(r"(\w+ and \w+)[;.]", " ".join(for_reader))
    assert pairs == edges
    for agent in session.ids:
        near = {x for edge in session.world.game.edges for x in edge if agent in edge} - {agent}
        own = next(turn.text for turn in setting_of(turns) if turn.audience == [agent])
        sentence = re.search(rf"Neighbours of {name_of[agent]}: (.*?)\. ", own)[1]
        assert set(re.split(r", | and ", sentence)) == {name_of[other] for other in near}


# Messages and acts.


@each_family
@pytest.mark.parametrize("seed", SEEDS)
def test_a_message_says_all_that_it_is_about(name, seed):
    session, turns, _ = played(name, seed)
    words = Wording(session.setting)
    for turn in turns:
        if turn.event is None or turn.speaker is None:
            continue
        event = session.events[turn.event]
        for fact in getattr(event, "facts", []):
            assert (
                words.fact[fact].name if isinstance(fact, str) else words.is_value(fact.fact, fact.value)
            ) in turn.text
        if isinstance(event, Propose):
            assert all(each in turn.text for each in session.names.way(event.plan).split(", "))
        if isinstance(event, Inform) and event.choice is not None:
            assert session.world.actions[event.choice] in turn.text
        if event.kind == "request":
            assert session.world.actions[event.action] in turn.text
        if event.kind in ("accept-proposal", "reject-proposal"):
            made = session.events[event.proposal]
            assert f"that {words.name[made.agent]} made in round {made.time + 1}" in turn.text
        if event.kind == "confirm":
            got = session.events[event.message]
            assert words.names.event(session.events, event.message) in turn.text
            assert re.search(rf"what {words.name[got.agent]} said( \w+)? in round {got.time + 1}", turn.text)
        if turn.channel == "private":
            assert words.people(event.to) in turn.text


def test_whom_a_message_reaches_late_or_never_is_told_to_the_reader_alone():
    seen = Counter()
    for name in ("maze", "schedule", "allocation", "pathfinding", "graph"):
        for seed in SEEDS:
            session, turns, _ = played(name, seed)
            words = Wording(session.setting)
            for turn in turns:
                event = None if turn.event is None else session.events[turn.event]
                if not isinstance(event, Message):
                    continue
                fates = {}
                for agent, arrives in zip(event.to, event.arrives, strict=True):
                    if arrives != event.time:
                        fates.setdefault(arrives, []).append(agent)
                after = turns[turn.index + 1 : turn.index + 1 + len(fates)]
                for note, (arrives, agents) in zip(after, fates.items(), strict=True):
                    kind = "lost" if arrives is None else "late"
                    slots = {"who": words.people(agents), "r": (arrives or 0) + 1}
                    assert note.text in {form.format(**slots) for form in forms()["told"][kind]}
                    assert (note.audience, note.channel) == ([], "narration")
                    seen[kind] += 1
    assert min(seen["lost"], seen["late"]) > 3


def test_what_is_played_and_drawn_is_seen_as_the_game_has_it():
    for seed in SEEDS:
        session, turns, _ = played("hints", seed)
        game, words = session.world.game, Wording(session.setting)
        left = game.deck[len(session.ids) * game.hand :]
        shown = Counter()
        for turn in turns:
            if turn.event is None:
                continue
            event = session.events[turn.event]
            if event.action >= 2 * game.hand:
                assert len(session.world.actions) - 1 == event.action or "It is true of" in turns[turn.index + 1].text
                continue
            card = re.fullmatch(r"It is (.*): .* is (.*)\.", turns[turn.index + 1].text)
            fact = next(fact for fact in session.world.facts if fact.name == card[1])
            assert card[2] == words.values[fact.scale][fact.value]
            shown[fact.id] += 1
            if left:
                new = words.fact[left.pop(0)]
                draws, drawn = turns[turn.index + 2], turns[turn.index + 3]
                assert draws.text.endswith(f"draws {new.name}.") and draws.audience == session.ids
                assert drawn.text == f"Drawn: {words.is_value(new.id)}."
                assert drawn.audience == [agent for agent in session.ids if agent != event.agent]
        assert set(shown.values()) <= {1}


def test_who_sees_the_target_is_told_so():
    seen = 0
    for seed in SEEDS:
        session, turns, _ = played("pursuit", seed)
        words, target = Wording(session.setting), session.world.game.target
        clause = words.is_value(target)
        sights = [turn for turn in turns if turn.speaker is None and turn.event is None and clause in turn.text]
        for turn in sights:
            (agent,) = turn.audience
            assert agent not in words.fact[target].known and words.name[agent] in turn.text
        assert len({turn.audience[0] for turn in sights}) == len(sights)
        seen += len(sights)
    assert seen > 3


def test_a_collision_is_told():
    stopped = 0
    for seed in range(60):
        session, turns, _ = played("kitchen" if seed % 2 else "pathfinding", seed)
        words = Wording(session.setting)
        for time in range(session.rounds):
            acts = {
                event.agent: event.action for event in session.events if isinstance(event, Act) and event.time == time
            }
            joint = tuple(acts.get(agent, 0) for agent in session.ids)
            settled = session.settle(session.states[time], joint)
            kept = [agent for agent, act, did in zip(session.ids, joint, settled, strict=True) if act != did]
            if kept:
                last = max(
                    turn.index for turn in turns if turn.event is not None and session.events[turn.event].time == time
                )
                texts = {form.format(who=words.people(kept)) for form in forms()["told"]["blocked"]}
                assert turns[last + 1].text in texts and turns[last + 1].audience == session.ids
                stopped += 1
    assert stopped


@pytest.mark.parametrize(
    ("infinitive", "person"),
    [
        ("go north", "goes north"),
        ("put the leek into the pot", "puts the leek into the pot"),
        ("pass", "passes"),
        ("discard card 1", "discards card 1"),
        ("be in", "is in"),
        ("stay", "stays"),
        ("carry it", "carries it"),
        ("fetch it", "fetches it"),
    ],
)
def test_the_first_verb_is_conjugated(infinitive, person):
    assert conjugated(infinitive) == person


def test_forms_of_one_kind_have_the_same_slots_and_no_figures():
    for section, kinds in forms().items():
        for kind, lines in kinds.items():
            slots = {frozenset(re.findall(r"{(\w+)}", line)) for line in lines}
            assert len(slots) == 1, (section, kind)
            assert len(set(lines)) == len(lines)
            for line in lines:
                assert not re.search(r"\d", line)
