"""What `madata families` says of each family is so."""

import json
from pathlib import Path

import pytest

from madata import cli
from madata.generators import catalogue, make
from madata.generators.run import UserError


def test_every_family_of_every_task_is_listed_with_its_knobs(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["families"]) == 0
    listed = capsys.readouterr().out
    for task in make.tasks():
        for family in make.families(task).values():
            assert f"{task}/{family.name}: {family.about}" in listed
            assert all(knob.about in listed for knob in family.knobs.values())


def test_the_command_of_an_example_makes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = next(catalogue.entries("tom"))
    out = tmp_path / "run"
    assert cli.run([*entry.command.split()[1:], "--out", str(out), "--processes", "1"]) == 0
    (made,) = map(json.loads, (out / "episodes/part-00000.jsonl").read_text("utf-8").splitlines())
    assert made == entry.example
    assert set(made["capabilities"]) <= set(entry.capabilities)


def test_the_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["families", "negotiation", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["families"]
    assert [each["name"] for each in found] == list(make.families("negotiation"))
    assert found[0]["knobs"].keys() == make.families("negotiation")[found[0]["name"]].knobs.keys()


def test_a_task_that_is_not_there_is_one_line() -> None:
    with pytest.raises(UserError, match="no task is called 'nego'; did you mean 'negotiation'"):
        list(catalogue.entries("nego"))
