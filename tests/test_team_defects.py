"""Coordination episodes as they are generated, each with one defect planted: the check for it says where."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from madata.generators.family import Rejected
from madata.generators.make import episode, families
from madata.validators.runner import checks

Json = dict[str, Any]
TASK = "coordination"
SLOTS = 300

DELIBERATIONS = ("allocation", "maze", "schedule")
MOTIONS = ("kitchen", "pathfinding", "pursuit")
FAMILIES = tuple(sorted(families(TASK)))


class Unplanted(Exception):
    """The episode has nothing in which the defect could be planted."""


def first(found: Iterator[Any]) -> Any:
    """Raises `Unplanted` if there is none."""
    for each in found:
        return each
    raise Unplanted


def events(made: Json, *kinds: str) -> Iterator[tuple[int, Json]]:
    return ((index, event) for index, event in enumerate(made["world"]["events"]) if event["kind"] in kinds)


def questions(made: Json, *kinds: str) -> Iterator[Json]:
    return (question for question in made["questions"] if question["query"]["kind"] in kinds)


# The defects: each changes an episode and says which finding has to come of it.


def illegal_act(made: Json) -> tuple[str, str]:
    """Off the grid: what they do together in that round is no joint action."""
    game, index, event = made["world"]["game"], *first(events(made, "act"))
    row, column = divmod(game["starts"][int(event["agent"][1:])], game["columns"])
    if event["time"]:
        raise Unplanted
    edges = [row == 0, row == game["rows"] - 1, column == game["columns"] - 1, column == 0]
    event["action"] = first(action for action, there in enumerate(edges, start=1) if there)
    return "protocol", f"event {index}, action"


def act_not_open(made: Json) -> tuple[str, str]:
    """Whoever holds nothing serves the soup."""
    index, event = first((index, event) for index, event in events(made, "act") if event["time"] == 0)
    event["action"] = 7
    return "protocol", f"event {index}, action"


def hint_to_oneself(made: Json) -> tuple[str, str]:
    index, event = first(events(made, "act"))
    game = made["world"]["game"]
    event["action"] = 2 * game["hand"] + int(event["agent"][1:]) * (len(game["colours"]) + game["ranks"])
    return "protocol", f"event {index}, action"


def optimum(made: Json) -> tuple[str, str]:
    made["outcome"]["optimum"] = 1 if made["outcome"]["optimum"] is None else made["outcome"]["optimum"] + 1
    return "outcome", "outcome, optimum"


def optimum_asked(made: Json) -> tuple[str, str]:
    question = first(questions(made, "optimum"))
    question["answer"] = [first(option for option in question["options"] if option not in question["answer"])]
    return "replay", f"question {question['id']}, answer"


def wall_in_the_way(made: Json) -> tuple[str, str]:
    """One of the squares that the agreed way enters."""
    if not made["outcome"]["success"] or not made["outcome"]["plan"]:
        raise Unplanted
    game = made["world"]["game"]
    step = (-game["columns"], game["columns"], 1, -1)[made["outcome"]["plan"][0]]
    cell = game["cells"][game["start"] + step]
    first(fact for fact in made["world"]["facts"] if fact["id"] == cell)["value"] = 1
    return "outcome", "outcome, success"


def walk_through_a_wall(made: Json) -> tuple[str, str]:
    game = made["world"]["game"]
    index, event = first((index, event) for index, event in events(made, "act") if event["time"] == 0)
    here = game["starts"][int(event["agent"][1:])]
    there = here + (0, -game["columns"], game["columns"], 1, -1)[event["action"]]
    goals = [fact["value"] for fact in made["world"]["facts"]]
    if there in game["starts"] or there in game.get("track", goals):
        raise Unplanted
    game["walls"] = sorted([*game["walls"], there])
    return "protocol", f"event {index}, action"


def unheard_agreement(made: Json) -> tuple[str, str]:
    """Of the proposal agreed on one acceptance is lost on its way."""
    if made["outcome"]["plan"] is None or not made["world"]["fates"]:
        raise Unplanted
    index, event = list(events(made, "accept-proposal"))[-1]
    maker = made["world"]["events"][event["proposal"]]["agent"]
    event["arrives"][event["to"].index(maker)] = None
    return "protocol", f"event {index}, arrives"


def agreed_all_the_same(made: Json) -> tuple[str, str]:
    unheard_agreement(made)
    return "outcome", "outcome, plan"


def after_the_end(made: Json) -> tuple[str, str]:
    world = made["world"]
    if made["outcome"]["rounds"] == world["rounds"]:
        raise Unplanted
    last = deepcopy(first(reversed(list(events(made, "act", "inform", "propose", "accept-proposal")))))[1]
    last["time"] = made["outcome"]["rounds"]
    if "arrives" in last:
        last["arrives"] = [last["time"]] * len(last["to"])
    world["events"].append(last)
    return "protocol", f"event {len(world['events']) - 1}, time"


def right_option_left_out(made: Json) -> tuple[str, str]:
    question = first(each for each in made["questions"] if len(each["answer"]) > 1)
    question["answer"].pop()
    return "replay", f"question {question['id']}, answer"


def right_option_not_offered(made: Json) -> tuple[str, str]:
    question = first(each for each in made["questions"] if len(each["answer"]) > 1 and len(each["options"]) > 3)
    question["options"].remove(question["answer"].pop())
    return "replay", f"question {question['id']}, options"


def wrong_evidence(made: Json) -> tuple[str, str]:
    question = first(each for each in questions(made, "knows", "aware", "could", "lost") if each["evidence"])
    messages = [index for index, _ in events(made, "inform", "propose", "query-ref", "reject-proposal", "act")]
    other = first(index for index in messages if index not in question["evidence"])
    question["evidence"] = sorted([*question["evidence"][1:], other])
    return "replay", f"question {question['id']}, evidence"


def absent(made: Json) -> tuple[str, str]:
    """Who spoke or acted had left."""
    kinds = ("act", "inform", "propose", "accept-proposal", "reject-proposal", "query-ref", "confirm")
    index, event = first((index, event) for index, event in events(made, *kinds) if event["time"] >= 1)
    players = made["world"]["players"]
    player = first(player for player in players if player["agent"] == event["agent"])
    if sum(each["leaves"] is None for each in players if each is not player) < 2:
        raise Unplanted
    player["leaves"] = event["time"]
    return "protocol", f"event {index}, agent"


def wrong_milestone(made: Json) -> tuple[str, str]:
    milestone = first(each for each in made["outcome"]["milestones"] if each["time"] is not None)
    milestone["time"] += 1
    return "outcome", "outcome, milestones"


def told_to_somebody_else(made: Json) -> tuple[str, str]:
    """A turn that somebody overhears."""
    agents = [agent["id"] for agent in made["agents"]]
    turn = first(turn for turn in made["turns"] if turn["channel"] == "private" and len(turn["audience"]) < len(agents))
    turn["audience"] = [agent for agent in agents if agent in turn["audience"] or agent == first_missing(turn, agents)]
    return "views", f"turn {turn['index']}, audience"


def first_missing(turn: Json, agents: list[str]) -> str:
    found: str = first(agent for agent in agents if agent not in turn["audience"])
    return found


def secret(made: Json) -> tuple[str, str]:
    agent = first(agent for agent in made["agents"] if agent["private"])
    agent["private"].popitem()
    return "views", f"agent {agent['id']}, private"


def learned_earlier(made: Json) -> tuple[str, str]:
    learned = made["outcome"]["learned"]
    first(iter(learned))
    learned.pop()
    return "outcome", "outcome, learned"


Defect = Callable[[Json], tuple[str, str]]
DEFECTS: list[tuple[Defect, tuple[str, ...]]] = [
    (illegal_act, ("pathfinding", "pursuit")),
    (act_not_open, ("kitchen",)),
    (hint_to_oneself, ("hints",)),
    (optimum, FAMILIES),
    (optimum_asked, tuple(name for name in FAMILIES if name != "hints")),
    (wall_in_the_way, ("maze",)),
    (walk_through_a_wall, ("pathfinding", "pursuit")),
    (unheard_agreement, DELIBERATIONS),
    (agreed_all_the_same, DELIBERATIONS),
    (after_the_end, FAMILIES),
    (right_option_left_out, FAMILIES),
    (right_option_not_offered, FAMILIES),
    (wrong_evidence, FAMILIES),
    (absent, (*DELIBERATIONS, "graph")),
    (wrong_milestone, FAMILIES),
    (told_to_somebody_else, (*DELIBERATIONS, "graph", *MOTIONS)),
    (secret, FAMILIES),
    (learned_earlier, tuple(name for name in FAMILIES if name != "hints")),
]


def made(family: str) -> Iterator[Json]:
    for slot in range(SLOTS):
        try:
            yield episode(TASK, (family,), {}, 11, slot, 0)
        except Rejected:
            continue


def findings(record: Json) -> list[tuple[str, str]]:
    judging = (check for check in checks().values() if check.judge and check.concerns(TASK))
    return [(finding.check, finding.where) for check in judging for finding in check.judge(record)]


@pytest.mark.parametrize(
    ("plant", "family"),
    [pytest.param(plant, family, id=f"{plant.__name__}-{family}") for plant, names in DEFECTS for family in names],
)
def test_defect(plant: Defect, family: str) -> None:
    for record in made(family):
        tampered = deepcopy(record)
        try:
            check, where = plant(tampered)
        except Unplanted:
            continue
        assert (check, where) in findings(tampered)
        return
    pytest.fail(f"none of {SLOTS} episodes is one for it")


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_is_found_where_nothing_is_planted(family: str) -> None:
    assert findings(next(made(family))) == []
