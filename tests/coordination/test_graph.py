"""The family `graph`: protocols played by hand, what they guarantee, and the instances drawn."""

import random
from collections import Counter

import pytest

from madata.generators.coordination import networks
from madata.generators.coordination.families.graph import COLOURS, EXACT, FAMILY, KNOBS, PROBLEMS, SESSIONS, build
from madata.generators.coordination.known import Unasked
from madata.generators.coordination.setting import Setting
from madata.schemas import Agent
from madata.schemas.coordination.games.graph import Graph
from madata.schemas.coordination.language import (
    FAILED,
    BestQuery,
    ClashQuery,
    Conventions,
    Fact,
    IntendsQuery,
    KnowsQuery,
    LostQuery,
    MilestoneQuery,
    OptimumQuery,
    Player,
    PossibleQuery,
    Scale,
)
from madata.schemas.coordination.world import CoordinationWorld

NAMES = ("Anna", "Ben", "Cara", "Dan", "Eve", "Finn")
ACTIONS = {
    "colouring": ["take red", "take blue", "take green"],
    "matching": ["pair up with nobody", *(f"pair up with {name}" for name in NAMES)],
    "cover": ["keep watch", "rest"],
    "leader": ["lead", "follow"],
    "consensus": ["vote for tea", "vote for milk", "vote for juice"],
}
PATH = [(0, 1), (1, 2), (2, 3)]


def play(problem, numbers, edges=PATH, behaviours=None, *, votes=(), rounds=12, fates=(), labels=None):
    """`behaviours`: of each agent a player's fields, or the behaviour alone; a team if there are none."""
    n = len(numbers)
    ids = [f"a{agent}" for agent in range(n)]
    facts = [
        Fact(id=f"f{agent}", name=f"{NAMES[agent]}'s number", scale="s0", value=number, known=[ids[agent]])
        for agent, number in enumerate(numbers)
    ]
    facts += [
        Fact(id=f"f{n + agent}", name=f"{NAMES[agent]}'s vote", scale="s1", value=vote, known=[ids[agent]])
        for agent, vote in enumerate(votes)
    ]
    world = CoordinationWorld(
        game=Graph(
            problem=problem,
            edges=[[ids[i], ids[j]] for i, j in edges],
            numbers=ids_of(facts[:n]),
            votes=ids_of(facts[n:]),
        ),
        scales=[Scale(id="s0", values=list("123456")), Scale(id="s1", values=["tea", "milk", "juice"])],
        facts=facts,
        decisions=[],
        actions=ACTIONS[problem][:labels],
        order=ids,
        rounds=rounds,
        bandwidth=1,
        fates=list(fates),
        players=[
            Player(agent=agent, **(each if isinstance(each, dict) else {"behaviour": each}))
            for agent, each in zip(ids, behaviours or ["team"] * n, strict=True)
        ],
        events=[],
    )
    agents = [Agent(id=agent, name=name, role="weaver") for agent, name in zip(ids, NAMES, strict=False)]
    conventions = Conventions(speech="concurrent", delivery="unreliable" if fates else "reliable")
    return SESSIONS[problem](Setting(agents, conventions, world)).run()


def ids_of(facts):
    return [fact.id for fact in facts]


def lines(session):
    """Events in short: who, when, what."""
    said = {
        "inform": lambda event: (
            f"says {event.choice}"
            if event.choice is not None
            else "tells " + " ".join(f"{told.fact}={told.value}" for told in event.facts)
        ),
        "act": lambda event: f"takes {event.action}",
        "leave": lambda event: "leaves",
    }
    return [f"{event.agent} {event.time} {said[event.kind](event)}" for event in session.events]


def milestones(session):
    return [each.time for each in session.played.milestones]


# The protocols by hand.


def test_colouring_goes_from_great_to_small():
    session = play("colouring", [3, 1, 2, 0])
    assert lines(session) == [
        "a0 0 tells f0=3",
        "a1 0 tells f1=1",
        "a2 0 tells f2=2",
        "a3 0 tells f3=0",
        "a0 0 takes 0",
        "a2 0 takes 0",
        "a0 1 says 0",
        "a2 1 says 0",
        "a1 1 takes 1",
        "a3 1 takes 1",
        "a1 2 says 1",
        "a3 2 says 1",
    ]
    assert [event.to for event in session.events[:2]] == [["a1"], ["a0", "a2"]]
    result = session.played
    assert (session.rounds, result.success, result.cost, result.optimum, result.certified) == (4, True, 2, 2, True)
    assert (milestones(session), session.efficiency(result), session.told()) == ([1, 1], 100, 8)


def test_whoever_hears_nothing_from_a_greater_neighbour_waits():
    session = play("colouring", [3, 1, 2, 0], behaviours=["silent", "team", "team", "team"])
    # a1 never learns the number of a0, nor its colour.
    assert session.choices[-1] == (0, None, 0, 1)
    assert (session.played.success, session.played.cost, milestones(session)) == (False, None, [None, None])
    assert session.answer(ClashQuery(time=2, agents=["a1", "a0"])).answer == ["Ben"]


