"""A generated run beside one of people (`madata realism RUN HUMAN --out DIR`).

What can be compared, and what is measured of it, is a task's to say: the module of its name here, with `KIND`. Which
one it is follows from what people did. Both runs are measured by the same code.
"""

from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import iter_modules

from madata.cards.realism.figures import Comparison, Kind, beside, write
from madata.cards.show import episodes
from madata.validators.lines import InputError

__all__ = ["Comparison", "compare", "write"]


def compare(run: Path, human: Path) -> Comparison:
    """Raises `InputError` for a run that has nothing to compare."""
    return beside(kind(human), run, human)


def kind(human: Path) -> Kind:
    tasks = [module.name for module in iter_modules(__path__)]
    for episode in islice(episodes(human), 1):
        if episode.task in tasks:
            found: Kind = import_module(f"{__name__}.{episode.task}").KIND
            return found
        raise InputError(f"{human} is of task {episode.task}: name a run of people's, as `madata import` makes")
    raise InputError(f"{human} holds no valid episode: see `madata validate {human}`")
