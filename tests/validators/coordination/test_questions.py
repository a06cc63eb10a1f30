"""Questions and what is right of them, by hand ("Questions" of docs/coordination.md)."""

from typing import Any

import pytest

from madata.schemas.coordination.language import BETTER, FAILED, SAME, WORSE
from madata.tests.validators.coordination.records import (
    Json,
    accept,
    ask,
    confirm,
    game,
    inform,
    maze,
    played,
    propose,
    reject,
    schedule,
)
from madata.validators.coordination.play import Extra
from madata.validators.trial import Derived, Wrong

SHORT, LONG = [2, 2], [1, 2, 2, 0]


def answer(given: Json, events_: list[Json], kind: str, *, with_: Json | None = None, **query: Any) -> Derived:
    judged = game(given, events_, **(with_ or {}))
    asked = {"kind": kind, **query}
    return judged.answer({"query": asked, "options": judged.entries(asked) or []})


def wrong(given: Json, events_: list[Json], kind: str, **query: Any) -> str:
    with pytest.raises(Wrong) as caught:
        answer(given, events_, kind, **query)
    return caught.value.fault.where


def line(behaviours: str = "- - -", **more: Any) -> Json:
    return maze("S.G", "01*", behaviours, **more)


FACTS = ["f0", "f1", "f2"]


def test_knows() -> None:
    events = [ask(1, 0, "0", [0]), inform(0, 0, "1", {0: 0}, [2]), inform(0, 1, "12", {0: 0}, [1, 3])]
    knows = {"agent": "a1", "facts": FACTS}
    assert answer(line(), events, "knows", time=1, **knows) == Derived(["square A2", "square A3"], [], "a1", 1)
    at_two = answer(line(), events, "knows", time=2, **knows)
    assert at_two == Derived(["square A1", "square A2", "square A3"], [2], "a1", 1)
    assert wrong(line(), events, "knows", time=6, **knows) == "query, time"
    assert wrong(line(), events, "knows", time=1, agent="a3", facts=FACTS) == "query, agent"
    assert wrong(line(), events, "knows", time=1, agent="a1", facts=["f7"]) == "query, facts"


def test_evidence_is_by_index_and_of_the_first_message() -> None:
    events = [inform(1, 0, "2", {1: 0}, [1]), inform(0, 0, "2", {0: 0}, [0]), inform(1, 1, "2", {1: 0, 0: 1})]
    found = answer(line(), events, "knows", agent="a2", time=4, facts=["f1", "f0"])
    assert found == Derived(["square A2", "square A1"], [0, 1], "a2", 1)


def test_could() -> None:
    events = [inform(0, 0, "1", {0: 1}), inform(0, 2, "1", {0: 0})]
    could = {"agent": "a1", "fact": "f0", "values": [0, 1]}
    assert answer(line(), events, "could", time=0, **could) == Derived(["open", "a wall"], [], "a1", 1)
    assert answer(line(), events, "could", time=1, **could) == Derived(["a wall"], [0], "a1", 1)
    assert answer(line(), events, "could", time=3, **could) == Derived(["open"], [0], "a1", 1)
    own = {"agent": "a1", "fact": "f1", "values": [0, 1]}
    assert answer(line(), events, "could", time=3, **own) == Derived(["open"], [], "a1", 1)
    assert wrong(line(), events, "could", time=3, agent="a1", fact="f1", values=[2]) == "query, values"


UNRELIABLE = {"delivery": "unreliable"}


@pytest.mark.parametrize(
    ("agent", "other", "fact", "time", "reliable", "unreliable"),
    [
        (0, 1, 1, 0, ("yes", []), ("yes", [])),  # it was so at the start
        (1, 0, 2, 0, ("yes", []), ("yes", [])),  # common
        (0, 1, 0, 1, ("no", []), ("no", [])),  # said nothing yet
        (0, 1, 0, 2, ("yes", [0]), ("no", [])),  # told it; unreliable: not confirmed yet
        (0, 1, 0, 3, ("yes", [0]), ("yes", [1])),  # the confirmation
        (2, 0, 0, 2, ("yes", []), ("yes", [])),  # the speaker knew it before
        (2, 1, 0, 2, ("yes", [0]), ("no", [])),  # heard that it was told
        (1, 2, 1, 4, ("no", []), ("no", [])),  # nobody told it
        (0, 2, 1, 5, ("yes", [3]), ("yes", [3])),  # 2 told it to 0
        (1, 2, 1, 5, ("no", []), ("no", [])),  # and 1 heard nothing of that
    ],
)
def test_aware(
    agent: int, other: int, fact: int, time: int, reliable: tuple[str, list[int]], unreliable: tuple[str, list[int]]
) -> None:
    events = [
        inform(0, 1, "12", {0: 0}),
        confirm(1, 2, "0", 0),
        ask(2, 3, "0", [0]),
        inform(2, 4, "0", {1: 0}),
    ]
    query = {"agent": f"a{agent}", "other": f"a{other}", "fact": f"f{fact}", "time": time}
    for conventions, (right, evidence) in (({}, reliable), (UNRELIABLE, unreliable)):
        found = answer(line(), events, "aware", with_=conventions, **query)
        assert found == Derived([right], evidence, f"a{agent}", 2)


