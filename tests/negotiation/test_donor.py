"""A donor game computed by hand: gifts, gossip that deceives, who stays, whose heirs come."""

import random
from collections import Counter
from typing import cast

import pytest

from madata.generators.family import Asked, Rejected
from madata.generators.make import episode
from madata.generators.negotiation import donor
from madata.generators.negotiation.donor import Table
from madata.generators.negotiation.families.donor import FAMILY
from madata.generators.negotiation.known import Known, Unasked
from madata.generators.negotiation.scenario import Negotiation
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas import Agent
from madata.schemas.negotiation import (
    BluffQuery,
    Conventions,
    Donate,
    Donor,
    DonorOutcome,
    Gave,
    GaveQuery,
    Giver,
    HadQuery,
    Inform,
    Meeting,
    Move,
    NegotiationQuery,
    StaysQuery,
    WouldQuery,
)
from madata.schemas.tasks import NegotiationEpisode
from madata.schemas.words import UNSETTLED

NAMES = ["Ann", "Ben", "Cleo", "Dan", "Eve", "Finn"]


def giver(agent: str, giving: str, **more: object) -> Giver:
    return Giver.model_validate({"agent": agent, "giving": giving, **more})


FOUNDERS = [
    giver("a0", "discriminating"),
    giver("a1", "generous"),
    giver("a2", "free_rider", gossip="spiteful"),
    giver("a3", "reciprocal", gossip="honest"),
]
HEIRS = [
    giver("a4", "discriminating", generation=1, heir_of="a0"),
    giver("a5", "free_rider", generation=1, heir_of="a2"),
]


def table(acts: str = "private", people: int = 6, claims: str = "believed") -> Table:
    agents = [Agent(id=f"a{i}", name=name, role="party") for i, name in enumerate(NAMES[:people])]
    return Table(agents, Conventions.model_validate({"acts": acts, "claims": claims}), 10, 2)


def meet(made: Table, people: str) -> None:
    """The next meeting: "102" is a1 with a0 and the gossip of a2."""
    ids = [f"a{digit}" for digit in people]
    meeting = Meeting(generation=made.generation, donor=ids[0], recipient=ids[1], gossip=(*ids, None)[2])
    donor.play(made, meeting)


def one_generation(acts: str = "private", claims: str = "believed") -> Table:
    made = table(acts, claims=claims)
    made.join(FOUNDERS)
    for people in ("12", "012", "31", "23"):
        meet(made, people)
    return made


def two_generations() -> Table:
    made = one_generation()
    made.join(HEIRS)
    for people in ("402", "04"):
        meet(made, people)
    return made


def ask(made: Table, query: NegotiationQuery) -> Known:
    return donor.answer(made, query)


def gave(made: Table, chain: str, meeting: int) -> str:
    return ask(made, GaveQuery(chain=[f"a{digit}" for digit in chain], meeting=meeting))[0][0]


def test_a_game_of_two_generations() -> None:
    made = two_generations()
    assert [gift.amount for gift in made.gifts] == [5, 0, 2, 0, 5, 10]
    outcome = made.outcome()
    assert outcome.survivors == [["a0", "a2"]]
    assert outcome.points == {"a0": 10, "a1": 9, "a2": 10, "a3": 8, "a4": 25, "a5": 10}
    assert (outcome.total, outcome.best, outcome.efficiency) == (102, 180, 102 / 180)
    assert made.outcome() == outcome
    assert made.adapts()
    assert [party.agent for party in made.game.parties] == [agent.id for agent in made.agents]


def test_spiteful_gossip_costs_the_slandered_a_gift() -> None:
    made = two_generations()
    lie = made.events[1]
    assert lie == Inform(agent="a2", time=2, to=["a0"], claim=Gave(agent="a1", meeting=0, amount=0))
    assert made.outcome().lies == [1]
    assert ask(made, BluffQuery(event=1)) == (["yes"], [1], "a2", 0)
    for honest in (one_generation(claims="doubted"), one_generation("public")):
        assert honest.events[1] == lie
        assert honest.gifts[1].amount == 5
    assert gave(one_generation(claims="doubted"), "0", 0) == "no settled belief"
    assert gave(one_generation("public"), "0", 0) == "5"


def test_what_chains_take_somebody_to_have_given() -> None:
    made = two_generations()
    assert ask(made, GaveQuery(meeting=0)) == (["5"], [0], "reader", 0)
    assert ask(made, GaveQuery(chain=["a2"], meeting=0)) == (["5"], [0], "a2", 1)
    assert ask(made, GaveQuery(chain=["a0"], meeting=0)) == (["0"], [1], "a0", 1)
    assert ask(made, GaveQuery(chain=["a0", "a2"], meeting=0)) == (["0"], [1], "a0", 2)
    assert ask(made, GaveQuery(chain=["a2", "a0"], meeting=0)) == (["0"], [1], "a2", 2)
    assert ask(made, GaveQuery(chain=["a0", "a0"], meeting=0)) == (["0"], [1], "a0", 1)
    assert ask(made, GaveQuery(chain=["a3"], meeting=0)) == (["no settled belief"], [], "a3", 1)
    assert [gave(made, chain, 0) for chain in ("12", "21", "10", "13", "01")] == [
        "5",
        "5",
        "no settled belief",
        "no settled belief",
        "no settled belief",
    ]
    with pytest.raises(Unasked):
        gave(made, "010", 0)


