"""`motives`: why people do what they do, in four themes, each labelled from goals and knowledge in the world.

`Wish`, desire and action: somebody wants one of several things and looks for it where they believe it to be; whether
they find it there is another matter (Wellman and Woolley 1990). Others expect the search by what they know of the wish.

`Pick`, preference and intention: somebody takes their first choice, or the second if they believe that the first cannot
be had. What they intend follows from preference and belief, not from what can be had (Bartsch and Wellman 1989).

`Rule`, broken norms: somebody takes a thing out of a box. That is a breach if the rule then in force forbids it, and a
knowing one if they believe that it does (Núñez and Harris 1998).

`Remark`, faux pas: somebody runs down what, as it happens, a hearer made. It hurts if it is really theirs and they hear
it; it is a faux pas if the speaker does not believe that it is theirs, and unkind otherwise (Baron-Cohen et al. 1999,
whose last question is likewise whether the speaker knew).

A theme draws first which answer it wants, then who learns what and when, so that no answer is the usual one.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from madata.generators.family import Asked, Family, Knob, draw
from madata.generators.lexicon import choice, names, rules, scene, works
from madata.generators.tom.beliefs import Ambiguous
from madata.generators.tom.questions import Asker
from madata.generators.tom.stage import Stage
from madata.generators.tom.story import Story
from madata.schemas import Agent, Conventions
from madata.schemas.tom import All, Any, Case, CasesQuery, Entity, Formula, Is, KnowsQuery, Not, SearchQuery, Variable
from madata.schemas.words import UNSETTLED

KNOBS = {
    "agents": Knob(3, 6, 3, 8, "people in the story"),
    "order": Knob(1, 4, 0, 4, "highest belief order asked"),
    "themes": Knob(1, 2, 1, 4, "motives in the story, of four: a wish, a choice, a rule, a remark"),
    "changes": Knob(1, 2, 0, 4, "times that each theme's fact changes after somebody was told"),
    "distractors": Knob(0, 3, 0, 8, "turns of small talk"),
}

TRIES = 200
VIEWERS = 5
"""How many agents' views are tried for a question about one of them."""
HALF = 0.5

# What a concept is taken to be, and the question; one that asks for somebody's view begins with it.

FULFILLED = (
    ("", "{a} now goes to where {a} believes the wanted thing to be. How does that end?"),
    ("", "suppose that {a} now goes straight to where {a} believes the wanted thing to be. How does the search end?"),
    ("", "{a} now looks into one container, where {a} believes the wanted thing to be. How does that end?"),
)
PICK = (
    (
        "{a} will {do} {first}, unless {a} believes that this is {gone}; then {a} will {do} {second}.",
        "what will {a} {do}?",
    ),
    ("{a} will {do} {second} if {a} believes that {first} is {gone}, and else {first}.", "so what will {a} {do}?"),
    ("{a} means to {do} {first}, or {second} if {a} believes that the former is {gone}.", "what will {a} {do} then?"),
)
EXPECTED = (
    (
        "Everybody knows that {a} will {do} {first}, unless {a} believes that this is {gone}; then {a} will {do} "
        "{second}.",
        "what does {b} expect {a} to {do}?",
    ),
    (
        "As everybody knows, {a} means to {do} {first}, or {second} if {a} believes that the former is {gone}.",
        "what will {a} {do}, as {b} expects?",
    ),
)
BREACH = (
    (
        "It is a breach to take something out of the {box} while {rule} is {bans}.",
        "when {event} and thus out of the {box}, is that a breach, and does {a} believe at that moment that it is one?",
    ),
    (
        "While {rule} is {bans}, whoever takes something out of the {box} commits a breach.",
        "what is it when {event} and thus out of the {box}: a breach or none, and does {a} believe at that moment that "
        "it is one?",
    ),
)
HURT = (
    (
        "To hear such a thing said of what really is {own} hurts {m}: it is an unkind remark if the speaker believed "
        "it to be {own}, and otherwise a faux pas.",
        "what is it when {event}?",
    ),
    (
        "It is an offence to {m} if {m} hears something run down that really is {own}: a faux pas unless the speaker "
        "believed it to be {own}, else an unkind remark.",
        "which of these is it, if any, when {event}?",
    ),
)
VIEWED = ("as {b} sees it, ", "going by what {b} believes, ", "in the eyes of {b}, ")

