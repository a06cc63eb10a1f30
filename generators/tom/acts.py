"""What an agent may do now: the acts a family allows, as far as the stage does.

An act is an event whose effects and view are not worked out yet; `Stage.perform` does. Tests hold that every act listed
here can be performed, and that no other of its kind can.
"""

from collections.abc import Collection, Iterator

from madata.generators.tom.beliefs import Beliefs
from madata.generators.tom.stage import Stage
from madata.schemas.tom import (
    Attend,
    Change,
    Distract,
    Enter,
    Event,
    Leave,
    Look,
    Peek,
    Tell,
    Unwatch,
    Variable,
    Watch,
)


def acts(stage: Stage, kinds: Collection[str], agent: str) -> list[Event]:
    """All acts of these kinds that the agent can do now, as far as the agent can tell.

    Nobody changes what they do not know: what can be moved, and not be put where it is, would tell where it is.
    A fact is changed only by who knew it from the start.
    """
    return [act for act in _possible(stage, agent) if act.kind in kinds]


def _possible(stage: Stage, agent: str) -> Iterator[Event]:
    place = stage.place[agent]
    rooms = [entity.id for entity in stage.entities.values() if entity.kind == "place"]
    if agent in stage.watching:
        yield Unwatch(agent=agent)
    elif place is None:
        yield from (Enter(agent=agent, place=room) for room in rooms)
        yield from (Watch(agent=agent, place=room) for room in rooms)
    if agent in stage.distracted:
        yield Attend(agent=agent)
    elif place is not None:
        yield Distract(agent=agent)
    if place is not None:
        yield Leave(agent=agent, place=place)
    if agent in stage.distracted:
        return
    beliefs = Beliefs(stage)
    for variable in stage.variables.values():
        known = beliefs.settled(variable.id, (agent,), len(stage.events)) == stage.now(variable.id)
        if known and (variable.kind != "fact" or agent in variable.known_by):
            yield from (
                Change(agent=agent, variable=variable.id, value=value)
                for value in variable.values
                if stage.can_change(agent, variable.id, value)
            )
    if place is not None:
        for container in stage.entities.values():
            if container.kind == "container" and container.place in (None, place):
                yield Look(agent=agent, container=container.id)
                yield Peek(agent=agent, container=container.id)
    for variable in stage.variables.values():
        yield from _tellings(stage, agent, variable)


def _tellings(stage: Stage, agent: str, variable: Variable) -> Iterator[Event]:
    """To one who is near, or to everybody who is; an agent that is alone has nobody to tell."""
    near = [other for other in stage.attentive(stage.place[agent]) if other != agent]
    for value in variable.values:
        for holds in (True, False):
            for hearer in near:
                yield Tell(agent=agent, variable=variable.id, value=value, holds=holds, reach="private", to=[hearer])
            if len(near) > 1:
                yield Tell(agent=agent, variable=variable.id, value=value, holds=holds, reach="room")
