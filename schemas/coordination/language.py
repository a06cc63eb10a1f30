"""The coordination language: facts, plans, messages and queries that every coordination family is written in.

A team has something to do together, and what its members need to know is spread over them: a *fact* has one true value,
and at the start only those in `known` know it. They tell, ask, propose and request, in rounds, and act. What is at
stake is a game of its own (`games/`). What events mean, how scripted agents behave and what is true of a record is
written in docs/coordination.md and implemented twice, in `generators/coordination` and in `validators/coordination`;
nothing here implements it. All figures are integers; a value, a plan's entry and an action are indices into lists of
names.
"""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record

IMPOSSIBLE = "it cannot be done"
NEVER = "never"
SAME = "it would have made no difference"
BETTER = "the team would have done better"
WORSE = "the team would have done worse"
FAILED = "the team would have failed"

Index = Annotated[int, Field(ge=0, le=10_000)]
Time = Annotated[int, Field(ge=0, le=1_000)]
EventIndex = Annotated[int, Field(ge=0)]
Plan = Annotated[list[Index], Field(max_length=400)]
"""One value a decision, by index; a plan may end early where the game says so. Empty: the task cannot be done."""


class Conventions(Record):
    """What the team takes for granted (law 5). Each value that matters is also a sentence in the episode's text.

    `speech`: speakers of a round hear each other, or all speak at once. `delivery`: whether every message arrives, or
    some are late or lost. `channel`: messages to those named, or a blackboard that everybody reads.
    """

    speech: Literal["turns", "concurrent"] = "turns"
    delivery: Literal["reliable", "unreliable"] = "reliable"
    channel: Literal["messages", "blackboard"] = "messages"


# What is the case.


class Scale(Record):
    """The values a fact or a decision can have. The first is what agents hope for as long as they do not know."""

    id: Id
    values: Annotated[list[Name], Field(min_length=2, max_length=400)]


class Fact(Record):
    """`name` is a noun phrase, `value` the true one. `known`: who knows it at the start, in agent order; who they are
    is common knowledge."""

    id: Id
    name: Name
    scale: Id
    value: Index
    known: list[Id]


class Decision(Record):
    """Something the team has to settle."""

    id: Id
    name: Name
    scale: Id


Behaviour = Literal["team", "myopic", "silent", "literal", "asker", "leader"]


class Switch(Record):
    """From round `time` on the agent behaves in another way."""

    time: Time
    behaviour: Behaviour


class Player(Record):
    """How an agent behaves (None: a model or a person decides), and the round at whose beginning it leaves."""

    agent: Id
    behaviour: Behaviour | None = None
    switch: Switch | None = None
    leaves: Time | None = None


# What happens.


class EventBase(Record):
    agent: Id
    time: Time


class Message(EventBase):
    """`to`: to whom it goes, in agent order; `arrives`: in which round it reaches each of them (None: never)."""

    to: Annotated[list[Id], Field(min_length=1)]
    arrives: list[Time | None]


class Told(Record):
    fact: Id
    value: Index


class Inform(Message):
    """The agent tells facts, or (in `graph`) what it now chooses."""

    kind: Literal["inform"] = "inform"
    facts: Annotated[list[Told], Field(max_length=200)] = []
    choice: Index | None = None


class Ask(Message):
    """The agent asks what the values of facts are."""

    kind: Literal["query-ref"] = "query-ref"
    facts: Annotated[list[Id], Field(min_length=1, max_length=200)]


class Propose(Message):
    kind: Literal["propose"] = "propose"
    plan: Plan


class Accept(Message):
    """`proposal` is the index of a `propose` among the events."""

    kind: Literal["accept-proposal"] = "accept-proposal"
    proposal: EventIndex


class Reject(Message):
    """`facts`: why not."""

    kind: Literal["reject-proposal"] = "reject-proposal"
    proposal: EventIndex
    facts: Annotated[list[Told], Field(max_length=200)] = []


class Request(Message):
    """The agent asks the only one in `to` for an action in this round."""

    kind: Literal["request"] = "request"
    action: Index


class Confirm(Message):
    """`message`: the index of the message that the agent has received."""

    kind: Literal["confirm"] = "confirm"
    message: EventIndex


class Act(EventBase):
    """`action` is an index into the world's actions. Acts of one round happen at once."""

    kind: Literal["act"] = "act"
    action: Index


class Leave(EventBase):
    """The agent is gone from the beginning of the round on."""

    kind: Literal["leave"] = "leave"


Event = Annotated[
    Inform | Ask | Propose | Accept | Reject | Request | Confirm | Act | Leave, Field(discriminator="kind")
]


# What came of it.


class Milestone(Record):
    """The round in which it was reached; None if it was not."""

    name: Name
    time: Time | None


