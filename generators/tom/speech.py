"""Acts of ToM agents in the words of models, in two ways.

`verbalise`: the story has been played; each act is put into words by the model of whoever acts. `improvise`
(self-play): each agent in turn chooses among the acts it can do now and words its choice, seeing only what it has seen
and heard.

What the world shows (the setting, what is found or comes into sight) stays in the words of the templates, and who
perceives a turn is for the stage to say, in both ways. An act is what its words are checked against: wording, privacy
and form.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from madata.generators.teachers.answers import WORDS, closed, judged, read_object
from madata.generators.teachers.cast import Cast, Choices, Message, Refused
from madata.generators.tom.acts import acts
from madata.generators.tom.clauses import Clauses
from madata.generators.tom.phrases import Phrases
from madata.generators.tom.stage import Stage, restage
from madata.generators.tom.teller import Teller
from madata.schemas import Agent, TomWorld, Turn, canonical
from madata.schemas.tom import Event, Tell
from madata.schemas.words import name_list
from madata.validators import form
from madata.validators.tom import privacy, wording
from madata.validators.tom.spoken import Scene

CHECKS = {"form": form.faults, "wording": wording.faults, "privacy": privacy.faults}
ROUNDS = 4  # of self-play: how often each agent acts


class Telling:
    """A story while it is told: its turns, and for each agent those it has perceived."""

    def __init__(self, agents: Sequence[Agent], world: TomWorld, cast: Cast) -> None:
        self.turns: list[Turn] = []
        self.phrases = Phrases(agents, world)
        self.clauses = Clauses(self.phrases)
        self.cast = cast
        self._ids = [agent.id for agent in agents]
        self._entities = world.entities
        self._scene = Scene([agent.model_dump() for agent in agents], world.model_dump())
        self._perceived: dict[str, list[str]] = {agent: [] for agent in self._ids}

    def add(self, turn: Turn, event: Event | None) -> None:
        """A turn that is told as it is."""
        self.turns.append(turn)
        self._scene.hear(turn.model_dump(), event.model_dump() if event else None)
        said = f"{self.phrases.name[turn.speaker]}: {turn.text}" if turn.speaker else turn.text
        for agent in turn.audience:
            self._perceived[agent].append(f"You: {turn.text}" if agent == turn.speaker else said)

    def judge(self, turn: Turn, event: Event | None) -> Turn:
        """The turn, if nothing is wrong with its words."""
        line = self._scene.line(turn.model_dump(), event.model_dump() if event else None)
        judged(line, CHECKS)
        return turn

    def opening(self, section: str, agent: str) -> list[Message]:
        """Who the model is, and what it has perceived so far."""
        forms, name = self.cast.prompts[section], self.phrases.name
        others = name_list([name[other] for other in self._ids if other != agent])
        return [
            {"role": "system", "content": forms["system"].format(name=name[agent], others=others)},
            {
                "role": "user",
                "content": forms["story"].format(name=name[agent], story="\n".join(self._perceived[agent])),
            },
        ]

    def hearers(self, turn: Turn, agent: str) -> str:
        return self.phrases.people(other for other in turn.audience if other != agent) or "nobody"

    def choices(self, turn: Turn, event: Event | None, before: Sequence[Event]) -> tuple[str, Choices] | None:
        """For a reader: the act among acts that differ from it in one thing. None where there is nothing to tell
        apart."""
        if event is None:
            return None

        def said(act: Event) -> str:
            text = self.clauses.claim(act) if isinstance(act, Tell) else "".join(self.clauses.clause(act, before))
            return text[0].upper() + text[1:] + "."

        how = f"said by {self.phrases.name[event.agent]}" if isinstance(event, Tell) else "told of what somebody did"
        choices = Choices.among(how, turn.index, event, self._near(event), said)
        return (turn.text, choices) if choices else None

    def _near(self, event: Event) -> list[Event]:
        """Acts of the same kind with another value, denied, or with another room or container."""
        near: list[Event] = []
        match event.kind:
            case "tell" | "change":
                values = self.phrases.variables[event.variable].values
                near = [event.model_copy(update={"value": value}) for value in values if value != event.value]
                if event.kind == "tell":
                    near.append(event.model_copy(update={"holds": not event.holds}))
            case "enter" | "leave" | "watch":
                near = [event.model_copy(update={"place": place}) for place in self._like(event.place)]
            case "look" | "peek":
                near = [event.model_copy(update={"container": container}) for container in self._like(event.container)]
        return near

    def _like(self, entity: str) -> list[str]:
        """Other entities of the same kind."""
        (kind,) = (each.kind for each in self._entities if each.id == entity)
        return [each.id for each in self._entities if each.kind == kind and each.id != entity]


def acted(turn: Turn, told: Sequence[Turn], event: Event | None) -> str | None:
    """Who acts in a turn, if anybody does: the speaker, or the agent of the event that the turn is the first to
    tell."""
    if event is None or turn.speaker:
        return turn.speaker
    return None if told and told[-1].event == turn.event else getattr(event, "agent", None)


async def verbalise(stage: Stage, drafts: Sequence[Turn], cast: Cast) -> list[Turn]:
    """The turns of a played story, `drafts` in the words of the templates, with every act in those of a model."""
    world = stage.world()
    telling = Telling(stage.agents, world, cast)
    for draft in drafts:
        event = None if draft.event is None else world.events[draft.event]
        agent = acted(draft, telling.turns, event)
        telling.add(await _put(telling, world, draft, event, agent) if agent else draft, event)
    return telling.turns


async def _put(telling: Telling, world: TomWorld, draft: Turn, event: Event | None, agent: str) -> Turn:
    """The act of a turn in the words of the agent's model."""
    before = world.events[: draft.time]
    opening = telling.opening("verbalise", agent)
    slots = {"name": telling.phrases.name[agent], "hearers": telling.hearers(draft, agent)}
    if event is not None:
        slots["clause"] = "".join(telling.clauses.clause(event, before))
    if isinstance(event, Tell):
        kind = "tell"
        slots["claim"] = telling.clauses.claim(event)
    elif event is not None:
        kind = "aloud" if draft.speaker else "narrated"
    elif draft.act is not None:
        kind = "ask"
        slots["know"] = telling.phrases.knowable(telling.phrases.variables[draft.act.content["variable"]])
    else:
        kind = "talk"
    opening[-1]["content"] += "\n\n" + telling.cast.prompts["verbalise"][kind].format(**slots)

    def judge(text: str) -> Turn:
        return telling.judge(draft.model_copy(update={"text": text}), event)

    return await telling.cast.answer(
        agent,
        draft.index,
        "verbalise",
        opening,
        judge,
        lambda: draft,
        choices=lambda turn: telling.choices(turn, event, before),
    )


