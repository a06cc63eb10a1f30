"""The seam of a check: what it is given and what it answers.

A check is one file with a `CHECK`. In this package it is given every episode; in the package of a task, those of that
task only. Several tasks may have a check of one name (`replay`): to the user it is one check. No check imports
`generators`.

`judge` looks at one episode (its JSON value, already accepted by the schema unless the check is `schema` itself). A
check on a whole corpus also gives `fact`, a small value taken from each document (an episode, or a row of a foreign
data set; None says that there is nothing in it for this check), and `conclude`, which sees all other facts in order; a
check on a run directory gives `audit`. `prepare` is called before all this, in the process that worker processes are
forked from, which share what it remembers; what the user asked for in vain it refuses (`InputError`). A task's check
has a `judge` and nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from madata.validators.picture import Example, Picture

if TYPE_CHECKING:
    from madata.validators.corpus.document import Document
    from madata.validators.settings import Settings

EpisodeJson = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong: in which episode (id, or file and line), where in it, what was expected and what was found."""

    check: str
    episode: str
    where: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.check}: {self.episode}, {self.where}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What a corpus check concludes: findings, figures (JSON values), pictures of them, and examples, worst first."""

    findings: list[Finding] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Check:
    """`tasks` are those whose episodes it is given, none for all; the runner fills it in."""

    name: str
    about: str
    judge: Callable[[EpisodeJson], Iterable[Finding]] | None = None
    fact: Callable[["Document", "Settings"], Any] | None = None
    conclude: Callable[[Iterator[Any], "Settings"], Conclusion] | None = None
    audit: Callable[[Path], Iterable[Finding]] | None = None
    prepare: Callable[["Settings"], object] | None = None
    tasks: tuple[str, ...] = ()

    def concerns(self, task: str) -> bool:
        return not self.tasks or task in self.tasks