class Learned(Record):
    """An agent that did not know the fact at the start knew it, when acting, from this round on."""

    agent: Id
    fact: Id
    time: Time


class CoordinationOutcome(Record):
    """`plan`: what was agreed. `cost`: of what was done, in the game's measure; None without success. `optimum`: the
    least possible cost, None if the task is impossible; where not `certified` it is a lower bound. `efficiency`:
    optimum in percent of cost, rounded down. `rounds`: how many were played. `told`: facts told, counted as often as
    told; `least`: the fewest with which all can be sure of an optimal plan. `redundant`, `contradicted`: messages that
    told nobody anything new, or something that is not so. `words`: of all messages together. `learned`: who came to
    know what when, in agent order, then fact order."""

    kind: Literal["coordination"] = "coordination"
    success: bool
    plan: Plan | None
    rounds: Time
    cost: int | None
    optimum: int | None
    certified: bool
    efficiency: int | None
    milestones: list[Milestone]
    messages: int
    told: int
    least: int | None
    redundant: list[EventIndex]
    contradicted: list[EventIndex]
    words: int
    learned: list[Learned]


# Queries. Their answers, options, evidence and views are defined in docs/coordination.md.


class PossibleQuery(Record):
    """Whether the task can be done at all."""

    kind: Literal["possible"] = "possible"


class OptimumQuery(Record):
    """The least possible cost."""

    kind: Literal["optimum"] = "optimum"


class FitsQuery(Record):
    """Which of the plans do what is to be done."""

    kind: Literal["fits"] = "fits"
    plans: list[Plan]


class ReachQuery(Record):
    """Which of the squares an agent can get to at all from where it starts (None: the team)."""

    kind: Literal["reach"] = "reach"
    agent: Id | None = None
    squares: list[Name]


class CanQuery(Record):
    """Which of the actions are open to an agent in a round."""

    kind: Literal["can"] = "can"
    agent: Id
    time: Time
    actions: list[Index]


class ClashQuery(Record):
    """Which of the agents break the rule with what has been chosen before a round."""

    kind: Literal["clash"] = "clash"
    time: Time
    agents: list[Id]


class KnowsQuery(Record):
    """Which of the facts an agent knows at the beginning of a round."""

    kind: Literal["knows"] = "knows"
    agent: Id
    time: Time
    facts: list[Id]


class AwareQuery(Record):
    """Whether an agent knows, at the beginning of a round, that another knows a fact."""

    kind: Literal["aware"] = "aware"
    agent: Id
    other: Id
    fact: Id
    time: Time


class CouldQuery(Record):
    """Which values a fact can have, as far as an agent can tell at the beginning of a round."""

    kind: Literal["could"] = "could"
    agent: Id
    fact: Id
    time: Time
    values: list[Index]


class NeedsQuery(Record):
    """Which of the facts, told to the agent alone at the beginning of a round, would make its own best plan work."""

    kind: Literal["needs"] = "needs"
    agent: Id
    time: Time
    facts: list[Id]


class IntendsQuery(Record):
    """What the agent holds best at the beginning of a round, by what it knows then: a plan, or its own action."""

    kind: Literal["intends"] = "intends"
    agent: Id
    time: Time
    plans: list[Plan] = []
    actions: list[Index] = []


class BestQuery(Record):
    """Which of the plans are optimal; or which of the actions of an agent in a round are, if all others then play their
    best."""

    kind: Literal["best"] = "best"
    plans: list[Plan] = []
    agent: Id | None = None
    time: Time | None = None
    actions: list[Index] = []


class Telling(Record):
    agent: Id
    fact: Id


class MessageQuery(Record):
    """Which single message to all others, said first in a round, would let the team finish."""

    kind: Literal["message"] = "message"
    time: Time
    tellings: list[Telling]


class LostQuery(Record):
    """What would have come of it had a message reached nobody."""

    kind: Literal["lost"] = "lost"
    event: EventIndex


class RedundantQuery(Record):
    """Which of the messages told nobody anything new."""

    kind: Literal["redundant"] = "redundant"
    events: list[EventIndex]


class MilestoneQuery(Record):
    """When a milestone was reached."""

    kind: Literal["milestone"] = "milestone"
    name: Name


CoordinationQuery = Annotated[
    PossibleQuery
    | OptimumQuery
    | FitsQuery
    | ReachQuery
    | CanQuery
    | ClashQuery
    | KnowsQuery
    | AwareQuery
    | CouldQuery
    | NeedsQuery
    | IntendsQuery
    | BestQuery
    | MessageQuery
    | LostQuery
    | RedundantQuery
    | MilestoneQuery,
    Field(discriminator="kind"),
]
