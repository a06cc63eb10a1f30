"""The Theory of Mind language: worlds, events and queries that every ToM family is written in.

A world is a few variables (where the apple is, what the box holds, when the concert starts), a list of events that
set them or let people learn them, and conventions that settle what a reader could otherwise read in two ways.
What the events mean for beliefs is written in docs/semantics.md and implemented twice, in `generators/tom/beliefs.py`
and in `validators/tom/model_checker.py`; nothing here implements it.
"""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record

LIE = "a lie"
MISTAKE = "an honest mistake"
TRUTH = "the truth, honestly told"
GUESS = "a guess without knowing"


class Conventions(Record):
    """What the story takes for granted (law 5). Each value is also a sentence in the episode's text.

    `entering`: whether somebody who comes in (or starts to watch) sees where the objects in that room are.
    `leaving`: whether those in the room notice that somebody leaves.
    `peeking`: whether the others in the room notice a peek.
    `telling`: who believes what is told: everybody (`trusted`), nobody (`ignored`), or only a hearer who left a room
    earlier than the speaker did (`later_exit`, Hi-ToM's rule).
    `sincerity`: whether a hearer who believes a telling takes the speaker to believe it too (`sincere`) or draws no
    conclusion about the speaker (`neutral`).
    """

    entering: Literal["reveals", "hides"] = "reveals"
    leaving: Literal["witnessed", "unnoticed"] = "witnessed"
    peeking: Literal["secret", "noticed"] = "secret"
    telling: Literal["trusted", "ignored", "later_exit"] = "trusted"
    sincerity: Literal["sincere", "neutral"] = "sincere"


class Entity(Record):
    """A named thing: a room, a container that stands in a room, an object, or a value a fact can have."""

    id: Id
    kind: Literal["place", "container", "object", "value"]
    name: Name
    place: Id | None = None


class Variable(Record):
    """Something that has one value at a time.

    `location`: where object `about` is; values are containers. `contents`: what container `about` holds; values are
    objects. `fact`: anything else ("the day of the concert"); values are any entities, `about` may
    name an agent or an entity. `presumed` is what everybody takes for granted at the start (the label on the box);
    `known_by` lists who knows the value at the start, which is common knowledge.
    """

    id: Id
    kind: Literal["location", "contents", "fact"]
    name: Name
    about: Id | None = None
    values: Annotated[list[Id], Field(min_length=2)]
    initial: Id
    presumed: Id | None = None
    known_by: list[Id] = []


Reach = Literal["private", "room", "everyone"]
View = dict[Id, Literal["full", "notice", "secret"]]


class EventBase(Record):
    """`effects`: variables the event sets. `view`: how each agent takes part; who is not named notices nothing.

    `full` and `notice` are mutual: each of them sees the others there. `full` sees what is shown, `notice` sees only
    that it happens. `secret` sees it and is seen by nobody.
    """

    effects: dict[Id, Id] = {}
    view: View = {}


class Enter(EventBase):
    kind: Literal["enter"] = "enter"
    agent: Id
    place: Id


class Leave(EventBase):
    kind: Literal["leave"] = "leave"
    agent: Id
    place: Id


class Change(EventBase):
    """The agent sets a variable: moves an object, swaps what a box holds, alters a plan."""

    kind: Literal["change"] = "change"
    agent: Id
    variable: Id
    value: Id


class Reveal(EventBase):
    """The current value of a variable is in plain sight (or hearing) of everybody attentive in the place."""

    kind: Literal["reveal"] = "reveal"
    place: Id
    variable: Id


class Look(EventBase):
    """The agent looks into a container; the others there notice that, not what is inside."""

    kind: Literal["look"] = "look"
    agent: Id
    container: Id


class Peek(EventBase):
    """Like `look`, but noticed by nobody when the convention says `secret`."""

    kind: Literal["peek"] = "peek"
    agent: Id
    container: Id


class Watch(EventBase):
    """The agent, from outside, begins to watch a room in secret: it sees what is done and hears nothing."""

    kind: Literal["watch"] = "watch"
    agent: Id
    place: Id


class Unwatch(EventBase):
    kind: Literal["unwatch"] = "unwatch"
    agent: Id


class Distract(EventBase):
    """The agent stays in the room but notices nothing until it attends again; the others see that."""

    kind: Literal["distract"] = "distract"
    agent: Id


class Attend(EventBase):
    kind: Literal["attend"] = "attend"
    agent: Id


