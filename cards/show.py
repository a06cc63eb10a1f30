"""One episode as plain text, for people.

    python -m madata.cards.show [PATH [ID]]

    tom-0f3c6e0b5d2a9c41 (tom/location)
      1  narration, seen by Anna and Ben: Anna put the apple in the box.
      2  Ben to Carla, in private: The apple is in the chest.
    first_order_belief, order 1: Where does Carla think the apple is?
         box
      => chest
         (why: turn 2)

Whatever a record holds, what is printed is text: characters that steer a terminal or turn the writing direction are
left out. Without a PATH it is the newest run of runs/; without an ID the shortest of its first hundred episodes that
asks for a belief about a belief.
"""

import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from pydantic import ValidationError

from madata.schemas.episode import Question, Turn
from madata.schemas.tasks import Episode, read_episode
from madata.schemas.words import name_list
from madata.validators.lines import Chunk, InputError, Line, read, split
from madata.validators.runner import newest_run, target

WIDTH = 100
LOOKED_AT = 100


def plain(text: str) -> str:
    """`text` on one line, without control, format, surrogate and unassigned characters."""
    return "".join(c for c in " ".join(text.split()) if not unicodedata.category(c).startswith("C"))


def render(episode: Episode) -> str:
    names = {agent.id: agent.name for agent in episode.agents}
    told_in = {turn.event: turn.index for turn in episode.turns if turn.event is not None}
    blocks = [
        [plain(f"{episode.id} ({episode.task}/{episode.family})")],
        [_wrapped(f"{turn.index:>3}  ", 5, _turn(turn, names)) for turn in episode.turns],
        *(_question(question, told_in) for question in episode.questions),
    ]
    return "\n".join(chain.from_iterable(blocks)) + "\n"


def _turn(turn: Turn, names: dict[str, str]) -> str:
    if not turn.audience:
        return f"to the reader: {turn.text}"
    hearers = name_list([names.get(agent, agent) for agent in turn.audience if agent != turn.speaker])
    if turn.speaker is None:
        return f"narration, seen by {hearers}: {turn.text}"
    private = ", in private" if turn.channel == "private" else ""
    return f"{names.get(turn.speaker, turn.speaker)} to {hearers}{private}: {turn.text}"


def _question(question: Question, told_in: dict[int, int]) -> Iterator[str]:
    yield _wrapped("", 2, f"{question.ability}, order {question.order}: {question.text}")
    for option in question.options:
        yield _wrapped("  => " if option in question.answer else "     ", 5, option)
    if turns := [str(told_in[event]) for event in question.evidence if event in told_in]:
        yield f"     (why: turn {name_list(turns)})"


def _wrapped(head: str, indent: int, text: str) -> str:
    return textwrap.fill(plain(text), WIDTH, initial_indent=head, subsequent_indent=" " * indent)


def episodes(path: Path) -> Iterator[Episode]:
    """The readable episodes of a run directory or JSONL file; raises `InputError` where there is none to look for."""
    chunks = (found for file in target(path).files for found in split(file) if isinstance(found, Chunk))
    for line in chain.from_iterable(map(read, chunks)):
        if isinstance(line, Line):
            try:
                yield read_episode(line.record)
            except ValidationError:
                continue


def choose(path: Path, wanted: str | None = None) -> Episode:
    if wanted:
        found = next((episode for episode in episodes(path) if episode.id == wanted), None)
    else:
        first = islice(episodes(path), LOOKED_AT)
        found = min(
            first, key=lambda e: (all(q.order < 2 for q in e.questions), len(e.turns) + len(e.questions)), default=None
        )
    if found is None:
        raise InputError(f"{path} holds no valid episode{f' {wanted}' if wanted else ''}: see `madata validate {path}`")
    return found


def main(arguments: list[str]) -> int:
    if len(arguments) > 2:
        sys.stderr.write("usage: python -m madata.cards.show [PATH [ID]]\n")
        return 2
    try:
        path = Path(arguments[0]) if arguments else newest_run(Path("runs"))
        text = render(choose(path, *arguments[1:]))
    except (InputError, OSError) as error:
        sys.stderr.write(f"madata: {plain(str(error))}\n")
        return 2
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", errors="replace"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
