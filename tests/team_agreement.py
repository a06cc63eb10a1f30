"""Comparing the generator's coordination games with the validator's, on teams far beyond what families make.

A family gives an instance, with knobs over all they may be; then behaviours, switches, leavers, fates, order and who
knows what are drawn at random (`perturbed`). Some agents can be models: those say and do anything that is legal, true
or not (`played`), which no script does. Random queries (`queries`) are put beside those that the asker chooses.
"""

import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from madata.generators import make
from madata.generators.coordination import asker
from madata.generators.coordination.deliberation import Deliberation
from madata.generators.coordination.knowledge import turn
from madata.generators.coordination.known import Unasked
from madata.generators.coordination.outcome import outcome
from madata.generators.coordination.private import private
from madata.generators.coordination.session import Chance, Session
from madata.generators.coordination.setting import Setting
from madata.generators.cues import Cues
from madata.generators.family import Asked, Rejected
from madata.schemas.coordination.language import (
    Accept,
    Ask,
    AwareQuery,
    BestQuery,
    CanQuery,
    ClashQuery,
    Confirm,
    Conventions,
    CouldQuery,
    Event,
    FitsQuery,
    Inform,
    IntendsQuery,
    KnowsQuery,
    LostQuery,
    Message,
    MessageQuery,
    MilestoneQuery,
    NeedsQuery,
    Player,
    Propose,
    RedundantQuery,
    Reject,
    Request,
    Switch,
    Telling,
    Told,
)
from madata.validators import task
from madata.validators.trial import Wrong

DELIBERATION = ("team", "myopic", "silent", "literal", "asker")
MOTION = ("team", "myopic", "silent", "literal", "leader")
OTHERS = ("team", "myopic", "silent")
BEHAVIOURS: dict[str, tuple[Any, ...]] = {
    "maze": DELIBERATION,
    "schedule": DELIBERATION,
    "allocation": DELIBERATION,
    "pathfinding": MOTION,
    "pursuit": MOTION,
    "kitchen": MOTION,
    "graph": OTHERS,
    "hints": OTHERS,
}


def compared(seed: str, family: str, caps: dict[str, int] | None = None) -> tuple[int, list[str]]:
    """One instance; how many answers were compared, and a line for each disagreement."""
    rng = random.Random(seed)
    session = instance(rng, family, caps or {})
    try:
        session = played(rng, type(session)(perturbed(rng, session.setting)) if rng.random() < 0.8 else session)
        questions = [*asked(rng, session), *answered(rng, session)]
    except Rejected:  # too hard to play, or to answer
        return 0, []
    world, conventions = session.finished().model_dump(), session.setting.conventions.model_dump()
    secrets = private(session.setting)
    agents = [agent.model_dump() | {"private": secrets[agent.id]} for agent in session.setting.agents]
    episode = {"task": "coordination", "world": world, "conventions": conventions, "agents": agents}
    try:
        game = task.module("coordination", "games").build(episode)
    except Wrong as error:
        return 0, [f"not a game: {error}"]
    lines = [f"illegal: {fault}" for fault in game.illegal()]
    lines += [f"unscripted: {fault}" for fault in game.unscripted()]
    derived = game.outcome()
    for field, mine in outcome(session, []).model_dump().items():
        if field != "words" and derived[field] != mine:
            lines.append(f"outcome, {field}: generator {mine}, validator {derived[field]}")
    if game.adapts() != session.adapts():
        lines.append(f"adapts: generator {session.adapts()}")
    lines += [f"private of {each['id']}" for each in agents if game.private(each["id"]) != each["private"]]
    for question in questions:
        lines += differences(game, question)
    return len(questions), lines


def instance(rng: random.Random, family: str, caps: dict[str, int]) -> Session:
    """Knobs over all that they may be, half of the time; else as the family draws them."""
    there = make.families("coordination")[family]
    while True:
        wide = rng.random() < 0.5
        knobs = {
            name: rng.randint(knob.minimum, min(knob.maximum, caps.get(name, knob.maximum)))
            if wide
            else rng.randint(knob.low, knob.high)
            for name, knob in sorted(there.knobs.items())
        }
        if there.conflict(knobs):
            continue
        try:
            found: Session = there.build(rng, knobs).session  # type: ignore[attr-defined]
        except Rejected:
            continue
        return found


