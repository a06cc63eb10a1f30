"""Pydantic, jsonschema and jsonschema-rs are one schema; a planted defect is named by its place."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError
from samples import EpisodeJson, episode

from madata.schemas import TomEpisode, TomWorld, read_episode
from madata.schemas import jsonschema as jsonschema_of
from madata.schemas.episode import EpisodeBase
from madata.schemas.jsonschema import EPISODE_SCHEMA, episode_schema, generate
from madata.schemas.tasks import EPISODE
from madata.validators import schema
from madata.validators.schema import judge


def put(*path: str | int, value: Any) -> Callable[[EpisodeJson], None]:
    def edit(record: EpisodeJson) -> None:
        place: Any = record
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return edit


def test_the_checked_in_schema_is_current() -> None:
    assert EPISODE_SCHEMA.read_text() == generate(), "run `python -m madata.schemas`"
    jsonschema.Draft202012Validator.check_schema(episode_schema())


def test_a_valid_episode_is_left_alone() -> None:
    read_episode(episode())
    for number in range(200):
        assert list(judge(episode(number))) == []


@pytest.mark.parametrize(
    ("edit", "where", "expected", "found"),
    [
        (put("schema_version", value="1.1"), "schema_version", "1.0 (mend: upgrade madata", '"1.1"'),
        (put("schema_version", value="0.9"), "schema_version", "1.0", '"0.9"'),
        (put("schema_version", value=1), "schema_version", "1.0", "1"),
        (put("turns", 1, "text", value=""), "turns[1].text", "minLength 1", '""'),
        (put("turns", 1, "index", value=-1), "turns[1].index", "minimum 0", "-1"),
        (put("turns", 1, "time", value=2**60), "turns[1].time", "maximum 9007199254740991", str(2**60)),
        (put("turns", 1, "speaker", value="Anna"), "turns[1].speaker", "pattern", '"Anna"'),
        (
            put("turns", 1, "act", value={"performative": "shout", "content": {}}),
            "turns[1].act.performative",
            "enum",
            "",
        ),
        (put("world", "events", 1, "kind", value="jump"), "world.events[1]", "kind is one of attend", "jump"),
        (put("world", "events", 1, value=None), "world.events[1]", "kind is one of attend", "null"),
        (put("world", "events", 1, "agent", value=3), "world.events[1].agent", "type string", "3"),
        (put("world", "events", 0, "view", "Anna", value="full"), "world.events[0].view", "exactly the fields", "Anna"),
        (put("world", "extra", value=1), "world", "exactly the fields", "extra"),
        (lambda record: record.pop("questions"), "record", "exactly the fields", "questions"),
        (lambda record: record["world"].pop("distrust"), "world", "exactly the fields", "distrust"),
        (lambda record: record.pop("id"), "record", "exactly the fields", "id"),
    ],
)
def test_a_planted_defect_is_named(edit: Callable[[EpisodeJson], Any], where: str, expected: str, found: str) -> None:
    record = episode()
    edit(record)
    (finding,) = judge(record)
    assert finding.where == where
    assert expected in finding.expected
    assert found in finding.found


class ChessEpisode(EpisodeBase):
    """An episode of a second task."""

    task: Literal["chess"]
    world: TomWorld


@pytest.fixture
def two_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    both = Annotated[TomEpisode | ChessEpisode, Field(discriminator="task")]
    monkeypatch.setattr(jsonschema_of, "EPISODE", TypeAdapter(both))
    made = json.loads(generate())
    monkeypatch.setattr(schema, "fast", lambda: jsonschema_rs.Draft202012Validator(made))
    monkeypatch.setattr(schema, "reference", lambda: jsonschema.Draft202012Validator(made))


@pytest.mark.usefixtures("two_tasks")
def test_of_several_tasks_the_one_meant_is_judged() -> None:
    assert list(judge(episode())) == []
    record = episode()
    record["world"]["events"][1]["agent"] = 3
    record["turns"][1]["text"] = ""
    assert sorted(finding.where for finding in judge(record)) == ["turns[1].text", "world.events[1].agent"]
    record["task"] = "chess"
    record["outcome"] = 1
    assert "outcome" in [finding.where for finding in judge(record)]


@pytest.mark.usefixtures("two_tasks")
@pytest.mark.parametrize("task", ["go", 7, None, ["tom"]])
def test_an_unknown_task_is_one_finding(task: object) -> None:
    (finding,) = judge({**episode(), "task": task})
    assert (finding.where, finding.expected) == ("record", "an object whose task is one of chess, tom")
    assert finding.found == json.dumps(task)


@pytest.mark.usefixtures("two_tasks")
def test_a_record_without_a_task_is_one_finding() -> None:
    record = episode()
    del record["task"]
    (finding,) = judge(record)
    assert finding.expected == "an object whose task is one of chess, tom"


def test_a_formula_too_deep_for_the_reference_is_a_finding() -> None:
    formula: dict[str, Any] = {"op": "nope"}
    for _ in range(200):
        formula = {"op": "not", "of": formula}
    record = episode()
    case = {"when": formula, "then": "yes"}
    record["questions"][0]["query"] = {"kind": "cases", "concept": "x", "cases": [case], "otherwise": "no"}
    assert [finding.found for finding in judge(record)] == ["too deep a nesting"]


def test_a_disagreement_of_the_two_validators_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    # Python's `$` also matches before a final newline, ECMA's and Rust's do not.
    record = episode()
    record["world"]["events"][0]["agent"] = "a1\n"
    (finding,) = judge(record)
    assert finding.expected == schema.AGREE

    class Everything:
        def is_valid(self, record: object) -> bool:
            return True

    monkeypatch.setattr(schema, "fast", Everything)
    monkeypatch.setattr(schema, "SAMPLE", 1)
    broken = episode()
    del broken["seed"]
    assert [finding.expected for finding in judge(broken)] == ["exactly the fields of the schema", schema.AGREE]


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, inner in items for place in places(inner, (*path, key)))]


odd = st.sampled_from([None, True, -1, 0, 5, 1.5, 2**53, "", "a1", "zz", "x" * 5000, [], ["a1"], {}, {"a1": "full"}])


@given(st.sampled_from(places(episode())[1:]), odd)
def test_pydantic_and_json_schema_agree_on_edited_episodes(path: tuple[str | int, ...], value: Any) -> None:
    record = episode()
    put(*path, value=value)(record)
    try:
        EPISODE.validate_python(record, strict=True)
        valid = True
    except ValidationError:
        valid = False
    assert schema.fast().is_valid(record) == (valid and value != 2**53)
    assert schema.reference().is_valid(record) == schema.fast().is_valid(record)


def test_datasets_loads_families_in_different_parts(tmp_path: Path) -> None:
    from samples import write

    import madata

    datasets = pytest.importorskip("datasets")
    first = [episode(n) for n in range(3)]
    second = [other(episode(n, "telling")) for n in range(3, 6)]
    parts = [write(tmp_path / "part-00000.jsonl", *first), write(tmp_path / "part-00001.jsonl", *second)]
    files = [str(part) for part in parts]
    loaded = datasets.load_dataset(
        "json", data_files=files, features=madata.features(), split="train", cache_dir=str(tmp_path / "cache")
    )
    assert list(loaded) == [*first, *second]


def other(record: EpisodeJson) -> EpisodeJson:
    """The shapes that another family would have."""
    record["difficulty"] = {"lies": 1}
    record["agents"][0]["private"] = {"goal": {"wants": ["o1"]}}
    record["turns"][0] |= {
        "act": {"performative": "inform", "content": {"variable": "v1", "holds": True}},
        "event": None,
    }
    record["questions"][0]["query"] = {"kind": "knowers", "variable": "v1", "time": 5}
    record["provenance"]["source"] = {
        "name": "x",
        "item": "1",
        "licence": "MIT",
        "allowed_use": "training",
        "text": "t",
    }
    return record


def test_the_features_name_every_field() -> None:
    import madata

    features = madata.features()
    shapes = {"agents": "Agent", "turns": "Turn", "questions": "TomQuestion"}
    definitions = episode_schema()["$defs"]
    assert list(features) == list(EpisodeBase.model_fields)
    for field, name in shapes.items():
        assert set(features[field].feature) == set(definitions[name]["properties"])
    assert set(features["provenance"]) == set(definitions["Provenance"]["properties"])
