"""Negotiations told by the templates: who hears what, in which order, and that the words say what happens."""

import random
import re
import string
from itertools import pairwise, permutations, product

import negotiation_worlds as worlds
import pytest

from madata.generators import lexicon
from madata.generators.lexicon.negotiation import camp, chatter, goods, occasions
from madata.generators.negotiation import teller
from madata.generators.negotiation.nouns import NUMERALS, noun, ordinal
from madata.generators.negotiation.teller import tell
from madata.generators.negotiation.wording import Wording, forms
from madata.schemas.negotiation import (
    Accept,
    BluffQuery,
    GaveQuery,
    HadQuery,
    ImpliedQuery,
    KeptQuery,
    LastQuery,
    OfferQuery,
    PaidQuery,
    ParetoQuery,
    PointsQuery,
    Propose,
    RationalQuery,
    Reply,
    ReplyQuery,
    StaysQuery,
    StockQuery,
    SustainQuery,
    SwitchQuery,
    TookQuery,
    ValuedQuery,
    WouldQuery,
    ZoneQuery,
)

DEALS = {
    "books": [
        [[x, 3 - x], [y, 1 - y], [z, 2 - z], k] for x in range(4) for y in (0, 1) for z in range(3) for k in (0, 2)
    ],
    "three": [
        [[x, y, 4 - x - y], [u, v, 2 - u - v]]
        for x, y, u, v in product(range(5), range(5), range(3), range(3))
        if x + y <= 4 and u + v <= 2
    ],
    "price": [[k] for k in range(11)],
}

QUERIES = {
    "books": [
        OfferQuery(proposal=4, issue="i0", agent="a1"),
        OfferQuery(proposal=4, issue="i3"),
        PointsQuery(proposal=3, agent="a1"),
        RationalQuery(proposal=1, agent="a0"),
        ParetoQuery(proposal=7),
        ZoneQuery(),
        ReplyQuery(agent="a1", proposal=4, time=3, moves=[Reply(move="accept"), Reply(move="withdraw")]),
        PaidQuery(event=5),
        PaidQuery(event=0),
        ImpliedQuery(agent="a0", time=5),
        ImpliedQuery(agent="a0", time=1),
        ImpliedQuery(agent="a0", time=9),
        ValuedQuery(chain=["a1", "a1", "a0"], about="a0", time=20),
        ValuedQuery(chain=["a0"], about="a0", time=3),
        BluffQuery(event=0),
        SwitchQuery(agent="a1"),
    ],
    "price": [BluffQuery(event=0), BluffQuery(event=2)],
    "three": [BluffQuery(event=4)],
    "lake": [
        StockQuery(round=1),
        SustainQuery(round=0),
        TookQuery(about="a1", round=0),
        TookQuery(chain=["a0", "a2"], about="a1", round=0),
        KeptQuery(proposal=0),
        LastQuery(agent="a1"),
        SwitchQuery(agent="a2"),
        BluffQuery(event=7),
    ],
    "gifts": [
        GaveQuery(meeting=0),
        GaveQuery(chain=["a2", "a3"], meeting=0),
        HadQuery(agent="a1", meeting=2),
        WouldQuery(donor="a1", recipient="a5"),
        StaysQuery(generation=0),
        BluffQuery(event=2),
    ],
}


def told(make, seed=0, small_talk=0):
    return tell(*make(), random.Random(seed), small_talk)


def of_events(turns):
    return {turn.event: turn.text for turn in turns if turn.event is not None}


@pytest.mark.parametrize("make", worlds.ALL)
def test_each_event_is_told_once_in_order_to_those_who_hear_it(make):
    agents, _, world = make()
    ids = [agent.id for agent in agents]
    for seed in range(20):
        turns = told(make, seed, 2 if world.game.kind == "bargain" else 0)
        assert [turn.index for turn in turns] == list(range(len(turns)))
        assert [turn.event for turn in turns if turn.event is not None] == list(range(len(world.events)))
        for turn in turns:
            assert turn.time == sum(other.event is not None for other in turns[: turn.index])
            if turn.event is None:
                continue
            event = world.events[turn.event]
            assert turn.audience == [agent for agent in ids if agent in (event.agent, *event.to)]
            if event.kind in ("harvest", "donate", "punish"):
                assert (turn.channel, turn.speaker, turn.act) == ("action", None, None)
            else:
                private = len(event.to) < len(ids) - 1
                assert (turn.channel, turn.speaker) == ("private" if private else "public", event.agent)
                left_out = {"kind", "agent", "time", "delay", "to"}
                assert turn.act.performative == event.kind
                assert turn.act.content == event.model_dump(exclude=left_out)


