"""What is believed: known stories with their known answers, and the laws of belief on random ones."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

from madata.schemas.episode import Agent
from madata.schemas.tom import GUESS, LIE, MISTAKE, TRUTH, Conventions, TomWorld, ValueQuery
from madata.schemas.words import NO, NOBODY, UNSETTLED, YES
from madata.tests.validators.stories import (
    APPLE,
    HOUSE,
    REVEALS,
    STORIES,
    Drawn,
    Json,
    agents,
    enter,
    entity,
    event,
    knows,
    leave,
    move,
    tell,
    value,
    variable,
    world,
)
from madata.validators.tom.model_checker import Answer, BadQuery, Story, derive, order, reached

CAST = agents("Anna", "Ben", "Carla", "Dan", "Eve")
HIDES = {**REVEALS, "entering": "hides"}


def believed(events: list[Json], *chain: str, at: int | None = None, world_: Json | None = None, **more: str) -> str:
    """What the chain has the apple's place to be at the end (or after `at` events)."""
    time = len(events) if at is None else at
    story = world_ or world(events)
    return derive({**story, "events": events}, {**REVEALS, **more}, CAST, [value(*chain, time=time)])[0].answer[0]


def known(events: list[Json], *chain: str, world_: Json | None = None, **more: str) -> str:
    story = world_ or world(events)
    query = knows(*chain, time=len(events))
    return derive({**story, "events": events}, {**REVEALS, **more}, CAST, [query])[0].answer[0]


# Sally and Anne (Baron-Cohen, Leslie and Frith 1985): a1 is Sally, a2 Anne.

SALLY_ANNE = [enter("a1"), enter("a2"), move("a1", "c2"), leave("a1"), move("a2", "c1")]


@pytest.mark.parametrize(
    ("chain", "answer", "evidence", "view"),
    [
        ((), "box", [4], "reader"),
        (("a1",), "basket", [2], "a1"),
        (("a2",), "box", [4], "a2"),
        (("a2", "a1"), "basket", [2], "a2"),
        (("a1", "a2"), "basket", [2], "a1"),
        (("a1", "a1", "a2", "a2"), "basket", [2], "a1"),
        (("a3",), UNSETTLED, [], "a3"),
        (("a3", "a1"), UNSETTLED, [], "a3"),
    ],
)
def test_sally_and_anne(chain: tuple[str, ...], answer: str, evidence: list[int], view: str) -> None:
    found = derive(world(SALLY_ANNE), REVEALS, CAST, [value(*chain, time=5)])
    assert found == [Answer([answer], evidence, view)]


def test_evidence_lies_before_the_time_asked_about() -> None:
    queries = [value(time=4), value("a2", time=4), value("a2", "a1", time=2), value("a2", "a1", time=1)]
    found = derive(world(SALLY_ANNE), REVEALS, CAST, queries)
    assert [answer.evidence for answer in found] == [[2], [2], [1], []]


def test_adjacent_equal_agents_are_one() -> None:
    assert order(value("a1", "a1", "a2", "a2", time=0)) == 2
    assert known(SALLY_ANNE, "a1", "a1") == NO


def test_knowledge_of_sally_and_anne() -> None:
    assert known(SALLY_ANNE, "a1") == NO
    assert known(SALLY_ANNE, "a2") == YES
    assert known(SALLY_ANNE, "a1", "a2") == YES
    assert known(SALLY_ANNE, "a2", "a1") == NO
    [answer] = derive(world(SALLY_ANNE), REVEALS, CAST, [{"kind": "knowers", "variable": "v1", "time": 5}])
    assert answer == Answer(["Ben"], [4], "reader")


def test_records_and_their_json_give_the_same() -> None:
    records = derive(
        TomWorld.model_validate(world(SALLY_ANNE)),
        Conventions(),
        [Agent.model_validate(agent) for agent in CAST],
        [ValueQuery(chain=["a2", "a1"], variable="v1", time=5)],
    )
    assert records == derive(world(SALLY_ANNE), REVEALS, CAST, [value("a2", "a1", time=5)])


# ToMi (Le, Boureau and Nickel 2019): entering reveals.


def test_who_comes_back_sees_where_it_is_and_all_see_that() -> None:
    events = [*SALLY_ANNE, enter("a1")]
    assert believed(events, "a1") == "box"
    assert believed(events, "a2", "a1") == "box"
    assert believed(events, "a1", entering="hides") == "basket"
    assert believed(events, "a2", "a1", entering="hides") == "basket"


