"""Nothing is lost: what a run was asked for, what it accepted and what it rejected add up.

Every slot of a run is filled once, by the attempt after those that were rejected, or has as many rejected attempts as
were allowed. An import, a selection, or a run made of the episodes of another has no attempts: each line is a slot; a
selection's are filled or rejected, those of the others all filled.
"""

import os
from collections.abc import Iterator
from itertools import count, groupby
from pathlib import Path
from typing import Any

import orjson

from madata.schemas.records import digest
from madata.schemas.rundir import EPISODES, REJECTED, RUN, Part, part
from madata.validators.check import Check, Finding

MEND = "(mend: give the command that made the run again)"
MOST_SHARDS = 100_000  # the number of a part has five digits


def audit(run: Path) -> Iterator[Finding]:
    try:
        stored = orjson.loads((run / RUN).read_bytes())
        config = stored["config"]
        asked, size, allowed = config["n"], config["shard_size"], config.get("attempts", 1)
        shards = -(-asked // size)
        sealed = digest(config)
        if not 0 < shards <= MOST_SHARDS:
            raise ValueError(f"n {asked} in shards of {size}")
    except (OSError, ValueError, LookupError, TypeError, ZeroDivisionError) as error:
        yield finding(run / RUN, "config", f"what was asked {MEND}", f"{type(error).__name__}: {error}")
        return
    if stored.get("config_hash") != sealed:
        yield finding(run / RUN, "config_hash", f"{sealed}, the hash of config", str(stored.get("config_hash")))

    accepted = 0
    missing = []
    for shard in range(shards):
        files = part(run, shard)
        slots = range(shard * size, min(asked, (shard + 1) * size))
        if not files.complete:
            missing.append(shard)
        elif "importer" in config or "kind" in config:
            accepted += len(lines(files.episodes))
        elif "selection" in config:
            settled, findings = chosen(files, slots)
            accepted += settled
            yield from findings
        else:
            filled, findings = reconcile(files, slots, allowed)
            accepted += filled
            yield from findings
    if missing:
        yield finding(run, "parts", f"{shards} complete parts {MEND}", f"{len(missing)} missing: {spans(missing)}")
    yield from strangers(run, shards)
    if accepted != asked:
        yield finding(run, "episodes", f"{asked} as asked", str(accepted))


def reconcile(files: Part, slots: range, allowed: int) -> tuple[int, list[Finding]]:
    """How many episodes a part holds, and what does not add up in it."""
    findings: list[Finding] = []
    filled: dict[int, list[int]] = {slot: [] for slot in slots}
    failed: dict[int, list[int]] = {slot: [] for slot in slots}
    reasons: dict[int, str] = {}
    for path, attempts, read in ((files.episodes, filled, by_episode), (files.rejected, failed, by_rejection)):
        for number, line in enumerate(lines(path), 1):
            try:
                slot, attempt, reason = read(orjson.loads(line))
                attempts[slot].append(attempt)
                reasons[slot] = reason
            except (ValueError, LookupError, TypeError) as error:
                expected = f"an attempt at a slot of {slots.start}..{slots.stop - 1}"
                findings.append(finding(f"{path}:{number}", "slot", expected, f"{type(error).__name__}: {error}"))
    for slot in slots:
        where = f"slot {slot}"
        tried = sorted(failed[slot])
        if len(filled[slot]) > 1:
            findings.append(finding(files.episodes, where, "one episode", f"{len(filled[slot])} episodes"))
        elif tried + filled[slot] != list(range(len(tried) + len(filled[slot]))):
            expected = "attempts 0, 1, .. of which the last is accepted"
            findings.append(finding(files.rejected, where, expected, f"rejected {tried}, accepted {filled[slot]}"))
        elif not filled[slot] and len(tried) == allowed:
            findings.append(
                finding(files.episodes, where, "an episode", f"{allowed} rejected attempts, {reasons[slot]}")
            )
        elif not filled[slot]:
            findings.append(finding(files.episodes, where, "an episode", f"none after {len(tried)} rejected attempts"))
    return sum(map(len, filled.values())), findings


def chosen(files: Part, slots: range) -> tuple[int, list[Finding]]:
    """How many slots a part of a selection settles, and what does not add up in it."""
    findings: list[Finding] = []
    left = set(slots)
    for number, line in enumerate(lines(files.rejected), 1):
        try:
            left.remove(orjson.loads(line)["slot"])
        except (ValueError, LookupError, TypeError) as error:
            expected = f"another slot of {slots.start}..{slots.stop - 1}"
            where = f"{files.rejected}:{number}"
            findings.append(finding(where, "slot", expected, f"{type(error).__name__}: {error}"))
    kept = len(lines(files.episodes))
    if kept != len(left):
        findings.append(
            finding(files.episodes, "lines", f"{len(left)}, a line a slot that was not rejected", str(kept))
        )
    return kept + len(slots) - len(left), findings


def by_episode(record: dict[str, Any]) -> tuple[int, int, str]:
    """Slot and attempt of an episode, from its seed `<task>/<seed>/<slot>/<attempt>`."""
    slot, attempt = map(int, record["seed"].split("/")[-2:])
    if record["provenance"]["attempts"] != attempt + 1:
        raise ValueError(f"attempt {attempt} but {record['provenance']['attempts']} attempts")
    return slot, attempt, ""


def by_rejection(record: dict[str, Any]) -> tuple[int, int, str]:
    return record["slot"], record["attempt"], f"the last for {record['reason']}"


def strangers(run: Path, shards: int) -> Iterator[Finding]:
    """Files that look like part of the data but belong to no shard."""
    for kind in (EPISODES, REJECTED):
        known = {f"part-{shard:05d}.jsonl" for shard in range(shards)}
        for path in sorted((run / kind).glob("[!.]*")):
            if path.name not in known:
                yield finding(path, "file", f"one of {shards} parts (mend: move it away)", "a file of no shard")


def lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def spans(numbers: list[int]) -> str:
    """Ascending numbers as "0, 3-5, 9"."""
    runs = [
        [number for number, _ in run]
        for _, run in groupby(zip(numbers, count(), strict=False), lambda at: at[0] - at[1])
    ]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def finding(subject: Path | str, where: str, expected: str, found: str) -> Finding:
    shown = os.fsencode(subject).decode(errors="backslashreplace")  # a file of no shard may have any name
    return Finding(CHECK.name, shown, where, expected, found)


CHECK = Check("counts", "run.json, accepted and rejected reconcile: each slot filled exactly once", audit=audit)
