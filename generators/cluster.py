"""The pipeline on a Ray cluster: what `supervise.py` does for processes of its own, for actors on other machines.

The host process is the driver of a Ray job, whose steps and queues are actors and end with it. They inherit neither
the supervisor's pipe nor its lock. So steps report to a queue of the job's; the host passes on what it finds there,
looks at the actors, and ends as soon as one is lost. Then the supervisor starts another pipeline for what is missing,
as it does on one machine: what is missing is known from the run directory, which all nodes share.
"""

import contextlib
import logging
import os
import re
import socket
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import orjson

from madata.generators.run import Failed, Run, UserError
from madata.generators.supervise import tell

BEAT = 0.5  # seconds between looks at actors and reports
PATIENCE = 5  # seconds for the head node to accept a connection; Ray itself would try for two minutes


def check(address: str) -> None:
    """Refuses an address that leads to no cluster."""
    if find_spec("ray") is None:
        raise UserError("--ray: Ray is not installed here; `pip install 'madata[ray]'`, on every node of the cluster")
    if not (parsed := re.fullmatch(r"([\w.-]+|\[[\w:.]+\]):(\d{1,5})", address)):
        raise UserError(f"--ray {address}: give HOST:PORT of the head node, such as 10.0.0.1:6379")
    try:
        socket.create_connection((parsed[1].strip("[]"), int(parsed[2])), PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise UserError(f"--ray {address}: {error}; is the head node running there (`ray status`)?") from error


class Cluster:
    """The connection of this process to the cluster at `address`. Steps report to the actor called `reports`."""

    reports = "madata-reports"

    def __init__(self, address: str) -> None:
        import ray
        from ray.util.queue import Queue
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        ray.init(address, log_to_driver=False, logging_level=logging.CRITICAL)
        here = ray.get_runtime_context()
        self.job = ray.JobID.from_hex(here.get_job_id())
        beside = NodeAffinitySchedulingStrategy(here.get_node_id(), soft=False)  # so it outlives every other node
        self.queue = Queue(actor_options={"name": self.reports, "num_cpus": 0, "scheduling_strategy": beside})

    def room(self) -> int:
        """How many steps fit. Each has a CPU of its own, and one is left for distilabel's generator and queues."""
        import ray

        cpus = int(ray.cluster_resources().get("CPU", 0))
        if cpus < 2:
            raise Failed("the Ray cluster has fewer than 2 CPUs")
        return cpus - 1

    @contextlib.contextmanager
    def watching(self, run: Run, report: int) -> Iterator[None]:
        """Passes on what steps report of `run`, and ends this process as soon as an actor is lost."""
        from ray.exceptions import RayError

        unseen: set[int] = set()
        done = threading.Event()

        def watch() -> None:
            try:
                while not done.wait(BEAT):
                    if cause := self.lost():
                        give_up(cause)
                    self.pass_on(run, report, unseen)
            except RayError as error:
                give_up(str(error))

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        try:
            # Ray and distilabel's threads have pages to say about a lost node; one line is enough.
            with (
                Path(os.devnull).open("w") as nowhere,
                contextlib.redirect_stdout(nowhere),
                contextlib.redirect_stderr(nowhere),
            ):
                yield
            done.set()
            watcher.join()
            self.pass_on(run, report, unseen)
            if cause := self.lost():  # distilabel may have returned as if it had finished
                give_up(cause)
        except RayError as error:
            give_up(str(error))

    def pass_on(self, run: Run, report: int, unseen: set[int]) -> None:
        """A part is told of once it is seen from here too; a shared directory may show it late."""
        for message in map(orjson.loads, self.queue.get_nowait_batch(self.queue.qsize())):
            if "shard" in message:
                unseen.add(message["shard"])
            else:
                tell(report, message)
        if unseen:
            for shard in sorted(unseen - set(run.missing())):
                unseen.discard(shard)
                tell(report, {"shard": shard})

    def lost(self) -> str | None:
        """Why an actor of this job died, if not for having finished. Ray's public list of actors needs a dashboard."""
        from ray._private.state import actors
        from ray.core.generated.common_pb2 import ActorDiedErrorContext as Died

        for actor in actors(job_id=self.job).values():
            died = actor["DeathCause"].actor_died_error_context
            if actor["State"] == "DEAD" and died.reason not in (Died.OUT_OF_SCOPE, Died.REF_DELETED):
                return died.error_message or str(actor["DeathCause"])
        return None


def give_up(cause: str) -> NoReturn:
    """Ends this process; the supervisor starts another pipeline."""
    line = " ".join("".join(char if char.isprintable() else " " for char in cause).split())
    os.write(2, f"madata: Ray: {line[:200]}\n".encode())
    os._exit(1)


def put(reports: str, line: bytes) -> None:
    """What a step does to report."""
    import ray

    ray.get(ray.get_actor(reports).put.remote(line))
