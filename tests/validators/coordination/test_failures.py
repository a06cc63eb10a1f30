"""Failures of teams: each planted by hand and found, in each way of playing; none in teams that do their best."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
import team_agreement

from madata.generators.family import Rejected
from madata.tests.validators.coordination import test_graph, test_hints
from madata.tests.validators.coordination.maps import kitchen_world, pathfinding_world, pursuit_world
from madata.tests.validators.coordination.records import (
    CONVENTIONS,
    Json,
    accept,
    act,
    agents,
    ask,
    inform,
    message,
    played,
    propose,
    reject,
    schedule,
    world,
)
from madata.validators.coordination.failures import observed
from madata.validators.coordination.games import build

Found = set[tuple[str, int | None]]
"""Mode and event."""

# Slots 0, 1, 2; a0 cannot at 0 (fact 0), a1 cannot at 1 (fact 4), at 2 both can: plan [2] is best.
CALENDARS = ["200", "020"]


def recorded(given: Json, conventions: Json = CONVENTIONS, people: list[Json] | None = None, **more: Any) -> Json:
    people = people or agents(len(given["players"]))
    content = {"world": given, "conventions": conventions, "agents": people}
    outcome = build(content).outcome()
    rest = {"task": "coordination", "turns": [], "provenance": {"source": None}, "outcome": outcome}
    return content | rest | more


def found(episode: Json) -> Found:
    seen = observed(episode)
    assert seen is not None
    assert {failure.mode for failure in seen.failures} <= {*seen.modes}
    return {(failure.mode, failure.event) for failure in seen.failures}


def meeting(events: Sequence[Json], behaviours: str = "- -", calendars: list[str] = CALENDARS, **more: Any) -> Json:
    return recorded(schedule(calendars, ["01"], behaviours, events=list(events), **more))


DELIBERATED: dict[str, tuple[list[Json], Found]] = {
    "a plan against what one knows": ([propose(0, 0, "1", [0])], {("1.1", 0)}),
    "a plan against what one was told": (
        [inform(1, 0, "0", {4: 2}), propose(0, 1, "1", [1])],
        {("2.5", 1)},
    ),
    "the same again": ([inform(0, 0, "1", {0: 2}), inform(0, 1, "1", {0: 2})], {("1.3", 1)}),
    "the same again to somebody who has answered": (
        [inform(0, 0, "1", {0: 2}), inform(1, 0, "0", {4: 2}), inform(0, 1, "1", {0: 2})],
        set(),
    ),
    "asked for what one knows": ([ask(0, 0, "1", [0]), inform(1, 0, "0", {4: 2})], {("1.4", 0)}),
    "asked and never answered": ([ask(0, 0, "1", [4])], {("2.5", 0)}),
    "asked and answered": ([ask(0, 0, "1", [4]), inform(1, 0, "0", {4: 2})], set()),
    "something else than one knows": ([inform(0, 0, "1", {0: 0})], {("2.6", 0)}),
    "something that one does not know": ([inform(0, 0, "1", {4: 0})], {("2.6", 0)}),
    "that it cannot be done": ([propose(0, 0, "1", [])], {("3.1", 0)}),
    "accepted that it cannot be done": (
        [propose(0, 0, "1", []), accept(1, 0, "0", 0)],
        {("3.1", 0), ("3.2", 1)},
    ),
    # a1 agrees against what it knows and does not say so, a0 has not asked: the plan does not work.
    "accepted unchecked": (
        [propose(0, 0, "1", [1]), accept(1, 0, "0", 0)],
        {("2.2", 0), ("2.4", 0), ("3.1", 0), ("3.2", 1)},
    ),
    "accepted against what one was told": (
        [inform(0, 0, "1", {0: 2}), propose(1, 0, "0", [0]), accept(0, 1, "1", 1)],
        {("2.5", 1), ("3.2", 2), ("3.1", 1)},
    ),
    "refused without reason to": ([propose(0, 0, "1", [2]), reject(1, 0, "0", 0, {})], {("3.3", 1)}),
    # A refusal without reasons leaves a0 in the dark, which does not ask.
    "refused without giving the reason": (
        [propose(0, 0, "1", [1]), reject(1, 0, "0", 0, {}), propose(0, 1, "1", [2])],
        {("2.2", 2), ("2.4", 0)},
    ),
    "refused without giving the reason, and asked": (
        [
            propose(0, 0, "1", [1]),
            reject(1, 0, "0", 0, {}),
            ask(0, 1, "1", [4]),
            inform(1, 1, "0", {4: 2}),
            propose(0, 2, "1", [2]),
            accept(1, 2, "0", 4),
        ],
        set(),
    ),
    "proposed again what was refused": (
        [propose(0, 0, "1", [1]), reject(1, 0, "0", 0, {4: 2}), propose(0, 1, "1", [1])],
        {("2.5", 2)},
    ),
    "refused with the reason": (
        [propose(0, 0, "1", [1]), reject(1, 0, "0", 0, {4: 2}), propose(0, 1, "1", [2]), accept(1, 1, "0", 2)],
        set(),
    ),
}


@pytest.mark.parametrize("about", DELIBERATED)
def test_deliberation(about: str) -> None:
    events, expected = DELIBERATED[about]
    assert found(meeting(events)) == expected


def test_a_plan_dropped_for_a_cheaper_one_comes_back() -> None:
    events = [propose(0, time, "1", [plan]) for time, plan in enumerate((0, 2, 0))]
    assert found(meeting(events, calendars=["100", "000"])) == {("2.1", 2), ("1.3", 2)}
    assert found(meeting(events[:2], calendars=["100", "000"])) == set()


def test_whoever_knows_that_it_cannot_be_done_says_so() -> None:
    assert found(meeting([], calendars=["222", "000"])) == {("1.5", None)}
    said = [propose(0, 0, "1", []), accept(1, 0, "0", 0)]
    assert ("1.5", None) not in found(meeting(said, calendars=["222", "000"]))
    assert found(meeting([], calendars=["220", "002"])) == set()


@pytest.mark.parametrize(
    ("behaviour", "said"),
    [("silent", inform(0, 0, "1", {0: 2})), ("literal", propose(0, 0, "1", [2])), ("team", ask(0, 0, "1", [4]))],
)
def test_a_role_is_left(behaviour: str, said: Json) -> None:
    episode = meeting([said], f"{behaviour} team")
    assert ("1.2", 0) in found(episode)
    seen = observed(episode)
    assert seen is not None and "1.2" in seen.excluded[behaviour]
    assert [failure.behaviour for failure in seen.failures if failure.mode == "1.2"] == [behaviour]


def test_whoever_falls_silent_may_renew_what_it_proposed() -> None:
    given = schedule(CALENDARS, ["01"], "team -", events=[propose(0, time, "1", [2]) for time in (0, 3)])
    given["players"][0]["switch"] = {"time": 1, "behaviour": "silent"}
    assert "1.2" not in {mode for mode, _ in found(recorded(given))}


def test_small_talk_is_derailment_if_there_is_more_of_it() -> None:
    def chatting(turns: int) -> Found:
        talk = [{"speaker": "a0", "event": None, "text": "Lovely weather.", "index": n} for n in range(turns)]
        return found(recorded(schedule(CALENDARS, ["01"], "- -", events=[inform(0, 0, "1", {0: 2})]), turns=talk))

    assert chatting(3) == {("2.3", None)}
    assert chatting(2) == set()


def test_what_was_said_may_be_said_again_where_it_may_be_lost() -> None:
    said = [inform(0, time, "1", {0: 2}, [None]) for time in (0, 1)]
    given = schedule(CALENDARS, ["01"], "- -", events=said, fates=[-1])
    assert found(recorded(given, CONVENTIONS | {"delivery": "unreliable"})) == set()


@pytest.mark.parametrize("behaviours", ["team team", "team asker", "team myopic"])
def test_teams_that_do_their_best_do_not_fail(behaviours: str) -> None:
    given = schedule(CALENDARS, ["01"], behaviours)
    episode = recorded(given | {"events": played(given)})
    assert episode["outcome"]["success"] and episode["outcome"]["cost"] == episode["outcome"]["optimum"]
    assert found(episode) == set()


def test_a_literal_team_mate_fails_and_so_does_who_does_not_ask() -> None:
    given = schedule(CALENDARS, ["01"], "team literal")
    episode = recorded(given | {"events": played(given)})
    assert not episode["outcome"]["success"]
    assert {mode for mode, _ in found(episode)} == {"2.2", "2.4", "3.1", "3.2"}


# Motion. `0` and `1` begin at the ends of a corridor of two rows.
ROWS = "0... ...1"


def walk(events: Sequence[Json], behaviours: Sequence[str | None] = (None, None), **more: Any) -> Json:
    return recorded(*pathfinding_world(ROWS, [3, 4], behaviours=list(behaviours), events=list(events), **more))


TOLD = [inform(0, 0, "1", {0: 3}), inform(1, 0, "0", {1: 4})]


def request(agent: int, time: int, to: str, action: int) -> Json:
    return message("request", agent, time, to, action=action)


def test_there_and_back_and_there_again() -> None:
    back_and_forth = [act(0, time, 3 + time % 2) for time in range(6)]
    assert ("1.3", len(TOLD) + 2) in found(walk([*TOLD, *back_and_forth]))
    assert "1.3" not in {mode for mode, _ in found(walk([*TOLD, *back_and_forth[:2]]))}


def test_goals_are_kept_from_each_other() -> None:
    assert found(walk([], rounds=1)) == {("2.4", None)}
    assert found(walk(TOLD, rounds=1)) == set()


def test_a_request_is_ignored() -> None:
    asked = [*TOLD, request(0, 0, "1", 4)]
    assert found(walk(asked, rounds=1)) == {("2.5", None)}
    assert found(walk([*asked, act(1, 0, 4)], rounds=1)) == set()


def test_the_team_gives_up() -> None:
    """Nothing said or done for three rounds after the first."""
    assert ("3.1", None) in found(walk(TOLD))
    assert ("3.1", None) not in found(walk(TOLD, rounds=4))


def test_roles_in_motion() -> None:
    assert ("1.2", 0) in found(walk([inform(0, 0, "1", {0: 3})], ("silent", None), rounds=1))
    assert ("1.2", 0) in found(walk([act(0, 0, 3)], ("literal", None), rounds=1))
    assert "1.2" not in {mode for mode, _ in found(walk([request(1, 0, "0", 3), act(0, 0, 3)], ("literal", None)))}


def test_pursuers_who_do_not_know_where_to_go_do_their_rounds() -> None:
    steps = [act(0, time, 3 + time % 2) for time in range(6)]
    corridor: Json = {"moving": False, "sight": 0, "behaviours": [None, None], "events": steps, "rounds": 6}
    assert "1.3" not in {mode for mode, _ in found(recorded(*pursuit_world("0..... .....1", [8], **corridor)))}
    known = found(recorded(*pursuit_world("0..... .....1", [8], known=[0, 1], **corridor)))
    assert "1.3" in {mode for mode, _ in known}


def test_a_cook_does_not_check_what_the_soup_is_of() -> None:
    """a0 stands between crate a and the pot, and does not know that it is to be b."""
    kitchen: Json = {"recipe": 1, "behaviours": [None, None], "events": [act(0, 0, 9), act(0, 1, 5)], "rounds": 2}
    assert ("3.2", 1) in found(recorded(*kitchen_world("#p##b a0.1d ##w##", known=[1], **kitchen)))
    assert ("3.2", 1) not in found(recorded(*kitchen_world("#p##b a0.1d ##w##", known=[0, 1], **kitchen)))


# A path of three agents who colour it with two labels; the numbers say who chooses first.


def network(events: Sequence[Json], behaviours: str = "- - -", **more: Any) -> Json:
    named = {number: None if each == "-" else each for number, each in enumerate(behaviours.split())}
    given = test_graph.world("colouring", test_graph.PATH, [2, 1, 0], 2, behaviours=named, events=list(events), **more)
    return recorded(given, test_graph.CONVENTIONS)


def chose(agent: int, time: int, to: str, choice: int) -> Json:
    return message("inform", agent, time, to, facts=[], choice=choice)


NUMBERS = [inform(0, 0, "1", {0: 2}), inform(1, 0, "02", {1: 1}), inform(2, 0, "1", {2: 0})]
CHOSEN = [*NUMBERS, act(0, 0, 0), chose(0, 1, "1", 0)]


def test_networks() -> None:
    assert found(network([*CHOSEN, act(1, 1, 0)], rounds=2)) == {("1.1", 5)}
    assert found(network([*CHOSEN, act(1, 1, 1)], rounds=2)) == set()
    assert found(network([*NUMBERS, act(0, 0, 0), act(1, 0, 0), chose(0, 1, "1", 0)], rounds=2)) == {("2.5", None)}
    assert found(network([*NUMBERS, act(0, 0, 0), chose(0, 1, "1", 1)], rounds=2)) == {("2.6", 4)}
    assert found(network(NUMBERS[1:], rounds=2)) == {("2.4", None)}
    assert found(network(NUMBERS)) == {("3.1", None)}
    assert ("1.2", 0) in found(network(NUMBERS, "silent team team", rounds=2))


@pytest.mark.parametrize("problem", test_graph.PLAYED)
def test_networks_that_succeed_do_not_fail(problem: str) -> None:
    given = test_graph.recorded(test_graph.PLAYED[problem][0])
    assert found(recorded(given, test_graph.CONVENTIONS)) == set()


# `hints`: a0 holds red 1 and blue 2, a1 blue 1 and red 2 (see `test_hints`).


def hand(acts: list[int], behaviour: str | None = None, **more: Any) -> Json:
    return recorded(test_hints.world(test_hints.DECK, behaviour=behaviour, acts=acts, rounds=len(acts), **more))


@pytest.mark.parametrize(
    ("about", "acts", "expected"),
    [
        ("hints are given and used", [9, 0], set()),
        ("discarded, though a hint would have helped", [2], {("2.4", 0)}),
        ("the card in doubt is played, and wrong", [1], {("3.2", 0)}),
        ("the same hint again", [9, 5, 9], {("1.3", 2)}),
        ("the card is discarded that hints make certain", [9, 4, 10, 2], {("2.5", 3)}),
        ("two mistakes end it", [1, 1], {("3.2", 0), ("3.2", 1), ("3.1", None)}),
    ],
)
def test_cards(about: str, acts: list[int], expected: Found) -> None:
    assert found(hand(acts, hints=5)) == expected


def test_a_silent_player_gives_a_hint() -> None:
    assert ("1.2", 0) in found(hand([9], "silent"))


@pytest.mark.parametrize("behaviour", ["team", "myopic", "silent"])
def test_scripts_of_hints_never_do_what_is_excluded(behaviour: str) -> None:
    seen = observed(hand(test_hints.PLAYED[behaviour][0], behaviour))
    assert seen is not None
    assert not [failure for failure in seen.failures if failure.mode in seen.excluded[behaviour]]


def test_of_people_who_answer_each_alone_there_is_nothing_to_judge() -> None:
    game = {"kind": "wason", "cards": ["A", "4", "7", "K"], "clock": []}
    acts = [act(agent, 0, 0) for agent in (0, 1)]
    given = world(game, "- -", scales=[], actions=["turn A and 7"], events=acts, rounds=1)
    assert observed(recorded(given)) is None


@pytest.mark.parametrize("family", team_agreement.BEHAVIOURS)
def test_no_script_fails_in_a_way_that_is_excluded(family: str) -> None:
    """In teams of any behaviours, switches, fates and models, who say what they like."""
    for number in range(4):
        rng = Random(f"failures/{family}/{number}")
        session = team_agreement.instance(rng, family, {"agents": 4})
        try:
            session = team_agreement.played(rng, type(session)(team_agreement.perturbed(rng, session.setting)))
        except Rejected:
            continue
        setting = session.setting
        given, conventions = session.finished().model_dump(), setting.conventions.model_dump()
        seen = observed(recorded(given, conventions, [agent.model_dump() for agent in setting.agents]))
        assert seen is not None
        assert {failure.mode for failure in seen.failures} <= {*seen.modes}
        assert not [each for each in seen.failures if each.mode in seen.excluded.get(each.behaviour or "", ())]
