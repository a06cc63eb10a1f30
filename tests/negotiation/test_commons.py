"""Commons computed by hand: what is taken, agreed, said, punished, and what is true of it."""

import random
from collections import Counter
from functools import cache
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madata.generators.family import Asked
from madata.generators.make import episode
from madata.generators.negotiation import commons
from madata.generators.negotiation.commons import Table
from madata.generators.negotiation.families.commons import FAMILY
from madata.generators.negotiation.known import Known, Unasked
from madata.generators.negotiation.scenario import Negotiation
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas import Agent
from madata.schemas.negotiation import (
    Accept,
    BluffQuery,
    Commons,
    CommonsOutcome,
    Conventions,
    Harvest,
    Harvester,
    HarvestSwitch,
    Inform,
    KeptQuery,
    LastQuery,
    Move,
    NegotiationQuery,
    Propose,
    Punish,
    Reject,
    StockQuery,
    SustainQuery,
    SwitchQuery,
    Took,
    TookQuery,
)
from madata.schemas.tasks import NegotiationEpisode
from madata.schemas.words import UNSETTLED

NAMES = ["Ann", "Ben", "Cleo"]
IDS = ["a0", "a1", "a2"]


def table(*parties: Harvester, acts: str = "public", **figures: int) -> Table:
    chosen = {"stock": 60, "capacity": 60, "growth": 100, "collapse": 5, "rounds": 4} | figures
    game = Commons.model_validate({"resource": "fish", "parties": list(parties), **chosen})
    agents = [Agent(id=a, name=name, role="party") for a, name in zip(IDS, NAMES, strict=True)]
    return Table(agents, Conventions.model_validate({"acts": acts}), game)


def party(agent: str, harvesting: str, **more: object) -> Harvester:
    return Harvester.model_validate({"agent": agent, "harvesting": harvesting, **more})


def played(*parties: Harvester, acts: str = "public", **figures: int) -> Table:
    made = table(*parties, acts=acts, **figures)
    commons.play(made)
    return made


def ask(made: Table, query: NegotiationQuery) -> Known:
    return commons.answer(made, query)


def cheated() -> Table:
    """Ann leads and keeps the quota, Ben takes what sustains, Cleo accepts, takes all she can and says little."""
    return played(
        party("a0", "quota", leads=True),
        party("a1", "sustainable", reports="honest"),
        party("a2", "greedy", reports="low"),
        acts="private",
    )


def punished() -> Table:
    return played(
        party("a0", "sustainable", punishes=True),
        party("a1", "sustainable"),
        party("a2", "greedy", switch=HarvestSwitch(round=2, harvesting="sustainable")),
        cost=1,
        fine=3,
    )


def test_sustained() -> None:
    made = played(*(party(agent, "sustainable") for agent in IDS))
    assert made.taken == [[10, 10, 10]] * 4
    outcome = made.outcome()
    assert (outcome.ended, outcome.stocks, outcome.harvested) == ("completed", [60] * 4, 120)
    assert (outcome.best, outcome.efficiency, outcome.fairness) == (150, 0.8, 1.0)
    assert all(event.to == [a for a in IDS if a != event.agent] for event in made.events)
    assert [ask(made, LastQuery(agent="a0"))[0], ask(made, SustainQuery(round=3))[0]] == [["4"], ["30"]]


def test_collapse_ends_the_game_with_the_harvest() -> None:
    made = played(*(party(agent, "greedy", punishes=True) for agent in IDS), cost=1, fine=2)
    assert [event.kind for event in made.events] == ["harvest"] * 3
    outcome = made.outcome()
    assert (outcome.ended, outcome.stocks, outcome.points) == ("collapsed", [60], dict.fromkeys(IDS, 20))
    assert ask(made, LastQuery(agent="a1"))[0] == ["1"]