def test_who_sees_that_it_is_gone_no_longer_knows() -> None:
    garden = [enter("a3", "p2"), event("look", "a3", container="c3")]
    told = [tell("a1", "c3", "private", to=["a2"]), enter("a2", "p2")]
    assert believed(told, "a2", at=1) == "chest"
    assert believed(told, "a2") == UNSETTLED
    assert believed(told, "a1", "a2") == "chest"
    assert believed(garden, "a3") == UNSETTLED


def test_an_empty_room_shows_nothing() -> None:
    apple = world([], [variable("v1", "location", "o1", ["c1", "c2"], "c1")])
    assert believed([enter("a1", "p2")], "a1", world_=apple) == UNSETTLED


def test_absence_leaves_other_beliefs() -> None:
    assert believed([enter("a1"), leave("a1"), enter("a1", "p2")], "a1") == "box"


def test_ruling_out_every_named_place_settles_nothing() -> None:
    apple = world([], [variable("v1", "location", "o1", ["c1", "c2"], "c1")])
    events = [tell("a1", "c2", "private", to=["a2"], holds=False), tell("a1", "c1", "private", to=["a2"], holds=False)]
    assert believed(events, "a2", world_=apple) == UNSETTLED
    assert known(events, "a1", "a2", world_=apple) == NO


# Hi-ToM (Wu et al. 2023): all see the apple, and each moves it and leaves.

HALL = [
    entity("p1", "place", "hall"),
    *(entity(f"c{number}", "container", name, "p1") for number, name in enumerate(["box", "jar", "pot", "can"], 1)),
    entity("c5", "container", "bin", "p1"),
    entity("o1", "object", "apple"),
]
HI_TOM = world(
    [
        *(enter(agent) for agent in ("a1", "a2", "a3", "a4")),
        *(step for n in range(1, 5) for step in (move(f"a{n}", f"c{n + 1}"), leave(f"a{n}"))),
    ],
    [variable("v1", "location", "o1", ["c1", "c2", "c3", "c4", "c5"], "c1")],
    entities=HALL,
)


@pytest.mark.parametrize(
    ("chain", "answer"),
    [
        ("", "bin"),
        ("a1", "jar"),
        ("a2", "pot"),
        ("a3", "can"),
        ("a4", "bin"),
        ("a4 a3", "can"),
        ("a3 a4", "can"),
        ("a4 a1", "jar"),
        ("a4 a3 a2", "pot"),
        ("a2 a3 a4", "pot"),
        ("a4 a3 a2 a1", "jar"),
        ("a4 a3 a4 a3", "can"),
        ("a5 a4", UNSETTLED),
    ],
)
def test_orders_zero_to_four(chain: str, answer: str) -> None:
    query = value(*chain.split(), time=12)
    assert derive(HI_TOM, REVEALS, CAST, [query])[0].answer == [answer]
    assert order(query) == len(chain.split())


def test_hi_tom_trusts_who_left_later() -> None:
    early, late = tell("a1", "c1", "private", to=["a2"]), tell("a2", "c1", "private", to=["a1"])
    for told, hearer, answer in ((early, "a2", "pot"), (late, "a1", "box")):
        story = {**HI_TOM, "events": [*HI_TOM["events"], told]}
        assert believed(story["events"], hearer, world_=story, telling="later_exit") == answer
    before = [tell("a1", "c2", "private", to=["a2"])]
    assert believed(before, "a2", telling="later_exit") == UNSETTLED
    assert believed([enter("a1"), leave("a1"), *before], "a2", telling="later_exit") == UNSETTLED


# Telling.

TOLD = [tell("a1", "c2", "private", to=["a2"])]


@pytest.mark.parametrize(
    ("chain", "answer"),
    [
        (("a1",), UNSETTLED),
        (("a2",), "basket"),
        (("a1", "a2"), "basket"),
        (("a2", "a1"), "basket"),
        (("a1", "a2", "a1"), "basket"),
        (("a2", "a1", "a2"), "basket"),
        (("a3",), UNSETTLED),
        (("a3", "a2"), UNSETTLED),
        (("a2", "a3"), UNSETTLED),
    ],
)
def test_what_is_told_is_believed(chain: tuple[str, ...], answer: str) -> None:
    assert believed(TOLD, *chain) == answer


