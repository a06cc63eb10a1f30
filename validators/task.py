"""What judges one task only stands in the package of its name; the rest of `validators` finds it here.

Such a package has `spoken` (`Scene`: what the turns of models must say), `wording` (`faults`: whether they say it),
`probing` (`gated`, `belief`, `reality`: what `shortcuts` asks of a question), `measures` (what `balance` shows of an
episode) and `conduct` (what `safety` tells of it).
Only packages that are there are ever imported, whatever a record calls its task.
"""

from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType


@cache
def tasks() -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in Path(__file__).parent.glob("*/spoken.py")))


@cache
def module(task: str, name: str) -> ModuleType:
    """A module of a task's package."""
    if task not in tasks():
        raise LookupError(f"nothing here judges task {task!r}; there are: {', '.join(tasks())}")
    return import_module(f"{__package__}.{task}.{name}")


@cache
def has(task: str, name: str) -> bool:
    """Whether a task's package has a module."""
    folder = Path(__file__).parent / task
    return task in tasks() and ((folder / f"{name}.py").exists() or (folder / name).is_dir())