Forms = Sequence[tuple[str, str]]
Q = TypeVar("Q", bound=CasesQuery | SearchQuery)


def build(rng: random.Random, knobs: Mapping[str, int]) -> Story:
    plot = Plot(rng, knobs)
    return Story(plot.stage, rng, plot.play, plot.ask, knobs["distractors"])


class Theme(Protocol):
    def play(self) -> None: ...

    def ask(self, asker: Asker, order: int) -> None: ...


@dataclass(frozen=True, slots=True)
class News:
    """A fact with the values it takes in turn and, for each, who learns it beside the owner, who decides it. What is
    `posted` can be read on a notice; of a wish one hears from its owner only."""

    variable: str
    owner: str
    values: list[str]
    hearers: list[list[str]]
    posted: bool

    def heard(self, agent: str, steps: int) -> str | None:
        """The last of the first so many values that the agent learns of."""
        return next((self.values[i] for i in reversed(range(steps)) if agent in self.hearers[i]), None)


class Plot:
    """One story in the making: themes add what they need, the stage is set, and each theme is played and asked about.

    `p0` is where it happens, with all containers in it; in `p1` people can talk apart."""

    def __init__(self, rng: random.Random, knobs: Mapping[str, int]) -> None:
        self.rng = rng
        self.order, self.steps = knobs["order"], knobs["changes"] + 1
        self.name = {f"a{i}": name for i, name in enumerate(names(rng, knobs["agents"]))}
        self.ids = list(self.name)
        here, aside = scene(rng, rooms=2, containers_per_room=4, objects=4).rooms
        self.name |= {"p0": here.name, "p1": aside.name}
        self.entities = [Entity(id=place, kind="place", name=self.name[place]) for place in ("p0", "p1")]
        self.containers = [f"c{i}" for i in range(len(here.containers))]
        self.name |= zip(self.containers, here.containers, strict=True)
        self.spot: dict[str, str] = {}
        """The location variable of each object."""
        self.variables: list[Variable] = []
        self._objects = here.objects
        self._private: dict[str, dict[str, str]] = {agent: {} for agent in self.ids}
        kinds: list[Callable[[Plot], Theme]] = [Pick, Remark, Rule, Wish]
        chosen = rng.sample(kinds, knobs["themes"])
        chosen.sort(key=lambda theme: theme is Wish)  # later nobody may see where things are just by coming in
        self.themes = [theme(self) for theme in chosen]
        self.stage = self._set()

    def _set(self) -> Stage:
        agents = [Agent(id=a, name=self.name[a], role="participant", private=self._private[a]) for a in self.ids]
        hides = self.spot and (
            any(isinstance(theme, Wish) and theme.end == "nowhere" for theme in self.themes) or self.rng.random() < 0.4
        )
        conventions = Conventions(
            entering="hides" if hides else "reveals", leaving=draw(self.rng, ("witnessed", 5), ("unnoticed", 1))
        )
        containers = [Entity(id=c, kind="container", name=self.name[c], place="p0") for c in self.containers]
        return Stage(agents, conventions, self.entities + (containers if self.spot else []), self.variables)

    # What themes add before the stage is set

    def values(self, things: Sequence[str]) -> list[str]:
        """New values of facts, by name."""
        start = len([entity for entity in self.entities if entity.kind == "value"])
        ids = [f"x{start + i}" for i in range(len(things))]
        self.entities += [Entity(id=id_, kind="value", name=name) for id_, name in zip(ids, things, strict=True)]
        self.name |= zip(ids, things, strict=True)
        return ids

    def thing(self, start: str | None = None) -> str:
        """A new object in a container of `p0`."""
        id_, name, variable = f"o{len(self.spot)}", self._objects[len(self.spot)], f"v{len(self.variables)}"
        self.name[id_], self.spot[id_] = name, variable
        self.entities.append(Entity(id=id_, kind="object", name=name))
        self.variables.append(
            Variable(
                id=variable,
                kind="location",
                name=name,
                about=id_,
                values=self.containers,
                initial=start or self.rng.choice(self.containers),
            )
        )
        return id_

    def news(
        self,
        name: str,
        owner: str,
        values: list[str],
        steps: int,
        among: Sequence[str] = (),
        fits: Callable[[News], bool] = lambda news: True,
        posted: bool = False,
    ) -> News:
        """A new fact and who is to learn what of it, drawn until it fits; its values are taken from `among` them."""
        variable = f"v{len(self.variables)}"
        for _ in range(TRIES):
            drawn = self._walk(among or values, steps)
            news = News(variable, owner, drawn, self._hearers(owner, steps), posted)
            if fits(news):
                break
        self._private[owner][name] = self.name[news.values[0]]
        self.name[variable] = name
        self.variables.append(
            Variable(id=variable, kind="fact", name=name, values=values, initial=news.values[0], known_by=[owner])
        )
        return news

    def _walk(self, values: Sequence[str], steps: int) -> list[str]:
        walk = [self.rng.choice(values)]
        while len(walk) < steps:
            walk.append(self.rng.choice([value for value in values if value != walk[-1]]))
        return walk

    def _hearers(self, owner: str, steps: int) -> list[list[str]]:
        """Most learn how it is at first; of a change some do, and now and then nobody."""
        chances = [0.85] + [draw(self.rng, (0.6, 6), (0.0, 1)) for _ in range(steps - 1)]
        return [[a for a in self.ids if a != owner and self.rng.random() < chance] for chance in chances]

    # What happens

    def play(self) -> None:
        for theme in self.themes:
            theme.play()

    def unfold(self, *parts: tuple[News, range]) -> None:
        """The given steps of each, the steps of different facts mixed."""
        steps = [iter(steps) for _, steps in parts]
        turns = [i for i, (_, steps) in enumerate(parts) for _ in steps]
        self.rng.shuffle(turns)
        for turn in turns:
            self.step(parts[turn][0], next(steps[turn]))

    def step(self, news: News, number: int, place: str = "p0") -> None:
        """The value changes (not at first), and its hearers learn it: as it changes, on a notice, or from the owner."""
        stage, rng, owner, hearers = self.stage, self.rng, news.owner, news.hearers[number]
        others = [a for a in self.ids if a != owner and a not in hearers]
        if number and hearers and rng.random() < 0.15:
            self.gather(place, [owner, *hearers], others)
            stage.change(owner, news.variable, news.values[number])
            return
        if number:
            if stage.place[owner]:
                stage.leave(owner)
            stage.change(owner, news.variable, news.values[number])
        if not hearers:
            return
        if news.posted and rng.random() < 0.4:
            self.gather(place, hearers, [*others, owner] if rng.random() < 0.7 else others)
            stage.reveal(place, news.variable)
        elif len(hearers) < 3 and rng.random() < 0.4:
            self.gather(place, [owner, *hearers])
            stage.tell(owner, news.variable, news.values[number], "private", sorted(hearers))
        else:
            self.gather(place, [owner, *hearers], others)
            stage.tell(owner, news.variable, news.values[number], "room")

    def gather(self, place: str, inside: Sequence[str], away: Sequence[str] = ()) -> None:
        """So that all `inside` are attentive in the room and nobody of those `away` is."""
        for agent in self.rng.sample(away, len(away)):
            if agent in self.stage.attentive(place):
                if self.rng.random() < 0.75:
                    self.stage.leave(agent)
                else:
                    self.stage.distract(agent)
        for agent in self.rng.sample(inside, len(inside)):
            self.come(agent, place)

    def come(self, agent: str, place: str) -> None:
        stage = self.stage
        if stage.place[agent] == place:
            if agent in stage.distracted:
                stage.attend(agent)
            return
        if stage.place[agent]:
            stage.leave(agent)
        stage.enter(agent, place)

    def some(self, agents: Sequence[str], least: int = 1) -> list[str]:
        return self.rng.sample(agents, self.rng.randint(min(least, len(agents)), len(agents)))

    def others(self, *agents: str) -> list[str]:
        return [a for a in self.ids if a not in agents]

    # What is asked

    def ask(self) -> list[Asked]:
        rng, order, asker = self.rng, self.order, Asker(self.stage, self.rng)
        variables = [variable.id for variable in self.variables]
        changing = [variable for variable in variables if len(set(self.stage.truth[variable])) > 1]
        asker.reality(rng.choice(variables))
        asker.memory(rng.choice(variables))
        if order:
            for theme in self.themes:
                theme.ask(asker, order)
            for k in range(1, order + 1):
                asker.belief(k, *(changing if changing and rng.random() < 0.85 else variables))
            asker.knowledge(rng.randint(1, min(2, order)), *variables)
        asker.answerability(*variables)
        asker.perception()
        return asker.asked

    def word(self, forms: Forms, viewer: str | None = None, **slots: str) -> str:
        """A concept question in words, in somebody's view if there is a `viewer`."""
        definition, question = self.rng.choice(forms)
        if viewer:
            question = self.rng.choice(VIEWED).format(b=self.name[viewer]) + question
        text = question.format(**slots)
        return f"{definition.format(**slots)} {text[0].upper()}{text[1:]}".strip()

    def viewer(self, asker: Asker, agents: Sequence[str], view: Callable[[str], Q]) -> tuple[str, Q] | None:
        """An agent whose view to ask for, with the query: as often one for whom the answer is that of somebody who
        knows all as one for whom it is not. None if there are not both."""
        found: dict[bool, tuple[str, Q]] = {}
        for agent in self.rng.sample(agents, min(VIEWERS, len(agents))):
            query = view(agent)
            try:
                found.setdefault(asker.beliefs.outcome(query) == self.so(asker, query), (agent, query))
            except Ambiguous:
                continue
        return found[self.rng.random() < HALF] if len(found) == 2 else None

    def so(self, asker: Asker, query: CasesQuery | SearchQuery) -> str:
        """The answer of somebody who knows all, and takes everybody to."""
        if isinstance(query, SearchQuery):
            assert query.via is not None
            return self.name[self.stage.now(self.spot[self.stage.now(query.via)])]
        cases = [Case(when=plain(case.when), then=case.then) for case in query.cases]
        return asker.beliefs.outcome(query.model_copy(update={"cases": cases}))


