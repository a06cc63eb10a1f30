"""The check `pairs`: two episodes that differ in more than is said, or not as is said, are found."""

import orjson
import pytest
from paired import Tampered, read, write

from madata.schemas import rundir
from madata.schemas.rundir import PAIRS, RUN
from madata.validators.pairs import CHECK

PART = "episodes/part-00000.jsonl"
TASKS = ("coordination", "negotiation", "tom")


@pytest.fixture
def tampered(pairs_run, tmp_path):
    return Tampered(pairs_run, tmp_path, CHECK)


def of_task(lines, task, field="task"):
    """The last line of a task (of episodes, a counterfactual)."""
    return [line for line in lines if line[field].startswith(task)][-1]


def test_a_run_of_pairs_is_clean(tampered):
    assert tampered.audit() == []


def test_a_run_without_pairs_has_nothing_to_say(tmp_path):
    (tmp_path / "run").mkdir()
    config = {"task": "tom", "n": 1}
    write(tmp_path / "run" / RUN, {"config": config})
    assert list(CHECK.audit(tmp_path / "run")) == []
    write(tmp_path / "run" / RUN, {"config": config | {"kind": "counterfactuals"}})
    assert [finding.where for finding in CHECK.audit(tmp_path / "run")] == [PAIRS]


def test_a_second_event_that_differs(tampered):
    def edit(lines):
        of_task(lines, "tom")["world"]["events"].pop()

    assert "world, events" in tampered.findings(PART, edit)[0].where


def test_a_second_valuation_that_differs(tampered):
    def edit(lines):
        game = of_task(lines, "negotiation")["world"]["game"]
        game["parties"][0]["reservation" if game["kind"] == "bargain" else "gossip"] = (
            7777 if game["kind"] == "bargain" else "silent"
        )

    assert any("world, game" in finding.where for finding in tampered.findings(PART, edit))


def test_a_second_knower_that_differs(tampered):
    def edit(lines):
        world = of_task(lines, "coordination")["world"]
        world["bandwidth"] += 1

    assert any("world, bandwidth" in finding.where for finding in tampered.findings(PART, edit))


@pytest.mark.parametrize("task", TASKS)
def test_a_change_that_is_not_what_is_said(tampered, task):
    """The kind of another task, and an agent or event that is not there."""

    def edit(lines):
        of_task(lines, task, "counterfactual")["change"]["kind"] = "moon_removed"

    assert any("change" in finding.where for finding in tampered.findings(PAIRS, edit))


def test_an_answer_that_does_not_flip_as_stated(tampered):
    def edit(lines):
        flipped = lines[0]["questions"][0]
        flipped["was"], flipped["is"] = flipped["is"], flipped["was"]

    (finding,) = tampered.findings(PAIRS, edit)
    assert finding.where.endswith("questions with another answer")


def test_another_number_of_unchanged_questions(tampered):
    def edit(lines):
        lines[0]["unchanged"] += 1

    (finding,) = tampered.findings(PAIRS, edit)
    assert finding.where.endswith("unchanged")


@pytest.mark.parametrize(("field", "value"), [("text", "Where is the moon?"), ("options", ["here", "there"])])
def test_a_question_in_other_words(tampered, field, value):
    def edit(lines):
        of_task(lines, "tom")["questions"][0][field] = value

    assert any(finding.where.endswith(field) for finding in tampered.findings(PART, edit))


def test_another_query_in_the_same_words(tampered):
    def edit(lines):
        query = of_task(lines, "tom")["questions"][0]["query"]
        query["time" if "time" in query else "event"] = 0

    assert any(finding.where.endswith("query") for finding in tampered.findings(PART, edit))


def test_another_convention(tampered):
    def edit(lines):
        conventions = of_task(lines, "tom")["conventions"]
        conventions["leaving"] = "unnoticed" if conventions["leaving"] == "witnessed" else "witnessed"

    assert any("conventions" in finding.where for finding in tampered.findings(PART, edit))


def test_pairs_and_episodes_that_do_not_match(tampered):
    first, second = tampered.findings(PAIRS, lambda lines: lines.pop())
    assert first.found == "2 episodes of no pair"
    assert "a pair or a reason for each" in second.expected
    (finding,) = tampered.findings(PAIRS, lambda lines: lines.reverse())
    assert finding.where == "episodes"


def test_an_episode_that_was_read_and_is_nowhere(tampered):
    path = tampered.run / RUN
    stored = orjson.loads(path.read_bytes())
    stored["config"]["read"] += 1
    write(path, stored)
    (finding,) = tampered.audit()
    assert "a pair or a reason for each" in finding.expected


def test_what_cannot_be_read_is_named(tampered):
    path = tampered.run / PAIRS
    first, *rest = path.read_bytes().splitlines(keepends=True)
    for junk in (
        b"[]\n",
        b"{\n",
        b'{"pair":1}\n',
        b"\xff\n",
        orjson.dumps({**orjson.loads(first), "change": []}) + b"\n",
    ):
        path.write_bytes(junk + b"".join(rest))
        findings = tampered.audit()
        assert findings
        assert all(finding.check == "pairs" for finding in findings)
    path.write_bytes(b"")
    assert tampered.audit()


@pytest.mark.parametrize(
    "change", [{}, {"kind": None}, {"kind": "enter_removed", "at": "x", "event": {"kind": "enter"}}]
)
def test_a_hostile_change_is_a_finding(tampered, change):
    def edit(lines):
        for line in lines:
            line["change"] = change

    findings = tampered.findings(PAIRS, edit)
    assert len({finding.episode for finding in findings}) == len(read(tampered.run / PAIRS))


def test_episodes_of_the_run_are_pairs_in_turn(pairs_run):
    ids = [episode["id"] for episode in rundir.episodes(pairs_run)]
    assert ids == [id_ for pair in read(pairs_run / PAIRS) for id_ in (pair["original"], pair["counterfactual"])]
