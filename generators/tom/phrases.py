"""How the things of a ToM world are called in a sentence."""

from collections.abc import Iterable

from madata.generators.lexicon import indefinite
from madata.schemas import Agent, TomWorld
from madata.schemas.tom import Variable
from madata.schemas.words import name_list


class Phrases:
    """Noun phrases and clauses about one world.

    `name` maps the ids of agents and entities to their names, `the` also takes an article where one is due: values of
    facts ("Friday", "an otter") and agents have none.
    """

    def __init__(self, agents: Iterable[Agent], world: TomWorld) -> None:
        self.name = {agent.id: agent.name for agent in agents}
        self.the = self.name.copy()
        for entity in world.entities:
            self.name[entity.id] = entity.name
            self.the[entity.id] = entity.name if entity.kind == "value" else f"the {entity.name}"
        self.variables = {variable.id: variable for variable in world.variables}

    def people(self, ids: Iterable[str]) -> str:
        """Agents' names, joined ("Anna, Ben and Carla")."""
        return name_list([self.name[agent] for agent in ids])

    def a(self, entity: str) -> str:
        """The entity's name with an indefinite article, if it takes one."""
        return indefinite(self.name[entity])

    def about(self, variable: Variable) -> str:
        """The name of the object that has a location, or of the container that has contents."""
        assert variable.about is not None
        return self.name[variable.about]

    def knowable(self, variable: Variable) -> str:
        """What is known about the variable: "where the apple is", "what is in the box", "the day of the concert"."""
        match variable.kind:
            case "location":
                return f"where the {self.about(variable)} is"
            case "contents":
                return f"what is in the {self.about(variable)}"
            case "fact":
                return variable.name

    def slots(self, variable: Variable, value: str) -> dict[str, str]:
        """The slots of sentence forms that say the variable has this value: x and c, c and v, or n and v."""
        match variable.kind:
            case "location":
                return {"x": self.about(variable), "c": self.name[value]}
            case "contents":
                return {"c": self.about(variable), "v": self.a(value)}
            case "fact":
                return {"n": variable.name, "v": self.the[value]}