def plain(formula: Formula) -> Formula:
    """The same of the world, whoever is said to believe it."""
    match formula:
        case Is():
            return formula.model_copy(update={"chain": []})
        case Not():
            return Not(of=plain(formula.of))
        case All():
            return All(of=[plain(each) for each in formula.of])
        case Any():
            return Any(of=[plain(each) for each in formula.of])


# The concepts, defined. `view` is whose belief decides, a chain; an empty one asks for what is so.


def fulfilled(who: str, name: str, wish: str, spots: Mapping[str, tuple[str, Sequence[str]]], time: int) -> CasesQuery:
    """Whether `who` finds what they want where they believe it to be. `spots` has for each value of the fact `wish` the
    variable that says where it is, and the places where it ever was."""
    there: list[Formula] = []
    nowhere: list[Formula] = []
    for thing, (spot, places) in spots.items():
        wanted = Is(chain=[who], variable=wish, value=thing, time=time)
        right = [
            All(of=[Is(chain=chain, variable=spot, value=place, time=time) for chain in ([who], [])])
            for place in places
        ]
        there.append(All(of=[wanted, Any(of=[*right])]))
        nowhere.append(All(of=[wanted, Is(chain=[who], variable=spot, value=None, time=time)]))
    return CasesQuery(
        concept="fulfilled_wish",
        cases=[
            Case(when=Any(of=there), then=f"{name} finds it there"),
            Case(when=Any(of=nowhere), then=f"{name} has no such place in mind"),
        ],
        otherwise=f"{name} does not find it there",
    )


