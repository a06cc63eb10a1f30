"""Multi-agent datasets whose labels are true by construction."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from madata.schemas.features import features

__all__ = ["features"]


def __getattr__(name: str) -> Any:
    """`madata.features`, imported when asked for: `datasets` takes seconds to import."""
    if name == "features":
        from madata.schemas.features import features

        return features
    raise AttributeError(f"module 'madata' has no attribute {name!r}")