def test_the_short_sighted_change_colours_at_once_and_for_ever():
    session = play("colouring", [0, 1], [(0, 1)], ["myopic", "myopic"], rounds=5)
    assert session.choices == [(None, None), (0, 0), (1, 1), (0, 0), (1, 1), (0, 0)]
    assert session.rounds == 5


def test_an_impossible_colouring():
    session = play("colouring", [2, 1, 0], [(0, 1), (0, 2), (1, 2)], labels=2)
    assert session.choices[-1] == (0, 1, 0)
    assert (session.played.optimum, session.played.certified, session.played.success) == (None, True, False)
    assert session.answer(PossibleQuery()).answer == ["no"]
    assert session.answer(OptimumQuery()).answer == ["it cannot be done"]
    assert session.answer(BestQuery(agent="a2", time=3, actions=[0, 1])).answer == []


def test_cover_rests_where_nobody_greater_does():
    session = play("cover", [3, 1, 2, 0])
    assert session.choices[-1] == (1, 0, 1, 0)
    assert (session.played.success, session.played.cost, session.played.optimum) == (True, 2, 2)
    assert session.answer(BestQuery(agent="a3", time=3, actions=[0, 1])).answer == ["keep watch"]


def test_none_counts_as_resting():
    session = play("cover", [3, 1, 2, 0], behaviours=["silent", "team", "team", "team"])
    assert session.choices[-1] == (1, None, 1, 0)
    assert session.answer(ClashQuery(time=session.rounds - 1, agents=["a0", "a1", "a2", "a3"])).answer == [
        "Anna",
        "Ben",
        "Cara",
    ]


def test_matching_proposes_from_above_and_accepts_what_is_proposed():
    session = play("matching", [0, 3, 2, 1])
    assert [line for line in lines(session) if "takes" in line] == [
        "a1 0 takes 3",
        "a0 1 takes 0",
        "a2 1 takes 2",
        "a3 2 takes 0",
    ]
    assert (session.played.success, session.played.cost, session.played.optimum) == (True, 2, 0)
    assert session.efficiency(session.played) == 0
    assert play("matching", [3, 2, 1, 0]).choices[-1] == (2, 1, 4, 3)


def test_matching_of_the_short_sighted_is_one_sided():
    session = play("matching", [0, 1, 2, 3], behaviours=["myopic"] * 4)
    # Each proposes to its first neighbour: 0 and 1 to each other, 2 to 1, 3 to 2.
    assert session.choices[1] == (2, 1, 2, 3)
    assert session.answer(ClashQuery(time=1, agents=["a0", "a1", "a2", "a3"])).answer == ["Cara", "Dan"]


def test_the_greatest_leads():
    session = play("leader", [1, 0, 2, 3])
    assert session.choices[-1] == (1, 1, 1, 0)
    assert (session.played.success, session.played.cost, session.played.optimum) == (True, 0, 0)
    assert [line for line in lines(session) if line.startswith("a0") and "tells" in line] == [
        "a0 0 tells f0=1",
        "a0 2 tells f2=2",
        "a0 3 tells f3=3",
    ]
    # a1 knew the number of a2 when a0 told it its own.
    assert session.answer(KnowsQuery(agent="a0", time=3, facts=["f1", "f2", "f3"])).answer == [
        "Ben's number",
        "Cara's number",
        "Dan's number",
    ]


def test_one_who_decides_at_once_leads_too():
    session = play("leader", [3, 0, 1, 2], behaviours=["team", "team", "team", "myopic"])
    # When acting in round 0 it has heard its neighbour already, and knows nobody greater.
    assert session.choices[-1] == (0, 1, 1, 0)
    assert session.answer(ClashQuery(time=session.rounds - 1, agents=["a3", "a0", "a1"])).answer == ["Dan", "Anna"]


def test_the_least_vote_wins():
    session = play("consensus", [0, 1, 2, 3], votes=[2, 1, 2, 1])
    assert session.choices[-1] == (1, 1, 1, 1)
    assert (session.played.success, milestones(session)) == (True, [2, 2])
    # Votes that are not less than one told before are not told.
    assert len([line for line in lines(session) if "tells" in line]) == 6


def test_a_vote_that_is_nobodys_clashes():
    session = play("consensus", [0, 1], [(0, 1)], votes=[1, 2])
    query = BestQuery(agent="a0", time=0, actions=[0, 1, 2])
    assert session.answer(query).answer == ["vote for milk", "vote for juice"]
    assert session.answer(BestQuery(agent="a0", time=session.rounds - 1, actions=[0, 1, 2])).answer == ["vote for milk"]