@pytest.mark.parametrize("make", worlds.ALL)
def test_the_rest_is_setting_narration_and_small_talk(make):
    agents, _, world = make()
    ids = [agent.id for agent in agents]
    bargain = world.game.kind == "bargain"
    turns = told(make, 1, 3 if bargain else 0)
    unheard = [turn.index for turn in turns if turn.audience == [] and turn.event is None]
    first, last = (unheard[0], unheard[-1]) if unheard else (0, -1)
    for turn in turns:
        if turn.event is not None:
            continue
        assert turn.act is None
        if turn.speaker:
            assert turn.audience == ids and turn.channel == "public" and turn.index > last
        else:
            assert turn.channel == "narration"
            assert turn.audience in (ids, [], *([agent] for agent in ids))
            assert (turn.audience == []) == (first <= turn.index <= last)
    assert sum(turn.speaker is not None and turn.event is None for turn in turns) == (3 if bargain else 0)
    own = [turn.audience[0] for turn in turns if turn.channel == "narration" and len(turn.audience) == 1]
    assert own == (ids if bargain else [])


def test_small_talk_never_stands_within_a_move():
    *_, world = worlds.books()
    for seed in range(30):
        turns = told(worlds.books, seed, 8)
        for before, chat, after in zip(turns, turns[1:], turns[2:], strict=False):
            if chat.speaker and chat.event is None and before.event is not None and after.event is not None:
                one, other = world.events[before.event], world.events[after.event]
                assert (one.agent, one.time) != (other.agent, other.time)


def test_nobody_chats_right_before_speaking_again():
    for seed in range(30):
        turns = [turn for turn in told(worlds.books, seed, 8) if turn.audience]
        for chat, after in pairwise(turns):
            if chat.speaker and chat.event is None and after.speaker:
                assert chat.speaker != after.speaker


def test_most_small_talk_comes_first():
    before = [
        sum(chat.time == 0 for chat in told(worlds.books, seed, 8) if chat.speaker and chat.event is None)
        for seed in range(100)
    ]
    assert 2 <= sum(before) / len(before) <= 6


def test_what_somebody_hopes_for_and_when_it_opens_is_told_to_the_reader_alone():
    agents, conventions, world = worlds.books()
    strategy = world.game.parties[1].strategy.model_copy(update={"aspiration": 4321, "opens": 6})
    for seed in range(10):
        turns = tell(*party_changed(worlds.books, 1, strategy=strategy), random.Random(seed), 0)
        (hopes,) = [turn for turn in turns if "4321 points" in turn.text]
        assert hopes.audience == [] and "Ben" in hopes.text
        assert re.search(r"[Bb]efore round 7\b", hopes.text)
        assert not any("hopes for" in turn.text for turn in tell(agents, conventions, world, random.Random(seed), 0))


def test_same_seed_same_turns():
    for make in worlds.ALL:
        assert told(make, 7, 2) == told(make, 7, 2)
    assert told(worlds.books, 7) != told(worlds.books, 8)


def party_changed(make, place, **changes):
    agents, conventions, world = make()
    game = world.game
    parties = [
        party.model_copy(update=changes) if number == place else party for number, party in enumerate(game.parties)
    ]
    return agents, conventions, world.model_copy(update={"game": game.model_copy(update={"parties": parties})})


@pytest.mark.parametrize("place", [0, 1])
def test_points_show_in_no_turn_that_others_hear(place):
    changed = party_changed(worlds.books, place, worth=[7, 6, 9, [8, 7, 6]], reservation=17)
    for seed in range(10):
        differ = {
            tuple(one.audience)
            for one, other in zip(told(worlds.books, seed), tell(*changed, random.Random(seed), 0), strict=True)
            if one != other
        }
        assert differ == {(f"a{place}",)}


