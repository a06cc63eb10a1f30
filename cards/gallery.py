"""One episode of every family as a person would read it: the page docs/episodes.md, made by `make gallery`.

python -P -m madata.cards.gallery > docs/episodes.md
"""

import sys
from collections.abc import Iterator

from madata.cards.show import render
from madata.generators.catalogue import Entry, entries
from madata.schemas.tasks import read_episode

HEAD = """\
# One episode of every family

Made by `make gallery`; `madata families` lists the families with their knobs. The right options are marked with `=>`.
"""


def page() -> Iterator[str]:
    yield HEAD
    task = ""
    for entry in entries():
        if entry.family.task != task:
            task = entry.family.task
            yield f"\n## {task}\n"
        yield section(entry)


def section(entry: Entry) -> str:
    family = entry.family
    return (
        f"\n### {family.name}\n\n{family.about}\n\n"
        f"Shows {', '.join(entry.example['capabilities'])}. Made by `{entry.command}`.\n\n"
        f"```text\n{render(read_episode(entry.example))}```\n"
    )


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.writelines(page())
