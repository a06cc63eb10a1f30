"""What is taken from a reference is found: as it is, under other names, with other things, in passing, and if short."""

import json
import os
from pathlib import Path

import pytest
from corpora import concluded
from samples import EpisodeJson, episode

from madata.validators.check import Conclusion
from madata.validators.contamination import CHECK, KINDS, PASSAGE
from madata.validators.corpus.document import Document, Item
from madata.validators.corpus.reference import reference
from madata.validators.lines import InputError
from madata.validators.runner import target, validate
from madata.validators.settings import Settings

BENCHMARKS = Path(os.environ.get("MADATA_BENCHMARKS", Path(__file__).parents[2] / "../shared/benchmarks"))
STORY = (
    "Emily and Bob are wandering in the kitchen, where Bob sees a basket, a drawer and an old box. Emily finds an "
    "apple in the basket, and Emily leaves the kitchen. Bob moves the apple to the drawer. Emily sees nothing of it."
)
RENAMED = STORY.replace("Emily", "Xiao Ming").replace("Bob", "Kateryna")
RETOLD = RENAMED.replace("kitchen", "garage").replace("basket", "crate").replace("drawer", "suitcase")
RETOLD = RETOLD.replace("an apple", "a hammer").replace("apple", "hammer")
SHORT = "Which of these is the power dissipation in an ideal inductor"
ASIDE = "It was a long day and I have nothing to add to what the others said before me."


@pytest.fixture
def against(tmp_path: Path) -> Settings:
    rows = [
        {"id": 1, "story": STORY, "question": "Where is the apple now?", "options": ["drawer", "basket"]},
        {"id": 2, "story": STORY, "question": "Where does Emily think the apple is?"},
        {"id": 3, "question": SHORT, "options": ["Zero", "Maximum"]},
        {
            "id": 4,
            "rules": " ".join(f"The {'very ' * (n % 3)}rule {'abcdefghij'[n % 10] * 3} is {n}." for n in range(99)),
        },
    ]
    path = tmp_path / "benchmark.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Settings(against=(str(path),))


def row(*parts: str, question: str = "What next?") -> Document:
    return Document("rows.jsonl:1", "rows.jsonl", parts, (Item("q0", question, (), (), {}),))


def told(*turns: str) -> EpisodeJson:
    made = episode()
    made["turns"] = [made["turns"][0] | {"text": text} for text in turns]
    return made


def kinds(conclusion: Conclusion) -> list[str]:
    return [kind for kind in KINDS if conclusion.figures["documents"][kind]]


