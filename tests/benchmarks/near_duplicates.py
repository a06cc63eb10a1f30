"""Near-duplicates side by side: `python tests/benchmarks/near_duplicates.py [N ...] [--runs RUN ...] [--alone]`.

N made-up dialogues of 120 to 260 words (their words drawn by Zipf's law), or the episodes of runs; every tenth has
another one's words with 3 % of them replaced, left out or followed by a new one. Each contender works in one process
of its own, is given the same masked texts and the same shingles of five words, and compares its candidates with
rapidfuzz. Its seconds are those of a processor: from a text to clusters, without the making of the texts. Recall is
the share of copies in a cluster with what they were copied from, precision that of documents named that are copies.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import accumulate, chain, islice
from pathlib import Path
from time import process_time

import orjson
from rapidfuzz.distance import Indel

from madata.validators.corpus.document import Document, of_episode
from madata.validators.near_duplicates import ALIKE, ASCII_GAPS, as_characters, conclude, fact
from madata.validators.settings import DEFAULT

EDITS = 0.03
COPIES = 10  # one document in so many is a copy
SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve wi xo yu za kor lin mes tan".split()


@cache
def vocabulary():
    words = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
    random.Random(0).shuffle(words)
    return words, list(accumulate(1 / (rank + 2) for rank in range(len(words))))


def edited(text, rng):
    words, weights = vocabulary()
    out = []
    for word in text.split(" "):
        edit = rng.choice("replace leave_out add".split()) if rng.random() < EDITS else ""
        out += [word] * (edit in ("", "add"))
        if edit in ("replace", "add"):
            out += rng.choices(words, cum_weights=weights)
    return " ".join(out)


def made_up(count):
    words, weights = vocabulary()

    def text(number):
        rng = random.Random(number)
        return " ".join(rng.choices(words, cum_weights=weights, k=rng.randint(120, 260)))

    for number in range(count - count // COPIES):
        yield Document(f"{number}", "made up", (text(number),))
    for number in range(count // COPIES):
        yield again(Document(f"{number}", "made up", (text(number),)))


def planted(runs):
    def documents():
        for file in chain.from_iterable(sorted(Path(run).glob("episodes/part-*.jsonl")) for run in runs):
            for line in file.read_bytes().splitlines():
                yield of_episode(orjson.loads(line))

    yield from documents()
    yield from map(again, islice(documents(), 0, None, COPIES - 1))


def again(document):
    rng = random.Random(document.id)
    return replace(document, id=f"{document.id} again", parts=tuple(edited(part, rng) for part in document.parts))


class Watch:
    """Seconds of the processor, without those in which documents are made."""

    def __init__(self):
        self.started = process_time()
        self.making = 0.0

    def made(self, documents):
        while True:
            started = process_time()
            some = list(islice(documents, 1000))
            for document in some:
                document.masked  # noqa: B018 (cached: all contenders are given it)
            self.making += process_time() - started
            if not some:
                return
            yield from some

    def seconds(self):
        return process_time() - self.started - self.making


def madata(documents):
    conclusion = conclude((fact(document, DEFAULT) for document in documents), DEFAULT)
    return conclusion.figures["clusters, the first of each kept"]


def shingles(documents, ids, texts):
    for document in documents:
        text = document.text if document.episode else document.masked
        ids.append(document.id)
        texts.append(as_characters(text))
        each = text.lower().translate(ASCII_GAPS).split()
        yield {" ".join(each[place : place + 5]) for place in range(len(each) - 4)}


def datasketch(documents):
    from datasketch import MinHash, MinHashLSH

    ids, texts, candidates = [], [], []
    index = MinHashLSH(threshold=0.6, num_perm=128)
    sets = ([each.encode() for each in own] for own in shingles(documents, ids, texts))
    for number, sketch in enumerate(MinHash.generator(sets, num_perm=128)):
        candidates += [(other, number) for other in index.query(sketch)]
        index.insert(number, sketch, check_duplication=False)
    return alike(candidates, ids, texts)


def rensa(documents):
    from rensa import RMinHash, RMinHashLSH

    ids, texts, candidates = [], [], []
    index = RMinHashLSH(threshold=0.6, num_perm=128, num_bands=16)
    sets = shingles(documents, ids, texts)
    while batch := [list(own) for own in islice(sets, 1000)]:
        first = len(ids) - len(batch)
        sketches = RMinHash.from_token_sets(batch, num_perm=128, seed=1)
        index.insert_many(sketches, start_key=first)
        for number, others in enumerate(index.query_all(sketches), first):
            candidates += [(other, number) for other in others if other < number]
    return alike(candidates, ids, texts)


def alike(candidates, ids, texts):
    return [
        (ids[one], ids[other])
        for one, other in candidates
        if Indel.normalized_similarity(texts[one], texts[other], score_cutoff=ALIKE)
    ]


CONTENDERS = {each.__name__: each for each in (madata, datasketch, rensa)}


def measured(contender, count, runs):
    """In this process: what a contender does, and its peak memory beyond what it began with."""
    contender(made_up(10))  # imports
    copies = []

    def documents():
        for document in watch.made(planted(runs) if runs else made_up(count)):
            copies.append(document.id.endswith(" again"))
            yield document

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    watch = Watch()
    groups = contender(documents())
    seconds = watch.seconds()
    named = {each for _, *others in groups for each in others}
    right = {each for first, *others in groups for each in others if each == f"{first} again"}
    peak = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {
        "documents": len(copies),
        "seconds": seconds,
        "recall": len(right) / sum(copies),
        "precision": sum(each.endswith(" again") for each in named) / max(1, len(named)),
        "megabytes": peak,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("n", nargs="*", type=int)
    parser.add_argument("--runs", nargs="+", default=[])
    parser.add_argument("--alone", action="store_true", help="without the peers")
    parser.add_argument("--contender", choices=CONTENDERS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.contender:
        print(json.dumps(measured(CONTENDERS[asked.contender], *asked.n, asked.runs)))
        return
    for count in [0] if asked.runs else asked.n or [20_000]:
        own = None
        for name in ["madata"] if asked.alone else CONTENDERS:
            runs = ["--runs", *asked.runs] if asked.runs else []
            command = [sys.executable, __file__, "--contender", name, str(count), *runs]
            figures = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            own = own or figures["seconds"]
            print(
                f"{name:10} {figures['documents']:>9,} documents  {figures['seconds']:7.2f} s"
                f" ({figures['seconds'] / own:5.1f} x)  recall {figures['recall']:.4f}"
                f"  precision {figures['precision']:.4f}  {figures['megabytes']:6.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main()
