"""Copies with edits are found and the first is kept; what only a template has in common is left alone."""

import random
from itertools import product
from pathlib import Path
from tempfile import TemporaryFile

import orjson
from corpora import concluded as concluded_by
from samples import EpisodeJson, episode, seal

from madata.validators.check import Conclusion
from madata.validators.corpus.document import Document, Item
from madata.validators.corpus.rows import Fields
from madata.validators.near_duplicates import CHECK, COPY, MINIMAL, TEMPLATED
from madata.validators.runner import target, validate
from madata.validators.settings import Settings

SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve".split()
VOCABULARY = ["".join(each) for each in product(SYLLABLES, repeat=3)]
CLUSTERS = "clusters, the first of each kept"


def words(seed: object, count: int = 150) -> list[str]:
    return random.Random(f"words {seed}").choices(VOCABULARY, k=count)


def edited(text: str, seed: int = 0, share: float = 0.03) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(words(seed)) if rng.random() < share else word for word in text.split())


def row(name: str, text: str, question: str = "") -> Document:
    return Document(name, "rows.jsonl", (text,), (Item("q0", question, (), (), {}),) if question else ())


def others(count: int) -> list[Document]:
    return [row(f"other {number}", " ".join(words(number))) for number in range(count)]


def concluded(*corpus: EpisodeJson | Document) -> Conclusion:
    return concluded_by(CHECK, *corpus)


def named(conclusion: Conclusion) -> list[str]:
    return [finding.episode for finding in conclusion.findings]


def test_different_texts_are_left_alone() -> None:
    conclusion = concluded(*others(100))
    assert conclusion.findings == []
    assert conclusion.figures["texts"] == 100
    assert conclusion.figures[CLUSTERS] == []


def test_of_a_text_and_its_edited_copies_the_first_is_kept() -> None:
    text = " ".join(words("a"))
    one, two = row("one", edited(text, 1)), row("two", edited(text, 2))
    first, *rest = others(20)
    conclusion = concluded(first, row("original", text), *rest, one, two)
    assert named(conclusion) == ["one", "two"]
    assert conclusion.figures[CLUSTERS] == [["original", "one", "two"]]
    assert conclusion.findings[0].found.endswith("% of the words of original; original is kept")
    assert {"original", "one"} in [set(example.sides) for example in conclusion.examples]
    assert text in conclusion.examples[0].sides.values()


def test_more_edits_than_the_limit_allows() -> None:
    text = " ".join(words("a", 400))
    assert named(concluded(row("original", text), row("rewritten", edited(text, share=0.15)))) == []


def templated(number: int, shared: int = 0) -> str:
    own = [*words("shared", shared), *words(f"own {number}", 24 - shared)]
    return " ".join([*words("template", 200), *own, *words("end", 100)])


def test_a_template_is_no_copy() -> None:
    corpus = [row(str(number), templated(number)) for number in range(40)]
    conclusion = concluded(*corpus)
    assert conclusion.findings == []
    assert conclusion.figures[TEMPLATED] > 0
    conclusion = concluded(*corpus, row("again", edited(templated(7))))
    assert conclusion.figures[CLUSTERS] == [["7", "again"]]
    assert conclusion.figures[COPY] == 1


def test_how_much_of_what_is_no_template_makes_a_copy() -> None:
    corpus = [row(str(number), templated(number)) for number in range(40)]
    for shared, found in ((10, []), (20, ["other"])):
        one, other = row("one", templated(40, shared)), row("other", templated(41, shared))
        assert named(concluded(*corpus, one, other)) == found


def test_a_text_that_half_of_all_are_copied_from_is_no_template() -> None:
    text = " ".join(words("a"))
    copies = [row(f"copy {number}", edited(text, number)) for number in range(60)]
    conclusion = concluded(*others(60), *copies)
    assert named(conclusion) == [copy.id for copy in copies[1:]]


def test_a_row_under_other_names() -> None:
    text = " ".join(words("a", 40))
    assert named(concluded(row("one", f"So {text} Anna saw Ben."), row("other", f"So {text} Zoe saw Tom."))) == [
        "other"
    ]


