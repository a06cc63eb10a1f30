"""What an install puts where: the root is the package, and nothing of it lands under a bare name."""

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from shutil import copytree, ignore_patterns

import pytest

import madata
from madata.generators import make
from madata.schemas.structure import of_task
from madata.validators.task import tasks as judged

ROOT = Path(madata.__file__).parent
HEAVY = {"datasets", "distilabel", "huggingface_hub", "jsonschema", "networkx", "numpy", "pandas", "pyarrow", "ray"}
NOT_SHIPPED = {"build", "docs", "runs", "tests"}


def visible() -> Iterator[PurePosixPath]:
    """The clone's files that could be part of the package, as paths below the root."""
    for top in ROOT.iterdir():
        if not top.name.startswith(".") and top.name not in NOT_SHIPPED and top.suffix != ".egg-info":
            for file in top.rglob("*") if top.is_dir() else [top]:
                if file.is_file() and "__pycache__" not in file.parts:
                    yield PurePosixPath(file.relative_to(ROOT))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from a copy of the clone."""
    work = tmp_path_factory.mktemp("wheel")
    copytree(ROOT, work / "clone", ignore=ignore_patterns(".*", *NOT_SHIPPED, "*.egg-info", "__pycache__"))
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", work, work / "clone"]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = work.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_wheel_holds_every_module_and_no_other_top_level_name(wheel: set[str]) -> None:
    assert {name for name in wheel if name.endswith(".py")} == {
        f"madata/{file}" for file in visible() if file.suffix == ".py"
    }
    assert {PurePosixPath(name).parts[0] for name in wheel} == {"madata", f"madata-{madata.__version__}.dist-info"}


def test_wheel_holds_the_data(wheel: set[str]) -> None:
    below_root = {f"madata/{file}" for file in visible() if len(file.parts) > 1 and file.suffix not in (".py", ".pyc")}
    data = {name for name in wheel if name.startswith("madata/") and not name.endswith(".py")}
    assert data == below_root | {"madata/py.typed"}


def test_public_names() -> None:
    assert sorted(madata.__all__) == ["Episode", "__version__", "features", "read_episode"]
    assert all(getattr(madata, name) for name in madata.__all__)
    with pytest.raises(AttributeError, match="no attribute 'epsiode'"):
        _ = madata.epsiode


@pytest.mark.parametrize("statement", ["import madata", "import madata.cli", "import madata.schemas"])
def test_import_is_light(statement: str) -> None:
    code = f"{statement}, sys; print(*{{name.partition('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/").stdout
    assert not HEAVY & set(loaded.split())


def test_a_task_has_all_its_parts() -> None:
    assert "tom" in make.tasks()
    assert list(judged()) == make.tasks()
    for task in make.tasks():
        assert make.families(task)
        assert callable(of_task(task))


def test_bare_names_are_not_importable() -> None:
    code = "import importlib.util as u; print([n for n in ('cli', 'eval', 'validators', 'schemas') if u.find_spec(n)])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/").stdout
    assert found.strip() == "[]"
