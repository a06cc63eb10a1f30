"""`--fix OUT`: what was judged, once more as a new run, without the lines that findings name.

Nothing is edited and nothing is lost. Each line is a slot, in the order of the files: one without a finding is written
as it is, byte for byte; any other is rejected, with the check as its reason, what the check found as detail, and itself
as `line` (unless it is longer than is ever read). `jq -r .line OUT/rejected/*` gives them back.

Moving lines does not mend what a finding says of a file, a family or the corpus as a whole; those are told.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from madata.schemas.rundir import REJECTED, refuse
from madata.validators.check import Finding
from madata.validators.corpus.selection import Rejected, Slot, source, write_selection
from madata.validators.lines import LINE_LIMIT, InputError, Line, LineError, parse_row, skip_line
from madata.validators.runner import Target, Verdict
from madata.validators.settings import Settings

KIND = "fixed"
SHOWN = 3
REPEATED = ("duplicates", "id")  # where several episodes have one id, the first of them may stay


def check(out: Path, targets: Sequence[Target]) -> None:
    """Raises `InputError` if it can be known before the work that the new run cannot be written."""
    refuse(out, InputError)
    for target in targets:
        source(target)


def fix(verdict: Verdict, settings: Settings, targets: Sequence[Target], out: Path) -> list[str]:
    """Writes the new run `out`; a line on what became of what, and one on what is not mended, if there is such."""
    fixing = Fix(verdict, settings)
    kept = fixing.write(targets, out)
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in fixing.moved.items())
    said = [f"{kept:,} kept in {out}, {fixing.moved.total():,} moved to {out / REJECTED}{reasons and f' ({reasons})'}"]
    if whole := list(fixing.unmet):
        several = ", .." if len(whole) > SHOWN else ""
        said.append(f"what was found of {', '.join(whole[:SHOWN])}{several} as a whole is not mended by moving lines")
    return said


class Fix:
    """Which lines have to go, from the findings; `moved` counts them by reason once they are written."""

    def __init__(self, verdict: Verdict, settings: Settings) -> None:
        self.settings = settings
        self.checks = list(verdict.checks)
        self.moved = Counter[str]()
        self.named: dict[str, Finding] = {}
        self.repeated: dict[str, Finding] = {}
        self.count = Counter[str]()
        for finding in map(as_finding, verdict.logged()):
            within = self.repeated if (finding.check, finding.where) == REPEATED else self.named
            within.setdefault(finding.episode, finding)
            self.count[finding.episode] += 1
        self.unmet = dict.fromkeys(self.count)

    def write(self, targets: Sequence[Target], out: Path) -> int:
        """Writes the new run; how many lines it has kept."""
        asked = {"checks": self.checks}
        slots = write_selection(out, KIND, targets, asked, self.slots(targets))
        return slots - self.moved.total()

    def slots(self, targets: Sequence[Target]) -> Iterator[Slot]:
        seen: set[str] = set()
        for path, called in (each for target in targets for each in target.called()):
            with path.open("rb") as file:
                for number, raw in enumerate(lines(file), 1):
                    where = f"{called}:{number}"
                    name, family = self.about(where, raw)
                    self.unmet.pop(where, None)
                    self.unmet.pop(name, None)
                    found = self.named.get(where) or self.named.get(name)
                    if not found and name in seen:
                        found = self.repeated[name]
                    if name in self.repeated and not found:
                        seen.add(name)
                    if found:
                        self.moved[found.check] += 1
                        yield Rejected(raw, family, found.check, self.detail(found))
                    else:
                        yield raw

    def about(self, where: str, raw: bytes) -> tuple[str, str]:
        """What findings call a line, and its family."""
        try:
            if self.settings.fields:
                return self.settings.fields.document(Line(where, parse_row(raw))).id, ""
            record = orjson.loads(raw)
            return text(record["id"]), text(record["family"])
        except (orjson.JSONDecodeError, LineError, LookupError, TypeError):
            return where, ""

    def detail(self, found: Finding) -> str:
        others = self.count[found.episode] - 1
        more = f" (and {others:,} more finding{'' if others == 1 else 's'})" if others else ""
        return f"{found.where}: expected {found.expected}, found {found.found}{more}"


def as_finding(line: bytes) -> Finding:
    return Finding(**orjson.loads(line))


def text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is longer than is ever read, nothing."""
    for raw in iter(partial(file.readline, LINE_LIMIT + 1), b""):
        if len(raw) > LINE_LIMIT and not raw.endswith(b"\n"):
            skip_line(file)
            yield b""
        else:
            yield raw