async def improvise(stage: Stage, kinds: Sequence[str], rng: random.Random, cast: Cast) -> list[Turn]:
    """Self-play: the agents act in rounds, each once a round, and the stage does what they chose."""
    world = stage.world()
    teller = Teller(stage.agents, stage.conventions, world, rng, plain=True)
    may = {"change": ["alone"], "tell": ["denial"]}
    teller.set_up({*kinds, *(rule for kind in kinds for rule in may.get(kind, ()))})
    telling = Telling(stage.agents, world, cast)
    for turn in teller.turns:
        telling.add(turn, None)
    for _ in range(ROUNDS):
        for agent in rng.sample(stage.ids, len(stage.ids)):
            if possible := acts(stage, kinds, agent):
                act, words = await _choose(telling, stage, agent, possible)
                stage.perform(act)
                event = stage.events[-1]
                teller.tell(len(stage.events) - 1, event)
                first, *rest = teller.turns[len(telling.turns) :]
                telling.add(first.model_copy(update={"text": words}), event)
                for turn in rest:
                    telling.add(turn, event)
    return telling.turns


async def _choose(telling: Telling, stage: Stage, agent: str, possible: Sequence[Event]) -> tuple[Event, str]:
    """One of the acts, and its words, from the agent's model."""
    options = {canonical(described): act for act in possible for described in [describe(act, telling.phrases)]}
    groups = grouped(orjson.loads(option) for option in options)
    opening = telling.opening("self_play", agent)
    listed = "\n".join(f"- {orjson.dumps(group).decode()}" for group in groups)
    opening[-1]["content"] += "\n\n" + telling.cast.prompts["self_play"]["turn"].format(acts=listed)

    def judge(text: str) -> tuple[Event, Turn]:
        act, words = read_choice(text, options)
        turn, event = staged(act, words)
        return act, telling.judge(turn, event)

    def draft() -> tuple[Event, Turn]:
        act = random.Random(f"rehearsal/{len(telling.turns)}/{listed}").choice(possible)
        words = (
            telling.clauses.claim(act) if isinstance(act, Tell) else "".join(telling.clauses.clause(act, stage.events))
        )
        return act, staged(act, words[0].upper() + words[1:] + ".")[0]

    def staged(act: Event, words: str) -> tuple[Turn, Event]:
        """The turn and the event that the act would be now."""
        trial = restage(stage.agents, stage.conventions, stage.world())
        trial.perform(act)
        event = trial.events[-1]
        turn = Turn(
            index=len(telling.turns),
            time=len(stage.events),
            speaker=agent if isinstance(act, Tell) else None,
            audience=[other for other in stage.ids if other in event.view],
            channel="public",
            act=None,
            text=words,
            event=len(stage.events),
        )
        return turn, event

    act, turn = await telling.cast.answer(
        agent,
        len(telling.turns),
        "self_play",
        opening,
        judge,
        draft,
        answer_schema(groups),
        lambda answer: telling.choices(answer[1], answer[0], stage.events),
    )
    return act, turn.text