@pytest.mark.parametrize(
    ("turns", "kind"),
    [
        ((ASIDE, f"I read this: {STORY} Fine."), "verbatim"),
        ((ASIDE, *STORY.split(". ")), "verbatim"),
        ((STORY[: len(STORY) * 2 // 3],), "verbatim"),
        ((ASIDE, RENAMED), "names changed"),
        ((RETOLD,), "same structure"),
        ((ASIDE, SHORT.lower() + "?"), "short item"),
        ((f"{ASIDE} {STORY[:20]}", SHORT.replace("ideal", "ideall")), "short item"),
    ],
)
def test_what_is_taken_is_found(against: Settings, turns: tuple[str, ...], kind: str) -> None:
    for document in (told(*turns), row(*turns)):
        conclusion = concluded(CHECK, document, settings=against)
        assert kinds(conclusion) == [kind]
        (finding,) = conclusion.findings
        assert f"benchmark.jsonl:{3 if kind == 'short item' else 1}: {kind}" in finding.found
        assert finding.where == f"{'turn' if isinstance(document, dict) else 'text'} {min(len(turns) - 1, 1)}"


def test_a_hit_is_shown_side_by_side(against: Settings) -> None:
    (example,) = concluded(CHECK, row(ASIDE, f"Listen: {STORY}"), settings=against).examples
    ours, theirs = example.sides.items()
    assert ours == ("rows.jsonl:1, text 1", f"{ASIDE}\nListen: ⟦{STORY[:-1]}⟧.\nWhat next?")
    assert theirs[0].endswith("benchmark.jsonl:1")
    assert theirs[1] == f"⟦{STORY[:-1]}⟧."


def test_a_question_and_an_option_are_looked_at(against: Settings) -> None:
    asked = concluded(CHECK, row(ASIDE, question=SHORT), settings=against)
    assert [finding.where for finding in asked.findings] == ["question q0"]
    offered = Document("r:1", "r", (ASIDE,), (Item("q0", "Which?", ("this", STORY), (), {}),))
    assert [finding.where for finding in concluded(CHECK, offered, settings=against).findings] == ["options of q0"]


def test_a_passage_of_a_long_text_is_enough(against: Settings) -> None:
    rules = reference(against.against).texts[-1].text.split()
    short, long = (concluded(CHECK, row(" ".join(rules[:end])), settings=against) for end in (16, 90))
    assert short.findings == []
    assert short.figures["with fewer n-grams"]["verbatim"] == 1
    (finding,) = long.findings
    grams, share = int(finding.found.split(", ")[1].split()[0]), finding.found.rpartition("(")[2].split()[0]
    assert grams >= PASSAGE
    assert share < "50%", finding.found


def test_what_anybody_says_is_left_alone(against: Settings) -> None:
    generic = told("Where is the apple now?", "Emily and Bob are in the kitchen.", "The power is off.", ASIDE)
    conclusion = concluded(CHECK, generic, episode(), row(""), row(" \n", question=""), settings=against)
    assert conclusion.findings == []
    assert conclusion.figures["documents"]["judged"] == 4
    assert conclusion.figures["against"] == {"records": 4, "texts": 3, "words": conclusion.figures["against"]["words"]}


def test_a_list_of_numbers_is_no_wording(tmp_path: Path) -> None:
    numbers = ", ".join(map(str, range(30)))
    (tmp_path / "a.json").write_text(json.dumps([{"q": f"Which of these five is the next one: {numbers}"}]))
    assert concluded(CHECK, row(numbers), settings=Settings(against=(str(tmp_path),))).findings == []


def test_chinese_is_read_by_characters(tmp_path: Path) -> None:
    story = "小刚和小明在卧室闲逛他们看到了手提袋、公文包和背包他们在手提袋里面发现了卷心菜。"
    (tmp_path / "a.json").write_text(json.dumps([{"故事": story}] * 2))
    conclusion = concluded(CHECK, row(f"有一个故事{story}"), settings=Settings(against=(str(tmp_path),)))
    assert kinds(conclusion) == ["verbatim"]


def test_without_a_reference_nothing_is_asked() -> None:
    conclusion = concluded(CHECK, episode())
    assert (conclusion.findings, list(conclusion.figures)) == ([], ["against"])
    assert "--against" in conclusion.figures["against"]


def test_many_takings_of_one_text_are_one_example(against: Settings) -> None:
    conclusion = concluded(CHECK, *(row(STORY) for _ in range(30)), settings=against)
    assert len(conclusion.findings) == 30
    assert len(conclusion.examples) == 1
    (taken,) = conclusion.figures["taken"].values()
    assert taken == {"texts": 1, "of": 3}


def test_hostile_text(against: Settings) -> None:
    for text in (
        "\0" * 99,
        "a" * 99_999,
        "'\u2019" * 999,
        "_ " * 999,
        "\u0130\ufb01 " * 99,
        "<script>" * 99,
        "🙂" * 99,
    ):
        assert concluded(CHECK, row(text), told(text), settings=against).findings == []


def test_a_reference_without_text_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"said": "One."}\n', encoding="utf-8")
    with (tmp_path / "log").open("w+b") as log, pytest.raises(InputError, match="no text of 8 words"):
        validate([target(path)], log, settings=Settings(against=(str(path),)))


@pytest.mark.skipif(not BENCHMARKS.exists(), reason=f"{BENCHMARKS} is not there")
def test_items_of_the_benchmarks_are_found() -> None:
    settings = Settings(against=(str(BENCHMARKS / "tombench"), str(BENCHMARKS / "hitom")))
    known = reference(settings.against)
    items = ("Hi-ToM_data.json:1", "False Belief Task.jsonl:1")
    stories = [text for text in known.texts if text.where.endswith(items)]
    assert len(stories) >= 3  # ToMBench's is in two languages
    for story in stories:
        renamed = story.text.replace("Xiaogang", "Ruvimbo").replace("Avery", "Zurab").replace("Owen", "Nadav")
        found = concluded(CHECK, row(ASIDE, renamed), settings=settings)
        assert [finding.where for finding in found.findings] == ["text 1"]
        assert story.where in found.findings[0].found
    assert concluded(CHECK, episode(), settings=settings).findings == []
