"""The family `motives`: its concepts on stories made by hand, and how often each answer occurs."""

import random
import re
from collections import Counter, defaultdict
from functools import cache
from typing import Any

import orjson
import pytest
from agreement import disagreements

from madata.generators.family import Rejected
from madata.generators.make import episode
from madata.generators.tom.beliefs import Beliefs
from madata.generators.tom.families import motives
from madata.generators.tom.stage import Stage
from madata.schemas import Agent, Conventions
from madata.schemas.tom import CasesQuery, Entity, SearchQuery, Variable
from madata.schemas.words import UNSETTLED
from madata.validators.runner import checks

MEI, BEN, KOFI = "a0", "a1", "a2"
KNOWING, UNKNOWING = "a breach, and Ben believes that it is one", "a breach, but Ben does not believe that it is one"
IMAGINED, NONE = "no breach, but Ben believes that it is one", "no breach, and Ben does not believe that it is one"


def stage(*variables: Variable) -> Stage:
    agents = [Agent(id=a, name=name, role="participant") for a, name in ((MEI, "Mei"), (BEN, "Ben"), (KOFI, "Kofi"))]
    entities = [
        Entity(id="p0", kind="place", name="kitchen"),
        *(Entity(id=c, kind="container", name=name, place="p0") for c, name in (("c0", "box"), ("c1", "jar"))),
        *(Entity(id=o, kind="object", name=name) for o, name in (("o0", "apple"), ("o1", "pear"))),
        *(Entity(id=f"x{i}", kind="value", name=name) for i, name in enumerate(("soup", "pie", "stew", "hands off"))),
    ]
    found = Stage(agents, Conventions(entering="hides"), entities, variables)
    for agent in found.ids:
        found.enter(agent, "p0")
    return found


def fact(id: str, owner: str, values: str, initial: str) -> Variable:
    return Variable(id=id, kind="fact", name=id, values=values.split(), initial=initial, known_by=[owner])


def spot(id: str, thing: str, initial: str) -> Variable:
    return Variable(id=id, kind="location", name=thing, about=thing, values=["c0", "c1"], initial=initial)


def outcome(story: Stage, query: CasesQuery | SearchQuery) -> str:
    """The answer of the tracker, with which the model checker agrees."""
    assert disagreements(story, [query]) == []
    return Beliefs(story).answer(query).text


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize(("before", "after"), [("x0", "x3"), ("x3", "x0"), ("x0", None), ("x3", None)])
def test_a_breach_is_knowing_if_it_is_believed_to_be_one(told: bool, before: str, after: str | None) -> None:
    """Mei sets the rule and tells it, or not; what she changes in secret Ben, who acts, does not learn."""
    story = stage(fact("v0", MEI, "x0 x3", before), spot("v1", "o0", "c0"))
    if told:
        story.tell(MEI, "v0", before, "private", [BEN])
    if after:
        story.leave(MEI)
        story.change(MEI, "v0", after)
    time = len(story.events)
    story.change(BEN, "v1", "c1")
    forbidden, believed = (after or before) == "x3", told and before == "x3"
    expected = (KNOWING if believed else UNKNOWING) if forbidden else (IMAGINED if believed else NONE)
    assert outcome(story, motives.breach([], BEN, "Ben", "v0", ["x3"], time)) == expected
    assert outcome(story, motives.breach([KOFI], BEN, "Ben", "v0", ["x3"], time)) == NONE


def test_what_a_rule_becomes_later_makes_no_breach() -> None:
    story = stage(fact("v0", MEI, "x0 x3", "x0"), spot("v1", "o0", "c0"))
    time = len(story.events)
    story.change(BEN, "v1", "c1")
    story.change(MEI, "v0", "x3")
    assert outcome(story, motives.breach([], BEN, "Ben", "v0", ["x3"], time)) == NONE