@pytest.mark.parametrize("make", [worlds.books, worlds.lake, worlds.gifts])
def test_strategies_show_to_the_reader_alone(make):
    *_, world = make()
    key = {"bargain": "strategy", "commons": "harvesting", "donor": "giving"}[world.game.kind]
    changed = party_changed(make, 1, **{key: None})
    for seed in range(5):
        before, after = (
            [turn for turn in turns if turn.index < 2 or (turn.channel == "narration" and len(turn.audience) == 1)]
            for turns in (told(make, seed), tell(*changed, random.Random(seed), 0))
        )
        assert [turn.text for turn in before] == [turn.text for turn in after]


@pytest.mark.parametrize("name", DEALS)
def test_two_deals_are_never_put_in_the_same_words(name):
    agents, _, world = getattr(worlds, name)()
    wording, said = Wording(agents, world), {}
    for deal in DEALS[name]:
        for seed in range(60):
            rng = random.Random(seed)
            clause = wording.offer(deal, "a0", rng, bool(seed % 2))
            assert said.setdefault(clause, deal) == deal
        for speaker in (None, "a0"):
            assert said.setdefault(wording.deal(deal, speaker), deal) == deal


@pytest.mark.parametrize("name", ["books", "three"])
def test_the_numbers_of_a_proposal_are_those_of_its_deal(name):
    agents, _, world = getattr(worlds, name)()
    wording = Wording(agents, world)
    splits = [(place, issue) for place, issue in enumerate(world.game.issues) if issue.kind == "split"]
    for deal, seed in product(DEALS[name], range(30)):
        text = wording.offer(deal, "a1", random.Random(seed), bool(seed % 3))
        for place, issue in splits:
            thing = noun(issue.name)
            found = re.findall(rf"(\w+) (?:{thing.many}|{thing.one})\b", text)
            assert {number(word) for word in found} <= {*deal[place]} - {0}, text
            if "rest" not in text and "everything else" not in text and "whatever" not in text:
                assert found, text
        total = sum(number(word) for word in re.findall(r"\w+", text) if word != "the")
        assert total <= sum(issue.units for _, issue in splits)


def number(word):
    """What a determiner counts; 0 for any other word."""
    if word.isdigit():
        return int(word)
    return {"the": 1, "both": 2}.get(word, NUMERALS.index(word) if word in NUMERALS else 0)


def test_who_accepts_says_whose_offer():
    for seed in range(20):
        assert "your offer" in of_events(told(worlds.books, seed))[10]
        assert "your offer" in of_events(told(worlds.books, seed))[8]
        assert "the offer Anna made in round 1" in of_events(told(worlds.three, seed))[7]
        assert "Anna's offer" in of_events(told(worlds.four, seed))[1]
        assert "Anna's limit" in of_events(told(worlds.lake, seed))[4]
        assert "your limit" in of_events(told(worlds.pasture, seed))[4]


def test_only_a_standing_offer_is_turned_down_before_another_is_made():
    refusals = forms()["refuse"]["told"]
    refused = {
        (make.__name__, turn.event)
        for make in (worlds.books, worlds.price, worlds.three, worlds.four)
        for seed in range(60)
        for turn in told(make, seed)
        if any(line in turn.text for line in refusals)
    }
    assert refused == {("books", 3), ("books", 4), ("price", 3), ("price", 4), ("three", 6)}


def test_how_it_ended_is_said_last():
    ends = {
        worlds.books: ("end", "agreement"),
        worlds.price: ("end", "withdrawn"),
        worlds.three: ("end", "agreement"),
        worlds.four: ("end", "deadline"),
        worlds.lake: ("over", "collapsed"),
        worlds.pasture: ("over", "completed"),
        worlds.gifts: ("generation", "over"),
    }
    for make, (section, kind) in ends.items():
        last = told(make, 3)[-1].text
        assert any(re.fullmatch(pattern(line), last) for line in forms()[section][kind])


def pattern(line):
    """A form as a regular expression: anything in its slots."""
    pieces = [re.escape(text) + (".+" if slot else "") for text, slot, *_ in string.Formatter().parse(line)]
    return "".join(pieces)


