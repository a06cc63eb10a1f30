"""What the user asked of the checks beside the paths to judge. Worker processes are given it whole."""

from dataclasses import dataclass

from madata.validators.asking import Reader
from madata.validators.corpus.rows import Fields


@dataclass(frozen=True, slots=True)
class Settings:
    """`fields`: the files hold rows, not episodes. `against`: what nothing may be taken from (`corpus.sources`).
    `reader`: the model that is asked what words cannot tell."""

    fields: Fields | None = None
    against: tuple[str, ...] = ()
    reader: Reader | None = None


DEFAULT = Settings()