def test_several_questions_on_a_text_are_no_copies() -> None:
    text = " ".join(words("a"))
    corpus = [row("who", text, "Who left?"), row("why", text, "Why?"), row("again", text, "Who left?")]
    conclusion = concluded(*corpus, row("copy", edited(text), "When?"))
    assert named(conclusion) == ["again", "copy"]
    assert conclusion.findings[0].found == "the words of who, which is kept"
    assert conclusion.figures[CLUSTERS] == [["who", "again", "copy"]]


def test_questions_without_a_text() -> None:
    question = " ".join(words("a", 30))
    corpus = [Document(name, "rows.jsonl", (), (Item("q0", question, (), (), {}),)) for name in ("one", "other")]
    assert named(concluded(*corpus)) == ["other"]


def test_a_script_without_spaces() -> None:
    rng = random.Random(0)
    text = "".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(120))
    assert named(concluded(row("one", text), row("other", f"{text[:50]}\u4e00{text[51:]}"))) == ["other"]


def spoken(number: int, text: str, **changes: object) -> EpisodeJson:
    record = episode(number)
    record["turns"] = [turn | {"text": text if not turn["index"] else "So it is."} for turn in record["turns"]]
    return seal(record | changes)


def test_episodes() -> None:
    text = " ".join(words("a"))
    original, copy = spoken(1, text), spoken(2, edited(text))
    assert named(concluded(original, spoken(3, " ".join(words("b"))), copy)) == [copy["id"]]


def test_an_episode_under_other_names_has_words_of_its_own() -> None:
    anna, zoe = (" ".join(f"{word} {name}" for word in words("a")) for name in ("Anna", "Zoe"))
    assert concluded(spoken(1, anna), spoken(2, zoe)).findings == []


def test_imported_episodes_are_compared_as_they_are_written() -> None:
    source = {"name": "Sally", "item": "1", "licence": "MIT", "allowed_use": "evaluation", "text": ""}
    provenance = episode(1)["provenance"] | {"source": source}
    anna, zoe = (" ".join(f"{word} {name}" for word in words("a")) for name in ("Anna", "Zoe"))
    told, other, again = (spoken(number, text, provenance=provenance) for number, text in enumerate((anna, zoe, anna)))
    more = seal(again | {"questions": again["questions"][:1]})
    conclusion = concluded(told, other, again, more)
    assert named(conclusion) == [again["id"]]


def test_a_minimal_pair_is_no_copy() -> None:
    text = " ".join(words("a"))
    original = spoken(1, text)
    world = original["world"] | {"events": original["world"]["events"][1:]}
    conclusion = concluded(original, spoken(1, edited(text), world=world))
    assert conclusion.findings == []
    assert conclusion.figures[MINIMAL] == 1
    assert len(concluded(original, spoken(1, edited(text))).findings) == 1


def test_hostile_texts() -> None:
    texts = ["", "\ud800", "\0" * 50, "...", "a", "a a a a a a a a", "x" * 100_000, "\U0010ffff " * 20, "a\u0307" * 99]
    conclusion = concluded(*(row(f"<b>{number}", text) for number, text in enumerate(texts)))
    assert conclusion.findings == []
    assert concluded().figures["texts"] == 0
    long = row("long", "la " * 200_000)
    assert named(concluded(long, long)) == ["long"]


def test_rows_in_worker_processes(tmp_path: Path) -> None:
    text = words("a", 2000)
    texts = [" ".join(words(number, 2000)) for number in range(200)]
    texts[3], texts[190] = " ".join(text), edited(" ".join(text))
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b"".join(orjson.dumps({"t": each}) + b"\n" for each in texts))
    settings = Settings(fields=Fields.read(["t"]))
    with TemporaryFile() as log:
        verdict = validate([target(path)], log, ("near_duplicates",), settings, workers=2)
    (finding,) = verdict.first
    assert finding.episode == f"{path}:191"
    assert verdict.checks["near_duplicates"].figures[CLUSTERS] == [[f"{path}:4", f"{path}:191"]]
    assert verdict.checks["near_duplicates"].judged == 200
