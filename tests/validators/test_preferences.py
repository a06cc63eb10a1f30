"""The check `preferences`: a wrong answer that is chosen, a right one rejected, a prompt that holds too much."""

import pytest
from paired import Tampered, read, write

from madata.schemas import rundir
from madata.schemas.rundir import PREFERENCES, RUN
from madata.validators.preferences import CHECK


@pytest.fixture
def tampered(pairs_run, tmp_path):
    return Tampered(pairs_run, tmp_path, CHECK)


def test_a_run_of_preferences_is_clean(tampered):
    assert tampered.audit() == []


def test_a_run_without_preferences_has_nothing_to_say(tmp_path):
    (tmp_path / "run").mkdir()
    write(tmp_path / "run" / RUN, {"config": {"kind": "counterfactuals"}})
    assert [finding.where for finding in CHECK.audit(tmp_path / "run")] == [PREFERENCES]
    write(tmp_path / "run" / RUN, {"config": {"task": "tom"}})
    assert list(CHECK.audit(tmp_path / "run")) == []


def swap(line):
    line["chosen"], line["rejected"] = line["rejected"], line["chosen"]


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (swap, "chosen"),
        (lambda line: line.update(rejected=line["chosen"]), "rejected"),
        (lambda line: line.update(rejected="the moon"), "rejected"),
        (lambda line: line.update(prompt="A secret.\n" + line["prompt"]), "prompt"),
        (lambda line: line.update(question="q99"), "question"),
        (lambda line: line.update(near={"kind": "value"}), "near"),
        (lambda line: line.update(near={}), "near"),
        (lambda line: line.update(near=line["near"] | {"time": 9999}), "near"),
        (lambda line: line.update(episode="tom-0000000000000000"), "episode"),
    ],
)
def test_what_is_wrong_is_found(tampered, edit, where):
    findings = tampered.findings(PREFERENCES, lambda lines: edit(lines[0]))
    assert any(finding.where.endswith(where) for finding in findings)


def test_a_wrong_answer_that_is_no_near_miss(tampered):
    """Another wrong option than the query has that it is said to answer."""
    questions = {(e["id"], q["id"]): q for e in rundir.episodes(tampered.run) for q in e["questions"]}

    def edit(lines):
        for line in lines:
            options = questions[line["episode"], line["question"]]["options"]
            other = next((o for o in options if o not in (line["chosen"] + "\n" + line["rejected"]).split("\n")), None)
            if other:
                line["rejected"] = other
                return
        raise AssertionError("no question has a third option")

    (finding,) = tampered.findings(PREFERENCES, edit)
    assert finding.where.endswith("rejected")


def test_what_cannot_be_read_is_named(tampered):
    path = tampered.run / PREFERENCES
    good = path.read_bytes()
    for junk in (b"[]\n", b"{\n", b'{"id":1}\n', b"\xff\n"):
        path.write_bytes(junk + good)
        findings = tampered.audit()
        assert findings
        assert all(finding.check == "preferences" for finding in findings)


def test_all_tasks_are_in_the_run(pairs_run):
    assert {line["episode"].split("-")[0] for line in read(pairs_run / PREFERENCES)} == {
        "coordination",
        "negotiation",
        "tom",
    }