HERE = "everybody here"


def describe(act: Event, phrases: Phrases) -> dict[str, Any]:
    """An act as the model names it: names for ids, and nothing that the stage works out."""
    described: dict[str, Any] = {"kind": act.kind}
    match act.kind:
        case "enter" | "leave" | "watch":
            described["place"] = phrases.name[act.place]
        case "look" | "peek":
            described["container"] = phrases.name[act.container]
        case "change":
            variable = phrases.variables[act.variable]
            described |= {"what": phrases.knowable(variable), "value": phrases.name[act.value]}
        case "tell":
            variable = phrases.variables[act.variable]
            described |= {"what": phrases.knowable(variable), "value": phrases.name[act.value], "holds": act.holds}
            described["to"] = HERE if act.reach == "room" else phrases.name[act.to[0]]
    return described


def grouped(described: Iterable[dict[str, Any]]) -> list[dict[str, list[Any]]]:
    """Acts of one kind about one thing as one: each member with all the values it can have."""
    groups: dict[tuple[str, str | None], dict[str, list[Any]]] = {}
    for act in described:
        group = groups.setdefault((act["kind"], act.get("what")), {member: [] for member in act})
        for member, value in act.items():
            if value not in group[member]:
                group[member].append(value)
    return list(groups.values())


def answer_schema(groups: Sequence[dict[str, list[Any]]]) -> dict[str, Any]:
    """JSON Schema of an answer: an act of one of the groups, and its words."""
    acts = [closed({member: {"enum": values} for member, values in group.items()}) for group in groups]
    return closed({"act": {"anyOf": acts}, "words": WORDS})


def read_choice(text: str, options: Mapping[bytes, Event]) -> tuple[Event, str]:
    """The act and the words of an answer; refused unless the act is one of those that can be done now."""
    answer = read_object(text, expected := "a JSON object with act and words")
    if not isinstance(answer.get("words"), str):
        raise Refused("act", expected, "another value")
    chosen = options.get(canonical(answer.get("act")))
    if chosen is None:
        raise Refused("act", "one of the acts that can be done now", canonical(answer.get("act")).decode()[:200])
    return chosen, answer["words"].strip()