def test_to_confirm_something_else_tells_nothing() -> None:
    events = [inform(0, 0, "1", {0: 0}), ask(0, 0, "1", [1]), confirm(1, 1, "0", 1)]
    query = {"agent": "a0", "other": "a1", "fact": "f0", "time": 2}
    assert answer(line(), events, "aware", with_=UNRELIABLE, **query).answer == ["no"]


def test_nobody_is_aware_of_themselves() -> None:
    assert wrong(line(), [], "aware", agent="a0", other="a0", fact="f0", time=0) == "query, other"


def test_intends_and_needs() -> None:
    given = maze("S#G ...", "011 *--", "- -")
    plans = {"agent": "a0", "plans": [SHORT, LONG, []], "actions": []}
    events = [inform(1, 1, "0", {1: 1})]
    assert answer(given, events, "intends", time=1, **plans) == Derived(["east, east"], [], "a0", 1)
    assert answer(given, events, "intends", time=2, **plans) == Derived(["south, east, east, north"], [], "a0", 1)
    facts = {"agent": "a0", "facts": ["f1", "f2", "f4"]}
    assert answer(given, events, "needs", time=1, **facts) == Derived(["square A2"], [], "reader", 1)
    assert wrong(given, events, "needs", time=2, **facts) == "query"
    assert wrong(given, events, "needs", time=1, agent="a0", facts=["f0"]) == "query, facts"
    shut = maze("S#G .#.", "01* ***", "- -")
    assert answer(shut, [], "intends", time=0, **plans).answer == ["east, east"]
    assert answer(shut, [inform(1, 0, "0", {1: 1})], "intends", time=1, **plans).answer == ["it cannot be done"]


def test_of_the_plans() -> None:
    plans = {"plans": [LONG, SHORT, [0, 1], []]}
    best = {**plans, "agent": None, "time": None, "actions": []}
    given = maze("S.G ...", "*** ***", "- -")
    assert answer(given, [], "fits", **plans).answer == ["south, east, east, north", "east, east"]
    assert answer(given, [], "best", **best) == Derived(["east, east"], [], "reader", 0)
    assert answer(given, [], "optimum") == Derived(["2"], [], "reader", 0)
    assert answer(given, [], "possible").answer == ["yes"]
    shut = maze("S#G .#.", "*** ***", "- -")
    for kind, query in (("fits", plans), ("best", best), ("optimum", {})):
        assert answer(shut, [], kind, **query).answer == ["it cannot be done"]
    assert answer(shut, [], "possible").answer == ["no"]
    assert wrong(given, [], "fits", plans=[[7]]) == "query, plans"
    assert wrong(schedule(["00", "00"], ["01", "01"], "- -"), [], "fits", plans=[[0]]) == "query, plans"


def test_reach() -> None:
    given = maze("S#G ..#", "*** ***", "- -")
    squares = ["A1", "A2", "A3", "B1", "B2"]
    assert answer(given, [], "reach", agent=None, squares=squares).answer == ["A1", "B1", "B2"]
    assert wrong(given, [], "reach", agent="a0", squares=squares) == "query, agent"
    assert wrong(given, [], "reach", agent=None, squares=["Z9"]) == "query, squares"


def test_options_keep_their_order() -> None:
    judged = game(maze("S.G ...", "*** ***", "- -"), [])
    query = {"kind": "fits", "plans": [SHORT, LONG]}
    options = ["south, east, east, north", "east", "east, east"]
    assert judged.answer({"query": query, "options": options}).answer == [options[0], options[2]]
    assert judged.answer({"query": query, "options": []}).answer == [options[2], options[0]]


def test_milestones() -> None:
    given = maze("S#G ...", "*** ***", "- -")
    events = [propose(0, 1, "1", SHORT), propose(0, 2, "1", LONG)]
    found = [
        answer(given, events, "milestone", name=name).answer for name in ("first proposal", "first plan that works")
    ]
    assert found == [["round 2"], ["round 3"]]
    assert answer(given, events, "milestone", name="agreement").answer == ["never"]
    assert wrong(given, events, "milestone", name="soup served") == "query, name"