def test_quota_agreed_and_cheated() -> None:
    made = cheated()
    assert made.taken == [[10, 10, 20], [10, 6, 13], [7, 3, 7], [3, 1, 3]]
    outcome = made.outcome()
    assert (outcome.ended, outcome.stocks) == ("collapsed", [60, 40, 22, 10])
    assert outcome.points == {"a0": 30, "a1": 20, "a2": 43}
    assert outcome.fairness == 20 / 43
    claims = [
        (index, event.agent, event.claim.round, event.claim.amount)
        for index, event in enumerate(made.events)
        if isinstance(event, Inform) and isinstance(event.claim, Took)
    ]
    assert [claim[1:] for claim in claims] == [
        ("a1", 0, 10),
        ("a2", 0, 10),
        ("a1", 1, 6),
        ("a2", 1, 10),
        ("a1", 2, 3),
        ("a2", 2, 7),
    ]
    first, second, third = (index for index, agent, *_ in claims if agent == "a2")
    assert outcome.lies == [first, second]
    assert [ask(made, BluffQuery(event=event))[0] for event in (first, third)] == [["yes"], ["no"]]
    assert [event.kind for event in made.events if event.time == 3] == ["accept-proposal", "inform"] * 2
    assert ask(made, KeptQuery(proposal=0)) == (["Ann and Ben"], [0], "reader", 0)
    assert not made.adapts()


def test_what_chains_take_somebody_to_have_taken() -> None:
    made = cheated()
    claim = made.outcome().lies[0]
    harvest = next(i for i, event in enumerate(made.events) if isinstance(event, Harvest) and event.agent == "a2")
    assert ask(made, TookQuery(chain=["a1"], about="a2", round=0)) == (["10"], [claim], "a1", 1)
    assert ask(made, TookQuery(chain=["a1", "a0"], about="a2", round=0)) == (["10"], [claim], "a1", 2)
    assert ask(made, TookQuery(chain=["a1", "a1", "a2"], about="a2", round=0)) == (["10"], [claim], "a1", 2)
    assert ask(made, TookQuery(chain=["a2", "a2"], about="a2", round=0)) == (["20"], [harvest], "a2", 1)
    assert ask(made, TookQuery(chain=["a2", "a0"], about="a2", round=0)) == (["10"], [claim], "a2", 2)
    assert ask(made, TookQuery(about="a2", round=0)) == (["20"], [harvest], "reader", 0)
    assert ask(made, TookQuery(chain=["a0"], about="a2", round=3)) == (["no settled belief"], [], "a0", 1)


def test_nobody_believes_claims_that_are_doubted() -> None:
    made = cheated()
    made.conventions = Conventions(acts="private", claims="doubted")
    assert ask(made, TookQuery(chain=["a1"], about="a2", round=0))[0] == ["no settled belief"]


def test_punishments_and_a_switch() -> None:
    made = punished()
    assert made.taken == [[10, 10, 20], [6, 6, 13], [5, 5, 5], [5, 5, 5]]
    assert [(e.time, e.agent, e.target) for e in made.events if isinstance(e, Punish)] == [
        (2, "a0", "a2"),
        (5, "a0", "a2"),
    ]
    outcome = made.outcome()
    assert outcome.points == {"a0": 24, "a1": 26, "a2": 37}
    assert (outcome.harvested, outcome.fairness, outcome.stocks) == (95, 26 / 43, [60, 40, 30, 30])
    changed = next(i for i, event in enumerate(made.events) if event.time == 7 and event.agent == "a2")
    assert ask(made, SwitchQuery(agent="a2")) == (["3rd"], [changed], "reader", 0)
    assert ask(made, SwitchQuery(agent="a0")) == (["never"], [], "reader", 0)
    assert made.adapts()


def test_a_switch_shows_in_an_answer() -> None:
    made = played(
        party("a0", "quota", leads=True),
        party("a1", "sustainable", switch=HarvestSwitch(round=1, harvesting="greedy")),
        party("a2", "quota"),
    )
    assert [(e.kind, e.agent) for e in made.events if e.time == 3] == [
        ("reject-proposal", "a1"),
        ("accept-proposal", "a2"),
    ]
    assert made.quota is None
    assert ask(made, SwitchQuery(agent="a1"))[0] == ["2nd"]
    with pytest.raises(Unasked):
        ask(made, KeptQuery(proposal=0))


def test_reciprocal_parties_follow_the_others() -> None:
    made = played(party("a0", "reciprocal"), party("a1", "sustainable"), party("a2", "greedy"), growth=50, rounds=2)
    assert made.taken[0] == [6, 6, 20]
    assert made.stocks == [60, 42]
    assert made.taken[1] == [13, 4, 14]


def test_a_small_remainder_may_carry_greed_into_a_second_round() -> None:
    made = played(*(party(agent, "greedy") for agent in IDS), stock=59, collapse=2)
    assert (made.stocks, made.ended) == ([59, 4], "collapsed")
    assert ask(made, LastQuery(agent="a0"))[0] == ["2"]