def perturbed(rng: random.Random, setting: Setting) -> Setting:
    world, kind = setting.world, setting.world.game.kind
    ids = [agent.id for agent in setting.agents]
    behaviours = BEHAVIOURS[kind]
    players = []
    models = rng.sample(ids, rng.randint(1, min(3, len(ids)))) if rng.random() < 0.3 else []
    leaving = (
        rng.sample(ids, min(len(ids) - 2, rng.choice((0, 0, 1, len(ids)))))
        if behaviours is DELIBERATION or kind == "graph"
        else []
    )
    for agent in ids:
        switch = Switch(time=rng.randrange(6), behaviour=rng.choice(behaviours)) if rng.random() < 0.3 else None
        behaviour = rng.choice(behaviours) if rng.random() < 0.6 else "team"
        leaves = rng.randrange(world.rounds) if agent in leaving else None
        if agent in models:
            players.append(Player(agent=agent, leaves=leaves))
            continue
        players.append(Player(agent=agent, behaviour=behaviour, switch=switch, leaves=leaves))
    conventions = setting.conventions
    fates: list[int] = []
    if kind != "hints":
        unreliable = rng.random() < 0.5
        blackboard = kind != "graph" and not unreliable and rng.random() < 0.3
        speech = "concurrent" if kind == "graph" or rng.random() < 0.5 else "turns"
        conventions = Conventions(
            speech=speech,
            delivery="unreliable" if unreliable else "reliable",
            channel="blackboard" if blackboard else "messages",
        )
        fates = [rng.choice((0, 0, 0, 1, 2, 3, -1)) for _ in range(rng.randint(1, 7))] if unreliable else []
    facts = world.facts
    if kind != "hints" and rng.random() < 0.5:
        facts = [
            fact.model_copy(update={"known": [agent for agent in ids if rng.random() < 0.4 or agent in fact.known[:1]]})
            for fact in facts
        ]
    order = list(world.order)
    rng.shuffle(order)
    changed = world.model_copy(
        update={
            "players": players,
            "fates": fates,
            "facts": facts,
            "order": order,
            "bandwidth": rng.randint(1, 5),
            "rounds": max(1, world.rounds - rng.choice((0, 0, 1, 3))),
        }
    )
    return Setting(setting.agents, conventions, changed)


def played(rng: random.Random, session: Session) -> Session:
    """To its end."""
    for chance in session.chances():
        if not chance.speaking:
            session.act(chance.agent, rng.choice(session.open(chance.agent, chance.time)))
        elif session.hearers(chance.agent, chance.time):
            for _ in range(rng.choice((0, 1, 1, 2))):
                for event in said(rng, session, chance):
                    session.say(event)
    return session


def said(rng: random.Random, session: Session, chance: Chance) -> Iterator[Event]:
    """Something that a model may say; nothing, if there is nothing of the kind that is drawn."""
    agent, time = chance.agent, chance.time
    hearers, facts = session.hearers(agent, time), session.world.facts
    to = None if rng.random() < 0.6 else rng.sample(hearers, 1)
    heard = session.known.reached(agent, turn(time))
    proposals = [index for index in heard if isinstance(session.events[index], Propose)]
    told = [
        Told(fact=fact.id, value=fact.value if rng.random() < 0.6 else rng.randrange(len(session.names.values[number])))
        for number, fact in rng.sample(list(enumerate(facts)), rng.randint(1, min(3, len(facts))))
    ]
    match rng.choice(session.kinds):
        case "inform" if session.world.game.kind == "graph" and rng.random() < 0.5:
            choice = rng.randrange(len(session.world.actions))
            yield from session.message(Inform, agent, time, to, choice=choice)
        case "inform":
            yield from session.message(Inform, agent, time, to, facts=told)
        case "query-ref":
            yield from session.message(Ask, agent, time, to, facts=[each.fact for each in told])
        case "propose":
            yield from session.message(Propose, agent, time, to, plan=proposed(rng, session, chance))
        case "accept-proposal" if proposals:
            yield from session.message(Accept, agent, time, to, proposal=rng.choice(proposals))
        case "reject-proposal" if proposals:
            because = rng.choice(([], told))
            yield from session.message(Reject, agent, time, to, proposal=rng.choice(proposals), facts=because)
        case "confirm" if heard:
            yield from session.message(Confirm, agent, time, to, message=rng.choice(heard))
        case "request":
            action = rng.randrange(len(session.world.actions))
            yield from session.message(Request, agent, time, rng.sample(hearers, 1), action=action)


