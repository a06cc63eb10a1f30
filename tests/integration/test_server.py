"""Real vLLM servers: what they answer, and that nothing of them is left."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from processes import members, wait_for

from madata.generators.run import UserError
from madata.generators.teachers.server import serving

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

QUESTION = [{"role": "user", "content": "What is the capital of France? Answer in one sentence."}]
SHELVES = {
    "type": "object",
    "properties": {"place": {"enum": ["box", "basket"]}, "sure": {"type": "boolean"}},
    "required": ["place", "sure"],
    "additionalProperties": False,
}


def chat(server, messages=QUESTION, **options):
    body = {"model": server.name, "messages": messages, "temperature": 0, **options}
    response = requests.post(f"{server.url}/chat/completions", json=body, timeout=120)
    assert response.status_code == 200, response.text
    return response.json()


def choice(answer):
    (only,) = answer["choices"]
    return only["message"]["content"], only["finish_reason"]


def test_a_real_model_speaks(teacher):
    assert teacher.name == "smollm2-135m"
    answer = chat(teacher, max_tokens=60)
    text, finish = choice(answer)
    assert "Paris" in text and finish == "stop"
    assert answer["usage"]["completion_tokens"] > 3


def test_decoding_is_constrained_by_a_schema(teacher):
    schema = {"type": "json_schema", "json_schema": {"name": "where", "schema": SHELVES, "strict": True}}
    text, finish = choice(chat(teacher, max_tokens=60, response_format=schema))
    assert finish == "stop"
    assert json.loads(text).keys() == {"place", "sure"} and json.loads(text)["place"] in ("box", "basket")


@pytest.mark.parametrize("served", ["teacher", "tiny"])
def test_an_answer_that_is_cut_off_says_so(served, request):
    answer = chat(request.getfixturevalue(served), max_tokens=3)
    assert choice(answer)[1] == "length"
    assert answer["usage"]["completion_tokens"] == 3


def test_the_models_are_listed(tiny):
    models = requests.get(f"{tiny.url}/models", timeout=10).json()["data"]
    assert [model["id"] for model in models] == ["tiny"] == [tiny.name]


def test_a_missing_directory_is_one_line_and_the_end_of_the_log(models, tmp_path):
    said = []
    with (
        pytest.raises(
            UserError, match=r"^/nowhere/model: the vLLM server ended before it was healthy; .*\.log\)$"
        ) as refused,
        serving("/nowhere/model", python=models.parent / "bin/python", say=said.append),
    ):
        pytest.fail("nothing is served")
    assert "'/nowhere/model'" in said[-1]
    forget(Path(refused.value.args[0].rpartition("(")[2].removesuffix(")")))


@pytest.mark.parametrize("whom", ["madata", pytest.param("server", marks=pytest.mark.slow)])
def test_a_kill_leaves_no_process_and_no_memory(models, whom):
    shared = set(Path("/dev/shm").iterdir())
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "MADATA_VLLM_PYTHON": str(models.parent / "bin/python"),
    }
    command = [sys.executable, "-P", "-m", "madata", "serve", str(models / "tiny"), "--"]
    command += ["--load-format", "dummy", "--enforce-eager", "--dtype", "bfloat16"]
    madata = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    url, name = madata.stdout.readline().split()
    assert (url.startswith("http://127.0.0.1:"), name) == (True, "tiny")
    (leash,) = children(madata.pid)
    (server,) = children(leash)
    group = members(leash)
    assert len(group) > 2  # the leash, the server, and the engine at least
    directory = Path(f"/proc/{leash}/cmdline").read_text().split("\0")[4]
    assert Path(directory).is_dir()

    os.kill(madata.pid if whom == "madata" else server, signal.SIGKILL)
    _, stderr = madata.communicate(timeout=30)
    wait_for(lambda: not members(leash), 20)
    assert set(Path("/dev/shm").iterdir()) <= shared
    if whom == "madata":
        assert not Path(directory).exists()
    else:
        assert madata.returncode == 1
        log = Path(directory) / "vllm.log"
        assert stderr.endswith(f"ended by itself; its log is {log}\n") and log.is_file()
        forget(log)


def forget(log):
    """Removes what a server that ended by itself leaves on purpose."""
    log.unlink()
    log.parent.rmdir()


def children(parent):
    """Ids of the living children of a process."""
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
