"""What docs/tombench.md says of single rows of ToMBench, beyond what checks over any corpus see.

    python tests/benchmarks/tombench.py ../shared/benchmarks/tombench

The 600 rows of the False Belief Task are 100 stories of two forms with six questions each, so every answer can be
derived again from the words; the rows of the Scalar Implicature Test are pairs, one asked before and one after somebody
counts; and each row is there in two languages, which should say the same.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEY = "答案\nANSWER"
Row = dict[str, Any]

MOVED = re.compile(
    r"find (?:an? |the )?([\w ]+?) in(?:side)? the ([\w ]+?),.* moves? the [\w ]+? (?:to|into) the ([\w ]+?)\.?\s*$"
)
LABELLED = re.compile(
    r"(?:label|tag) on .*? is (?:an? |the )?([\w ]+?),.*? finds? (?:an? |the )?([\w ]+?)(?: inside| in the [\w ]+)?,"
)
MOVED_ZH = re.compile(
    r"在(\w+?)里?面?(?:发现|找到|看到)了?\w+?，.*?(?:移动|放|转移)到了?(\w+?)(?:里面|里)?[。\s]*$"  # noqa: RUF001
)
# Of a story's six questions: whether the answer is what is so (0), or what was or is written on the label (1).
ASKED = (0, 1, 0, 1, 1, 1)


def plain(words: str) -> str:
    return re.sub(r"[^a-z]", "", words.lower()).removesuffix("s").removesuffix("e")


def options(row: Row, prefix: str) -> dict[str, str]:
    return {letter: row[prefix + letter] for letter in "ABCD" if isinstance(row[prefix + letter], str)}


def chosen(row: Row, prefix: str) -> str:
    return options(row, prefix).get(row[KEY].strip(". "), "")


def false_beliefs(rows: list[Row]) -> Iterator[str]:
    unread = 0
    for number, row in enumerate(rows, 1):
        place = (number - 1) % 6
        if found := MOVED.search(row["STORY"]):
            truth = (found[3], found[2])[ASKED[place]]
        elif found := LABELLED.search(row["STORY"]):
            truth = (found[2], found[1])[ASKED[place]]
        else:
            unread += 1
            continue
        key = chosen(row, "OPTION-")
        if plain(truth) != plain(key):
            rival = plain(truth) in map(plain, options(row, "OPTION-").values())
            yield f"{number}: key {key!r}, derived {truth!r}{', which is offered' if rival else ''}"
        if found := MOVED_ZH.search(row["故事"]):
            truth, key = (found[2], found[1])[ASKED[place]], re.sub(r"^[A-D]\W*", "", chosen(row, "选项"))
            if truth != key:
                yield f"{number}, Chinese: key {key}, derived {truth}"
    yield f"stories that the two forms do not read: {unread} rows"


def implicatures(rows: list[Row]) -> Iterator[str]:
    for number, (first, second) in enumerate(zip(rows[::2], rows[1::2], strict=True)):
        if "前" in second["问题"] and "后" not in second["问题"]:
            keys = [re.findall(r"\d+", chosen(row, "OPTION-"))[-1] for row in (first, second)]
            offered = any(keys[0] in re.findall(r"\d+", text) for text in options(second, "OPTION-").values())
            again = f", {keys[0]} is offered again" if offered else ""
            yield f"{2 * number + 1} and {2 * number + 2} ask the same: keys {' and '.join(keys)}{again}"


def languages(file: str, rows: list[Row]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        english, chinese = options(row, "OPTION-"), options(row, "选项")
        if len(english) != len(chinese):
            yield f"{file}:{number}: {len(english)} options in English, {len(chinese)} in Chinese"
        if len(set(english.values())) < len(english):
            yield f"{file}:{number}: equal options {[*english.values()]}"
        if row[KEY] not in english:
            yield f"{file}:{number}: key {row[KEY]!r}"
        names = re.findall(r"(?<!^)(?<![.?!] )\b[A-Z][a-z]+", row["QUESTION"])
        story = re.sub(r"[^a-z]", "", row["STORY"].lower())
        if missing := [name for name in names if name.lower() not in story]:
            yield f"{file}:{number}: asks of {' '.join(dict.fromkeys(missing))}, whom the English story does not name"


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.jsonl"))
    rows = {path.stem: [json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in files}
    print("False Belief Task", *false_beliefs(rows["False Belief Task"]), sep="\n  ")
    print("Scalar Implicature Test", *implicatures(rows["Scalar Implicature Test"]), sep="\n  ")
    print("Two languages", *(found for file in rows for found in languages(file, rows[file])), sep="\n  ")


if __name__ == "__main__":
    main()