def test_a_witness_judges_by_what_the_witness_knows() -> None:
    """Kofi hears the new rule and sees that Ben does not."""
    story = stage(fact("v0", MEI, "x0 x3", "x0"), spot("v1", "o0", "c0"))
    story.tell(MEI, "v0", "x0", "room")
    story.distract(BEN)
    story.change(MEI, "v0", "x3")
    story.attend(BEN)
    time = len(story.events)
    story.change(BEN, "v1", "c1")
    assert outcome(story, motives.breach([KOFI], BEN, "Ben", "v0", ["x3"], time)) == UNKNOWING
    assert outcome(story, motives.breach([BEN], BEN, "Ben", "v0", ["x3"], time)) == NONE


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("heard", [True, False])
@pytest.mark.parametrize("really", [True, False])
def test_a_faux_pas_is_a_hurt_that_is_not_meant(known: bool, heard: bool, really: bool) -> None:
    """Ben says that he likes the soup least; Mei made the soup, or else the pie."""
    story = stage(fact("v0", MEI, "x0 x1", "x0" if really else "x1"), fact("v1", BEN, "x0 x1 x2", "x0"))
    if known:
        story.reveal("p0", "v0")
    if not heard:
        story.leave(MEI)
    time = len(story.events)
    story.tell(BEN, "v1", "x0", "room")
    expected = ("an unkind remark" if known else "a faux pas") if really and heard else "no offence to Mei"
    assert outcome(story, motives.offence([], MEI, "Mei", "v0", BEN, "v1", "x0", time)) == expected


def test_an_unkind_remark_can_be_taken_for_a_faux_pas() -> None:
    """Ben learns while Mei is out what she made."""
    story = stage(fact("v0", MEI, "x0 x1", "x0"), fact("v1", BEN, "x0 x1 x2", "x0"))
    story.leave(MEI)
    story.reveal("p0", "v0")
    story.enter(MEI, "p0")
    time = len(story.events)
    story.tell(BEN, "v1", "x0", "room")
    assert outcome(story, motives.offence([], MEI, "Mei", "v0", BEN, "v1", "x0", time)) == "an unkind remark"
    assert outcome(story, motives.offence([MEI], MEI, "Mei", "v0", BEN, "v1", "x0", time)) == "a faux pas"
    assert outcome(story, motives.offence([KOFI], MEI, "Mei", "v0", BEN, "v1", "x0", time)) == "an unkind remark"


def test_people_choose_by_what_they_believe_can_be_had() -> None:
    """Ben's soup is gone when he is told, and back when he is out."""
    things = {"x0": "soup", "x1": "pie", "x2": "stew"}
    story = stage(
        fact("v0", BEN, "x0 x1 x2", "x0"), fact("v1", BEN, "x0 x1 x2", "x1"), fact("v2", MEI, "x0 x1 x2", "x0")
    )

    def chosen(*view: str) -> str:
        return outcome(story, motives.intended(list(view), "v0", "v1", "v2", things, len(story.events)))

    assert chosen(BEN) == "soup"
    assert chosen(MEI, BEN) == UNSETTLED
    story.tell(BEN, "v0", "x0", "room")
    assert chosen(MEI, BEN) == "soup"
    story.tell(MEI, "v2", "x0", "room")
    assert (chosen(BEN), chosen(MEI, BEN)) == ("pie", UNSETTLED)
    story.tell(BEN, "v1", "x1", "private", [KOFI])
    assert (chosen(BEN), chosen(KOFI, BEN), chosen(MEI, BEN)) == ("pie", "pie", UNSETTLED)
    story.leave(BEN)
    story.change(MEI, "v2", "x2")
    assert (chosen(BEN), chosen(KOFI, BEN)) == ("pie", "pie")


