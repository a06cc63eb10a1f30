"""A quick stand-in for the families, so that tests of the machinery do not depend on stories.

`python tests/standin.py generate tom --n 100` is the command line on top of it, for tests that kill processes.
"""

import os
import random
import time

from madata.generators import make
from madata.generators.family import Family, Knob, Rejected
from madata.schemas import episode_id

KNOBS = {"agents": Knob(2, 4, 2, 8, "people")}


def too_few(knobs):
    return "too few agents" if knobs["agents"] < 3 else None


FAMILIES = {
    "pear": Family("tom", "pear", "any number", KNOBS, build=None),
    "plum": Family("tom", "plum", "three or more", KNOBS, build=None, conflict=too_few),
}


def families(task):
    return FAMILIES


async def compose(task, names, knobs, seed, slot, attempt, cast=None):
    """Every seventh slot needs three attempts; slot 12 of a hundred would at first be the same episode as slot 11."""
    name = f"{task}/{seed}/{slot}/{attempt}"
    rng = random.Random(name)
    if delay := os.environ.get("STANDIN_SECONDS"):
        time.sleep(float(delay))
    if slot % 7 == 0 and attempt < 2:
        raise Rejected("unlucky", f"slot {slot}")
    if slot == int(os.environ.get("STANDIN_BARREN", -1)):
        raise Rejected("barren", f"slot {slot}")
    if slot == int(os.environ.get("STANDIN_BUG", -1)):
        raise ZeroDivisionError("a fault in a family")
    if (slot % 100 == 12 and attempt == 0) or slot == int(os.environ.get("STANDIN_TWIN", -1)):
        return await compose(task, names, knobs, seed, slot - 1, 0)
    content = {
        "task": task,
        "family": names[slot % len(names)],
        "questions": [{"id": f"q{index}"} for index in range(rng.randint(5, 8))],
        "seed": name,
        "text": "".join(rng.choices("abcdefgh ", k=int(os.environ.get("STANDIN_LETTERS", 4000)))),
        "provenance": {"teachers": [{"name": "stand-in"}], "attempts": attempt + 1},
    }
    return {"id": episode_id(content), **content}


def install(patch=setattr):
    patch(make, "families", families)
    patch(make, "compose", compose)


if __name__ == "__main__":
    from madata.cli import main

    install()
    main()
