"""Who does which task, by what each takes for it."""

from collections.abc import Iterator

from madata.generators.coordination.rules.deliberating import Deliberating
from madata.generators.coordination.wording import counted


class Allocation(Deliberating):
    def task(self) -> Iterator[str]:
        game, words = self.game, self.words
        tasks = [decision.name for decision in self.world.decisions]
        *prices, cannot = words.values[words.fact[game.costs[0][0]].scale]
        yield "The team has to agree who does which task, and a plan names one of them for each."
        for task, duration in zip(tasks, game.durations, strict=True):
            yield f"It takes {task} {counted(duration, 'hour')}."
        for before, after in game.before:
            yield f"Before {tasks[before]} is done, {tasks[after]} cannot begin."
        yield (
            "Each does one task at a time and without interruption, tasks of different people can go on at once, and "
            "all is done in the least time that this allows."
        )
        yield f"A plan works if the price of nobody, for a task that is theirs, is {cannot}."
        costs = "; ".join(f"{price}: {coins}" for price, coins in zip(prices, game.coins, strict=True))
        yield (
            f"Its cost in coins is {game.hour} for each hour until all is done, and for each task by the price of the "
            f"one who does it: {costs}."
        )


RULES = Allocation