def test_rounds_that_pass_unused_are_said():
    turns = told(worlds.price, 0)
    passed = [turn.text for turn in turns if turn.time == 5 and turn.event is None]
    assert [name in text for name, text in zip(("Ben", "Anna", "Ben", "Anna"), passed, strict=True)] == [True] * 4
    assert [re.findall(r"[0-9]+", text) for text in passed] == [["4"], ["5"], ["6"], ["7"]]


def test_stocks_and_generations_are_narrated():
    lake = [turn.text for turn in told(worlds.lake) if turn.channel == "narration" and turn.audience]
    assert [re.findall(r"[0-9]+", text) for text in lake[2:5]] == [["1", "30"], ["2", "25"], ["3", "9"]]
    (handover,) = [turn.text for turn in told(worlds.gifts) if turn.time == 4 and turn.event is None]
    stay, leave, *_ = handover.split(". ")
    assert "Ben and Carla" in handover and "Anna and Dora" in handover
    assert "Emil" in handover and "Fay" in handover and stay and leave


BARGAIN = {
    "turns": {"alternating": "alternating", "simultaneous": "simultaneous"},
    "claims": {"believed": "believed", "doubted": "doubted"},
    "values": {"private": "private_values", "permuted": "permuted"},
    "promises": {"binding": "binding", "cheap": "cheap"},
}
OTHERS = {"claims": {"believed": "believed", "doubted": "doubted"}, "acts": {"public": "public", "private": "private"}}


@pytest.mark.parametrize(
    ("make", "section", "kinds"),
    [(worlds.three, "setting", BARGAIN), (worlds.lake, "commons", OTHERS), (worlds.gifts, "donor", OTHERS)],
)
def test_each_convention_is_a_sentence_for_everybody(make, section, kinds):
    agents, conventions, world = make()
    ids = [agent.id for agent in agents]
    for convention, sections in kinds.items():
        for value in sections:
            turns = tell(agents, conventions.model_copy(update={convention: value}), world, random.Random(0), 0)
            public = " ".join(turn.text for turn in turns if turn.time == 0 and turn.audience == ids)
            said = {
                other
                for other, kind in sections.items()
                if any(re.search(pattern(line), public) for line in forms()[section][kind])
            }
            assert said == {value}


def test_the_game_is_told_to_everybody_and_what_it_is_worth_to_each_alone():
    turns = told(worlds.books)
    game = " ".join(turn.text for turn in turns[:4])
    parts = ("3 books, 1 hat and 2 bars of chocolate", "Monday, Friday, Sunday", "10 rounds")
    assert all(part in game for part in parts)
    (own,) = [turn.text for turn in turns if turn.audience == ["a1"]]
    assert "each book is worth 1 point, the hat is worth 2 points, each bar of chocolate is worth 5 points" in own
    assert "the day is worth 3 points if it is Monday, no points if Friday and no points if Sunday" in own
    assert "-1 points" in own and "ound 9" in own
    price = told(worlds.price)
    assert "100 euros to 150 euros in steps of 5 euros" in price[0].text
    assert "50 points if it is 100 euros, 5 points less at each next option, and no points" in price[5].text
    assert "Anna and Ben, or of Anna, Carla and Dora" in told(worlds.four)[2].text


# The forms


def test_every_form_is_used_and_none_has_a_hole(monkeypatch):
    used = set()

    class Line(str):
        def format(self, *args, **slots):
            used.add(str(self))
            assert {slot for _, slot, *_ in string.Formatter().parse(self) if slot} <= slots.keys(), self
            return str.format(self, *args, **slots)

    for section, lists in forms().items():
        watched = {kind: [Line(line) for line in lines] for kind, lines in lists.items()}
        monkeypatch.setitem(forms(), section, watched)
    texts = []
    for seed in range(40):
        for make in worlds.ALL:
            texts += [turn.text for turn in told(make, seed, 3 if make in worlds.ALL[:4] else 0)]
    for world in variants():
        for seed in range(20):
            texts += [turn.text for turn in tell(*world, random.Random(seed), 0)]
    for name, queries in QUERIES.items():
        agents, _, world = getattr(worlds, name)()
        for names in list(permutations(worlds.NAMES[: len(agents)]))[:60] + [
            tuple(f"{n}{k}" for n in worlds.NAMES) for k in range(40)
        ]:
            renamed = [agent.model_copy(update={"name": name}) for agent, name in zip(agents, names, strict=False)]
            texts += [Wording(renamed, world).question(query) for query in queries]
    everything = {line for lists in forms().values() for lines in lists.values() for line in lines}
    assert everything - used == set()
    assert not [text for text in texts if "{" in text or "}" in text or "  " in text]