def test_a_party_without_a_way_of_harvesting_is_not_played() -> None:
    made = table(party("a0", "greedy"), Harvester(agent="a1"), party("a2", "greedy"))
    with pytest.raises(Unplayable, match=r"game\.parties of a1: has no `harvesting`"):
        commons.play(made)


def begun(acts: str = "public") -> Table:
    """Ann has proposed 10, and everybody has harvested 10 in round 0."""
    made = table(*(party(agent, "quota") for agent in IDS), acts=acts, fine=1)
    made.add(Propose(agent="a0", time=0, to=["a1", "a2"], deal=[10]))
    for agent in IDS:
        made.add(Harvest(agent=agent, time=1, to=[] if acts == "private" else made.others[agent], amount=10))
    return made


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (Harvest(agent="a0", time=4, to=["a1", "a2"], amount=21), "more than 20"),
        (Harvest(agent="a1", time=4, to=["a0", "a2"], amount=1), "next to harvest is a0"),
        (Harvest(agent="a0", time=4, to=["a1"], amount=1), "to all others"),
        (Harvest(agent="a0", time=7, to=["a1", "a2"], amount=1), "round 1 is under way"),
        (Harvest(agent="a0", time=3, to=["a1", "a2"], amount=1), "has no place at time 3"),
        (Harvest(agent="a9", time=4, to=[], amount=1), "none of the parties"),
        (Punish(agent="a0", time=2, to=["a1", "a2"], target="a0"), "one of the other parties"),
        (Punish(agent="a0", time=5, to=["a1", "a2"], target="a1"), "not right after the harvest"),
        (Propose(agent="a1", time=3, to=["a0", "a2"], deal=[5]), "once, in round 0"),
        (Accept(agent="a0", time=3, to=["a1", "a2"], proposal=0), "a0 proposed it"),
        (Reject(agent="a1", time=3, to=["a0", "a2"], proposal=1), "no proposal that a1 has heard"),
        (Inform(agent="a1", time=3, to=["a0", "a2"], claim=Took(round=1, amount=3)), "round 1 is not over"),
        (Inform(agent="a1", time=3, to=["a0", "a2"], claim=Took(round=0, amount=3), delay=1), "without delay"),
    ],
)
def test_what_cannot_happen_is_refused(move: Move, why: str) -> None:
    made = begun()
    with pytest.raises(Unplayable, match=why):
        made.add(move)
    assert len(made.events) == 4


def test_nobody_answers_or_punishes_twice_and_secret_acts_go_unpunished() -> None:
    made = begun()
    for move in (
        Punish(agent="a1", time=2, to=["a0", "a2"], target="a0"),
        Accept(agent="a1", time=3, to=["a0", "a2"], proposal=0),
    ):
        made.add(move)
        with pytest.raises(Unplayable, match="has"):
            made.add(move)
    with pytest.raises(Unplayable, match="no punishments"):
        begun("private").add(Punish(agent="a1", time=2, to=["a0", "a2"], target="a0"))


def test_what_makes_no_game_is_refused() -> None:
    with pytest.raises(Unplayable, match=r"game\.stock: 61 is more than the capacity, 60"):
        table(*(party(agent, "greedy") for agent in IDS), stock=61)
    with pytest.raises(Unplayable, match=r"game\.parties"):
        table(party("a0", "greedy"), party("a2", "greedy"))
    with pytest.raises(Unplayable, match="before it has ended"):
        begun().outcome()


figures = st.fixed_dictionaries(
    {
        "stock": st.integers(1, 25),
        "growth": st.integers(0, 250),
        "collapse": st.integers(0, 12),
        "rounds": st.integers(1, 4),
    }
)


