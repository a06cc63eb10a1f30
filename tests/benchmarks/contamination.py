"""How much of what is planted `contamination` finds, and what it costs: `python tests/benchmarks/contamination.py RUN`.

300 texts of `LEAST` words and more of each story benchmark, in English, are each put into an episode of the run as a
turn of its own: as it is; two thirds of it; with other names; with other names and other concrete nouns.
"""

import re
import sys
from itertools import islice
from pathlib import Path
from random import Random
from time import process_time

import orjson

from madata.validators.contamination import CHECK
from madata.validators.corpus.document import Document, of_episode
from madata.validators.corpus.ngrams import NAME, NOUN, TOKEN, Words
from madata.validators.corpus.reference import reference
from madata.validators.settings import Settings
from madata.validators.words import nouns

BENCHMARKS = Path("../shared/benchmarks")
LEAST = 26
STORIES = ("hitom", "tombench", "emobench", "coordinationqa")
NAMES = ("Ruvimbo", "Zurab", "Nadav", "Grzegorz", "Aroha", "Tamilselvi", "Kateryna", "Wahyu")
ENGLISH = re.compile(r"[ -\u2fff]+")


def changed(text: str, words: Words, marks: int, rng: Random) -> str:
    """The text with another name for each name and, if marked, another noun for each noun."""
    things = sorted(noun for noun, loose in nouns().items() if not loose)
    new: dict[str, str] = {}

    def other(found: re.Match[str]) -> str:
        code = words[found[0]]
        if not code & marks or found[0][0].isdecimal():
            return found[0]
        return new.setdefault(found[0].lower(), rng.choice(NAMES if code & NAME else things))

    return TOKEN.sub(other, text)


def main(run: Path) -> None:
    settings = Settings(against=(str(BENCHMARKS),))
    started = process_time()
    known = reference(settings.against)
    print(f"index: {len(known.texts):,} texts, {known.length:,} words, {process_time() - started:.1f} s")

    lines = (line for file in sorted(run.glob("episodes/*.jsonl")) for line in file.open("rb"))
    hosts = [of_episode(orjson.loads(line)) for line in islice(lines, 1000)]
    started = process_time()
    facts = [CHECK.fact(host, settings) for host in hosts]
    print(
        f"clean: {(process_time() - started) / len(hosts) * 1000:.2f} ms each, {sum(bool(f.hits) for f in facts)} found"
    )

    rng = Random(0)
    for benchmark in STORIES:
        items = [
            (index, text.text)
            for index, text in enumerate(known.texts)
            if f"/{benchmark}/" in text.file and len(TOKEN.findall(text.text)) >= LEAST and ENGLISH.fullmatch(text.text)
        ]
        items = rng.sample(items, min(len(items), 300))
        ways = {
            "as it is": lambda text: text,
            "two thirds": lambda text: text[: len(text) * 2 // 3],
            "names": lambda text: changed(text, known.words, NAME, rng),
            "names and nouns": lambda text: changed(text, known.words, NAME | NOUN, rng),
        }
        for way, change in ways.items():
            found = exact = 0
            for number, (index, text) in enumerate(items):
                host = hosts[number]
                parts = (*host.parts[:5], change(text), *host.parts[6:])
                fact = CHECK.fact(
                    Document(host.id, host.group, parts, host.items, host.people, (), host.episode), settings
                )
                found += bool(fact.hits)
                exact += any(hit.text == index for hit in fact.hits)
            shares = f"{found / len(items):.1%} of {len(items)} found, {exact / len(items):.1%} as itself"
            print(f"{benchmark}, {way}: {shares}")


main(Path(sys.argv[1]))