def test_redundant() -> None:
    events = [
        inform(0, 0, "12", {0: 0}),
        inform(1, 0, "02", {0: 0}),
        inform(1, 0, "2", {0: 0}),
        ask(2, 0, "0", [0]),
    ]
    found = answer(line(), events, "redundant", events=[3, 2, 0, 1])
    assert found.answer == ["what Ben said second in round 1", "what Ben said first in round 1"]
    assert (found.evidence, found.view) == ([1, 2], "reader")
    assert wrong(line(), events, "redundant", events=[4]) == "query, event"


def test_kinds_of_other_games() -> None:
    assert wrong(line(), [], "clash", time=0, agents=["a0"]) == "query, kind"
    assert wrong(line(), [], "can", agent="a0", time=0, actions=[]) == "query, kind"


# What would have been.


def told(given: Json, kind: str, **query: Any) -> Derived:
    return answer(given, played(given), kind, **query)


def test_what_a_lost_message_does() -> None:
    given = schedule(["00", "21"], ["01"], "team literal", rounds=2)
    assert played(given) == [propose(0, 0, "1", [0]), accept(1, 0, "0", 0)]
    assert told(given, "lost", event=0) == Derived([SAME], [0], "reader", 0)
    given = schedule(["00", "21"], ["01"], "team team", rounds=6, order=["a1", "a0"])
    assert played(given) == [
        inform(1, 0, "0", {3: 1, 2: 2}),
        propose(1, 0, "0", [1]),
        accept(0, 0, "1", 1),
    ]
    assert told(given, "lost", event=0).answer == [SAME]
    assert told(given, "lost", event=1).answer == [WORSE]
    assert told(given, "lost", event=2).answer == [WORSE]
    short = given | {"rounds": 1}
    assert told(short, "lost", event=2).answer == [FAILED]
    assert wrong(given, played(given), "lost", event=3) == "query, event"
    assert wrong(line("- team team"), [ask(0, 0, "1", [1])], "lost", event=0) == "query"


def test_a_message_better_not_heard() -> None:
    misled = maze("S#G ...", "*1* ***", "myopic literal", rounds=1)
    assert played(misled) == [propose(0, 0, "1", SHORT), accept(1, 0, "0", 0)]
    assert told(misled, "lost", event=1).answer == [SAME]
    longer = misled | {"rounds": 9}
    longer["players"][1]["switch"] = {"time": 2, "behaviour": "team"}
    assert played(longer) == [propose(0, 0, "1", SHORT), accept(1, 0, "0", 0)]
    assert told(longer, "lost", event=1).answer == [BETTER]
    assert told(longer, "lost", event=0).answer == [BETTER]


def test_which_message_helps() -> None:
    given = maze("S#G ...", "*1* ***", "myopic literal", rounds=2)
    tellings = [{"agent": "a1", "fact": "f1"}]
    assert told(given, "message", time=0, tellings=tellings) == Derived(
        ["Ben tells what square A2 is"], [], "reader", 0
    )
    assert wrong(given, played(given), "message", time=1, tellings=tellings) == "query, time"
    concurrent = answer(
        given, played(given, speech="concurrent"), "message", with_={"speech": "concurrent"}, time=0, tellings=tellings
    )
    assert concurrent.answer == []
    for telling in ({"agent": "a0", "fact": "f1"}, {"agent": "a1", "fact": "f0"}):
        assert wrong(given, played(given), "message", time=0, tellings=[telling]) == "query, tellings"
    sound = maze("S.G ...", "*1* ***", "myopic literal")
    assert wrong(sound, played(sound), "message", time=0, tellings=tellings) == "query"


def test_a_message_that_is_late_by_its_fate_comes_at_once_if_added() -> None:
    given = maze("S#G ...", "*1* ***", "myopic literal", rounds=2, fates=[1])
    events = played(given, **UNRELIABLE)
    assert [event["arrives"] for event in events] == [[1], [2]]
    judged = game(given, events, **UNRELIABLE)
    run = judged.rerun(extra=Extra(0, 1, 1))
    assert (run.events[0].arrives, run.events[1].plan) == ((0,), tuple(LONG))
    assert [event.kind for event in run.events].count("inform") == 1


def test_rejections_are_heard_in_a_rerun() -> None:
    given = maze("S#G ...", "*1* ***", "myopic myopic")
    events = played(given)
    assert events[:2] == [propose(0, 0, "1", SHORT), reject(1, 0, "0", 0, {1: 1})]
    assert told(given, "lost", event=1).answer == [WORSE]