def intended(view: list[str], first: str, second: str, gone: str, things: Mapping[str, str], time: int) -> CasesQuery:
    """The first choice unless it is believed to be gone, else the second, for the last agent of the `view`: what the
    others expect, if there are others. `things`: the names of all that ever is the first or the second choice."""

    def held(variable: str, value: str | None) -> Is:
        return Is(chain=view, variable=variable, value=value, time=time)

    unknown = Case(when=held(first, None), then=UNSETTLED)
    to_be_had = [
        Case(when=All(of=[held(first, thing), Not(of=held(gone, thing))]), then=name) for thing, name in things.items()
    ]
    or_else = [Case(when=held(second, thing), then=name) for thing, name in things.items()]
    return CasesQuery(concept="intention", cases=[unknown, *to_be_had, *or_else], otherwise=UNSETTLED)


def breach(view: list[str], actor: str, name: str, rule: str, bans: Sequence[str], time: int) -> CasesQuery:
    """Whether what is done at that time is forbidden (the `rule` is one of the `bans`), and the actor believes so."""

    def banned(chain: list[str]) -> Any:
        return Any(of=[Is(chain=chain, variable=rule, value=ban, time=time) for ban in bans])

    forbidden, believed = banned(view), banned([*view, actor])
    return CasesQuery(
        concept="breach",
        cases=[
            Case(when=All(of=[forbidden, believed]), then=f"a breach, and {name} believes that it is one"),
            Case(when=forbidden, then=f"a breach, but {name} does not believe that it is one"),
            Case(when=believed, then=f"no breach, but {name} believes that it is one"),
        ],
        otherwise=f"no breach, and {name} does not believe that it is one",
    )


