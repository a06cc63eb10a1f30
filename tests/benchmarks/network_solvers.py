"""Exact figures of networks, and of decks of cards: `python -P tests/benchmarks/network_solvers.py`. Milliseconds each,
the mean and the worst; the chromatic number is sought up to 30 members only."""

import random
import time
from collections import defaultdict

from madata.generators.coordination import networks, topologies
from madata.generators.coordination.cards import Rules
from madata.generators.coordination.families import graph
from madata.generators.coordination.families.hints import COLOURS
from madata.schemas.coordination.games.hints import Hints

DRAWN = 20
DECKS = [(2, 2, 3, [2, 1, 1]), (3, 2, 3, [2, 1, 1]), (2, 3, 2, [2, 2, 2]), (4, 2, 2, [3, 2, 1])]
"""Agents, cards to a hand, colours, copies."""


def timed(into, name, work, *given):
    begun = time.perf_counter()
    found = work(*given)
    into[name].append(1000 * (time.perf_counter() - begun))
    return found


def shown(took):
    return ", ".join(f"{name} {sum(each) / len(each):.2f} (worst {max(each):.1f})" for name, each in took.items())


def draw(shape, rng, n):
    while not topologies.connected(n, edges := shape(rng, n)):
        pass
    return sorted(edges)


def figures(shape, n):
    took = defaultdict(list)
    for seed in range(DRAWN):
        edges = timed(took, "drawn", draw, shape, random.Random(seed), n)
        net = networks.network(n, edges)
        timed(took, "clique", networks.clique_number, net)
        timed(took, "cover", networks.cover_number, net)
        timed(took, "matching", networks.matching_number, edges)
        timed(took, "diameter", networks.diameter, net)
        if n <= graph.EXACT:
            timed(took, "colours", networks.chromatic_number, net)
    return took


def decks(agents, hand, colours, copies):
    took = defaultdict(list)
    for seed in range(DRAWN):
        rng = random.Random(seed)
        ranks = len(copies)
        deck = [value for value in range(colours * ranks) for _ in range(copies[value % ranks])]
        rng.shuffle(deck)
        game = Hints(
            colours=COLOURS[:colours],
            ranks=ranks,
            copies=copies,
            deck=[f"f{card}" for card in range(len(deck))],
            hand=hand,
            hints=4,
            mistakes=2,
        )
        rules = Rules(game, deck, range(agents), 100)
        table = rules.deal()
        timed(took, "least missing", rules.least_missing, table, 0)
        timed(took, "best acts", rules.best, table, 0)
    return took


def main():
    for n in (16, 30, 60, 100):
        for shape in topologies.SHAPES:
            print(f"{n} agents, {shape.__name__}: {shown(figures(shape, n))}")
    for agents, hand, colours, copies in DECKS:
        took = decks(agents, hand, colours, copies)
        print(f"{agents} players, {hand} cards, {colours} colours of {copies}: {shown(took)}")
    for n in (10, 100):
        for number, problem in enumerate(graph.PROBLEMS):
            took = defaultdict(list)
            for seed in range(DRAWN):
                knobs = {"agents": n, "problem": number, "spare": 1, "small_talk": 0}
                session = timed(took, "built", graph.build, random.Random(seed), knobs).session
                timed(took, "played", session.run)
                timed(took, "judged", session.result)
            print(f"{n} agents, {problem}: {shown(took)}")


if __name__ == "__main__":
    main()