def test_nothing_is_concluded_about_a_neutral_speaker() -> None:
    assert believed(TOLD, "a2", sincerity="neutral") == "basket"
    assert believed(TOLD, "a2", "a1", sincerity="neutral") == UNSETTLED
    assert believed(TOLD, "a2", "a1", "a2", sincerity="neutral") == "basket"


def test_nobody_believes_where_telling_is_ignored() -> None:
    assert believed(TOLD, "a2", telling="ignored") == UNSETTLED


def test_who_is_distrusted_convinces_only_the_others() -> None:
    story = world([], distrust=[{"hearer": "a2", "speaker": "a1"}])
    events = [enter("a1", "p2"), enter("a2", "p2"), enter("a3", "p2"), tell("a1", "c1")]
    found = {chain: believed(events, *chain.split(), world_=story) for chain in ("a2", "a3", "a2 a3", "a3 a2", "a2 a1")}
    assert found == {"a2": UNSETTLED, "a3": "box", "a2 a3": "box", "a3 a2": UNSETTLED, "a2 a1": UNSETTLED}


def test_a_denial_unsettles_what_it_denies() -> None:
    events = [*SALLY_ANNE, leave("a2"), tell("a2", "c2", "private", to=["a1"], holds=False)]
    assert believed(events, "a1") == UNSETTLED
    assert believed(events, "a2", "a1") == UNSETTLED
    assert believed(events, "a2") == "box"
    other = [*SALLY_ANNE, leave("a2"), tell("a2", "c3", "private", to=["a1"], holds=False)]
    assert believed(other, "a1") == "basket"


# Watching, distraction.


def test_a_watcher_sees_and_is_not_seen() -> None:
    events = [enter("a1"), enter("a2"), event("watch", "a3", place="p1"), move("a1", "c2")]
    assert believed(events, "a3", at=3) == "box"
    assert believed(events, "a3", at=3, entering="hides") == UNSETTLED
    assert believed(events, "a3", "a1", at=3) == UNSETTLED
    found = {chain: believed(events, *chain.split()) for chain in ("a3", "a3 a1", "a3 a1 a2", "a1 a3", "a3 a1 a3")}
    assert found == {"a3": "basket", "a3 a1": "basket", "a3 a1 a2": "basket", "a1 a3": UNSETTLED, "a3 a1 a3": UNSETTLED}


def test_watchers_do_not_know_of_each_other() -> None:
    events = [enter("a1"), event("watch", "a3", place="p1"), event("watch", "a4", place="p1"), move("a1", "c2")]
    assert believed(events, "a4") == "basket"
    assert believed(events, "a3", "a4") == UNSETTLED


def test_watchers_hear_nothing() -> None:
    events = [enter("a1"), enter("a2"), event("watch", "a3", place="p1"), tell("a1", "c2")]
    assert believed(events, "a3", at=4) == "box"


def test_the_distracted_notice_nothing_and_the_others_know_that() -> None:
    events = [enter("a1"), enter("a2"), event("distract", "a2"), move("a1", "c2")]
    assert believed(events, "a2") == "box"
    assert believed(events, "a1", "a2") == "box"
    assert believed([*events, event("attend", "a2"), move("a1", "c1")], "a1", "a2") == "box"
    assert believed([*events, event("attend", "a2")], "a2") == "box"


# Boxes with labels, and looks.

LABELLED = world([], [variable("v1", "contents", "c1", ["o1", "o2"], "o1", presumed="o2")])
UNKNOWN = world([], [variable("v1", "contents", "c1", ["o1", "o2"], "o1")])
PAIR = [enter("a1"), enter("a2")]
LOOK = [*PAIR, event("look", "a1", container="c1")]


def test_a_labelled_box() -> None:
    assert believed([], "a1", "a2", "a3", "a4", world_=LABELLED) == "pear"
    assert known([], "a2", "a1", world_=LABELLED) == YES
    assert known([], "a1", world_=LABELLED) == NO
    found = {
        chain: believed(LOOK, *chain.split(), world_=LABELLED) for chain in ("a1", "a2", "a2 a1", "a1 a2", "a1 a2 a1")
    }
    assert found == {"a1": "apple", "a2": "pear", "a2 a1": "pear", "a1 a2": "pear", "a1 a2 a1": "pear"}
    shown = [*PAIR, event("reveal", place="p1", variable="v1")]
    assert believed(shown, "a1", "a2", world_=LABELLED) == "apple"
    assert believed(shown, "a1", "a3", world_=LABELLED) == "pear"


