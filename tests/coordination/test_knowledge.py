import random

import pytest
import tiny_games

from madata.generators.coordination.knowledge import Knowledge, acting, beginning, turn
from madata.schemas.coordination.language import Ask, Inform, Reject, Told

AGENTS = ("a0", "a1", "a2")


def inform(agent, time, arrives, *told):
    """To both others; `arrives` in agent order."""
    to = [other for other in AGENTS if other != agent]
    facts = [Told(fact=fact, value=value) for fact, value in told]
    return Inform(agent=agent, time=time, to=to, arrives=list(arrives), facts=facts)


def knowledge(*events, **more):
    """Fact 0 is known to a0, fact 1 to all, fact 2 to nobody; a1 speaks before a0 before a2."""
    order = ["a1", "a0", "a2"]
    known = Knowledge(tiny_games.setting([1, 1, 1], [[0], [0, 1, 2], []], ["team"] * 3, order=order, **more))
    for index, event in enumerate(events):
        known.hear(index, event)
    return known


def since(known, agent, fact):
    """The first point at which the agent knows it."""
    return next(point for point in range(30) if known.knows(agent, fact, point))


def test_who_knows_what_at_the_start():
    known = knowledge()
    assert known.common == {1}
    assert known.beliefs(0, beginning(0)) == (1, 1, None)
    assert known.beliefs(2, beginning(0)) == (None, 1, None)
    assert known.hopes(2, beginning(0)) == (0, 1, 0)


def test_those_who_speak_later_hear_it_at_their_turn_and_others_when_acting():
    known = knowledge(inform("a0", 1, (1, 1), ("f0", 1)))
    assert since(known, 1, 0) == acting(1)
    assert since(known, 2, 0) == turn(1)


def test_nobody_hears_at_a_turn_those_who_speak_at_the_same_time():
    known = knowledge(inform("a0", 1, (1, 1), ("f0", 1)), speech="concurrent")
    assert since(known, 1, 0) == since(known, 2, 0) == acting(1)


def test_late_messages_are_there_at_the_beginning_and_lost_ones_never():
    known = knowledge(inform("a0", 1, (3, None), ("f0", 1)))
    assert since(known, 1, 0) == beginning(3)
    assert not known.knows(2, 0, acting(9))
    assert not known.has_reached(0, 1, acting(2)) and known.has_reached(0, 1, beginning(3))
    assert not known.has_reached(0, 2, acting(9))


def test_an_added_message_is_heard_at_every_turn_of_its_round():
    known = knowledge()
    known.hear(0, inform("a0", 1, (1, 1), ("f0", 1)), first=True)
    assert since(known, 1, 0) == since(known, 2, 0) == turn(1)


def test_what_reached_an_agent_last_counts():
    late = inform("a0", 0, (3, 3), ("f2", 0))
    early = inform("a1", 1, (1, 1), ("f2", 1))
    same = inform("a1", 3, (3, 3), ("f2", 1))
    known = knowledge(late, early)
    assert [known.beliefs(2, beginning(time))[2] for time in range(5)] == [None, None, 1, 0, 0]
    known.hear(2, same)
    assert known.beliefs(2, acting(3))[2] == 1
    # Asked about an earlier point again.
    assert known.beliefs(2, beginning(3))[2] == 0
    assert (known.first(2, 2, beginning(9)), known.first(2, 2, beginning(1))) == (1, None)


def test_what_is_known_for_sure_is_not_unsaid():
    known = knowledge(inform("a1", 0, (0, 0), ("f0", 0), ("f2", 0)))
    assert known.beliefs(0, acting(0)) == (1, 1, 0)
    known.observe(0, 2, 2)
    assert [known.beliefs(0, point)[2] for point in (acting(1), beginning(2))] == [0, 1]
    known.hear(1, inform("a2", 2, (2, 2), ("f2", 0)))
    assert known.beliefs(0, acting(5)) == (1, 1, 1)
    assert known.beliefs(1, acting(5))[2] == 0
    assert known.sure(0, 2, beginning(2)) and not known.sure(0, 2, acting(1))


