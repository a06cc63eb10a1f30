"""A studio in which the parrot plays, without a server: what it was asked and what became of its answers is kept."""

import parrot

from madata.generators import make
from madata.generators.run import Config, Model
from madata.generators.teachers.cast import Cast, Studio
from madata.generators.teachers.request import Reply

PARROT = Model(name="parrot")


class Recording:
    def __init__(self, config, answer=parrot.answer):
        self.requests = []
        self.verdicts = {}
        self._answer = answer
        self.studio = Studio(config, self.ask, self.verdicts.__setitem__)

    async def ask(self, request):
        self.requests.append(request)
        text = self._answer([dict(message) for message in request.messages])
        return text if isinstance(text, Reply) else Reply(text, "stop", 100, 10, f"chatcmpl-{len(self.requests)}")

    def episode(self, slot=0, attempt=0):
        """One attempt; as it waits for nothing, it is done at once."""
        config = self.studio.config
        cast = Cast(self.studio, slot, attempt)
        return make.at_once(make.compose(config.task, config.families, config.knobs, config.seed, slot, attempt, cast))


def config(**changes):
    families = changes.pop("families", ("telling",))
    return Config(n=100, families=families, seed=1, **{"task": "tom", "models": (PARROT,)} | changes)