def test_who_notices_a_look_knows_that_she_knows() -> None:
    assert believed(LOOK, "a2", "a1", world_=UNKNOWN) == UNSETTLED
    assert known(LOOK, "a2", "a1", world_=UNKNOWN) == YES
    assert known(LOOK, "a1", "a2", "a1", world_=UNKNOWN) == YES
    assert known(LOOK, "a1", "a2", world_=UNKNOWN) == NO
    assert known(LOOK, "a3", "a1", world_=UNKNOWN) == NO
    assert known(PAIR, "a2", "a1", world_=UNKNOWN) == NO


def test_who_looks_together_knows_what_the_other_saw() -> None:
    both = [*PAIR, event("reveal", place="p1", variable="v1"), enter("a3"), event("look", "a3", container="c1")]
    assert believed(both, "a1", "a3", world_=UNKNOWN) == "apple"
    assert believed(both, "a3", "a1", world_=UNKNOWN) == UNSETTLED
    assert known(both, "a2", "a1", "a3", world_=UNKNOWN) == YES


def test_a_secret_peek_tells_the_peeker_and_nothing_else() -> None:
    peeked = [*PAIR, event("peek", "a1", container="c1")]
    assert believed(peeked, "a1", world_=UNKNOWN) == "apple"
    assert known(peeked, "a2", "a1", world_=UNKNOWN) == NO
    assert known(peeked, "a2", "a1", world_=UNKNOWN, peeking="noticed") == YES
    assert known(peeked, "a1", "a2", "a1", world_=UNKNOWN) == NO


def test_a_look_that_finds_nothing() -> None:
    events = [*SALLY_ANNE, leave("a2"), enter("a1"), event("look", "a1", container="c2")]
    assert believed(events, "a1", entering="hides") == UNSETTLED
    assert believed([*events[:-1], event("look", "a1", container="c1")], "a1", entering="hides") == "box"
    assert believed(events, "a1") == "box"


def test_a_look_is_taken_to_show_what_one_believes_oneself() -> None:
    events = [*SALLY_ANNE, enter("a3"), leave("a2"), enter("a1"), event("look", "a3", container="c1")]
    found = {chain: believed(events, *chain.split(), entering="hides") for chain in ("a3", "a1", "a1 a3")}
    assert found == {"a3": "box", "a1": "basket", "a1 a3": UNSETTLED}
    seen = [*events[:-1], event("look", "a3", container="c2")]
    assert believed(seen, "a1", "a3", entering="hides") == "basket"
    assert believed(seen, "a3", entering="hides") == UNSETTLED


def test_it_is_known_who_knows_at_the_start() -> None:
    story = world([], [variable("v1", "fact", None, ["o1", "o2"], "o1", known_by=["a1", "a2"])])
    assert believed([], "a1", "a2", "a1", world_=story) == "apple"
    assert believed([], "a3", "a1", world_=story) == UNSETTLED
    assert believed([], "a1", "a3", "a1", world_=story) == UNSETTLED
    assert known([], "a3", "a1", world_=story) == YES
    assert known([], "a1", "a3", "a2", world_=story) == YES
    assert known([], "a1", "a3", world_=story) == NO


def test_who_is_unsettled_still_knows_who_knows_when_both_hear_a_denial() -> None:
    story = world([], [variable("v1", "fact", None, ["o1", "o2"], "o1", known_by=["a1"])])
    denied = [tell("a3", "o2", "private", to=["a1", "a2"], holds=False)]
    assert known(denied, "a2", "a1", world_=story) == YES
    assert known(denied, "a1", world_=story) == YES


# The other queries.


def ask(events: list[Json], query: Json, variables: list[Json] | None = None, **more: Any) -> Answer:
    return derive(world(events, variables, **more), REVEALS, CAST, [query])[0]


