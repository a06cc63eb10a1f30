"""Hi-ToM: the published file imports whole, and a hostile one fails with one line that says where and how to mend."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from madata.generators.importers import ImportFailed, hitom
from madata.schemas import episode_id, read_episode, structure
from madata.validators.tom.model_checker import derive

BENCHMARKS = Path(os.environ.get("MADATA_BENCHMARKS", Path(__file__).parents[2] / "../shared/benchmarks"))
FILE = BENCHMARKS / "hitom" / "Hi-ToM_data.json"

ROW: dict[str, Any] = {
    "prompting_type": "CoTP",
    "deception": True,
    "story_length": 1,
    "question_order": 2,
    "sample_id": 7,
    "story": "1 Ann, Ben and Cleo entered the hall.\n2 The carrot is in the red_box.\n3 Ben saw a dog.\n"
    "4 Ann moved the carrot to the red_box.\n5 Ann exited the hall.\n6 Ben moved the carrot to the blue_box.\n"
    "7 Ann and Ben entered the waiting_room.\n8 Ann privately told Ben that the carrot is in the green_box.\n"
    "9 Ben publicly claimed that carrot is in the red_box.\n\n***",
    "question": "Where does Cleo think Ann thinks the carrot is?",
    "choices": "A. red_box, B. blue_box, C. green_box",
    "answer": "blue_box",
}


def imported(path: Path, *rows: Any) -> list[dict[str, Any]]:
    path.write_text(json.dumps({"data": rows}))
    return list(hitom.read([path]))


def test_row(tmp_path: Path) -> None:
    [episode] = imported(tmp_path / "rows.json", ROW)
    events = episode["world"]["events"]
    assert [(event["kind"], event.get("agent"), "".join(event["view"])) for event in events] == [
        ("enter", "a1", "a1"),
        ("enter", "a2", "a1a2"),
        ("enter", "a3", "a1a2a3"),
        ("reveal", None, "a1a2a3"),
        ("reveal", None, "a1a2a3"),
        ("leave", "a1", "a1a2a3"),
        ("change", "a2", "a2a3"),
        ("enter", "a1", "a1"),
        ("leave", "a2", "a2a3"),
        ("enter", "a2", "a1a2"),
        ("tell", "a1", "a1a2"),
        ("tell", "a2", "a1a2a3"),
    ]
    assert events[6]["effects"] == {"v1": "c2"}
    rooms = {entity["name"]: entity["place"] for entity in episode["world"]["entities"]}
    assert (rooms["red_box"], rooms["blue_box"], rooms["green_box"]) == ("p1", "p1", None)
    assert [turn["text"][0] for turn in episode["turns"]] == list("1112345677789")
    assert [turn["event"] for turn in episode["turns"]] == [0, 1, 2, 3, None, 4, 5, 6, 7, 8, 9, 10, 11]
    [question] = episode["questions"]
    assert question["query"] == {"kind": "value", "chain": ["a3", "a1"], "variable": "v1", "time": 12}
    assert question["answer"] == ["blue_box"], "an answer is never corrected"
    assert (question["options"], question["evidence"]) == (["red_box", "blue_box", "green_box"], [2])
    assert episode["provenance"]["source"]["text"] == ROW["story"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answer": "purple_box"}, "not among the choices"),
        ({"choices": "red_box or blue_box"}, "choices"),
        ({"choices": "A. blue_box, B. blue_box"}, "choices"),
        ({"question": "Who is Ann?"}, "unknown question"),
        ({"question_order": 3}, "question_order is not 2"),
        ({"sample_id": "7"}, "sample_id"),
        ({"story": "1 Ann and Ben entered the hall.\n2 The box burst."}, 'unknown sentence "2 The box burst."'),
        ({"story": "1 Ann and Ben entered the hall.\n2 Cleo exited the hall."}, "Cleo enters no room"),
        ({"story": "1 Ann and Ben entered the hall.\n2 Ann exited the attic."}, "Ann is not in the attic"),
        ({"story": "1 Ann and Ben entered the hall.\n2 Ann moved the carrot to the red_box."}, "no line before"),
        ({"story": "1 The carrot is in the red_box.\n2 Ann and Ben entered the hall."}, "nobody is there"),
        (
            {
                "story": "1 Ann and Ben entered the hall.\n2 The carrot is in the red_box.\n"
                "3 Ben entered the attic.\n4 Ben moved the carrot to the box."
            },
            "Ben and the carrot are not in one room",
        ),
        ({"story": ROW["story"].replace("7 Ann", "7 Cleo")}, "Ann and Ben are not two people in one place"),
        ({"story": ROW["story"] + "\n10 The carrot is in the green_box."}, "left elsewhere"),
        ({"story": ROW["story"].replace("dog", "d" * 5000)}, "String should have at most 4000"),
    ],
)
def test_bad_row(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ImportFailed) as failed:
        imported(tmp_path / "rows.json", ROW, {**ROW, "sample_id": 8, **change})
    line = str(failed.value)
    assert message in line
    assert "sample 8" in line or "row 2" in line
    assert ";" in line and "\n" not in line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"data": [', "line 1: not JSON"),
        ('{"data": NaN}', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('{"rows": []}', "not a Hi-ToM file"),
        ('{"data": [3]}', "row 1"),
        (json.dumps({"data": [{key: value for key, value in ROW.items() if key != "story"}]}), "story: Field required"),
        (json.dumps({"data": [ROW, ROW]}), "sample 7 occurs twice"),
    ],
)
def test_bad_file(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rows.json"
    path.write_text(text)
    with pytest.raises(ImportFailed, match=message):
        list(hitom.read([path]))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="No such file"):
        list(hitom.read([tmp_path / "rows.json"]))


@pytest.mark.skipif(not FILE.exists(), reason=f"the Hi-ToM file is not at {FILE} (set MADATA_BENCHMARKS)")
def test_published_file() -> None:
    rows = json.loads(FILE.read_bytes())["data"]
    episodes = list(hitom.read([FILE]))
    assert len(episodes) == len({episode["id"] for episode in episodes}) == len(rows) == 1200
    agreeing: Counter[str] = Counter()
    for row, episode in zip(rows, episodes, strict=True):
        read_episode(episode)
        assert episode["id"] == episode_id(episode)
        assert episode["structure"] == structure("tom", episode["world"], episode["conventions"], episode["agents"])
        told = [turn["event"] for turn in episode["turns"] if turn["event"] is not None]
        assert told == list(range(len(episode["world"]["events"])))
        lines = list(dict.fromkeys(turn["text"] for turn in episode["turns"]))
        assert all(line in row["story"] for line in lines)
        [question] = episode["questions"]
        assert (question["text"], question["answer"]) == (row["question"], [row["answer"]])
        story = episode["world"], episode["conventions"], episode["agents"]
        (derived,) = derive(*story, [question["query"]])
        assert (question["evidence"], question["view"]) == (derived.evidence, derived.view)
        agreeing[row["prompting_type"]] += derived.answer == question["answer"]
    assert agreeing == {"CoTP": 549, "VP": 443}, "docs/hitom.md explains the others"
