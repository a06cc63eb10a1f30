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
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec

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

        ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
        self.job = ray.JobID.from_hex(ray.get_runtime_context().get_job_id())
        self.queue = Queue(actor_options={"name": self.reports})

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
        unseen: set[int] = set()
        done = threading.Event()

        def watch() -> None:
            try:
                while not done.wait(BEAT):
                    if self.lost():
                        break
                    self.pass_on(run, report, unseen)
                else:
                    return
            except Exception as error:
                sys.stderr.write(f"madata: Ray: {error}\n")
            os._exit(1)

        watcher = threading.Thread(target=watch, daemon=True)
        watcher.start()
        yield
        done.set()
        watcher.join()
        self.pass_on(run, report, unseen)

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

    def lost(self) -> bool:
        """Whether an actor of this job died otherwise than by having finished. Ray's public list needs a dashboard."""
        from ray._private.state import actors
        from ray.core.generated.common_pb2 import ActorDiedErrorContext as Died

        finished = (Died.OUT_OF_SCOPE, Died.REF_DELETED)
        return any(
            actor["State"] == "DEAD" and actor["DeathCause"].actor_died_error_context.reason not in finished
            for actor in actors(job_id=self.job).values()
        )


def put(reports: str, line: bytes) -> None:
    """What a step does to report."""
    import ray

    ray.get(ray.get_actor(reports).put.remote(line))
