"""What only some know at the start (`agents[].private`), by the rule of docs/coordination.md."""

from madata.generators.coordination.setting import Setting


def private(setting: Setting) -> dict[str, dict[str, str]]:
    """By agent id, in agent order: the facts that the agent knows and not everybody does, with their values."""
    scales = {scale.id: scale.values for scale in setting.world.scales}
    return {
        agent.id: {
            fact.name: scales[fact.scale][fact.value]
            for fact in setting.world.facts
            if agent.id in fact.known and len(fact.known) < len(setting.agents)
        }
        for agent in setting.agents
    }