def variants():
    """The worlds with every bidding, harvesting and giving, and other conventions."""
    for bidding in ("linear", "boulware", "conceder", "hard_headed", "tit_for_tat", "fair_split"):
        agents, conventions, world = worlds.books()
        strategy = world.game.parties[0].strategy.model_copy(update={"bidding": bidding})
        strategy = strategy.model_copy(update={"aspiration": 9, "opens": 2})
        _, _, changed = party_changed(worlds.books, 0, strategy=strategy)
        yield agents, conventions.model_copy(update={"promises": "cheap"}), changed
    agents, conventions, world = worlds.three()
    roles = [agent.model_copy(update={"role": f"role {agent.id}"}) for agent in agents]
    unanimous = world.game.model_copy(update={"winning": [[agent.id for agent in agents]]})
    yield roles, conventions, world.model_copy(update={"game": unanimous})
    for harvesting in ("greedy", "sustainable", "quota", "reciprocal"):
        yield party_changed(worlds.lake, 0, harvesting=harvesting)
    agents, conventions, world = worlds.lake()
    yield agents, conventions.model_copy(update={"claims": "doubted"}), world
    yield party_changed(worlds.lake, 0, harvesting=None)
    for giving in ("generous", "discriminating", "reciprocal", "free_rider", None):
        agents, conventions, world = party_changed(worlds.gifts, 0, giving=giving)
        yield agents, conventions.model_copy(update={"acts": "private", "claims": "believed"}), world
    yield one_stays()


def one_stays():
    """A donor game of two of whom one stays."""
    giver = {"giving": "generous"}
    game = {
        "kind": "donor",
        "endowment": 4,
        "multiplier": 3,
        "meetings": [{"generation": g, "donor": "a0", "recipient": r} for g, r in ((0, "a1"), (1, "a2"))],
        "parties": [{"agent": "a0", **giver}, {"agent": "a1", **giver}],
    }
    game["meetings"][1] |= {"donor": "a1"}
    game["parties"].append({"agent": "a2", "generation": 1, "heir_of": "a1", **giver})
    events = [
        worlds.event(0, 1, "donate", 3, [1], recipient="a1", amount=2),
        worlds.event(1, 3, "donate", 3, [2], recipient="a2", amount=2),
    ]
    agents, conventions, _ = worlds.gifts()
    return agents[:3], conventions, worlds.world(game, events)


TALK = (
    *("greet", "privately", "refuse", "propose", "accept", "reject", "priority", "limit", "query", "threaten"),
    *("promise", "withdraw"),
)

CHATTER = [line for lists in chatter().values() for lines in lists.values() for line in lines]


def test_no_word_of_what_is_said_is_the_name_of_a_thing_an_option_or_a_person():
    names = {name.name for name in lexicon.given_names()}
    things = {*camp()} | {good.name for good in goods()}
    for sphere in ("everyday", "political"):
        for occasion in occasions(sphere):
            things.update(occasion.things)
            for choice, options in occasion.choices:
                things.update((choice, *options))
    things |= {noun(name).one for name in things}
    things |= {name.partition(" ")[2] for name in things if name.startswith(("a ", "an ", "the "))}
    for line in [*CHATTER, *(line for section in TALK for lines in forms()[section].values() for line in lines)]:
        said = re.findall(r"[A-Za-z'-]+", re.sub(r"{.*?}", "", line))
        words = f" {' '.join(said)} "
        assert not [name for name in sorted(names) if f" {name} " in words], line
        assert not [name for name in sorted(things) if f" {name.lower()} " in words.lower()], line


ROUND_ABOUT = ("greet", "privately", "refuse", "withdraw", "query", "threaten")
MANY = (
    "greet",
    "privately",
    "refuse",
    "propose",
    "accept",
    "reject",
    "priority",
    "limit",
    "query",
    "threaten",
    "promise",
)
MORE = ("withdraw", "quota", "took", "harvest", "punish", "gave", "donate")