def test_a_rejection_tells_too_and_a_question_does_not():
    known = knowledge(
        Reject(agent="a1", time=0, to=["a0", "a2"], arrives=[0, 0], proposal=0, facts=[Told(fact="f2", value=1)]),
        Ask(agent="a2", time=0, to=["a0", "a1"], arrives=[0, 0], facts=["f0"]),
    )
    assert known.knows(0, 2, acting(0)) and known.has_told(1, 2)
    assert not known.has_told(2, 0) and not known.heard_of(0, 0, acting(0))


def test_new_is_what_came_since():
    known = knowledge(
        inform("a0", 0, (2, 0), ("f0", 1)), inform("a2", 1, (1, 1), ("f1", 1)), inform("a0", 2, (2, 2), ("f0", 1))
    )
    assert known.reached(1, turn(2), after=turn(1)) == [0, 1]
    assert known.reached(1, acting(2)) == [0, 1, 2]
    assert known.reached(2, turn(2), after=turn(1)) == [2]


@pytest.mark.parametrize(("agent", "knew"), [(1, False), (2, True)])
def test_whether_a_message_is_news(agent, knew):
    known = knowledge(inform("a0", 0, (2, 0), ("f0", 1)), inform("a0", 1, (1, 1), ("f0", 1)))
    assert known.knew(agent, 0, 1) is knew


def by_the_page(known, events, order, speech, agent, time, point):
    """What an agent takes each fact to be, read off docs/coordination.md word by word."""
    at = {beginning: 0, turn: 1, acting: 2}[point]

    def reached(event):
        if agent not in event.to or (arrives := event.arrives[event.to.index(agent)]) is None:
            return None
        earlier = event.time == time and order.index(event.agent) < order.index(agent)
        early = event.time < time and arrives <= time
        heard = (
            early or (at == 1 and speech == "turns" and arrives == time and earlier) or (at == 2 and arrives <= time)
        )
        return arrives if heard else None

    beliefs = []
    for fact, (value, knowing) in enumerate(known):
        told = [
            ((arrives, index), told.value)
            for index, event in enumerate(events)
            if (arrives := reached(event)) is not None
            for told in event.facts
            if told.fact == f"f{fact}"
        ]
        beliefs.append(value if agent in knowing else max(told)[1] if told else None)
    return tuple(beliefs)


@pytest.mark.parametrize("speech", ["turns", "concurrent"])
def test_knowledge_is_as_the_page_has_it(speech):
    for seed in range(40):
        rng = random.Random(seed)
        order = rng.sample(AGENTS, 3)
        known = [(rng.randint(0, 1), [agent for agent in AGENTS if rng.random() < 0.2]) for _ in range(3)]
        numbers = [[AGENTS.index(agent) for agent in knowing] for _, knowing in known]
        learning = Knowledge(
            tiny_games.setting([value for value, _ in known], numbers, ["team"] * 3, order=order, speech=speech)
        )
        events = []
        for time in range(5):
            for agent in order:
                for _ in range(rng.choice((0, 1, 1, 2))):
                    arrives = [rng.choice((time, time, time + 1, time + 2, None)) for _ in range(2)]
                    told = [(f"f{fact}", rng.randint(0, 1)) for fact in rng.sample(range(3), rng.randint(1, 2))]
                    events.append(inform(agent, time, arrives, *told))
                    learning.hear(len(events) - 1, events[-1])
                    # Asked in the middle, as scripts do.
                    learning.beliefs(AGENTS.index(rng.choice(AGENTS)), rng.randrange(18))
        for agent, time, point in [(a, t, p) for a in AGENTS for t in range(6) for p in (beginning, turn, acting)]:
            expected = by_the_page(known, events, order, speech, agent, time, point)
            assert learning.beliefs(AGENTS.index(agent), point(time)) == expected, (seed, agent, time, point)
