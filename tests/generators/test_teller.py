"""The scripted teacher: every event, convention and query has its words, and they give nothing away."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import get_args

import pytest
from teacher_worlds import Story, random_story

from madata.generators.tom.phrases import Phrases
from madata.generators.tom.teller import forms, tell_story
from madata.generators.tom.wording import question_text
from madata.schemas import Conventions, TomWorld, Turn
from madata.schemas.tom import (
    Case,
    CasesQuery,
    Change,
    Enter,
    Is,
    KnowersQuery,
    KnowsQuery,
    LieQuery,
    Look,
    Peek,
    Query,
    SawQuery,
    SearchQuery,
    TargetsQuery,
    Tell,
    ValueQuery,
    Watch,
)

SEEDS = range(150)


def told(seed: int, small_talk: int = 2) -> tuple[Story, TomWorld, list[Turn]]:
    rng = random.Random(seed)
    story = random_story(rng, rng.randint(2, 6), rng.randint(5, 25))
    world = story.world()
    return story, world, tell_story(story.agents, story.conventions, world, rng, small_talk)


def queries(story: Story) -> Iterator[Query]:
    """Every kind of query, at the start, in the middle and at the end."""
    ids = [agent.id for agent in story.agents]
    end = len(story.events)
    for time in sorted({0, end // 2, end}):
        for variable in story.variables:
            for length in range(5):
                chain = [ids[i % 2] for i in range(length)]
                yield ValueQuery(chain=chain, variable=variable.id, time=time)
                if chain:
                    yield KnowsQuery(chain=chain, variable=variable.id, time=time)
                    if variable.kind == "location":
                        yield SearchQuery(chain=chain, variable=variable.id, time=time)
                    if variable.id == "v4":
                        yield SearchQuery(chain=chain, via=variable.id, time=time)
            yield KnowersQuery(variable=variable.id, time=time)
    for index, event in enumerate(story.events):
        yield SawQuery(agent=ids[0], event=index)
        if event.kind == "tell":
            yield LieQuery(event=index)
            yield TargetsQuery(event=index)


def assert_grammar(text: str) -> None:
    assert text[0].isupper(), text
    assert text[-1] in ".?", text
    assert not re.search(r"\b(\w+) \1\b", text), text
    assert not re.search(r"\ba [aeio]|\ban [^aeiouh]|  |[{}]| ,|\.\.", text), text
    assert not re.search(r"\b(the|an?) (the|an?)\b", text), text


@pytest.mark.parametrize("seed", SEEDS)
def test_turns_fit_the_events(seed: int) -> None:
    story, world, turns = told(seed)
    ids = [agent.id for agent in story.agents]
    assert [turn.index for turn in turns] == list(range(len(turns)))
    assert [turn.time for turn in turns] == sorted(turn.time for turn in turns)
    main = [turn for i, turn in enumerate(turns) if turn.event is not None and turns[i - 1].event != turn.event]
    assert [turn.event for turn in main] == list(range(len(world.events)))
    for turn, event in zip(main, world.events, strict=True):
        assert turn.time == turn.event
        assert turn.audience == [agent for agent in ids if agent in event.view]
        spoken = isinstance(event, Tell) or turn.channel == "public"
        assert turn.speaker == (getattr(event, "agent") if spoken else None)  # noqa: B009
        assert (turn.act is not None) == isinstance(event, Tell)
        if "secret" in event.view.values():
            assert turn.channel in ("action", "narration")
    more = [turn for turn in turns if turn.event is not None and turn not in main]
    second = []
    for turn in more:
        if isinstance(event := world.events[turn.event], Enter | Watch):
            assert story.conventions.entering == "reveals"
            assert turn.audience == [agent for agent in ids if agent in event.view]
        else:
            second.append(turn)
    looks = [(i, event.agent) for i, event in enumerate(world.events) if isinstance(event, Look | Peek)]
    assert [(turn.event, turn.audience) for turn in second] == [(i, [agent]) for i, agent in looks]


@pytest.mark.parametrize("seed", SEEDS)
def test_exact_names_occur(seed: int) -> None:
    story, world, turns = told(seed)
    phrases = Phrases(story.agents, world)
    now = {variable.id: variable.initial for variable in world.variables}
    shown: set[int] = set()
    for turn in turns:
        if turn.event is None or turn.event in shown:
            continue
        shown.add(turn.event)
        event = world.events[turn.event]
        mentioned = [getattr(event, field, None) for field in ("place", "container")]
        if turn.speaker is None:
            mentioned.append(getattr(event, "agent", None))
        if isinstance(event, Tell):
            mentioned += event.to
        if isinstance(event, Change | Tell) or event.kind == "reveal":
            variable = phrases.variables[event.variable]
            value = now[variable.id] if event.kind == "reveal" else event.value
            mentioned.append(value)
            mentioned.append(variable.about if variable.kind != "fact" else None)
            assert variable.kind != "fact" or variable.name in turn.text
            if isinstance(event, Change) and variable.kind != "fact":
                mentioned.append(now[variable.id])
        for one in mentioned:
            assert one is None or re.search(rf"\b{re.escape(phrases.name[one])}\b", turn.text), (one, turn.text)
        now.update(event.effects)


@pytest.mark.parametrize("seed", SEEDS)
def test_grammar(seed: int) -> None:
    story, world, turns = told(seed, 4)
    for turn in turns:
        assert_grammar(turn.text)
    for query in queries(story):
        assert_grammar(question_text(query, story.agents, world, random.Random(seed)))


@pytest.mark.parametrize("seed", range(20))
def test_same_seed_same_words(seed: int) -> None:
    assert told(seed) == told(seed)


@pytest.mark.parametrize("seed", range(60))
def test_words_do_not_depend_on_truth(seed: int) -> None:
    """With other initial values, the same draws give the same forms: only names of values differ."""
    rng = random.Random(seed)
    story = random_story(rng, 4, 15)
    outside = [event for event in story.events if not isinstance(event, Look | Peek)]

    def skeletons(start: int) -> list[str]:
        variables = [v.model_copy(update={"initial": v.values[start]}) for v in story.variables]
        world = TomWorld(entities=story.entities, variables=variables, distrust=story.distrust, events=outside)
        phrases = Phrases(story.agents, world)
        values = sorted({phrases.name[value] for v in variables for value in v.values}, key=len, reverse=True)
        pattern = re.compile("|".join(rf"\b(?:an? )?{re.escape(value)}\b" for value in values))
        turns = tell_story(story.agents, story.conventions, world, random.Random(seed))
        return [pattern.sub("_", turn.text) for turn in turns]

    assert skeletons(0) == skeletons(1)


def test_every_convention_has_its_sentence() -> None:
    said: dict[str, set[str]] = {}
    rules = forms()["rules"]
    for seed in range(300):
        story, world, turns = told(seed)
        texts = {turn.text for turn in turns if turn.time == 0 and turn.event is None}
        kinds = {event.kind for event in world.events}
        need = {"entering": True, "leaving": "leave" in kinds, "peeking": "peek" in kinds, "telling": "tell" in kinds}
        need["sincerity"] = need["telling"]
        for name, needed in need.items():
            value = getattr(story.conventions, name)
            worded = {
                other
                for other in get_args(Conventions.model_fields[name].annotation)
                if texts.intersection(rules[f"{name}_{other}"] + rules.get(f"{name}_{other}_mostly", []))
            }
            assert worded == ({value} if needed else set())
            if needed:
                said.setdefault(name, set()).add(value)
        assert texts.intersection(rules["revision"])
    assert all(said[name] == set(get_args(field.annotation)) for name, field in Conventions.model_fields.items())


@pytest.mark.parametrize("count", [0, 1, 5, 70])
def test_small_talk_is_among_people_together(count: int) -> None:
    for seed in range(30):
        _, world, turns = told(seed, count)
        chats = [turn for turn in turns if turn.event is None and turn.speaker and turn.act is None]
        assert len(chats) == count
        for chat in chats:
            assert chat.speaker in chat.audience
            assert len(chat.audience) > 1
            assert chat.text in forms()["small_talk"]["told"]
            inside = {}
            for event in world.events[: chat.time]:
                if isinstance(event, Enter):
                    inside[event.agent] = event.place
                elif event.kind == "leave":
                    del inside[event.agent]
            assert len({inside.get(agent) for agent in chat.audience}) == 1


def test_questions_before_tellings_are_asked_by_hearers() -> None:
    asked = 0
    for seed in range(200):
        _, _, turns = told(seed)
        for turn, following in pairwise(turns):
            if turn.act is not None and turn.act.performative == "query-ref":
                asked += 1
                assert following.act is not None
                assert following.act.performative == "inform"
                assert following.act.content["variable"] == turn.act.content["variable"]
                assert turn.audience == following.audience
                assert turn.speaker in following.audience
                assert turn.speaker != following.speaker
    assert asked > 20


def test_an_event_in_a_question_is_told_apart() -> None:
    for seed in range(40):
        story, world, _ = told(seed)
        texts: dict[str, int] = {}
        for index in range(len(world.events)):
            text = question_text(SawQuery(agent="a0", event=index), story.agents, world, random.Random(0))
            assert texts.setdefault(text, index) == index


def test_a_concept_is_worded_by_its_family() -> None:
    story, world, _ = told(0)
    case = Case(when=Is(variable="v4", value="o0", time=0), then="yes")
    query = CasesQuery(concept="surprise", cases=[case], otherwise="no")
    with pytest.raises(ValueError, match="surprise"):
        question_text(query, story.agents, world, random.Random(0))
