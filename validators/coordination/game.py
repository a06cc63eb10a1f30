"""What the checks ask of a coordination game; what a game of its own provides is in `rules.py`, what it is asked in
`asked.py`."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from madata.validators.coordination import legality
from madata.validators.coordination.asked import Asked
from madata.validators.coordination.play import play, record
from madata.validators.coordination.run import Run
from madata.validators.coordination.world import World
from madata.validators.trial import READER, Derived, Fault, Json, Wrong


class Game(Asked):
    """Built once an episode, from world, conventions and agents alone. Raises `Wrong` for what cannot be judged."""

    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        self.world = World(world, conventions, agents)
        self.figures = world["game"]
        if strange := self.world.behaviours() - self.behaviours:
            raise Wrong("players, behaviour", f"one of {sorted(self.behaviours)}", ", ".join(sorted(strange)))
        self.fit()
        self.record = record(self)

    def illegal(self) -> Iterator[Fault]:
        yield from legality.faults(self)

    def unscripted(self) -> Iterator[Fault]:
        """The first event that is not what the scripts say; after it, they would say something else."""
        recorded, missing = self.record.events, "nothing"
        played = play(self, Run(self.world, self.start()))
        for index, (expected, found) in enumerate(zip_longest(played, recorded)):
            if expected != found:
                shown = (self.world.shown(event) if event else missing for event in (expected, found))
                yield Fault(f"event {index}", *shown)
                return

    def outcome(self) -> Json:
        """But for the words, which are the turns'."""
        run = self.record
        success, cost, plan = self.success(run), self.cost(run), self.plan(run)
        return {
            "kind": "coordination",
            "success": success,
            "plan": None if plan is None else list(plan),
            "rounds": run.rounds,
            "cost": cost,
            "optimum": self.optimum,
            "certified": self.certified,
            "efficiency": self.efficiency(success, cost),
            "milestones": [{"name": name, "time": time} for name, time in self.milestones(run)],
            "messages": self.messages(run),
            "told": self.told(run),
            "least": self.least,
            "redundant": self.redundant(run),
            "contradicted": self.contradicted(run),
            "learned": [
                {"agent": self.world.agents[who], "fact": self.world.facts[fact], "time": time}
                for who, fact, time in self.learned(run)
            ],
        }

    def efficiency(self, success: bool, cost: int | None) -> int | None:
        if not success:
            return None
        if not cost:
            return 100
        return None if self.optimum is None else 100 * self.optimum // cost

    def answer(self, question: Json) -> Derived:
        """Its answer is the right ones of the options, in their order, and then those that are missing. What the query
        lists has to exist, right or not."""
        query = question["query"]
        answering = getattr(self, f"answer_{query['kind']}", None)
        if answering is None:
            raise Wrong("query, kind", f"one that there is in {self.figures['kind']}", query["kind"])
        self.entries(query)
        right = answering(query)
        answers = dict.fromkeys(right.answers)
        options = question["options"]
        ordered = [option for option in options if option in answers]
        view = READER if right.view is None else self.world.agents[right.view]
        missing = [answer for answer in answers if answer not in options]
        return Derived([*ordered, *missing], list(right.evidence), view, right.order)

    def legible(self, query: Json, option: str) -> bool:
        entries = self.entries(query)
        if entries is None:
            return option == self.plan_text(()) or option.isdecimal()
        return option in entries

    def adapts(self) -> bool:
        """A switch or leave came, a message was late or lost, or somebody proposed something else than before."""
        world, run = self.world, self.record
        switched = (switch["time"] for switch in world.switches if switch)
        came = any(time < run.rounds for time in (*switched, *(time for time in world.leaves if time is not None)))
        proposed = defaultdict(set)
        for event in run.events:
            if event.kind == "propose":
                proposed[event.agent].add(event.plan)
        late = any(arrives != event.time for event in run.events for arrives in event.arrives)
        return came or late or any(len(plans) > 1 for plans in proposed.values())

    def private(self, agent: str) -> Json:
        """What only some knew at the start, this agent among them."""
        world, number = self.world, self.world.number[agent]
        facts = (fact for fact, known in enumerate(world.known) if number in known and not world.common[fact])
        return {world.fact_names[fact]: world.value_names[fact][world.truth[fact]] for fact in facts}
