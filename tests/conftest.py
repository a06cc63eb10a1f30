import paired
import processes
import pytest
import standin

from madata.generators.counterfactuals import make as counterfactuals


@pytest.fixture
def made_up(monkeypatch):
    """Families that make quick, made-up episodes."""
    standin.install(monkeypatch.setattr)


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory):
    """A function from `--n` to what an undisturbed run leaves behind."""
    known = {}

    def files(n):
        if n not in known:
            cwd = tmp_path_factory.mktemp("undisturbed")
            assert processes.run("generate", "tom", "--n", n, "--out", "run", cwd=cwd).returncode == 0
            known[n] = processes.tree(cwd / "run")
        return known[n]

    return files


@pytest.fixture(scope="session")
def pairs_run(tmp_path_factory):
    """A run of counterfactuals, with pairs of each task."""
    work = tmp_path_factory.mktemp("pairs")
    episodes = [paired.made(*family) for family in paired.SOME]
    counterfactuals(paired.write(work / "episodes.jsonl", *episodes), work / "run", workers=1)
    return work / "run"
