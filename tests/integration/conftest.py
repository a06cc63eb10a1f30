"""Real servers, each started once: `make teacher` builds what they need."""

import os
from contextlib import contextmanager
from pathlib import Path

import pytest

import madata
from madata.generators.teachers.server import serving

ENVIRONMENT = Path(madata.__file__).parent / ".venv-vllm"
PYTHON = ENVIRONMENT / "bin/python"
TINY = ("--load-format", "dummy", "--enforce-eager")
SIZE = ("--dtype", "bfloat16", "--max-model-len", "4096", "--max-num-seqs", "128")


@pytest.fixture(scope="session")
def models():
    """The directory of the models. Where servers are required, their absence is a failure."""
    if not (ENVIRONMENT / "ready").exists():
        absent = f"{ENVIRONMENT} is not there or not complete; `make teacher` builds it"
        if os.environ.get("CI") or os.environ.get("MADATA_REQUIRE_TEACHER") == "1":
            pytest.fail(absent)
        pytest.skip(absent)
    return ENVIRONMENT / "models"


@contextmanager
def server(model, *arguments):
    with serving(str(model), python=PYTHON, arguments=[*SIZE, *arguments], say=print) as started:
        yield started


@pytest.fixture(scope="session")
def teacher(models):
    """SmolLM2-135M: speaks, and is mostly wrong."""
    with server(models / "smollm2-135m", "--enforce-eager") as started:
        yield started


@pytest.fixture(scope="session")
def tiny(models):
    """A model of random weights: fast noise."""
    with server(models / "tiny", *TINY) as started:
        yield started
