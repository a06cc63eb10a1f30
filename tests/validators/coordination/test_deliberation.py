"""What scripted agents say, step by step, and what comes of it ("Deliberation")."""

import pytest

from madata.tests.validators.coordination.records import (
    Json,
    accept,
    ask,
    confirm,
    game,
    inform,
    leave,
    maze,
    message,
    played,
    player,
    propose,
    reject,
    schedule,
)

SHORT, LONG = [2, 2], [1, 2, 2, 0]
"""Along the northern row of two, and round by the southern."""


def turns(agent: int, given: Json, events: list[Json], rounds: int = 1, **conventions: str) -> list[Json]:
    """What an agent says, given what models say. Events refer to those of all."""
    said = played(given | {"events": events, "rounds": rounds}, **conventions)
    return [event for event in said if event["agent"] == f"a{agent}"]


def two_rows(known: str, behaviour: str, drawn: str = "S.G ...", **more: object) -> Json:
    """a0 is a model, a1 scripted."""
    return maze(drawn, known, f"- {behaviour}", **more)


# 1. Confirm.


@pytest.mark.parametrize("behaviour", ["team", "asker"])
def test_the_last_new_inform_is_confirmed(behaviour: str) -> None:
    given = two_rows("000 111", behaviour)
    told = [inform(0, 0, "1", {0: 0, 1: 0, 2: 0}), inform(0, 0, "1", {1: 0})]
    said = turns(1, given, told, rounds=2, delivery="unreliable")
    assert said == [confirm(1, 0, "0", 1), propose(1, 0, "0", SHORT)]


def test_nobody_confirms_what_surely_arrives() -> None:
    assert turns(1, two_rows("000 111", "team"), [inform(0, 0, "1", {0: 0})]) == [propose(1, 0, "0", SHORT)]


def test_only_team_and_asker_confirm() -> None:
    given = two_rows("000 111", "myopic")
    assert turns(1, given, [inform(0, 0, "1", {0: 0})], delivery="unreliable") == [propose(1, 0, "0", SHORT)]


def test_who_has_left_gets_no_confirmation() -> None:
    players = [player(0, None, leaves=1), player(1), player(2, None)]
    given = maze("S.G ...", "000 111", "- team -", players=players, fates=[1])
    said = turns(1, given, [inform(0, 0, "1", {0: 0}, [1]), leave(0, 1)], rounds=2, delivery="unreliable")
    assert said == [propose(1, 0, "02", SHORT, [1, 1])]


# 2. Answer.


def test_who_has_left_gets_no_answer() -> None:
    players = [player(0, None, leaves=1), player(1, "literal"), player(2, None)]
    given = maze("S.G ...", "000 111", "- literal -", players=players, fates=[1])
    late = [ask(0, 0, "1", [4], [1]), leave(0, 1)]
    assert turns(1, given, late, rounds=3, delivery="unreliable") == []


def test_answers_keep_the_order_asked_and_the_bandwidth() -> None:
    asked = ask(0, 0, "1", [0, 5, 3, 4])
    said = turns(1, two_rows("000 111", "myopic"), [asked], rounds=2)
    assert said == [inform(1, 0, "0", {5: 0, 3: 0}), propose(1, 0, "0", SHORT)]


def test_who_knows_nothing_of_it_says_nothing() -> None:
    assert turns(1, two_rows("000 111", "literal"), [ask(0, 0, "1", [0])]) == []
    assert turns(1, two_rows("000 111", "literal"), [ask(0, 0, "1", [4])]) == [inform(1, 0, "0", {4: 0})]


def test_the_silent_do_not_answer() -> None:
    assert turns(1, two_rows("000 111", "silent"), [ask(0, 0, "1", [4])]) == []


def test_answers_on_a_blackboard_are_for_all() -> None:
    given = maze("S.G ...", "000 111", "- literal -")
    assert turns(1, given, [ask(0, 0, "12", [4])], channel="blackboard") == [inform(1, 0, "02", {4: 0})]


