import processes
import pytest
import standin


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