def test_repeating_a_lie_one_believed_is_none() -> None:
    made = table(people=4)
    made.join([giver("a0", "reciprocal", gossip="honest"), *FOUNDERS[1:]])
    for people in ("12", "012", "310"):
        meet(made, people)
    told = made.events[3]
    assert told == Inform(agent="a0", time=4, to=["a3"], claim=Gave(agent="a1", meeting=0, amount=0))
    assert made.outcome().lies == [1]
    assert ask(made, BluffQuery(event=3))[0] == ["no"]
    assert made.gifts[2].amount == 0
    assert gave(made, "30", 0) == "0"


def test_the_last_thing_heard_counts() -> None:
    made = table(people=4)
    made.join(FOUNDERS)
    for people in ("12", "012", "13", "013"):
        meet(made, people)
    assert made.image("a0", "a1") == (2, 2)
    assert gave(made, "0", 2) == "2"
    assert made.gifts[3].amount == 5


def test_figures_after_meetings() -> None:
    made = two_generations()
    assert [ask(made, HadQuery(agent="a1", meeting=m))[:2] for m in (0, 2)] == [(["5"], [0]), (["9"], [3])]
    assert ask(made, HadQuery(agent="a4", meeting=5))[0] == ["25"]
    with pytest.raises(Unasked):
        ask(made, HadQuery(agent="a4", meeting=0))
    with pytest.raises(Unasked):
        ask(made, HadQuery(agent="a1", meeting=5))


def test_who_would_give_what_to_whom() -> None:
    made = two_generations()
    would = {
        pair: ask(made, WouldQuery(donor=f"a{pair[0]}", recipient=f"a{pair[1]}"))[0] for pair in ("45", "04", "54")
    }
    assert would == {"45": ["12"], "04": ["5"], "54": ["0"]}
    with pytest.raises(Unasked):
        ask(made, WouldQuery(donor="a4", recipient="a1"))


def test_who_stays() -> None:
    made = two_generations()
    assert ask(made, StaysQuery(generation=0)) == (["Ann and Cleo"], [], "reader", 0)
    with pytest.raises(Unasked):
        ask(made, StaysQuery(generation=1))
    assert donor.richest({"a0": 1, "a1": 3, "a2": 3, "a3": 3, "a4": 0}) == ["a1", "a2", "a3"]
    assert donor.richest({"a0": 2, "a1": 1, "a2": 2, "a3": 2}) == ["a0", "a2"]


@pytest.mark.parametrize(
    ("newcomers", "why"),
    [
        (HEIRS[:1], "2 leave, and 1 come"),
        ([HEIRS[1], HEIRS[0]], "in the order of the agents"),
        ([HEIRS[0], giver("a5", "generous", generation=1, heir_of="a1")], "heir of a1, who does not stay"),
        ([HEIRS[0], giver("a5", "generous", generation=1, heir_of="a2")], "gives as a2 does"),
        ([HEIRS[0], giver("a5", "generous", generation=1)], "whoever joins later"),
        ([HEIRS[0], giver("a5", "generous")], "generation 1 begins, not 0"),
    ],
)
def test_newcomers_who_do_not_fit_are_refused(newcomers: list[Giver], why: str) -> None:
    made = one_generation()
    with pytest.raises(Unplayable, match=why):
        made.join(newcomers)


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (Donate(agent="a0", time=3, to=["a1"], recipient="a1", amount=11), "has 10 and cannot give 11"),
        (Donate(agent="a0", time=3, to=["a1", "a2"], recipient="a1", amount=1), "goes to a1"),
        (Donate(agent="a0", time=3, to=["a2"], recipient="a2", amount=1), "is of a0 with a1"),
        (Inform(agent="a3", time=2, to=["a0"], claim=Gave(agent="a1", meeting=0, amount=1)), "only the gossip"),
        (Inform(agent="a2", time=2, to=["a0"], claim=Gave(agent="a1", meeting=1, amount=1)), "not the donor"),
        (Inform(agent="a2", time=2, to=["a0"], claim=Gave(agent="a2", meeting=0, amount=1)), "not the donor"),
        (Donate(agent="a0", time=3, to=["a1"], recipient="a1", amount=1, delay=1), "without delay"),
    ],
)
def test_what_cannot_happen_is_refused(move: Move, why: str) -> None:
    made = table()
    made.join(FOUNDERS)
    meet(made, "12")
    made.meet(Meeting(generation=0, donor="a0", recipient="a1", gossip="a2"))
    with pytest.raises(Unplayable, match=why):
        made.add(move)
    assert len(made.events) == 1