def test_there_are_many_forms_of_each_act():
    for section in MANY + MORE:
        for kind, lines in forms()[section].items():
            assert len({*lines}) == len(lines) >= (16 if (section, kind) == ("propose", "clause") else 8), section


def test_no_form_is_shared_by_two_kinds_of_event():
    lines = [line for section in MANY + MORE for lines in forms()[section].values() for line in lines]
    assert len({*lines}) == len(lines)


def test_what_stands_around_an_act_holds_no_number_and_no_slot_but_names():
    counts = {*NUMERALS[2:], "both", "half", "rest", "dozen"}
    lines = [line for section in ROUND_ABOUT for lines in forms()[section].values() for line in lines]
    for line in [*lines, *CHATTER]:
        assert not counts & {*re.findall(r"[a-z]+", line.lower())} and not re.search(r"[0-9]", line), line
        assert {slot for _, slot, *_ in string.Formatter().parse(line) if slot} <= {"who"}, line


@pytest.mark.parametrize(
    ("make", "least", "most"), [(worlds.price, 11, 18), (worlds.three, 20, 30), (worlds.books, 20, 30)]
)
def test_proposals_are_as_long_as_those_of_people(make, least, most):
    """In words: of one price, of two things between three, of four issues between two."""
    *_, world = make()
    texts = [of_events(told(make, seed)) for seed in range(200)]
    made = [index for index, event in enumerate(world.events) if isinstance(event, Propose)]
    lengths = [len(text[index].split()) for text in texts for index in made]
    assert least <= sum(lengths) / len(lengths) <= most


# Nouns and questions


def test_nouns_are_counted():
    singles = {
        "books": "book",
        "boxes": "box",
        "batteries": "battery",
        "watches": "watch",
        "glasses": "glass",
        "vases": "vase",
        "gloves": "glove",
        "potatoes": "potato",
        "cookies": "cookie",
        "knives": "knife",
        "silver spoons": "silver spoon",
        "loaves of bread": "loaf of bread",
        "firewood": "unit of firewood",
        "brass": "unit of brass",
    }
    assert {name: noun(name).one for name in singles} == singles
    assert [noun("books").counted(n, words) for n, words in ((0, False), (1, True), (12, True), (13, True))] == [
        "no books",
        "one book",
        "twelve books",
        "13 books",
    ]
    assert [noun("books").whole(n, True) for n in (1, 2, 3)] == ["the book", "both books", "all three books"]
    assert [ordinal(n) for n in (1, 12, 13, 21, 22, 111)] == ["first", "twelfth", "13th", "21st", "22nd", "111th"]


def test_questions_name_offers_and_statements_so_that_they_fit_no_other():
    agents, _, world = worlds.books()
    wording = Wording(agents, world)
    made = [wording.made(index) for index, event in enumerate(world.events) if isinstance(event, Propose)]
    assert made == [
        "Anna's first offer",
        "Ben's only offer",
        *(f"Anna's {n} offer" for n in ("second", "third", "fourth")),
    ]
    assert wording.happens(5) == "Anna threatens to leave"
    agents, _, world = worlds.three()
    assert (
        Wording(agents, world).happens(4)
        == "Carla tells Ben alone that nothing matters more to Carla than the firewood"
    )
    again = world.model_copy(update={"events": [*world.events[:5], world.events[4], *world.events[5:]]})
    assert "alone for the second time that" in Wording(agents, again).happens(5)


def test_options_of_a_reply_are_distinct():
    agents, _, world = worlds.books()
    wording = Wording(agents, world)
    moves = [
        Reply(move="accept"),
        Reply(move="withdraw"),
        *(Reply(move="propose", deal=deal) for deal in DEALS["books"]),
    ]
    texts = [wording.reply(move, "a1") for move in moves]
    assert len({*texts}) == len(texts)
    assert texts[:2] == ["accept the offer", "walk away"]
    assert all(2 <= len(text) <= 300 for text in texts)


def test_the_teller_draws_from_nowhere_else():
    state = random.getstate()
    told(worlds.books, 1, 3)
    assert random.getstate() == state
    assert teller.tell is tell and isinstance(worlds.books()[2].events[-1], Accept)