def test_what_was_heard_is_answered_too() -> None:
    given = maze("S.G ...", "000 111", "- literal -")
    heard = [inform(0, 0, "1", {1: 1}), ask(0, 1, "1", [1])]
    assert turns(1, given, heard, rounds=2) == [inform(1, 1, "0", {1: 1})]


# 3. Tell.


def test_what_the_best_plan_uses_is_told_first() -> None:
    given = schedule(["00", "21"], ["01"], "- team", bandwidth=1)
    said = turns(1, given, [], rounds=3)
    assert said == [inform(1, 0, "0", {3: 1}), inform(1, 1, "0", {2: 2}), propose(1, 1, "0", [1])]


def test_news_are_neither_common_nor_as_hoped_nor_told_before() -> None:
    given = two_rows("0*1 111", "team", drawn="S#. .#G")
    answered = turns(1, given, [ask(0, 0, "1", [4])])
    assert answered == [inform(1, 0, "0", {4: 1}), propose(1, 0, "0", [])]
    assert turns(1, given, []) == [inform(1, 0, "0", {4: 1}), propose(1, 0, "0", [])]


@pytest.mark.parametrize("behaviour", ["myopic", "asker", "leader"])
def test_only_the_team_tells_unasked(behaviour: str) -> None:
    given = two_rows("*** 111", behaviour, drawn="S.G .#.")
    assert turns(1, given, []) == [propose(1, 0, "0", SHORT)]


# 4. Ask.


def test_askers_ask_for_what_their_plan_uses_and_do_not_know() -> None:
    given = two_rows("000 111", "asker")
    assert turns(1, given, [], rounds=3) == [
        ask(1, 0, "0", [0, 1]),
        ask(1, 1, "0", [2]),
        propose(1, 2, "0", SHORT),
    ]


def test_an_answer_changes_what_is_asked() -> None:
    given = two_rows("000 111", "asker", drawn="S#G ...")
    said = turns(1, given, [inform(0, 1, "1", {1: 1, 0: 0})], rounds=4)
    assert said == [ask(1, 0, "0", [0, 1]), ask(1, 1, "0", [2]), propose(1, 2, "0", LONG)]


# 5. Settle.


def judged(behaviour: str, plan: list[int], drawn: str = "S.G ...", known: str = "000 111") -> list[Json]:
    return turns(1, two_rows(known, behaviour, drawn=drawn), [propose(0, 0, "1", plan)])


def test_a_plan_that_works_is_accepted() -> None:
    for behaviour in ("team", "myopic", "silent", "literal", "leader"):
        assert judged(behaviour, SHORT) == [accept(1, 0, "0", 0)]


def test_a_dearer_plan_is_improved_by_team_and_asker() -> None:
    assert judged("team", LONG) == [propose(1, 0, "0", SHORT)]
    assert judged("asker", LONG, known="111 111") == [propose(1, 0, "0", SHORT)]
    assert judged("myopic", LONG) == [accept(1, 0, "0", 0)]
    assert judged("silent", LONG) == [accept(1, 0, "0", 0)]


def test_a_plan_that_does_not_work_is_rejected_with_the_reasons() -> None:
    drawn, known, plan = "SGG ###".replace("GG", ".G"), "000 111", [1, 2, 2, 0]
    walls = {3: 1, 4: 1, 5: 1}
    assert judged("leader", plan, drawn, known) == [reject(1, 0, "0", 0, {3: 1, 4: 1})]
    assert judged("myopic", plan, drawn, known) == [reject(1, 0, "0", 0, {3: 1})]
    assert judged("silent", plan, drawn, known) == [reject(1, 0, "0", 0, {})]
    assert judged("literal", plan, drawn, known) == [accept(1, 0, "0", 0)]
    wide = two_rows(known, "leader", drawn=drawn, bandwidth=5)
    assert turns(1, wide, [propose(0, 0, "1", plan)]) == [reject(1, 0, "0", 0, walls)]


def test_a_plan_off_the_grid_is_rejected_without_reasons() -> None:
    assert judged("team", [0, 2, 2]) == [reject(1, 0, "0", 0, {})]