def test_what_makes_no_game_is_refused() -> None:
    made = table()
    with pytest.raises(Unplayable, match="one alone"):
        made.join(FOUNDERS[:1])
    made.join(FOUNDERS)
    with pytest.raises(Unplayable, match="different people"):
        made.meet(Meeting(generation=0, donor="a0", recipient="a0"))
    with pytest.raises(Unplayable, match="different people"):
        made.meet(Meeting(generation=0, donor="a0", recipient="a4"))
    meet(made, "01")
    with pytest.raises(Unplayable, match="a4 never comes"):
        made.outcome()
    rich = table(people=4)
    rich.endowment = 10_000
    rich.join(FOUNDERS)
    for people in ("01", "10", "01", "10"):
        meet(rich, people)
    with pytest.raises(Unplayable, match="figures may grow to 260000"):
        rich.outcome()


def asked(slots: int) -> list[tuple[Table, list[Asked]]]:
    """Games of the family, played and asked about, without words."""
    found = []
    for slot in range(slots):
        rng = random.Random(f"donor/{slot}")
        knobs = {name: rng.randint(knob.low, knob.high) for name, knob in FAMILY.knobs.items()}
        scenario = FAMILY.build(rng, knobs)
        assert isinstance(scenario, Negotiation) and isinstance(scenario.table, Table)
        found.append((scenario.table, scenario.ask()))
    return found


def query(question: Asked) -> NegotiationQuery:
    return cast(NegotiationQuery, question.query)


@pytest.fixture(scope="module")
def many() -> list[tuple[Table, list[Asked]]]:
    return asked(250)


@pytest.mark.parametrize("knob", FAMILY.knobs)
@pytest.mark.parametrize("end", ["minimum", "maximum"])
def test_episodes_at_the_ends_of_every_knob(knob: str, end: str) -> None:
    value = getattr(FAMILY.knobs[knob], end)
    for slot in range(5):
        made = episode("negotiation", ("donor",), {knob: (value, value)}, 3, slot, 0)
        record = NegotiationEpisode.model_validate(made)
        assert isinstance(record.outcome, DonorOutcome) and isinstance(record.world.game, Donor)
        assert made == episode("negotiation", ("donor",), {knob: (value, value)}, 3, slot, 0)
        assert all(question.order <= made["difficulty"]["order"] for question in record.questions)
        assert [party.agent for party in record.world.game.parties] == [agent.id for agent in record.agents]
        events = [turn.event for turn in record.turns if turn.event is not None]
        assert events == list(range(len(record.world.events)))


def test_figures_beyond_the_language_reject_the_attempt() -> None:
    knobs = {name: knob.maximum for name, knob in FAMILY.knobs.items()}
    with pytest.raises(Rejected, match="figures: game: figures may grow to"):
        [FAMILY.build(random.Random(slot), knobs) for slot in range(100)]


def test_questions_are_right_distinct_and_enough(many: list[tuple[Table, list[Asked]]]) -> None:
    for made, questions in many:
        assert 6 <= len(questions) <= 9
        assert len({str(question.query) for question in questions}) == len(questions)
        for question in questions:
            known = donor.answer(made, query(question))
            assert (question.answer, question.evidence, question.view, question.order) == known
            assert len(set(question.options)) == len(question.options)
            assert sum(option in question.answer for option in question.options) == 1


def test_gossip_deceives_some_and_not_others(many: list[tuple[Table, list[Asked]]]) -> None:
    every = [(made, question) for made, questions in many for question in questions]
    kinds = Counter(query(question).kind for _, question in every)
    assert set(kinds) == {"gave", "had", "would", "stays", "bluff"}
    bluffs = Counter(question.answer[0] for _, question in every if query(question).kind == "bluff")
    assert 0.35 < bluffs["yes"] / bluffs.total() < 0.6
    for order in (1, 2):
        beliefs: Counter[str] = Counter()
        for made, question in every:
            secret = made.conventions.acts == "private"
            if secret and isinstance(question.query, GaveQuery) and question.order == order:
                (held,) = question.answer
                truth = str(made.gifts[question.query.meeting].amount)
                beliefs["true" if held == truth else "unsettled" if held == UNSETTLED else "false"] += 1
        assert min(beliefs[truth] for truth in ("true", "false", "unsettled")) > 0.12 * beliefs.total()
    gifts = [gift.amount for made, _ in many for gift in made.gifts]
    assert 0.1 < sum(amount == 0 for amount in gifts) / len(gifts) < 0.35


def test_each_name_is_in_half_of_the_options_of_who_stays(many: list[tuple[Table, list[Asked]]]) -> None:
    stays = [q for _, questions in many for q in questions if query(q).kind == "stays" and len(q.options) == 4]
    assert stays
    for question in stays:
        named = Counter(name for option in question.options for name in option.replace(" and ", ", ").split(", "))
        assert set(named.values()) <= {2, 4}