class Tell(EventBase):
    """The agent says that `variable` is (`holds`) or is not `value`: to the agents in `to` (`private`), to everybody
    attentive in its room (`room`), or to everybody in the story wherever they are (`everyone`)."""

    kind: Literal["tell"] = "tell"
    agent: Id
    variable: Id
    value: Id
    holds: bool = True
    reach: Reach
    to: list[Id] = []


Event = Annotated[
    Enter | Leave | Change | Reveal | Look | Peek | Watch | Unwatch | Distract | Attend | Tell,
    Field(discriminator="kind"),
]


class Distrust(Record):
    """`hearer` never believes `speaker`; everybody knows that."""

    hearer: Id
    speaker: Id


class TomWorld(Record):
    """Everything that is the case and happens. Everyone starts outside every room; events happen in list order."""

    kind: Literal["tom"] = "tom"
    entities: list[Entity]
    variables: Annotated[list[Variable], Field(min_length=1)]
    distrust: list[Distrust] = []
    events: list[Event]


# Queries. `time` counts events that have happened: 0 is the start, len(events) the end.

Chain = Annotated[list[Id], Field(max_length=4)]
Time = Annotated[int, Field(ge=0)]


class ValueQuery(Record):
    """The value of `variable` at `time` as chain (a1, .., ak) has it: a1 believes that .. ak believes it is ..; an
    empty chain asks for the truth. Answer: the value's name, or `UNSETTLED` (never for an empty chain)."""

    kind: Literal["value"] = "value"
    chain: Chain = []
    variable: Id
    time: Time


class SearchQuery(Record):
    """Where the last agent of the chain will look, as the rest of the chain expects it. With `via`, the object looked
    for is the value of that variable for the whole chain ("the thing that Anna wants"). Answer: as for `ValueQuery`."""

    kind: Literal["search"] = "search"
    chain: Annotated[Chain, Field(min_length=1)]
    variable: Id | None = None
    via: Id | None = None
    time: Time


class KnowsQuery(Record):
    """Whether the last agent of the chain knows (has a settled, true belief about) the variable, as the rest of the
    chain takes it. Answer: `YES` or `NO`; `NO` covers every case where the rest of the chain does not believe that it
    knows."""

    kind: Literal["knows"] = "knows"
    chain: Annotated[Chain, Field(min_length=1)]
    variable: Id
    time: Time


class KnowersQuery(Record):
    """Who knows the variable at `time`. Answer: names (`name_list`)."""

    kind: Literal["knowers"] = "knowers"
    variable: Id
    time: Time


class SawQuery(Record):
    """Whether `agent` noticed the event, openly or in secret. Answer: `YES` or `NO`."""

    kind: Literal["saw"] = "saw"
    agent: Id
    event: Time


class LieQuery(Record):
    """What kind of statement the telling `event` was. Answer: `LIE`, `MISTAKE`, `TRUTH` or `GUESS`."""

    kind: Literal["lie"] = "lie"
    event: Time


class TargetsQuery(Record):
    """Whom the lie `event` can have been meant for: hearers who believe the speaker and, as the speaker takes it, do
    not already have the speaker's own belief. Answer: names (`name_list`)."""

    kind: Literal["targets"] = "targets"
    event: Time


class Is(Record):
    """True when `ValueQuery(chain, variable, time)` is answered by entity `value`, or by `UNSETTLED` if that is
    null."""

    op: Literal["is"] = "is"
    chain: Chain = []
    variable: Id
    value: Id | None
    time: Time


class Not(Record):
    op: Literal["not"] = "not"
    of: "Formula"


class All(Record):
    op: Literal["all"] = "all"
    of: list["Formula"]


class Any(Record):
    op: Literal["any"] = "any"
    of: list["Formula"]


Formula = Annotated[Is | Not | All | Any, Field(discriminator="op")]


class Case(Record):
    when: Formula
    then: Name


class CasesQuery(Record):
    """A concept stated as a definition: the answer is `then` of the first case whose formula holds, else
    `otherwise`."""

    kind: Literal["cases"] = "cases"
    concept: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    cases: Annotated[list[Case], Field(min_length=1)]
    otherwise: Name


Query = Annotated[
    ValueQuery | SearchQuery | KnowsQuery | KnowersQuery | SawQuery | LieQuery | TargetsQuery | CasesQuery,
    Field(discriminator="kind"),
]
