"""Coordination families at the ends of their knobs: an episode that all checks accept, or an attempt rejected by name;
and tasks that cannot be done, as often as their families say."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from madata import cli
from madata.generators.coordination import stakes
from madata.generators.coordination.deliberation import Deliberation
from madata.generators.coordination.families import hints, kitchen, pathfinding, pursuit
from madata.generators.coordination.session import Session
from madata.generators.family import Rejected
from madata.generators.make import Ranges, episode, families
from madata.schemas.coordination.language import IMPOSSIBLE, FitsQuery, OptimumQuery, PossibleQuery
from madata.validators.runner import checks

TASK = "coordination"
FAMILIES = families(TASK)
EACH = 1
"""Episodes of each setting."""
REASONS = {"conflict", "nothing_at_stake", "no_instance", "too_hard", "search"}

TEAMS = 200
RARE = {
    "allocation": stakes.IMPOSSIBLE,
    "maze": stakes.IMPOSSIBLE,
    "schedule": stakes.IMPOSSIBLE,
    "kitchen": kitchen.IMPOSSIBLE,
    "pathfinding": pathfinding.IMPOSSIBLE,
    "pursuit": pursuit.IMPOSSIBLE,
}
"""Percent of tasks that cannot be done."""


def ends(name: str) -> Iterator[Ranges]:
    """All knobs at one end; one at an end, and the others as they are drawn or at the other end."""
    knobs = FAMILIES[name].knobs
    low = {knob: (each.minimum, each.minimum) for knob, each in knobs.items()}
    high = {knob: (each.maximum, each.maximum) for knob, each in knobs.items()}
    yield from (low, high)
    for knob in knobs:
        yield from ({knob: low[knob]}, {knob: high[knob]}, {**low, knob: high[knob]}, {**high, knob: low[knob]})


@pytest.mark.parametrize("name", FAMILIES)
def test_ends_of_knobs(name: str) -> None:
    judging = [check for check in checks().values() if check.judge and check.concerns(TASK)]
    came: Counter[str] = Counter()
    for ranges in ends(name):
        for slot in range(EACH):
            try:
                made = episode(TASK, (name,), ranges, 5, slot, 0)
            except Rejected as rejected:
                came[rejected.reason] += 1
                continue
            came["made"] += 1
            assert [str(finding) for check in judging for finding in check.judge(made)] == [], ranges
    assert set(came) <= REASONS | {"made"}
    assert came["made"] > 0.6 * came.total(), came


@pytest.mark.parametrize("name", FAMILIES)
def test_conflicts_are_said_in_a_line(name: str) -> None:
    """Whatever the knobs are: a line that names a figure, or a world."""
    family, rng = FAMILIES[name], random.Random(f"conflict/{name}")
    for _ in range(300):
        knobs = {
            knob: rng.choice((each.minimum, each.maximum, rng.randint(each.minimum, each.maximum)))
            for knob, each in sorted(family.knobs.items())
        }
        conflict = family.conflict(knobs)
        assert conflict is None or (conflict.strip() == conflict and "\n" not in conflict and len(conflict) > 10)


def sessions(name: str) -> Iterator[Session]:
    """Played, by the knobs' own ranges."""
    family = FAMILIES[name]
    for number in range(TEAMS):
        rng = random.Random(f"possible/{name}/{number}")
        knobs = {knob: rng.randint(each.low, each.high) for knob, each in sorted(family.knobs.items())}
        if family.conflict(knobs) is None:
            try:
                built = family.build(rng, knobs)
            except Rejected:
                continue
            yield built.session.run()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", FAMILIES)
def test_what_cannot_be_done(name: str) -> None:
    tasks = impossible = 0
    for session in sessions(name):
        result = session.played
        tasks += 1
        if not session.impossible(result):
            assert not result.certified or session.answer(PossibleQuery()).answer == ["yes"]
            continue
        impossible += 1
        assert session.answer(PossibleQuery()).answer == ["no"]
        if name != "hints":
            assert session.answer(OptimumQuery()).answer == [IMPOSSIBLE]
            assert (result.optimum, result.certified) == (None, True)
        if isinstance(session, Deliberation):
            assert session.answer(FitsQuery(plans=[[]])).answer == [IMPOSSIBLE]
            # A team that agrees that it cannot be done is right.
            assert result.success == (result.plan == [])
        else:
            assert not result.success
    share = 100 * impossible / tasks
    if name in RARE:
        assert abs(share - RARE[name]) < 6, share
    else:  # few of these settings have any that cannot be done
        assert 0 < share < 100 * hints.IMPOSSIBLE, share


@pytest.mark.parametrize("name", FAMILIES)
def test_absurd_sizes_are_refused(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def refused(asked: str) -> str:
        order = ["generate", TASK, "--family", name, "--n", "1", "--knob", asked, "--out", str(tmp_path / "run")]
        assert cli.run(order) == 2
        assert not (tmp_path / "run").exists()
        (line,) = capsys.readouterr().err.splitlines()
        assert line.startswith(f"madata: --knob {asked}: ")
        return line

    for knob, about in FAMILIES[name].knobs.items():
        for size in (f"{about.maximum + 1}", f"{about.minimum - 1}", f"{about.minimum}..999999999"):
            assert f"lie within {about.minimum}..{about.maximum}" in refused(f"{knob}={size}")
        refused(f"{knob}={'9' * 5000}")
