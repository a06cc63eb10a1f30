"""Runs with models from the command line, as processes of their own."""

import os
import subprocess
import sys
from urllib.request import urlopen

import orjson
from processes import tree

ENTRY = "from madata.cli import main; main()"
PARTS = ("episodes", "rejected")


def start(*arguments, cwd, task="tom", **env):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | env
    command = [sys.executable, "-P", "-c", ENTRY, "generate", task, *map(str, arguments), "--out", "run"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=cwd, env=environment, start_new_session=True, **streams)


def generate(*arguments, cwd, seconds=240, **env):
    process = start(*arguments, cwd=cwd, **env)
    stdout, stderr = process.communicate(timeout=seconds)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def at(url, model="fake"):
    return ("--teacher", f"{url}/v1", "--model", model)


def asked(url):
    with urlopen(f"{url}/asked") as answer:
        return orjson.loads(answer.read())["asked"]


def parts(run):
    return {name: content for name, content in tree(run).items() if name.startswith(PARTS)}