def test_that_it_cannot_be_done() -> None:
    closed = {"drawn": "S.G ...", "known": "000 111"}
    assert judged("team", [], **closed) == [propose(1, 0, "0", SHORT)]
    assert judged("silent", [], **closed) == [reject(1, 0, "0", 0, {})]
    assert judged("literal", [], **closed) == [accept(1, 0, "0", 0)]
    shut = {"drawn": "S#G .#.", "known": "*** ***"}
    for behaviour in ("team", "silent", "asker", "myopic"):
        assert judged(behaviour, [], **shut) == [accept(1, 0, "0", 0)]
    assert turns(1, two_rows("*** ***", "myopic", drawn="S#G .#."), []) == [propose(1, 0, "0", [])]


def test_nothing_is_accepted_twice() -> None:
    given = maze("S.G ...", "*** ***", "- team -")
    assert turns(1, given, [propose(0, 0, "12", SHORT)], rounds=4) == [accept(1, 0, "02", 0)]


def test_an_own_proposal_waits_three_rounds() -> None:
    given = two_rows("*** ***", "myopic")
    assert turns(1, given, [], rounds=5) == [propose(1, 0, "0", SHORT), propose(1, 3, "0", SHORT)]


def test_a_rejected_proposal_is_followed_by_another() -> None:
    given = two_rows("000 111", "myopic", drawn="S#G ...")
    said = turns(1, given, [reject(0, 1, "1", 0, {1: 1})], rounds=2)
    assert said == [propose(1, 0, "0", SHORT), propose(1, 1, "0", LONG)]


def test_the_proposal_of_one_who_left_is_not_open() -> None:
    players = [player(0, None, leaves=1), player(1, "myopic"), player(2, None)]
    given = maze("S.G ...", "*** ***", "- myopic -", players=players)
    said = turns(1, given, [propose(0, 0, "12", SHORT), leave(0, 1)], rounds=2)
    assert said == [accept(1, 0, "02", 0), propose(1, 1, "2", SHORT)]


def test_the_last_proposal_is_the_current_one() -> None:
    given = maze("S.G ...", "*** ***", "- myopic -", order=["a0", "a2", "a1"])
    said = turns(1, given, [propose(0, 0, "12", SHORT), propose(2, 0, "01", LONG)])
    assert said == [accept(1, 0, "02", 1)]


def test_who_only_reacts_proposes_nothing() -> None:
    for behaviour in ("silent", "literal"):
        assert turns(1, two_rows("*** ***", behaviour), [], rounds=3) == []


def test_a_switch_changes_what_is_said() -> None:
    players = [player(0, None), player(1, "silent", switch={"time": 2, "behaviour": "team"})]
    given = two_rows("*** ***", "team", players=players)
    assert turns(1, given, [], rounds=4) == [propose(1, 2, "0", SHORT)]


def test_what_is_late_is_new_when_it_comes() -> None:
    given = two_rows("000 111", "literal", fates=[2])
    asked = [ask(0, 0, "1", [4], [2])]
    assert turns(1, given, asked, rounds=4, delivery="unreliable") == [inform(1, 2, "0", {4: 0}, [4])]


# What comes of it.


def test_agreement_takes_all_who_are_there() -> None:
    given = maze("S.G ...", "*** ***", "- - -")
    proposed, accepted = propose(0, 0, "12", SHORT), accept(1, 0, "02", 0)
    assert game(given, [proposed, accepted]).outcome()["plan"] is None
    done = game(given, [proposed, accepted, accept(2, 1, "01", 0)]).outcome()
    assert (done["success"], done["plan"], done["rounds"], done["cost"], done["efficiency"]) == (True, SHORT, 2, 2, 100)
    assert [milestone["time"] for milestone in done["milestones"]] == [0, 0, 1]
    players = [player(0, None), player(1, None), player(2, None, leaves=1)]
    left = game(given | {"players": players}, [proposed, accepted, leave(2, 1)]).outcome()
    assert (left["plan"], left["rounds"]) == (SHORT, 2)