@pytest.mark.parametrize(
    ("events", "statement"),
    [
        ([enter("a1"), tell("a1", "c1")], TRUTH),
        ([enter("a1"), tell("a1", "c2")], LIE),
        ([enter("a1"), tell("a1", "c1", holds=False)], LIE),
        ([enter("a1"), tell("a1", "c2", holds=False)], TRUTH),
        ([tell("a1", "c1", "everyone")], GUESS),
        ([*SALLY_ANNE, tell("a1", "c2", "everyone")], MISTAKE),
        ([*SALLY_ANNE, tell("a1", "c1", "everyone")], LIE),
        ([*SALLY_ANNE, tell("a1", "c1", "everyone", holds=False)], MISTAKE),
        ([*SALLY_ANNE, tell("a1", "c3", "everyone", holds=False)], TRUTH),
    ],
)
def test_statements(events: list[Json], statement: str) -> None:
    time = len(events) - 1
    assert ask(events, {"kind": "lie", "event": time}) == Answer([statement], [time], "a1")


def test_the_targets_of_a_lie() -> None:
    events = [enter("a1"), enter("a2"), tell("a1", "c2", "everyone")]
    query = {"kind": "targets", "event": 2}
    assert ask(events, query) == Answer(["Carla, Dan and Eve"], [2], "a1")
    distrust = [{"hearer": hearer, "speaker": "a1"} for hearer in ("a3", "a4", "a5")]
    assert ask(events, query, distrust=distrust).answer == [NOBODY]
    assert ask(events, query, distrust=distrust[:2]).answer == ["Eve"]
    events = [*SALLY_ANNE, tell("a2", "c2", "everyone")]
    assert ask(events, {"kind": "targets", "event": 5}).answer == ["Anna, Carla, Dan and Eve"]


def test_who_saw() -> None:
    events = [*SALLY_ANNE[:-1], event("watch", "a3", place="p1"), SALLY_ANNE[-1]]
    found = {agent: ask(events, {"kind": "saw", "agent": agent, "event": 5}).answer[0] for agent in ("a1", "a2", "a3")}
    assert found == {"a1": NO, "a2": YES, "a3": YES}
    assert ask(events, {"kind": "saw", "agent": "a1", "event": 5}) == Answer([NO], [5], "reader")


WANTED = variable("v3", "fact", "a1", ["o1", "o2"], "o2", known_by=["a1", "a2"])
PEAR = variable("v2", "location", "o2", ["c1", "c2", "c3"], "c3")


def test_where_somebody_will_search() -> None:
    plain = {"kind": "search", "chain": ["a2", "a1"], "variable": "v1", "via": None, "time": 5}
    assert ask(SALLY_ANNE, plain) == Answer(["basket"], [2], "a2")
    via = {**plain, "variable": None, "via": "v3"}
    variables = [APPLE, PEAR, WANTED]
    assert ask(SALLY_ANNE, via, variables) == Answer([UNSETTLED], [], "a2")
    events = [*SALLY_ANNE, tell("a2", "c3", "everyone", "v2"), tell("a1", "o1", "everyone", "v3")]
    assert ask(events, {**via, "time": 6}, variables) == Answer(["chest"], [5], "a2")
    assert ask(events, {**via, "time": 7}, variables) == Answer(["basket"], [6], "a2")
    assert ask(events, {**via, "time": 7, "chain": ["a1"]}, variables) == Answer(["chest"], [5], "a1")
    assert ask(events, {**via, "time": 7, "chain": ["a3"]}, variables) == Answer([UNSETTLED], [], "a3")
    told = [tell("a2", "c1", "everyone"), tell("a2", "c1", "everyone", "v2")]
    assert ask(told, {**via, "time": 2, "chain": ["a3"]}, variables) == Answer([UNSETTLED], [], "a3")


def is_(value: str | None, *chain: str, time: int) -> Json:
    return {"op": "is", "chain": list(chain), "variable": "v1", "value": value, "time": time}


def test_a_concept_by_cases() -> None:
    mistaken = {"op": "all", "of": [is_("c1", time=5), {"op": "not", "of": is_("c1", "a1", time=5)}]}
    either = {"op": "any", "of": [is_(None, "a1", time=5), is_("c3", "a1", time=5)]}
    cases = [{"when": either, "then": "lost"}, {"when": mistaken, "then": "mistaken"}]
    query = {"kind": "cases", "concept": "state", "cases": cases, "otherwise": "right"}
    assert ask(SALLY_ANNE, query) == Answer(["mistaken"], [0, 2, 4], "reader")
    assert ask(SALLY_ANNE, {**query, "cases": cases[:1]}) == Answer(["right"], [0], "reader")
    assert order(query) == 1


