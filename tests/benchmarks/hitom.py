"""How far two guesses get in Hi-ToM, by order and prompting type, and where its keys stand.

    python tests/benchmarks/hitom.py ../shared/benchmarks/hitom/Hi-ToM_data.json

Both guesses read nothing but the places named for the object asked about: the first of them, or the last.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

OBJECT = re.compile(r"the (\w+)(?: is| was| really|\?)")
OPTION = re.compile(r",?\s*[A-O]\. ")


def main() -> None:
    rows = json.loads(Path(sys.argv[1]).read_text("utf-8"))["data"]
    asked: Counter[tuple[str, int]] = Counter()
    first: Counter[tuple[str, int]] = Counter()
    last: Counter[tuple[str, int]] = Counter()
    stands: Counter[int] = Counter()
    for row in rows:
        thing = OBJECT.findall(row["question"])[-1]
        named = re.findall(rf"[Tt]he {thing} is in the (\w+)|moved the {thing} to the (\w+)", row["story"])
        places = [place for pair in named for place in pair if place]
        kind = row["prompting_type"], row["question_order"]
        asked[kind] += 1
        first[kind] += row["answer"] == places[0]
        last[kind] += row["answer"] == places[-1]
        stands[OPTION.split(row["choices"])[1:].index(row["answer"])] += 1
    for kind, count in sorted(asked.items()):
        print(*kind, f"of {count}: first {first[kind]}, last {last[kind]}")
    print(*(f"{'ABCDEFGHIJKLMNO'[place]} {count}" for place, count in stands.most_common()))


if __name__ == "__main__":
    main()
