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
    task: Annotated[str, typer.Argument(help="What to make: tom, negotiation or coordination.")],
    n: Annotated[int, typer.Option("--n", help="How many episodes.")],
    family: Annotated[list[str], typer.Option(help="Only this scenario family; may be repeated.")] = [],
    seed: Annotated[int, typer.Option(help="Same seed and version, same episodes.")] = 0,
    out: Annotated[Path | None, typer.Option(help="Run directory. (default: runs/TASK-nN-seedSEED)")] = None,
    knob: Annotated[list[str], typer.Option(help="NAME=LOW..HIGH, a setting of the families; may be repeated.")] = [],
    teacher: Annotated[
        list[str], typer.Option(metavar="URL", help="Where a model is served, or `scripted`; may be repeated.")
    ] = ["scripted"],
    model: Annotated[
        list[str],
        typer.Option(
            metavar="NAME", help="The model there: NAME, NAME@REVISION or NAME=WEIGHT; one for each URL, or for all."
        ),
    ] = [],
    serve: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="Serve this model with vLLM while the run lasts, as its teacher."),
    ] = None,
    self_play: Annotated[
        bool, typer.Option("--self-play", help="Models choose their acts, not only the words.")
    ] = False,
    cast: Annotated[
        Literal["episode", "agent", "one", "relay"],
        typer.Option(
            help="One model for an episode, one for each agent, (--self-play) one agent among scripts, or two in turn."
        ),
    ] = "episode",
    reader: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="URL NAME", help="A model that must recover each act from its words."),
    ] = None,
    temperature: Annotated[float, typer.Option(min=0, max=2, help="Of the teachers' sampling.")] = 0.8,
    patience: Annotated[float, typer.Option(min=0, help="Seconds to wait for a server that is gone.")] = 20,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for an answer.")] = 300,
    attempts: Annotated[int, typer.Option(min=1, help="Attempts at an episode before its slot stays unfilled.")] = 20,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Worker processes. (default: one a core; one with models)")
    ] = None,
    ray: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Work on this Ray cluster (HOST:PORT).")] = None,
    resume: Annotated[Literal["if-possible", "always", "never"], typer.Option(help="Continue a run.")] = "if-possible",
    json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> int:
    """Make episodes. The same command again continues a run that was stopped."""
    import os

    from madata.generators import console
    from madata.generators.ask import ask
    from madata.generators.run import LIMIT
    from madata.generators.voices import read_voices

    voices, servers = read_voices(
        teacher,
        model,
        self_play=self_play,
        cast=cast,
        reader=reader,
        serve=serve,
        temperature=temperature,
        patience=patience,
        timeout=timeout,
    )
    config = ask(task, n, family, seed, knob, attempts, voices)
    out = out or Path("runs") / f"{task}-n{n}-seed{seed}"
    if ray:
        from madata.generators import cluster

        cluster.check(ray)
        processes = processes or LIMIT  # as many as fit
    processes = processes or (1 if config.models else os.cpu_count()) or 1
    return console.generate(config, servers, out, processes, resume, json, ray)


@app.command()
def families(
    task: Annotated[str | None, typer.Argument(help="Only those of this task.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print them as one JSON object.")] = False,
) -> int:
    """List what can be made: every family with its knobs, the capabilities it shows, and an example."""
    from madata.generators import catalogue

    return catalogue.show(task, json)


@app.command()
def validate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Run directories or JSONL files; with --text-field also other data files, a folder of them, or "
            "hf://ORG/NAME. (default: the newest run in runs/)",
        ),
    ] = [],
    report: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write a readable page, summary.json and findings.jsonl.")
    ] = None,
    fix: Annotated[
        Path | None, typer.Option(metavar="OUT", help="Write a new run in which what has findings is rejected.")
    ] = None,
    against: Annotated[
        list[str],
        typer.Option(
            metavar="PATH",
            help="What nothing may be taken from: a data file, a folder of them, or hf://ORG/NAME; may be repeated.",
        ),
    ] = [],
    text_field: Annotated[
        list[str],
        typer.Option(
            metavar="[ROLE=]NAME",
            help="Judge rows of text, not episodes: a field with text, or question=, option=, answer=, id=NAME.",
        ),
    ] = [],
    reader: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="URL NAME", help="A model that is asked whether texts are toxic; answers are kept in runs/."
        ),
    ] = None,
    only: Annotated[list[str], typer.Option(metavar="CHECK", help="Only this check; may be repeated.")] = [],
    json: Annotated[
        bool, typer.Option("--json", help="Print the verdict with all findings as one JSON object.")
    ] = False,
) -> int:
    """Derive every label again and say what is wrong. Ends with 1 if anything is."""
    from madata.validators import console
    from madata.validators.asking import Reader
    from madata.validators.corpus.rows import Fields
    from madata.validators.settings import Settings

    fields = Fields.read(text_field) if text_field else None
    settings = Settings(fields, tuple(against), Reader(*reader) if reader else None)
    return console.validate(paths, report, fix, only, settings, json)


@app.command()
def curate(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Run directories or JSONL files.")],
    n: Annotated[int, typer.Option("--n", min=1, help="How many episodes to choose.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The run directory to make.")],
    objective: Annotated[
        Literal["coverage", "hard"], typer.Option(help="Show all there is, or above all what is hard.")
    ] = "coverage",
    failures: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help='How models did: lines of {"id", "correct"}; else records say what is hard.'),
    ] = None,
    text_field: Annotated[
        list[str], typer.Option(metavar="[ROLE=]NAME", help="Choose rows of text, not episodes, as in `validate`.")
    ] = [],
    json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> int:
    """Choose the episodes that show most of what there is, none like another."""
    from madata.validators.corpus.rows import Fields
    from madata.validators.curation import console

    fields = Fields.read(text_field) if text_field else None
    return console.curate(paths, n, out, objective, failures, fields, json)


@app.command("import")
def import_(
    name: Annotated[str, typer.Argument(metavar="FORMAT", help="Which public data: hitom, casino or delidata.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Its files, or their folder.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The run directory to make.")],
) -> int:
    """Turn public data into a run, its answers as they are, for `madata validate` to audit."""
    from madata.generators.importing import import_run

    imported = import_run(name, files, out)
    typer.echo(f"{imported:,} episodes in {out}; audit them with `madata validate {out}`")
    return 0


@app.command()
def counterfactuals(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A run directory or a JSONL file.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The run directory to make.")],
) -> int:
    """Make minimal pairs, one thing otherwise so that an answer is another, and right answers beside near misses."""
    from madata.generators.counterfactuals import make

    typer.echo(f"{make(path, out)}\n{out}: check the pairs with `madata validate {out}`")
    return 0


@app.command()
def realism(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A generated run.")],
    human: Annotated[
        Path, typer.Argument(metavar="HUMAN", help="A run of people's, as `madata import casino` or `delidata` makes.")
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write realism.json, realism.md and a picture.")],
) -> int:
    """Set generated dialogues beside those of people."""
    from madata.cards.realism import compare, write

    typer.echo(write(compare(run, human), out), nl=False)
    return 0


@app.command()
def serve(
    model: Annotated[str, typer.Argument(help="A directory with a model, or its name on the Hub.")],
    arguments: Annotated[list[str], typer.Argument(metavar="[-- ARGUMENT...]", help="For vLLM.")] = [],
    port: Annotated[int | None, typer.Option(help="On 127.0.0.1. (default: a free one)")] = None,
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
