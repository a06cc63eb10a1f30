"""What is refused before Ray is asked; `tests/integration/test_ray.py` has the rest."""

import socket

import pytest

from madata import cli
from madata.generators import cluster


@pytest.fixture
def closed():
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        yield probe.getsockname()[1]


def refusal(capsys, address):
    assert cli.run(["generate", "tom", "--n", "3", "--ray", address]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_an_address_without_a_cluster_is_refused_at_once(tmp_path, monkeypatch, capsys, closed):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "find_spec", lambda name: name)
    for address in ("auto", "ray://127.0.0.1:10001", "127.0.0.1", "host:port"):
        line = f"madata: --ray {address}: give HOST:PORT of the head node, such as 10.0.0.1:6379\n"
        assert refusal(capsys, address) == line
    for address in (f"127.0.0.1:{closed}", "127.0.0.1:99999", "no-such-host.invalid:6379"):
        line = refusal(capsys, address)
        assert line.startswith(f"madata: --ray {address}: ")
        assert line.endswith("; is the head node running there (`ray status`)?\n")
    assert list(tmp_path.iterdir()) == []


def test_ray_that_is_not_installed_is_said(monkeypatch, capsys):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    expected = "madata: --ray: Ray is not installed here; `pip install 'madata[ray]'`, on every node of the cluster\n"
    assert refusal(capsys, "127.0.0.1:6379") == expected
