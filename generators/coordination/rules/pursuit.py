"""A target that is to be enclosed by agents who see only what is near."""

from collections.abc import Iterator

from madata.generators.coordination.knowledge import Knowledge, beginning
from madata.generators.coordination.rules import Told
from madata.generators.coordination.rules.moving import Moving


class Pursuit(Moving):
    def task(self) -> Iterator[str]:
        game, words = self.game, self.words
        fact = words.fact[game.target]
        yield "The team has to enclose a target on a map."
        yield from self.map("wall", game.walls)
        yield "Several of them can be on one square, and the target is in nobody's way."
        track = zip(words.values[fact.scale], game.track, strict=True)
        places = "; ".join(
            value if value == (name := game.squares[square]) else f"{value}: {name}" for value, square in track
        )
        yield f"It depends on {fact.name} on which of these squares the target is in round 1: {places}."
        if game.moving:
            yield "In each round after that it is on the next of these squares, and after the last on the first again."
        else:
            yield "It stays there."
        yield (
            "The team is done if after the moves of a round somebody is on every square next to that of the target in "
            "the round that follows: north, south, east and west of it, as far as these are on the map and no walls."
        )
        yield (
            f"Whoever is at most {game.sight} away from the target at the beginning of a round, rows and columns added "
            "up, sees it then, and knows it from there on."
        )
        for agent, route in zip(words.ids, game.routes, strict=True):
            steps = "; ".join(self.world.actions[action] for action in route)
            yield f"As long as it is not known to {words.name[agent]}, {words.name[agent]} searches like this: {steps}."
        yield (
            "That is one action a round from round 1 on, and after the last the first again; whoever cannot do it in "
            "that round stays."
        )

    def observed(self, known: Knowledge, time: int) -> Told:
        target, start = known.fact[self.game.target], beginning(time)
        for agent, number in known.agent.items():
            before = target in known.start[number] or known.sure(number, target, start - 1)
            if known.sure(number, target, start) and not before:
                yield [agent], self.words.is_value(self.game.target)


RULES = Pursuit
