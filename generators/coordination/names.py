"""How things are called in the options of questions (docs/coordination.md, "Questions")."""

from collections.abc import Sequence

from madata.generators.coordination.setting import Setting
from madata.schemas.coordination.language import IMPOSSIBLE, NEVER, Event, Message
from madata.schemas.words import nth


class Names:
    """Agents, facts and decisions are numbers."""

    def __init__(self, setting: Setting) -> None:
        world = setting.world
        scales = {scale.id: scale.values for scale in world.scales}
        self.agents = [agent.name for agent in setting.agents]
        self.facts = [fact.name for fact in world.facts]
        self.values = [scales[fact.scale] for fact in world.facts]
        """Of each fact the names of its values."""
        self.decisions = [decision.name for decision in world.decisions]
        self.choices = [scales[decision.scale] for decision in world.decisions]
        self.actions = world.actions
        self._number = {agent.id: number for number, agent in enumerate(setting.agents)}

    def agent(self, agent: str) -> str:
        return self.agents[self._number[agent]]

    def plan(self, plan: Sequence[int]) -> str:
        if not plan:
            return IMPOSSIBLE
        return "; ".join(
            f"{name}: {values[value]}" for name, values, value in zip(self.decisions, self.choices, plan, strict=True)
        )

    def way(self, plan: Sequence[int]) -> str:
        """A plan that may end early: its values alone."""
        return ", ".join(values[value] for values, value in zip(self.choices, plan, strict=False)) or IMPOSSIBLE

    def telling(self, agent: str, fact: int) -> str:
        """A message that could be sent."""
        return f"{self.agent(agent)} tells what {self.facts[fact]} is"

    def round(self, time: int | None) -> str:
        return NEVER if time is None else f"round {time + 1}"

    def event(self, events: Sequence[Event], index: int, did: str = "said") -> str:
        """A message, or a hint (`did` is "did" then)."""
        event = events[index]
        same = [number for number, other in enumerate(events) if _said(other) == _said(event)]
        which = f" {nth(same.index(index) + 1)}" if len(same) > 1 else ""
        return f"what {self.agent(event.agent)} {did}{which} in round {event.time + 1}"


def _said(event: Event) -> tuple[str, int, bool]:
    return event.agent, event.time, isinstance(event, Message)