@given(figures, st.integers(0, 10), st.integers(2, 5))
def test_the_best_harvest_is_that_of_all_sequences(figures: dict[str, int], room: int, n: int) -> None:
    capacity, growth = figures["stock"] + room, figures["growth"]

    @cache
    def best(stock: int, rounds: int) -> int:
        if not rounds:
            return 0
        totals = []
        for taken in range(n * (stock // n) + 1):
            left = stock - taken
            rest = 0 if left < figures["collapse"] else best(min(capacity, left + left * growth // 100), rounds - 1)
            totals.append(taken + rest)
        return max(totals)

    found = commons.most(figures["stock"], capacity, growth, figures["collapse"], figures["rounds"], n)
    assert found == best(figures["stock"], figures["rounds"])


@given(figures, st.integers(0, 10), st.integers(2, 5))
def test_what_sustains_is_the_greatest_that_does(figures: dict[str, int], room: int, n: int) -> None:
    chosen = {"capacity": figures["stock"] + room, "parties": [Harvester(agent=a) for a in IDS], **figures}
    game = Commons.model_validate({"resource": "fish", **chosen})
    stock = game.stock
    sustaining = [
        taken
        for taken in range(n * (stock // n) + 1)
        if stock - taken >= game.collapse
        and min(game.capacity, stock - taken + (stock - taken) * game.growth // 100) >= stock
    ]
    assert commons.sustain(game, stock, n) == max(sustaining, default=0)


def test_stocks_are_those_of_rounds_played() -> None:
    made = cheated()
    assert ask(made, StockQuery(round=2))[0] == ["22"]
    with pytest.raises(Unasked):
        ask(made, StockQuery(round=4))


def asked(slots: int, **fixed: int) -> list[tuple[Table, list[Asked]]]:
    """Games of the family, played and asked about, without words."""
    found = []
    for slot in range(slots):
        rng = random.Random(f"commons/{slot}")
        knobs = {name: rng.randint(knob.low, knob.high) for name, knob in FAMILY.knobs.items()}
        scenario = FAMILY.build(rng, knobs | fixed)
        assert isinstance(scenario, Negotiation) and isinstance(scenario.table, Table)
        scenario.play()
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
        made = episode("negotiation", ("commons",), {knob: (value, value)}, 3, slot, 0)
        record = NegotiationEpisode.model_validate(made)
        assert isinstance(record.outcome, CommonsOutcome)
        assert made == episode("negotiation", ("commons",), {knob: (value, value)}, 3, slot, 0)
        assert all(question.order <= made["difficulty"]["order"] for question in record.questions)
        events = [turn.event for turn in record.turns if turn.event is not None]
        assert events == list(range(len(record.world.events)))


def test_questions_are_right_distinct_and_enough(many: list[tuple[Table, list[Asked]]]) -> None:
    for made, questions in many:
        assert 6 <= len(questions) <= 9
        assert len({str(question.query) for question in questions}) == len(questions)
        for question in questions:
            known = commons.answer(made, query(question))
            assert (question.answer, question.evidence, question.view, question.order) == known
            assert len(set(question.options)) == len(question.options)
            assert sum(option in question.answer for option in question.options) == 1


def test_half_of_the_commons_collapse_and_lies_meet_truths(many: list[tuple[Table, list[Asked]]]) -> None:
    ended = Counter(made.ended for made, _ in many)
    assert 0.35 < ended["collapsed"] / len(many) < 0.65
    assert 0.15 < sum(made.adapts() for made, _ in many) / len(many) < 0.35
    every = [(made, question) for made, questions in many for question in questions]
    kinds = Counter(query(question).kind for _, question in every)
    assert set(kinds) == {"stock", "sustain", "took", "kept", "last", "switch", "bluff"}
    bluffs = Counter(question.answer[0] for _, question in every if query(question).kind == "bluff")
    assert 0.4 < bluffs["yes"] / bluffs.total() < 0.65
    switches = Counter(question.answer == ["never"] for _, question in every if query(question).kind == "switch")
    assert 0.2 < switches[True] / switches.total() < 0.6
    for order in (1, 2):
        beliefs: Counter[str] = Counter()
        for made, question in every:
            if made.secret and isinstance(question.query, TookQuery) and question.order == order:
                (held,) = question.answer
                truth = str(made.took(question.query.about, question.query.round))
                beliefs["true" if held == truth else "unsettled" if held == UNSETTLED else "false"] += 1
        assert min(beliefs[truth] for truth in ("true", "false", "unsettled")) > 0.1 * beliefs.total()


def test_the_right_option_is_anywhere(many: list[tuple[Table, list[Asked]]]) -> None:
    four = [question for _, questions in many for question in questions if len(question.options) == 4]
    places = Counter(question.options.index(question.answer[0]) for question in four)
    ranks = Counter(
        sorted(map(int, question.options)).index(int(question.answer[0]))
        for question in four
        if query(question).kind in ("stock", "sustain", "took")
    )
    for counted in (places, ranks):
        assert all(0.18 < counted[place] / counted.total() < 0.32 for place in range(4))
