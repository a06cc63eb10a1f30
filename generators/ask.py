"""From what a user typed to a `Config`: names are looked up, ranges are checked, and a mistake gets one line."""

import random
import re
from collections.abc import Iterable, Mapping

from rapidfuzz import process

from madata.generators import make
from madata.generators.family import Family
from madata.generators.run import ATTEMPTS, LIMIT, Config, UserError
from madata.generators.voices import SCRIPTED, Voices

DRAWS = 200  # of knobs, before a range is said to admit no world


def ask(
    task: str,
    n: int,
    families: Iterable[str] = (),
    seed: int = 0,
    knobs: Iterable[str] = (),
    attempts: int = ATTEMPTS,
    voices: Voices = SCRIPTED,
) -> Config:
    """The configuration of a run; `knobs` are `NAME=LOW..HIGH` or `NAME=VALUE`. Raises `UserError`."""
    if not 1 <= n <= LIMIT:
        raise UserError(f"--n {n}: give a number of episodes from 1 to {LIMIT:,}")
    if task not in (there := make.tasks()):
        raise UserError(unknown("task", task, there))
    known = make.families(task)
    asked = set(families)
    for name in asked:
        if name not in known:
            raise UserError(unknown("family", name, known))
    if voices.mode == "self-play":
        known = {name: family for name, family in known.items() if family.self_play}
        if unfit := asked - known.keys():
            raise UserError(f"--self-play: {', '.join(sorted(unfit))} has a script only; there are: {', '.join(known)}")
    if voices.cast == "one":
        known = {name: family for name, family in known.items() if family.partners}
        if not known or (unfit := asked - known.keys()):
            without = ", ".join(sorted(unfit)) if known else f"task {task}"
            raise UserError(f"--cast one: {without} has no scripted agents beside models; use --cast episode or agent")
    chosen = {name: family for name, family in known.items() if name in (asked or known)}
    ranges = dict(read_knob(text, chosen) for text in knobs)
    for family in chosen.values():
        refuse_impossible(family, ranges)
    return Config(
        task=task, n=n, families=tuple(chosen), seed=seed, knobs=ranges, attempts=attempts, **voices._asdict()
    )


def unknown(kind: str, word: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near, *_ = process.extractOne(word, names)
    return f"no {kind} is called {word!r}; did you mean {near!r}? (there are: {', '.join(names)})"


def read_knob(text: str, families: Mapping[str, Family]) -> tuple[str, tuple[int, int]]:
    parsed = re.fullmatch(r"(\w+)=(-?\d{1,9})(?:\.\.(-?\d{1,9}))?", text)
    if parsed is None:
        raise UserError(f"--knob {text}: write it as NAME=LOW..HIGH, such as agents=3..5")
    name, low, high = parsed[1], int(parsed[2]), int(parsed[3] or parsed[2])
    knobs = {family.name: family.knobs[name] for family in families.values() if name in family.knobs}
    if not knobs:
        raise UserError(unknown("knob", name, {knob for family in families.values() for knob in family.knobs}))
    least, most = max(knob.minimum for knob in knobs.values()), min(knob.maximum for knob in knobs.values())
    if not least <= low <= high <= most:
        raise UserError(f"--knob {text}: the range must rise and lie within {least}..{most} ({', '.join(knobs)})")
    return name, (low, high)


def refuse_impossible(family: Family, ranges: Mapping[str, tuple[int, int]]) -> None:
    rng = random.Random(0)
    for _ in range(DRAWS):
        drawn = {name: rng.randint(*ranges.get(name, (knob.low, knob.high))) for name, knob in family.knobs.items()}
        if (conflict := family.conflict(drawn)) is None:
            return
    raise UserError(f"--knob: these ranges admit no world of family {family.name!r}: {conflict}")