def offence(
    view: list[str], maker: str, name: str, own: str, speaker: str, least: str, said: str, time: int
) -> CasesQuery:
    """What it is towards the maker that the speaker says at that time that `least` is `said`. It hurts if `own`, what
    the maker made, is just that and the maker hears it, which is: believes it from then on."""

    def made(chain: list[str]) -> Is:
        return Is(chain=chain, variable=own, value=said, time=time)

    heard = Is(chain=[*view, maker], variable=least, value=said, time=time + 1)
    hurt = All(of=[made(view), heard])
    return CasesQuery(
        concept="faux_pas",
        cases=[
            Case(when=All(of=[hurt, made([*view, speaker])]), then="an unkind remark"),
            Case(when=hurt, then="a faux pas"),
        ],
        otherwise=f"no offence to {name}",
    )


class Wish:
    """`end` is where the search will lead: to the thing, to where it was, or nowhere."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.who = plot.rng.choice(plot.ids)
        self.end = draw(plot.rng, ("found", 9), ("missed", 6), ("nowhere", 5))
        self.things = [plot.thing() for _ in range(3)]
        self.wish = plot.news(f"the thing that {plot.name[self.who]} wants", self.who, self.things, plot.steps)
        self.used: set[str] = set()

    def play(self) -> None:
        """All is in view; then the wish changes, and things move, behind the backs of some."""
        plot, stage, rng, who = self.plot, self.plot.stage, self.plot.rng, self.who
        others = plot.others(who)
        plot.gather("p0", [who, *plot.some(others, len(others) - 1)])
        if stage.conventions.entering == "hides":
            for thing in self.things:
                stage.reveal("p0", plot.spot[thing])
        self.used = {stage.now(plot.spot[thing]) for thing in self.things}
        if rng.random() < 0.6:
            self.move(rng.choice([*self.things, self.wish.values[-1]]))
        last = plot.steps - 1
        plot.unfold((self.wish, range(max(last, 1))))
        plot.gather("p0", plot.some(others, 2), [who])
        self.transfer()
        if last:
            plot.step(self.wish, last, "p1")
        if self.end == "nowhere":
            plot.come(who, "p0")
            stage.peek(who, self.believed)
        elif stage.conventions.entering == "hides" and rng.random() < 0.4:
            plot.come(who, "p0")

    def transfer(self) -> None:
        """The thing wanted in the end moves, or does not; others may, and some who see it leave in between."""
        plot, stage, rng = self.plot, self.plot.stage, self.plot.rng
        wanted = self.wish.values[-1]
        self.believed = stage.now(plot.spot[wanted])
        rest = rng.sample([thing for thing in self.things if thing != wanted], 2)
        moves = rest if self.end == "found" else [wanted, rest[0]]
        for thing in moves if rng.random() < 0.5 else moves[:1]:
            if len(stage.attentive("p0")) > 2 and rng.random() < 0.5:
                stage.leave(rng.choice(stage.attentive("p0")))
            self.move(thing)

    def move(self, thing: str) -> None:
        stage, variable = self.plot.stage, self.plot.spot[thing]
        there = [c for c in self.plot.containers if c != stage.now(variable)]
        target = self.plot.rng.choice([c for c in there if c not in self.used] or there)
        self.used.add(target)
        stage.change(self.plot.rng.choice(stage.attentive("p0")), variable, target)

    def ask(self, asker: Asker, order: int) -> None:
        plot, who = self.plot, self.who
        self.search(asker, self.query([who], asker.end))
        if order > 1 and (seen := plot.viewer(asker, plot.others(who), lambda b: self.query([b, who], asker.end))):
            self.search(asker, seen[1])
        text = plot.word(FULFILLED, a=plot.name[who])
        tracks = {thing: (plot.spot[thing], plot.stage.truth[plot.spot[thing]]) for thing in self.things}
        spots = {thing: (spot, list(dict.fromkeys(track))) for thing, (spot, track) in tracks.items()}
        query = fulfilled(who, plot.name[who], self.wish.variable, spots, asker.end)
        asker.cases(query, "desire", 1, text)
        asker.belief(plot.rng.randint(1, order), self.wish.variable, ability="desire")

    def search(self, asker: Asker, query: SearchQuery) -> None:
        """Where somebody will look for what they want: anywhere, as far as one can tell."""
        options = [*(self.plot.name[container] for container in self.plot.containers), UNSETTLED]
        asker.choice(query, "action", len(query.chain), options)

    def query(self, chain: list[str], time: int) -> SearchQuery:
        return SearchQuery(chain=chain, via=self.wish.variable, time=time)


class Pick:
    """Whether the first choice really cannot be had, and whether that is believed, are drawn evenly."""

    def __init__(self, plot: Plot) -> None:
        self.plot, rng = plot, plot.rng
        self.who, self.host = rng.sample(plot.ids, 2)
        self.about = choice(rng, 4, plot.name.values())
        self.values = plot.values(self.about.things)
        own = f"{plot.name[self.who]}'s {{}} choice {self.about.where}"
        self.first = plot.news(own.format("first"), self.who, self.values, draw(rng, (1, 3), (min(plot.steps, 2), 2)))
        lesser = [value for value in self.values if value not in self.first.values]
        self.second = plot.news(own.format("second"), self.who, self.values, 1, lesser)
        favourite = self.first.values[-1]
        want = (rng.random() < 0.5, rng.random() < 0.5)

        def fits(news: News) -> bool:
            return (news.values[-1] == favourite, news.heard(self.who, plot.steps) == favourite) == want

        self.gone = plot.news(
            self.about.gone, self.host, self.values, plot.steps, [favourite, *self.values], fits, posted=True
        )

    def play(self) -> None:
        self.plot.unfold(*((news, range(len(news.values))) for news in (self.first, self.second, self.gone)))

    def ask(self, asker: Asker, order: int) -> None:
        plot, a = self.plot, self.plot.name[self.who]
        slots = {"a": a, "do": self.about.verb, "gone": self.about.gone}
        slots |= {"first": plot.name[self.first.variable], "second": plot.name[self.second.variable]}
        own = self.intended([self.who], asker.end)
        asker.choice(own, "intention", 1, self.about.things, plot.word(PICK, **slots))
        others = plot.others(self.who)
        if order > 1 and (seen := plot.viewer(asker, others, lambda b: self.intended([b, self.who], asker.end))):
            text = plot.word(EXPECTED, **slots, b=plot.name[seen[0]])
            asker.choice(seen[1], "intention", 2, [*self.about.things, UNSETTLED], text)
        asker.belief(plot.rng.randint(1, order), self.first.variable, self.second.variable, ability="preference")

    def intended(self, view: list[str], time: int) -> CasesQuery:
        things = {value: self.plot.name[value] for value in [*self.first.values, *self.second.values]}
        return intended(view, self.first.variable, self.second.variable, self.gone.variable, things, time)


class Rule:
    """Whether it is forbidden, and whether the one who does it believes so, are drawn evenly."""

    def __init__(self, plot: Plot) -> None:
        self.plot, rng = plot, plot.rng
        self.host, self.actor = rng.sample(plot.ids, 2)
        self.box = rng.choice(plot.containers)
        sorts = rules(rng, 2)
        values = plot.values([*sorts.forbid, *sorts.allow])
        self.bans = values[:2]
        want = (rng.random() < 0.5, rng.random() < 0.5)

        def fits(news: News) -> bool:
            return (news.values[plot.steps - 1] in self.bans, news.heard(self.actor, plot.steps) in self.bans) == want

        steps = plot.steps + draw(rng, (0, 2), (1, 1))
        name = f"the rule for the {plot.name[self.box]}"
        self.rule = plot.news(name, self.host, values, steps, fits=fits, posted=True)
        self.thing = plot.thing(self.box)
        self.time = 0

    def play(self) -> None:
        plot, stage, rng = self.plot, self.plot.stage, self.plot.rng
        plot.unfold((self.rule, range(plot.steps)))
        plot.gather("p0", [self.actor, *plot.some(plot.others(self.actor))])
        spot = plot.spot[self.thing]
        if stage.conventions.entering == "hides":
            stage.reveal("p0", spot)
        self.time = len(stage.events)
        stage.change(self.actor, spot, rng.choice([c for c in plot.containers if c != self.box]))
        plot.unfold((self.rule, range(plot.steps, len(self.rule.values))))

    def ask(self, asker: Asker, order: int) -> None:
        plot = self.plot
        slots = {
            "a": plot.name[self.actor],
            "box": plot.name[self.box],
            "rule": plot.name[self.rule.variable],
            "bans": " or ".join(f'"{plot.name[value]}"' for value in self.bans),
            "event": asker.clause(self.time),
        }
        asker.cases(self.breach([]), "norm", 1, plot.word(BREACH, **slots))
        witnesses = [a for a in plot.others(self.actor) if a in plot.stage.events[self.time].view]
        if order > 1 and (seen := plot.viewer(asker, witnesses, lambda b: self.breach([b]))):
            asker.cases(seen[1], "norm", 2, plot.word(BREACH, seen[0], **slots))

    def breach(self, view: list[str]) -> CasesQuery:
        return breach(view, self.actor, self.plot.name[self.actor], self.rule.variable, self.bans, self.time)


class Remark:
    """Which kind of remark it is, is drawn: rather a faux pas, where alone belief and world differ. One that offends
    nobody is about something else, or not heard."""

    def __init__(self, plot: Plot) -> None:
        self.plot, rng = plot, plot.rng
        self.maker, self.speaker, *rest = rng.sample(plot.ids, len(plot.ids))
        about = works(rng, 4, plot.name.values())
        values = plot.values(about.things)
        kind = draw(rng, ("faux pas", 4), ("unkind", 3), ("harmless", 3))

        def fits(news: News) -> bool:
            known = news.heard(self.speaker, plot.steps) == news.values[plot.steps - 1]
            return kind == "harmless" or known is (kind == "unkind")

        steps = plot.steps + draw(rng, (0, 2), (1, 1))
        own = about.own.format(owner=plot.name[self.maker])
        self.own = plot.news(own, self.maker, values, steps, fits=fits, posted=True)
        made = self.own.values[plot.steps - 1]
        self.made_by_others: list[News] = []
        if rest and rng.random() < 0.5:
            other = rng.choice(rest)
            free = [value for value in values if value not in self.own.values] or values
            name = about.own.format(owner=plot.name[other])
            self.made_by_others = [plot.news(name, other, values, 1, free, posted=True)]
        self.heard = kind != "harmless" or rng.random() < 0.6
        believed = self.own.heard(self.speaker, plot.steps)
        missed = [value for value in values if value != made]
        if kind != "harmless" or not self.heard:
            self.said = made
        elif believed in missed and rng.random() < 0.5:
            self.said = believed
        else:
            self.said = rng.choice(missed)
        least = about.least.format(owner=plot.name[self.speaker])
        self.least = plot.news(least, self.speaker, values, 1, [self.said])
        self.time = 0

    def play(self) -> None:
        plot, stage, rng = self.plot, self.plot.stage, self.plot.rng
        others = [(news, range(1)) for news in self.made_by_others]
        plot.unfold((self.own, range(plot.steps)), *others)
        company = plot.some(plot.others(self.maker, self.speaker))
        whisper = rng.random() < 0.3
        if self.heard:
            plot.gather("p0", [self.maker, self.speaker, *company])
        else:
            plot.gather("p0", [self.speaker, *company], [] if whisper else [self.maker])
        self.time = len(stage.events)
        if whisper:
            to = self.maker if self.heard else company[0]
            stage.tell(self.speaker, self.least.variable, self.said, "private", [to])
        else:
            stage.tell(self.speaker, self.least.variable, self.said, "room")
        plot.unfold((self.own, range(plot.steps, len(self.own.values))))

    def ask(self, asker: Asker, order: int) -> None:
        plot = self.plot
        slots = {
            "m": plot.name[self.maker],
            "own": plot.name[self.own.variable],
            "event": asker.clause(self.time),
        }
        asker.cases(self.offence([]), "faux_pas", 1, plot.word(HURT, **slots))
        witnesses = [a for a in plot.others(self.speaker) if a in plot.stage.events[self.time].view]
        if order > 1 and (seen := plot.viewer(asker, witnesses, lambda b: self.offence([b]))):
            asker.cases(seen[1], "faux_pas", 2, plot.word(HURT, seen[0], **slots))
        knows = KnowsQuery(chain=[self.speaker], variable=self.own.variable, time=self.time)
        asker.yes_no(knows, "faux_pas", 1)

    def offence(self, view: list[str]) -> CasesQuery:
        own, least, name = self.own.variable, self.least.variable, self.plot.name[self.maker]
        return offence(view, self.maker, name, own, self.speaker, least, self.said, self.time)


FAMILY = Family(
    "tom", "motives", "what people want, prefer, may do and should not have said, and who knows it", KNOBS, build
)