def test_wanting_and_finding_are_two_things() -> None:
    """The apple Mei wants is moved when she is out, then she wants the pear, which nobody else knows."""
    story = stage(spot("v0", "o0", "c0"), spot("v1", "o1", "c1"), fact("v2", MEI, "o0 o1", "o0"))
    places = {"o0": ("v0", ["c0", "c1"]), "o1": ("v1", ["c1"])}

    def end() -> str:
        return outcome(story, motives.fulfilled(MEI, "Mei", "v2", places, len(story.events)))

    def search(*chain: str) -> str:
        return outcome(story, SearchQuery(chain=list(chain), via="v2", time=len(story.events)))

    assert (end(), search(MEI)) == ("Mei has no such place in mind", UNSETTLED)
    story.reveal("p0", "v0")
    story.reveal("p0", "v1")
    story.tell(MEI, "v2", "o0", "private", [BEN])
    assert (end(), search(MEI), search(BEN, MEI), search(KOFI, MEI)) == ("Mei finds it there", "box", "box", UNSETTLED)
    story.leave(MEI)
    story.change(KOFI, "v0", "c1")
    assert (end(), search(MEI), search(BEN, MEI)) == ("Mei does not find it there", "box", "box")
    story.change(MEI, "v2", "o1")
    assert (end(), search(MEI), search(BEN, MEI)) == ("Mei finds it there", "jar", "box")


@cache
def made(number: int = 400) -> list[dict[str, Any]]:
    return [orjson.loads(orjson.dumps(episode("tom", ("motives",), {}, 0, slot, 0))) for slot in range(number)]


def test_no_answer_is_the_usual_one() -> None:
    """Each answer of a concept occurs, and none in much more than its share."""
    found: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for one in made():
        names = "|".join(agent["name"] for agent in one["agents"])
        for question in one["questions"]:
            if question["query"]["kind"] == "cases" and question["ability"] != "intention":
                key = (question["query"]["concept"], question["order"])
                found[key][re.sub(rf"\b({names})\b", "N", question["answer"][0])] += 1
    options = {"breach": 4, "faux_pas": 3, "fulfilled_wish": 3}
    assert set(found) == {("breach", 1), ("breach", 2), ("faux_pas", 1), ("faux_pas", 2), ("fulfilled_wish", 1)}
    for (concept, _), counts in found.items():
        assert len(counts) == options[concept], (concept, counts)
        assert max(counts.values()) < counts.total() / 2 + 1.5 * counts.total() ** 0.5, (
            concept,
            counts,
        )  # half, but for chance


def test_the_first_choice_is_intended_as_often_as_the_second() -> None:
    first = total = 0
    for one in made():
        values = {v["name"]: v["initial"] for v in one["world"]["variables"]}
        names = {entity["id"]: entity["name"] for entity in one["world"]["entities"]}
        for question in one["questions"]:
            if question["ability"] == "intention" and question["order"] == 1:
                total += 1
                first += question["answer"] != [names[next(v for n, v in values.items() if "second choice" in n)]]
    assert 0.35 < first / total < 0.65


def test_the_validators_find_nothing() -> None:
    judges = [check.judge for check in checks().values() if check.judge and check.concerns("tom")]
    assert [finding for one in made()[:100] for judge in judges for finding in judge(one)] == []


def test_same_seed_same_episode() -> None:
    again = [orjson.loads(orjson.dumps(episode("tom", ("motives",), {}, 0, slot, 0))) for slot in range(20)]
    assert again == made()[:20]


@pytest.mark.parametrize("end", ["minimum", "maximum"])
@pytest.mark.parametrize("knob", motives.KNOBS)
def test_knobs_at_their_ends(knob: str, end: str) -> None:
    for seed in range(20):
        rng = random.Random(seed)
        knobs = {name: rng.randint(about.minimum, about.maximum) for name, about in motives.KNOBS.items()}
        try:
            story = motives.build(rng, knobs | {knob: getattr(motives.KNOBS[knob], end)})
            questions = story.script()
        except Rejected:
            continue
        assert disagreements(story.stage, [asked.query for asked in questions]) == []