def test_a_lost_message_can_cost_the_success():
    session = play("colouring", [3, 1, 2, 0])
    assert session.answer(LostQuery(event=6)).answer == [FAILED]
    again = session.rerun(lost=6)
    assert again.choices[-1] == (0, None, 0, 1)
    assert session.played.success


def test_what_is_late_is_waited_for():
    session = play("colouring", [1, 0], [(0, 1)], fates=[3])
    # Both numbers come in round 3, the colour of a0 is chosen then and comes in round 7.
    assert [line for line in lines(session) if "takes" in line] == ["a0 3 takes 0", "a1 7 takes 1"]
    assert (session.rounds, session.played.success) == (12, True)
    assert milestones(session) == [7, 7]


def test_whoever_leaves_keeps_the_choice_and_is_waited_for():
    gone = {"behaviour": "team", "leaves": 1}
    session = play("colouring", [3, 1, 2, 0], behaviours=[gone, "team", "team", "team"])
    # a0 has chosen, and left before it could say so.
    assert session.choices[-1] == (0, None, 0, 1)
    assert "a0 1 leaves" in lines(session)
    assert all("a0" not in event.to for event in session.events if event.kind == "inform" and event.time >= 1)


def test_what_is_the_same_is_not_asked():
    session = play("leader", [1, 0, 2, 3])
    with pytest.raises(Unasked):
        session.answer(IntendsQuery(agent="a0", time=0, actions=[0, 1]))
    assert session.answer(MilestoneQuery(name="nobody clashes")).answer == [f"round {milestones(session)[1] + 1}"]


# What the protocols guarantee a team whose messages arrive.


def plain(knobs, seed):
    drawn = build(random.Random(seed), knobs).session
    setting = drawn.setting
    world = setting.world.model_copy(
        update={"fates": [], "players": [Player(agent=agent, behaviour="team") for agent in drawn.ids]}
    )
    return type(drawn)(Setting(setting.agents, Conventions(speech="concurrent"), world)).run()


@pytest.mark.parametrize("problem", ["cover", "leader", "consensus", "colouring"])
@pytest.mark.parametrize("agents", [3, 9, 35])
def test_a_team_succeeds(problem, agents):
    for seed in range(12):
        session = plain({"agents": agents, "problem": PROBLEMS.index(problem), "spare": 0, "small_talk": 0}, seed)
        result = session.played
        if problem == "colouring" and agents <= EXACT:
            # Greedy colours can be too few: then only those clash that found none.
            assert None not in session.choices[-1]
            continue
        assert result.success and result.cost >= result.optimum
        if problem == "leader":
            assert session.truth[session.choices[-1].index(0)] == agents - 1
        if problem == "consensus":
            assert session.choices[-1][0] == min(session.truth[fact] for fact in session.votes)


def test_pairs_are_mutual_wherever_a_matching_succeeds():
    sessions = [plain({"agents": 10, "problem": 1, "spare": 0, "small_talk": 0}, seed) for seed in range(40)]
    done = [session for session in sessions if session.played.success]
    assert len(done) > 30
    for session in done:
        for agent, label in enumerate(session.choices[-1]):
            assert label == 0 or session.choices[-1][label - 1] == agent + 1
        assert session.played.cost % 2 == 10 % 2


# What is drawn.


def draw_knobs(rng, **fixed):
    return {name: rng.randint(knob.low, knob.high) for name, knob in KNOBS.items()} | fixed


def test_worlds_are_varied():
    count, shares = 250, Counter()
    for seed in range(count):
        rng = random.Random(seed)
        session = build(rng, draw_knobs(rng, problem=0)).session.run()
        result = session.played
        shares["impossible"] += result.optimum is None
        shares["success"] += result.success
        assert networks.component(session.net, (1 << len(session.ids)) - 1) == (1 << len(session.ids)) - 1
        assert sorted(session.truth) == list(range(len(session.ids)))
        assert result.certified
    assert 0.06 < shares["impossible"] / count < 0.2
    assert 0.25 < shares["success"] / count < 0.7


@pytest.mark.parametrize("problem", range(5))
@pytest.mark.parametrize("agents", [KNOBS["agents"].minimum, 31, KNOBS["agents"].maximum])
def test_the_smallest_and_the_largest(problem, agents):
    session = build(random.Random(agents), {"agents": agents, "problem": problem, "spare": 1, "small_talk": 0}).session
    assert len({agent.name for agent in session.setting.agents}) == agents
    assert len(set(session.world.actions)) == len(session.world.actions)
    result = session.run().played
    large = PROBLEMS[problem] == "colouring" and agents > EXACT
    assert result.certified is not large
    if large:
        greatest = max(near.bit_count() for near in session.net)
        assert greatest < len(session.world.actions) <= len(COLOURS)


def test_the_seed_decides():
    knobs = {"agents": 12, "problem": 4, "spare": 1, "small_talk": 0}
    first, second = (build(random.Random(3), knobs).session.run().finished() for _ in range(2))
    assert first == second
    assert FAMILY.conflict(knobs) is None
