"""The negotiation language: games, moves and queries that every negotiation family is written in.

A game is what the parties have at stake and how they may act (`Bargain`, `Commons`, `Donor`); moves are what they do,
in order. What a party privately holds (points, limits, strategy) is in the game's parties; only that party is ever
shown it. What moves mean, how scripted strategies move and what is true of a record is written in docs/negotiation.md
and implemented twice, in `generators/negotiation` and in `validators/negotiation`; nothing here implements it. All
figures are integers.
"""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record

UNDETERMINED = "undetermined"
NEVER = "never"
PAID = "it paid"
BACKFIRED = "it backfired"
NO_DIFFERENCE = "it made no difference"

Points = Annotated[int, Field(ge=-100_000, le=100_000)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Time = Annotated[int, Field(ge=0, le=10_000)]
EventIndex = Annotated[int, Field(ge=0)]


class Conventions(Record):
    """What the parties take for granted (law 5). Each value that matters is also a sentence in the episode's text.

    `turns`: the parties move one after the other, or all at once at each time. `delivery`: whether a message is heard
    at once or under way for a while. `claims`: whether what a party says of itself is believed. `values`: whether it is
    known which points everybody distributes over the issues (only not how), or nothing is. `promises`: whether a
    promised payment is owed. `acts`: whether harvests and donations are seen by all or only by whom they concern.
    """

    turns: Literal["alternating", "simultaneous"] = "alternating"
    delivery: Literal["instant", "delayed"] = "instant"
    claims: Literal["believed", "doubted"] = "believed"
    values: Literal["private", "permuted"] = "private"
    promises: Literal["binding", "cheap"] = "binding"
    acts: Literal["public", "private"] = "public"


# What is at stake.


class Split(Record):
    """`units` of one indivisible thing, each of which goes to one party. `name` is the plural ("books")."""

    kind: Literal["split"] = "split"
    id: Id
    name: Name
    units: Annotated[int, Field(ge=1, le=20)]


class Choice(Record):
    """One of several options, the same for everybody."""

    kind: Literal["choice"] = "choice"
    id: Id
    name: Name
    options: Annotated[list[Name], Field(min_length=2, max_length=101)]


Issue = Annotated[Split | Choice, Field(discriminator="kind")]
Units = Annotated[int, Field(ge=0, le=10_000)]
Deal = Annotated[list[Units | Annotated[list[Units], Field(max_length=8)]], Field(max_length=12)]
"""One entry an issue: of a split the units of each party, in the order of the episode's agents; of a choice the index
of the option. In a commons a single number: what each may take."""

Worth = list[Points | list[Points]]
"""One entry an issue: of a split the points for each unit one gets; of a choice the points for each option."""


class Priority(Record):
    """The speaker says that no issue is worth more to it."""

    kind: Literal["priority"] = "priority"
    issue: Id


class Limit(Record):
    """The speaker says that, of the only issue, it can accept options up to (`most`) or from (`least`) this one, and no
    others."""

    kind: Literal["limit"] = "limit"
    side: Literal["most", "least"]
    option: Units


class Took(Record):
    """The speaker says what it harvested in a round."""

    kind: Literal["took"] = "took"
    round: Time
    amount: Count


class Gave(Record):
    """The speaker says what an agent gave in a meeting."""

    kind: Literal["gave"] = "gave"
    agent: Id
    meeting: Time
    amount: Count


Claim = Annotated[Priority | Limit | Took | Gave, Field(discriminator="kind")]


# Scripted agents.

Bidding = Literal["boulware", "linear", "conceder", "tit_for_tat", "hard_headed", "fair_split"]


class Switch(Record):
    """From `time` on the party bids in another way."""

    time: Time
    bidding: Bidding


class Statement(Record):
    """What a party plans to say in its move at `time`; `meant` is whether it will do as it threatens."""

    time: Time
    to: list[Id]
    kind: Literal["inform", "query", "threaten", "promise"]
    claim: Claim | None = None
    amount: Count | None = None
    meant: bool = True


class Strategy(Record):
    """How a scripted party bargains: its bidding, the most it hopes for (`aspiration`; None: all it can get), the time
    before which it only talks (`opens`), what it says when, whether it gives in to threats (`yields`), whether it
    refuses instead of repeating itself (`curt`)."""

    bidding: Bidding
    switch: Switch | None = None
    aspiration: Points | None = None
    opens: Time = 0
    says: list[Statement] = []
    yields: bool = False
    curt: bool = False


class Party(Record):
    """Private: points, the value of having no deal, the time from which the party walks away, and its strategy (None: a
    model or a person decides)."""

    agent: Id
    worth: Worth
    reservation: Points
    deadline: Annotated[int, Field(ge=1, le=10_000)]
    strategy: Strategy | None = None


class Bargain(Record):
    """Parties who seek a deal. `order`: who moves when. `deadline`: the number of times there are. `winning`: the
    minimal sets of parties whose support makes a deal. `delays`: what a message sent at time t is under way beyond the
    usual, at index t modulo its length; empty: nothing."""

    kind: Literal["bargain"] = "bargain"
    issues: Annotated[list[Issue], Field(min_length=1, max_length=12)]
    order: Annotated[list[Id], Field(min_length=2, max_length=8)]
    deadline: Annotated[int, Field(ge=1, le=10_000)]
    winning: Annotated[list[Annotated[list[Id], Field(min_length=1)]], Field(min_length=1, max_length=100)]
    delays: list[Annotated[int, Field(ge=0, le=10)]] = []
    parties: Annotated[list[Party], Field(min_length=2, max_length=8)]


Harvesting = Literal["greedy", "sustainable", "quota", "reciprocal"]


class HarvestSwitch(Record):
    """From `round` on the party harvests in another way."""

    round: Time
    harvesting: Harvesting


class Harvester(Record):
    """Private: how a party harvests (None: a model decides), whether it proposes a quota, whether it punishes, and what
    it says of its harvests."""

    agent: Id
    harvesting: Harvesting | None = None
    switch: HarvestSwitch | None = None
    leads: bool = False
    punishes: bool = False
    reports: Literal["honest", "low", "silent"] = "silent"


class Commons(Record):
    """A shared resource over rounds (GovSim, Piatti et al. 2024). After each harvest it grows by `growth` percent, up
    to `capacity`; if less than `collapse` is left it is gone for good. A punishment costs the punisher `cost` and the
    punished `fine`."""

    kind: Literal["commons"] = "commons"
    resource: Name
    stock: Annotated[int, Field(ge=1, le=10_000)]
    capacity: Annotated[int, Field(ge=1, le=10_000)]
    growth: Annotated[int, Field(ge=0, le=1_000)]
    collapse: Annotated[int, Field(ge=0, le=10_000)]
    rounds: Annotated[int, Field(ge=1, le=100)]
    cost: Count = 0
    fine: Count = 0
    parties: Annotated[list[Harvester], Field(min_length=2, max_length=8)]


Giving = Literal["generous", "discriminating", "reciprocal", "free_rider"]


class Giver(Record):
    """Private: how a party gives (None: a model decides), and how it speaks of what others gave. `generation` is the
    one it first belongs to; `heir_of` whose way of giving it copied, if it was not there from the start."""

    agent: Id
    generation: Time = 0
    giving: Giving | None = None
    gossip: Literal["honest", "spiteful", "silent"] = "silent"
    heir_of: Id | None = None


class Meeting(Record):
    """One chance to give. With `gossip`, that agent speaks to the donor before."""

    generation: Time
    donor: Id
    recipient: Id
    gossip: Id | None = None


class Donor(Record):
    """Indirect reciprocity over generations (Vallinder and Hughes 2024). Whoever gives x loses x, and the recipient
    gains `multiplier` times x; everybody begins a generation with `endowment`. After a generation the richest half
    stays."""

    kind: Literal["donor"] = "donor"
    endowment: Annotated[int, Field(ge=1, le=10_000)]
    multiplier: Annotated[int, Field(ge=2, le=10)]
    meetings: Annotated[list[Meeting], Field(min_length=1, max_length=200)]
    parties: Annotated[list[Giver], Field(min_length=2, max_length=60)]


Game = Annotated[Bargain | Commons | Donor, Field(discriminator="kind")]


# What happens.


class MoveBase(Record):
    """`to`: who hears or sees it, the agent itself left out, in the order of the episode's agents. It reaches them at
    `time` + 1 + `delay`."""

    agent: Id
    time: Time
    delay: Annotated[int, Field(ge=0, le=10)] = 0
    to: list[Id]


class Propose(MoveBase):
    kind: Literal["propose"] = "propose"
    deal: Deal


class Accept(MoveBase):
    """`proposal` is the index of a `propose` among the world's events."""

    kind: Literal["accept-proposal"] = "accept-proposal"
    proposal: EventIndex


class Reject(MoveBase):
    kind: Literal["reject-proposal"] = "reject-proposal"
    proposal: EventIndex


class Inform(MoveBase):
    kind: Literal["inform"] = "inform"
    claim: Claim


class Query(MoveBase):
    """The agent asks what matters most to the others."""

    kind: Literal["query"] = "query"
    about: Literal["priority"] = "priority"


class Threaten(MoveBase):
    """Bargain: the agent will walk away unless the proposal it makes in the same move is accepted."""

    kind: Literal["threaten"] = "threaten"


class Promise(MoveBase):
    """The agent will pay `amount` points to the one who hears it, if a proposal of the agent passes with that
    support."""

    kind: Literal["promise"] = "promise"
    amount: Annotated[int, Field(ge=1, le=100_000)]


class Withdraw(MoveBase):
    """The agent leaves for good."""

    kind: Literal["withdraw"] = "withdraw"


class Harvest(MoveBase):
    kind: Literal["harvest"] = "harvest"
    amount: Count


class Donate(MoveBase):
    kind: Literal["donate"] = "donate"
    recipient: Id
    amount: Count


class Punish(MoveBase):
    kind: Literal["punish"] = "punish"
    target: Id


Move = Annotated[
    Propose | Accept | Reject | Inform | Query | Threaten | Promise | Withdraw | Harvest | Donate | Punish,
    Field(discriminator="kind"),
]


class NegotiationWorld(Record):
    """Everything that is the case and happens; events in list order, their times never decreasing."""

    kind: Literal["negotiation"] = "negotiation"
    game: Game
    events: list[Move]


# What came of it.


class Solution(Record):
    """A deal that is best in some sense, and its points for each agent, in the order of the episode's agents."""

    deal: Deal
    points: list[Points]


class BargainOutcome(Record):
    """`proposal`: the event whose deal was agreed. `points`: what each agent ends with, payments included. `zone`: how
    many deals leave no party below its reservation. `frontier`: how many deals are Pareto optimal. `pareto`: whether
    the agreed one is. The other fields are defined in docs/negotiation.md."""

    kind: Literal["bargain"] = "bargain"
    ended: Literal["agreement", "withdrawn", "deadline"]
    proposal: EventIndex | None
    deal: Deal | None
    supporters: list[Id]
    points: dict[Id, Points]
    zone: int
    frontier: int
    pareto: bool | None
    nash: Solution | None
    kalai_smorodinsky: Solution | None
    egalitarian: Solution | None
    welfare: Solution
    efficiency: float | None
    fairness: float | None
    lies: list[EventIndex]


class CommonsOutcome(Record):
    """`stocks`: the stock at the beginning of each round played. `points`: harvests less costs and fines. `best`: the
    most that all together could have harvested."""

    kind: Literal["commons"] = "commons"
    ended: Literal["completed", "collapsed"]
    stocks: list[Count]
    points: dict[Id, Points]
    harvested: Count
    best: Count
    efficiency: float | None
    fairness: float | None
    lies: list[EventIndex]


class DonorOutcome(Record):
    """`points`: what each agent had at the end of its last generation. `survivors`: who stayed after each generation
    but the last. `total`, `best`: the resources of all at the ends of all generations, as they were and as they could
    be."""

    kind: Literal["donor"] = "donor"
    points: dict[Id, Count]
    survivors: list[list[Id]]
    total: Count
    best: Count
    efficiency: float | None
    lies: list[EventIndex]


Outcome = Annotated[BargainOutcome | CommonsOutcome | DonorOutcome, Field(discriminator="kind")]


# Queries. Their answers, options, evidence and views are defined in docs/negotiation.md.


class OfferQuery(Record):
    """Bargain: what a proposal gives `agent` of an issue (of a choice: the option; `agent` is None)."""

    kind: Literal["offer"] = "offer"
    proposal: EventIndex
    issue: Id
    agent: Id | None = None


class PointsQuery(Record):
    """Bargain: the points of a proposal's deal for an agent."""

    kind: Literal["points"] = "points"
    proposal: EventIndex
    agent: Id


class RationalQuery(Record):
    """Bargain: whether a proposal's deal is at least as good for the agent as no deal."""

    kind: Literal["rational"] = "rational"
    proposal: EventIndex
    agent: Id


class ParetoQuery(Record):
    """Bargain: whether a proposal's deal is Pareto optimal."""

    kind: Literal["pareto"] = "pareto"
    proposal: EventIndex


class ZoneQuery(Record):
    """Bargain: whether some deal leaves nobody below its reservation."""

    kind: Literal["zone"] = "zone"


class Reply(Record):
    """A move open to the agent: `accept`, `withdraw`, or `propose` with a deal."""

    move: Literal["accept", "withdraw", "propose"]
    deal: Deal | None = None


class ReplyQuery(Record):
    """Bargain: which of some moves, one an option, leaves `agent` with most when it is its turn at `time` and all go on
    by their strategies."""

    kind: Literal["reply"] = "reply"
    agent: Id
    proposal: EventIndex
    time: Time
    moves: Annotated[list[Reply], Field(min_length=2, max_length=6)]


class PaidQuery(Record):
    """Bargain: what a bluff brought its speaker."""

    kind: Literal["paid"] = "paid"
    event: EventIndex


class ImpliedQuery(Record):
    """Bargain: which issue the moves of `agent` before `time` show to be worth most to it, if it moves by its
    strategy."""

    kind: Literal["implied"] = "implied"
    agent: Id
    time: Time


class ValuedQuery(Record):
    """Bargain: which issue the chain (a1 believes that .. ak believes) takes to be worth most to `about` at `time`."""

    kind: Literal["valued"] = "valued"
    chain: Annotated[list[Id], Field(min_length=1, max_length=4)]
    about: Id
    time: Time


class BluffQuery(Record):
    """Whether an inform says something false of which the speaker knows better, or a threat is not meant."""

    kind: Literal["bluff"] = "bluff"
    event: EventIndex


class SwitchQuery(Record):
    """Whether an agent changed its strategy, and at which of its moves this shows first."""

    kind: Literal["switch"] = "switch"
    agent: Id


class StockQuery(Record):
    """Commons: the stock at the beginning of a round."""

    kind: Literal["stock"] = "stock"
    round: Time


class SustainQuery(Record):
    """Commons: the most that all together can harvest in a round so that the next begins with as much."""

    kind: Literal["sustain"] = "sustain"
    round: Time


class TookQuery(Record):
    """Commons: what `about` harvested in a round, as the chain has it (an empty chain: what it did harvest)."""

    kind: Literal["took"] = "took"
    chain: Annotated[list[Id], Field(max_length=4)] = []
    about: Id
    round: Time


class KeptQuery(Record):
    """Commons: who kept, in every round since, to the quota they had all accepted."""

    kind: Literal["kept"] = "kept"
    proposal: EventIndex


class LastQuery(Record):
    """Commons: how many rounds the resource would last if everybody harvested by the strategy that `agent` began
    with."""

    kind: Literal["last"] = "last"
    agent: Id


class GaveQuery(Record):
    """Donor: what the donor of a meeting gave, as the chain has it (an empty chain: what it did give)."""

    kind: Literal["gave"] = "gave"
    chain: Annotated[list[Id], Field(max_length=4)] = []
    meeting: Time


class HadQuery(Record):
    """Donor: what an agent had right after a meeting."""

    kind: Literal["had"] = "had"
    agent: Id
    meeting: Time


class WouldQuery(Record):
    """Donor: what `donor` would give to `recipient` if they met next after all that happened."""

    kind: Literal["would"] = "would"
    donor: Id
    recipient: Id


class StaysQuery(Record):
    """Donor: who stays after a generation."""

    kind: Literal["stays"] = "stays"
    generation: Time


NegotiationQuery = Annotated[
    OfferQuery
    | PointsQuery
    | RationalQuery
    | ParetoQuery
    | ZoneQuery
    | ReplyQuery
    | PaidQuery
    | ImpliedQuery
    | ValuedQuery
    | BluffQuery
    | SwitchQuery
    | StockQuery
    | SustainQuery
    | TookQuery
    | KeptQuery
    | LastQuery
    | GaveQuery
    | HadQuery
    | WouldQuery
    | StaysQuery,
    Field(discriminator="kind"),
]
