"""Multi-agent datasets with labels true by construction.

Importing `madata` is cheap: what it offers is loaded on first use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from madata.schemas.features import features
    from madata.schemas.tasks import Episode, read_episode

__all__ = ["Episode", "__version__", "features", "read_episode"]

__version__ = "0.1.0"

_HOMES = {
    "Episode": "madata.schemas.tasks",
    "features": "madata.schemas.features",
    "read_episode": "madata.schemas.tasks",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'madata' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
