"""The command line. A verb is one thin function, and what it needs is imported when it runs: `--help` is instant."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    help="Multi-agent datasets with labels true by construction.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.callback()
def root() -> None:
    """Multi-agent datasets with labels true by construction."""


@app.command()
def generate(
    task: Annotated[str, typer.Argument(help="What to make: tom.")],
    n: Annotated[int, typer.Option("--n", help="How many episodes.")],
    family: Annotated[list[str], typer.Option(help="Only this scenario family; may be repeated.")] = [],  # noqa: B006
    seed: Annotated[int, typer.Option(help="Same seed and version, same episodes.")] = 0,
    out: Annotated[Path | None, typer.Option(help="Run directory.  [default: runs/TASK-nN-seedSEED]")] = None,
    knob: Annotated[list[str], typer.Option(help="NAME=LOW..HIGH, a setting of the families; may be repeated.")] = [],  # noqa: B006
    processes: Annotated[int | None, typer.Option(min=1, help="Worker processes.  [default: one a core]")] = None,
    ray: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Work on this Ray cluster (HOST:PORT).")] = None,
    resume: Annotated[Literal["if-possible", "always", "never"], typer.Option(help="Continue a run.")] = "if-possible",
    json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> int:
    """Make episodes. The same command again continues a run that was stopped."""
    import os

    from madata.generators import console
    from madata.generators.ask import ask
    from madata.generators.run import LIMIT

    config = ask(task, n, family, seed, knob)
    out = out or Path("runs") / f"{task}-n{n}-seed{seed}"
    if ray:
        from madata.generators import cluster

        cluster.check(ray)
    cores = LIMIT if ray else os.cpu_count() or 1
    return console.generate(config, out, processes or cores, resume, json, ray)


@app.command()
def validate(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="[PATH]...", help="Run directories or JSONL files.  [default: the newest run in runs/]"),
    ] = [],  # noqa: B006
    report: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write findings.jsonl and a readable page.")
    ] = None,
    only: Annotated[list[str], typer.Option(metavar="CHECK", help="Only this check; may be repeated.")] = [],  # noqa: B006
    json: Annotated[
        bool, typer.Option("--json", help="Print the verdict with all findings as one JSON object.")
    ] = False,
) -> int:
    """Derive every label again and say what is wrong. Ends with 1 if anything is."""
    from madata.validators import console

    return console.validate(paths, report, only, json)


@app.command("import")
def import_(
    name: Annotated[str, typer.Argument(metavar="FORMAT", help="Which public data: hitom.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Its files.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The run directory to make.")],
) -> int:
    """Turn public data into a run, its answers as they are, for `madata validate` to audit."""
    from madata.generators.importing import import_run

    imported = import_run(name, files, out)
    typer.echo(f"{imported:,} episodes in {out}; audit them with `madata validate {out}`")
    return 0


@app.command()
def serve(
    model: Annotated[str, typer.Argument(help="A directory with a model, or its name on the Hub.")],
    arguments: Annotated[list[str], typer.Argument(metavar="[-- ARGUMENT...]", help="For vLLM.")] = [],  # noqa: B006
    port: Annotated[int | None, typer.Option(help="On 127.0.0.1.  [default: a free one]")] = None,
) -> int:
    """Serve a model with vLLM until Ctrl-C. Prints URL and model name when it answers."""
    from madata.generators import console
    from madata.generators.teachers import server

    return server.serve(model, port, arguments, console.say)


def main(arguments: list[str] | None = None) -> None:
    """Runs a verb and exits: 0 done and clean, 1 findings or fewer than asked, 2 bad usage or bad input (one line)."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    try:
        return app(arguments, prog_name="madata", standalone_mode=False) or 0
    except Exception as error:
        if (line := mistake(error)) is None:
            raise
        if line:  # empty after the help that a bare `madata` shows
            sys.stderr.write(f"madata: {line}\n")
        return 2


def mistake(error: Exception) -> str | None:
    """What the user did wrong, if that is what the error says."""
    from madata.generators.importers import ImportFailed
    from madata.generators.run import UserError
    from madata.validators.lines import InputError

    if isinstance(error, typer.TyperException):
        return error.format_message()
    return str(error) if isinstance(error, (UserError, InputError, ImportFailed)) else None