def proposed(rng: random.Random, session: Session, chance: Chance) -> list[int]:
    """What the agent holds best, or anything at all."""
    assert isinstance(session, Deliberation)
    if rng.random() < 0.6:
        return list(session.best(session.known.hopes(chance.agent, turn(chance.time))) or ())
    plan = [rng.randrange(len(choices)) for choices in session.names.choices]
    return plan[: rng.randrange(len(plan) + 1)] if session.world.game.kind == "maze" else rng.choice((plan, []))


def asked(rng: random.Random, session: Session) -> Iterator[Asked]:
    """Of each kind one that is worth asking, if there is one."""
    putting = asker.Asker(session, Cues([]), rng)
    for kind in asker.ABILITIES:
        yield from islice(putting.worthwhile(kind, asker.TRIES), 1)


def answered(rng: random.Random, session: Session) -> Iterator[Asked]:
    """Random queries, as far as the session has answers to them and some of these are among the options."""
    putting = asker.Asker(session, Cues([]), rng)
    for query in queries(rng, session):
        try:
            known = session.answer(query)
        except Unasked:
            continue
        if known.answer and len(options := putting.options(query, known)) > 1:
            yield known.asked(query, asker.ABILITIES[query.kind], "", options)


def queries(rng: random.Random, session: Session) -> Iterator[Any]:
    ids, facts, world = session.ids, session.fact_ids, session.world
    agent, other = rng.sample(ids, 2)
    time, number = rng.randrange(session.rounds), rng.randrange(len(facts))
    fact, values = facts[number], range(len(session.names.values[number]))
    some = rng.sample(facts, min(len(facts), 5))
    messages = [index for index, event in enumerate(session.events) if isinstance(event, Message)]
    yield KnowsQuery(agent=agent, time=time, facts=some)
    yield AwareQuery(agent=agent, other=other, fact=fact, time=time)
    yield CouldQuery(agent=agent, fact=fact, time=time, values=rng.sample(values, min(len(values), 5)))
    yield MilestoneQuery(name=rng.choice(session.played.milestones).name)
    if messages and len(ids) <= asker.LARGE:
        yield LostQuery(event=rng.choice(messages))
        yield RedundantQuery(events=rng.sample(messages, min(len(messages), 5)))
        present = [each for each in ids if session.present(session.number[each], time)]
        yield MessageQuery(time=time, tellings=[Telling(agent=rng.choice(present), fact=fact)])
    if world.game.kind == "graph":
        yield ClashQuery(time=time, agents=rng.sample(ids, min(len(ids), 5)))
    if isinstance(session, Deliberation):
        plans = [proposed(rng, session, Chance(session.number[each], time, speaking=True)) for each in ids]
        distinct = [plan for place, plan in enumerate(plans) if plan not in plans[:place]]
        yield FitsQuery(plans=distinct)
        yield BestQuery(plans=distinct)
        yield IntendsQuery(agent=agent, time=time, plans=distinct)
        yield NeedsQuery(agent=agent, time=time, facts=some)
    else:
        actions = rng.sample(range(len(world.actions)), min(len(world.actions), 6))
        whose = agent if world.game.kind != "hints" else world.order[time % len(ids)]
        yield BestQuery(agent=whose, time=time, actions=actions)
        if world.game.kind != "graph":
            yield CanQuery(agent=whose, time=time, actions=actions)
            yield IntendsQuery(agent=whose, time=time, actions=actions)


def differences(game: Any, question: Asked) -> Iterator[str]:
    asked = {"query": question.query.model_dump(), "options": question.options}
    try:
        derived = game.answer(asked)
    except Wrong as error:
        yield f"{asked}: generator {question.answer}, validator cannot: {error}"
        return
    mine = (question.answer, question.evidence, question.view, question.order)
    theirs = (derived.answer, derived.evidence, derived.view, derived.order)
    if mine != theirs:
        yield f"{asked['query']}: generator {mine}, validator {theirs}"
    for option in question.options:
        if not game.legible(asked["query"], option):
            yield f"{asked['query']}: option {option!r} is not legible"