@pytest.mark.parametrize(
    "query",
    [
        value("a1", time=6),
        value("a9", time=1),
        value("a1", time=1, variable="v9"),
        knows("a9", time=1),
        {"kind": "knowers", "variable": "v9", "time": 1},
        {"kind": "saw", "agent": "a1", "event": 5},
        {"kind": "saw", "agent": "a9", "event": 1},
        {"kind": "lie", "event": 2},
        {"kind": "targets", "event": 9},
        {"kind": "search", "chain": ["a1"], "variable": None, "via": None, "time": 1},
        {"kind": "search", "chain": ["a1"], "variable": "v1", "via": "v1", "time": 1},
        {"kind": "search", "chain": ["a1"], "variable": None, "via": "v1", "time": 1},
        {"kind": "cases", "concept": "x", "cases": [{"when": is_("o2", time=1), "then": "x"}], "otherwise": "y"},
    ],
)
def test_queries_without_sense(query: Json) -> None:
    with pytest.raises(BadQuery):
        ask(SALLY_ANNE, query)


# The laws of belief.

CHAINS = [("a1",), ("a1", "a2"), ("a2", "a1", "a3"), ("a1", "a3", "a1")]


@given(STORIES)
def test_introspection(drawn: Drawn) -> None:
    """Transitive and Euclidean: to believe that one believes is to believe. It holds of the models, not only of chains
    that are collapsed before they are evaluated."""
    story = Story(*drawn)
    for variable_ in story.setting.variables:
        for chain in CHAINS:
            assert_introspective(story, variable_, chain)


def assert_introspective(story: Story, variable_: str, chain: tuple[str, ...]) -> None:
    for depth in range(len(chain)):
        repeated = chain[: depth + 1] + chain[depth:]
        once, twice = story.history(variable_, chain), story.history(variable_, repeated)
        for time in range(story.end + 1):
            assert reached(once.at(time), depth + 1) == reached(twice.at(time), depth + 2)


def test_introspection_of_the_unsettled_who_hear_a_denial() -> None:
    distrust = [{"hearer": "a1", "speaker": "a3"}]
    events = [tell("a3", "c1", "everyone"), tell("a4", "c1", "everyone", holds=False)]
    story = Story(world(events, distrust=distrust), REVEALS, CAST)
    assert story.belief("v1", ("a1", "a2")).values == [None, "c1", None]
    assert_introspective(story, "v1", ("a1", "a2"))


@given(STORIES)
def test_everybody_always_holds_something_possible(drawn: Drawn) -> None:
    story = Story(*drawn)
    for variable_ in story.setting.variables:
        for chain in CHAINS:
            for actual in story.history(variable_, chain).values:
                worlds = [world for depth in range(len(chain)) for world in reached(actual, depth)]
                assert all(below for _, below in worlds)


@given(STORIES)
def test_a_chain_changes_only_if_its_first_agent_takes_part(drawn: Drawn) -> None:
    story = Story(*drawn)
    for variable_ in story.setting.variables:
        for chain in CHAINS:
            for time in story.belief(variable_, chain).times[1:]:
                assert chain[0] in story.stage.views[time - 1]


@given(STORIES)
def test_a_longer_chain_contains_the_model_of_a_shorter(drawn: Drawn) -> None:
    story = Story(*drawn)
    for variable_ in story.setting.variables:
        long, short = story.history(variable_, ("a1", "a2", "a3")), story.belief(variable_, ("a1", "a2"))
        for time in range(story.end + 1):
            values = {value for value, _ in reached(long.at(time), 2)}
            assert (values == {short.at(time)}) == (short.at(time) is not None)


@given(STORIES)
def test_evidence_is_the_last_step_of_the_answer(drawn: Drawn) -> None:
    story = Story(*drawn)
    queries: list[Json] = [
        value("a1", "a2", time=0),
        knows("a1", "a2", time=0, variable="v3"),
        {"kind": "knowers", "variable": "v2"},
        {"kind": "search", "chain": ["a1"], "variable": None, "via": "v3"},
    ]
    for query in queries:
        answers = [story.answer({**query, "time": time}) for time in range(story.end + 1)]
        for event_, (before, after) in enumerate(pairwise(answers)):
            assert all(index < event_ + 1 for index in after.evidence)
            assert after.evidence == ([event_] if before.answer != after.answer else before.evidence)


def test_no_event_touches_what_it_does_not_mention() -> None:
    story = Story(world([*SALLY_ANNE], [APPLE, PEAR], entities=HOUSE), HIDES, CAST)
    assert story.belief("v2", ("a1",)).values == [None]
