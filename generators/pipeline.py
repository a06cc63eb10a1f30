"""The distilabel pipeline, and the only module that imports distilabel.

Two steps that anyone can put into a pipeline of their own. What travels are references to shards, never episodes: the
configuration is read from the run directory and the work is left there, as part files.

    Shards   ->  {"shard": 12}  ->  MakeShards  ->  {"shard": 12, "episodes": 250, "rejected": 3}

distilabel is used for processes and their queues only. Its cache is off: parts that exist are not asked for again.
"""

import asyncio
import contextlib
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from distilabel.pipeline import Pipeline
from distilabel.steps import GeneratorStep, Step, StepInput, StepResources
from pydantic import PrivateAttr

from madata.generators.run import Run
from madata.generators.shards import ShardResult, make_shard
from madata.generators.supervise import Means, tell, tell_error
from madata.generators.voices import Servers

if TYPE_CHECKING:
    from distilabel.typing import GeneratorStepOutput, StepColumns, StepOutput


class Shards(GeneratorStep):  # type: ignore[misc]
    """Yields a reference to every shard of the run at `path` that has no part yet."""

    path: str

    @property
    def outputs(self) -> "StepColumns":
        return ["shard"]

    def process(self, offset: int = 0) -> "GeneratorStepOutput":
        missing = Run.read(Path(self.path)).missing()
        for start in range(offset, len(missing), self.batch_size):
            end = start + self.batch_size
            yield [{"shard": shard} for shard in missing[start:end]], end >= len(missing)


class MakeShards(Step):  # type: ignore[misc]
    """Makes the shards it is referred to and publishes their parts. Its replicas are the processes of a run.

    With `servers`, models speak, and all shards of a batch are made at once so that the servers stay full.

    With `report`, a file descriptor inherited from the process that watches over the run, or the name of a queue on a
    Ray cluster, it also says there at once what became of a shard: {"shard": 12}, or {"error": "..."}, and now and then
    how far the dialogues are.
    """

    path: str
    servers: Servers | None = None
    report: int | str | None = None
    _run: Run | None = PrivateAttr(None)

    @property
    def inputs(self) -> "StepColumns":
        return ["shard"]

    @property
    def outputs(self) -> "StepColumns":
        return ["episodes", "rejected"]

    def load(self) -> None:
        super().load()
        with self._reported():
            self._run = Run.read(Path(self.path))

    def process(self, inputs: StepInput) -> "StepOutput":
        assert self._run is not None
        made: dict[int, ShardResult] = {}

        def publish(shard: int, result: ShardResult) -> None:
            assert self._run is not None
            self._run.publish(shard, result.episodes, result.rejected)
            made[shard] = result
            self._tell({"shard": shard})

        shards = [row["shard"] for row in inputs]
        with self._reported():
            if self.servers:
                from madata.generators.session import play  # brings the client

                asyncio.run(play(self._run, shards, self.servers, publish, self._tell))
            else:
                for shard in shards:
                    publish(shard, make_shard(self._run.config, shard))
        for row in inputs:
            row["episodes"] = len(made[row["shard"]].episodes)
            row["rejected"] = len(made[row["shard"]].rejected)
        yield inputs

    @contextlib.contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            if self.report is not None:
                tell_error(self.report, error)
            raise

    def _tell(self, message: dict[str, Any]) -> None:
        if self.report is not None:
            tell(self.report, message)


class PromptPipeline(Pipeline):  # type: ignore[misc]
    """distilabel's local pipeline, without its first pause.

    distilabel looks whether all steps have loaded and, if not, looks again after 2.5 seconds; by the first look no
    process can have answered. Here the first look waits until they have.
    """

    def _run_steps(self, steps: Iterable[str]) -> None:
        super()._run_steps(steps)
        expected = {name: self.dag.get_step_replica_count(name) for name in steps}
        until = time.monotonic() + 2.5
        while time.monotonic() < until and any(self._steps_load_status[name] < expected[name] for name in expected):
            time.sleep(0.01)


def build(run: Run, means: Means, cache: Path, report: int | str | None = None) -> Pipeline:
    """The pipeline that makes what is missing of a run. With models, each process gets its whole share in one batch."""
    batch = -(-len(run.missing()) // means.processes) if means.servers else 1
    with PromptPipeline(name="madata", cache_dir=cache) as pipeline:
        shards = Shards(path=str(run.path), use_cache=False)
        make = MakeShards(
            path=str(run.path),
            servers=means.servers,
            report=report,
            input_batch_size=batch,
            resources=StepResources(replicas=means.processes, cpus=1),
            use_cache=False,
        )
        shards >> make
    return pipeline