def test_nobody_agrees_to_the_proposal_of_one_who_left() -> None:
    players = [player(0, None, leaves=1), player(1, None), player(2, None)]
    given = maze("S.G ...", "*** ***", "- - -", players=players)
    events = [propose(0, 0, "12", SHORT), accept(1, 0, "02", 0), accept(2, 0, "01", 0, [1, 1]), leave(0, 1)]
    assert game(given, events).outcome()["plan"] is None


def test_an_acceptance_counts_when_it_arrives() -> None:
    given = maze("S.G ...", "*** ***", "- -")
    late = game(given, [propose(0, 0, "1", SHORT), accept(1, 0, "0", 0, [3])]).outcome()
    assert (late["plan"], late["rounds"]) == (SHORT, 4)
    lost = game(given, [propose(0, 0, "1", SHORT), accept(1, 0, "0", 0, [None])]).outcome()
    assert (lost["plan"], lost["rounds"], lost["success"], lost["cost"]) == (None, 6, False, None)


def test_of_two_agreements_the_later_proposal_counts() -> None:
    given = maze("S.G ...", "*** ***", "- -")
    events = [propose(0, 0, "1", LONG), propose(0, 0, "1", SHORT), accept(1, 0, "0", 1), accept(1, 0, "0", 0)]
    assert game(given, events).outcome()["plan"] == SHORT


def test_a_plan_that_does_not_work_is_no_success() -> None:
    given = maze("S#G ...", "*** ***", "- -")
    failed = game(given, [propose(0, 0, "1", SHORT), accept(1, 0, "0", 0)]).outcome()
    parts = ("success", "plan", "cost", "optimum", "efficiency", "least")
    assert [failed[part] for part in parts] == [False, SHORT, None, 4, None, 0]
    assert [milestone["time"] for milestone in failed["milestones"]] == [0, None, 0]
    dear = game(maze("S.G ...", "*** ***", "- -"), [propose(0, 0, "1", LONG), accept(1, 0, "0", 0)]).outcome()
    assert (dear["success"], dear["cost"], dear["efficiency"]) == (True, 4, 50)


def test_to_say_that_it_cannot_be_done_is_a_success_if_so() -> None:
    said = [propose(0, 0, "1", []), accept(1, 0, "0", 0)]
    parts = ("success", "plan", "cost", "optimum", "efficiency", "least")
    shut = game(maze("S#G .#.", "*** ***", "- -"), said).outcome()
    assert [shut[part] for part in parts] == [True, [], None, None, 100, None]
    assert [milestone["time"] for milestone in shut["milestones"]] == [0, 0, 0]
    assert game(maze("S.G .#.", "*** ***", "- -"), said).outcome()["success"] is False


# Scripts and records.


def test_what_scripts_do_not_say_is_found() -> None:
    given = maze("S.G ...", "000 111", "team team")
    events = played(given)
    assert events == [propose(0, 0, "1", SHORT), accept(1, 0, "0", 0)]
    assert [*game(given, events).unscripted()] == []
    (missing,) = game(given, events[:1]).unscripted()
    assert (missing.where, missing.found) == ("event 1", "nothing")
    assert missing.expected == "accept-proposal by a1 in round 0, to [a0], arrives [0], of event 0"
    (more,) = game(given, [*events, ask(0, 0, "1", [4])]).unscripted()
    assert (more.where, more.expected) == ("event 2", "nothing")
    (other,) = game(given, [propose(0, 0, "1", LONG), accept(1, 0, "0", 0)]).unscripted()
    assert (other.where, other.found) == (
        "event 0",
        "propose by a0 in round 0, to [a1], arrives [0], plan [1, 2, 2, 0]",
    )


def test_models_say_what_they_like() -> None:
    given = maze("S.G ...", "000 111", "- team")
    events = [propose(0, 0, "1", LONG), propose(1, 0, "0", SHORT), accept(0, 1, "1", 1)]
    assert [*game(given, events).unscripted()] == []
    assert [*game(given, events).illegal()] == []


def test_an_agent_says_only_what_the_rules_have() -> None:
    assert [
        fault.where
        for fault in game(
            maze("S.G", "***", "- -", actions=["go"]), [message("request", 0, 0, "1", action=0)]
        ).illegal()
    ] == ["event 0, kind"]
