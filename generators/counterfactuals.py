"""The verb `counterfactuals`: of the episodes of a run or of JSONL files, minimal pairs and preferences, as a run.

    run.json            what it was made of: the files by their hash, how many episodes were read
    episodes/, rejected/    an original and its counterfactual, in turn; episodes that gave no pair, with the reason
    pairs.jsonl         what was changed in each pair, and which questions have another answer (`minimal_pairs.py`)
    preferences.jsonl   a right answer and a near miss, of questions of both (`preferences.py`)

Only an episode that every check accepts is taken: a wrong label would be copied, and set against a true one. Whatever
gives no pair is counted. The directory is made under another name and renamed when it is complete.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from madata.generators.minimal_pairs import Skipped, pair
from madata.generators.preferences import preferences
from madata.generators.run import SHARD_SIZE, UserError
from madata.schemas import canonical, read_episode
from madata.schemas.rundir import PAIRS, PREFERENCES, describe, part, whole
from madata.validators.check import Finding
from madata.validators.lines import Chunk, Line, read, split
from madata.validators.runner import attempt, begin_worker, checks, target

Json = dict[str, Any]


@dataclass(slots=True)
class Made:
    """What came of one line: an original with its counterfactual and their preferences, or why nothing did."""

    family: str
    skipped: Skipped | None = None
    episodes: tuple[bytes, ...] = ()
    pair: Json = field(default_factory=dict)
    preferences: tuple[Json, ...] = ()


@dataclass(slots=True)
class Summary:
    read: int = 0
    pairs: int = 0
    flipped: int = 0
    questions: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    whys: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        lines = [
            f"{self.read:,} episodes read: {self.pairs:,} pairs, {sum(self.skipped.values()):,} skipped",
            f"{self.flipped:,} of the {self.questions:,} questions of the pairs have another answer",
            f"pairs by what was changed: {listed(self.changes)}",
            f"{sum(self.whys.values()):,} preferences, by what is wrong with the rejected answer: {listed(self.whys)}",
        ]
        return "\n".join([*lines, f"skipped because: {listed(self.skipped)}"] if self.skipped else lines)


def listed(counts: Counter[str]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{name} {count:,}" for name, count in ordered) or "none"


def make(path: Path, out: Path, workers: int | None = None) -> Summary:
    """Writes the run `out`. Raises `UserError` and `InputError`."""
    with whole(out, UserError) as making:
        found = target(path)
        chunks = [each for file in found.files for each in split(file)]
        with (making / PAIRS).open("wb") as pairs, (making / PREFERENCES).open("wb") as preferred:
            summary = write(making, made_of(chunks, workers or os.cpu_count() or 1), pairs, preferred)
        if not summary.pairs:
            raise UserError(f"{path}: no episode gives a pair; skipped: {listed(summary.skipped)}")
        config = {
            "kind": "counterfactuals",
            "files": {
                file.relative_to(path).as_posix() if found.run else file.name: hashed(file) for file in found.files
            },
            "read": summary.read,
            "n": 2 * summary.pairs,
            "shard_size": SHARD_SIZE,
        }
        describe(making, config)
    return summary


def hashed(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def made_of(chunks: list[Chunk | Finding], workers: int) -> Iterator[Made]:
    """Of all lines, in their order."""
    if len(chunks) < 2 or workers < 2:
        yield from (made for chunk in chunks for made in of_chunk(chunk))
        return
    try:
        with ProcessPoolExecutor(workers, initializer=begin_worker) as pool:
            for several in pool.map(of_chunk, chunks):
                yield from several
    except BrokenProcessPool as error:
        raise UserError("a worker process was killed (out of memory?): free some memory and run again") from error


def of_chunk(chunk: Chunk | Finding) -> list[Made]:
    lines = [chunk] if isinstance(chunk, Finding) else read(chunk)
    return [of_line(line) for line in lines]


def of_line(line: Line | Finding) -> Made:
    if isinstance(line, Finding):
        return Made("", Skipped("unreadable", str(line)))
    try:
        return of_episode(line)
    except Skipped as skipped:
        return Made(str(line.record.get("family", ""))[:60], skipped)


def of_episode(line: Line) -> Made:
    """Raises `Skipped`."""
    refuse(line)
    original = line.record
    episode = read_episode(original)
    found = pair(original, episode)
    other = read_episode(found.episode)
    return Made(
        episode.family,
        episodes=(canonical(original), canonical(found.episode)),
        pair=found.record,
        preferences=(*preferences(episode), *preferences(other)),
    )


def refuse(line: Line) -> None:
    """What is not accepted, is not ours, or is not in the words of the templates."""
    gate, *others = (check for check in checks().values() if check.judge)
    for check in (gate, *others):
        assert check.judge
        if check is gate or check.concerns(line.record["task"]):
            for finding in attempt(check.name, line.where, partial(check.judge, line.record)):
                raise Skipped("not_valid", str(finding))
        if check is gate and (reason := foreign(line.record["provenance"])):
            raise Skipped(*reason)


def foreign(provenance: Json) -> tuple[str, str] | None:
    if provenance["source"]:
        return "imported", f"the words and answers are those of {provenance['source']['name']}"
    if provenance["spoken"] or provenance["mode"] == "self-play":
        return "spoken_by_a_model", "a model chose the words or the acts: only templates can tell it again"
    return None


def write(run: Path, made: Iterable[Made], pairs: BinaryIO, preferred: BinaryIO) -> Summary:
    """Parts of `SHARD_SIZE` episodes, each with what was rejected meanwhile."""
    summary, accepted, rejected, number = Summary(), list[bytes](), list[bytes](), 0
    for each in made:
        slot, summary.read = summary.read, summary.read + 1
        if each.skipped:
            reason, detail = each.skipped.reason, each.skipped.detail
            summary.skipped[reason] += 1
            about = {"slot": slot, "attempt": 0, "family": each.family, "reason": reason, "detail": detail}
            rejected.append(canonical(about) + b"\n")
            continue
        if len(accepted) == SHARD_SIZE:
            publish(run, number, accepted, rejected)
            accepted, rejected, number = [], [], number + 1
        accepted += [line + b"\n" for line in each.episodes]
        pairs.write(canonical(each.pair) + b"\n")
        preferred.writelines(canonical(preference) + b"\n" for preference in each.preferences)
        summary.pairs += 1
        summary.flipped += len(each.pair["questions"])
        summary.questions += len(each.pair["questions"]) + each.pair["unchanged"]
        summary.changes[each.pair["change"]["kind"]] += 1
        summary.whys.update(preference["why"] for preference in each.preferences)
    publish(run, number, accepted, rejected)
    return summary


def publish(run: Path, number: int, accepted: list[bytes], rejected: list[bytes]) -> None:
    files = part(run, number)
    for path, lines in ((files.rejected, rejected), (files.episodes, accepted)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(lines))
