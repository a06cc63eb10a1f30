"""Words that say an act of a coordination, and words that do not: `CASES` written by hand before the check was made, of
which every third line stayed unseen until it was; `AFTERWARDS` when it was done, and judged once."""

from collections.abc import Iterator
from typing import Any

from madata.validators.coordination.spoken import Line, Scene

Json = dict[str, Any]

Case = tuple[str, str, Json | None, list[str], list[str]]
"""A title, the scene, the event (None: small talk), what says it, what does not. `a0` speaks unless the event says."""


def world(
    names: list[str], game: Json, scales: list[list[str]], facts: list[tuple[str, int, int, str]], **more: Any
) -> Json:
    """Facts are name, scale, value, and the digits of those who know it."""
    return {
        "agents": [{"id": f"a{at}", "name": name, "role": "member"} for at, name in enumerate(names)],
        "world": {
            "game": game,
            "scales": [{"id": f"s{at}", "values": values} for at, values in enumerate(scales)],
            "facts": [
                {
                    "id": f"f{at}",
                    "name": name,
                    "scale": f"s{scale}",
                    "value": value,
                    "known": [f"a{who}" for who in known],
                }
                for at, (name, scale, value, known) in enumerate(facts)
            ],
            "decisions": [
                {"id": f"d{at}", "name": name, "scale": "s1"} for at, name in enumerate(more.get("decisions", []))
            ],
            "actions": more.get("actions", []),
            "events": more.get("events", []),
        },
    }


def said(agent: int, time: int, kind: str, to: str = "", **content: Any) -> Json:
    to = to or "".join(str(other) for other in range(3) if other != agent)
    hearers = [f"a{other}" for other in to]
    return {
        "kind": kind,
        "agent": f"a{agent}",
        "time": time,
        "to": hearers,
        "arrives": [time] * len(hearers),
        **content,
    }


def told(*pairs: tuple[int, int]) -> list[Json]:
    return [{"fact": f"f{fact}", "value": value} for fact, value in pairs]


def inform(*pairs: tuple[int, int], **more: Any) -> Json:
    return said(0, 2, "inform", facts=told(*pairs), **{"choice": None} | more)


def ask(*facts: int) -> Json:
    return said(0, 2, "query-ref", facts=[f"f{fact}" for fact in facts])


def propose(*plan: int) -> Json:
    return said(0, 2, "propose", plan=list(plan))


def accept(proposal: int) -> Json:
    return said(0, 2, "accept-proposal", proposal=proposal)


def reject(proposal: int, *pairs: tuple[int, int]) -> Json:
    return said(0, 2, "reject-proposal", proposal=proposal, facts=told(*pairs))


def request(action: int, to: int = 1) -> Json:
    return said(0, 2, "request", to=str(to), action=action)


def confirm(message: int, to: int) -> Json:
    return said(0, 2, "confirm", to=str(to), message=message)


SQUARES = [f"{column}{row}" for row in (1, 2, 3) for column in "ABC"]
TIMES = ["Thursday at 9", "Thursday at 15", "Saturday at 8", "Saturday at 10"]
CREW = ["Marisol", "Yaotl", "Aditi"]
JOBS = ["scraping the hull", "servicing the engine", "loading the stores"]
COOKING = ["put what they hold into the pot", "take the soup", "serve the soup", "take a dish", "take a chestnut"]
MOVES = ["stay", "go north", "go south", "go east", "go west"]
RING = ["Nkechi", "Itzel", "Omar"]

SCENES: dict[str, Json] = {
    "maze": world(
        ["Aditi", "Bastien", "Marisol"],
        {"kind": "maze"},
        [["open", "a wall"], ["north", "south", "east", "west"]],
        [(f"square {name}", 0, at % 2, "0" if at < 5 else "1") for at, name in enumerate(SQUARES)],
        decisions=[f"step {at}" for at in range(1, 9)],
        events=[
            said(1, 0, "inform", facts=told((5, 1), (6, 0)), choice=None),
            said(1, 0, "propose", plan=[1, 1, 2]),
            said(2, 1, "propose", plan=[2, 2, 1]),
            said(1, 1, "propose", plan=[2, 1]),
            said(2, 1, "inform", facts=told((7, 1)), choice=None),
        ],
    ),
    "schedule": world(
        ["Tariq", "Kofi", "Charlie"],
        {"kind": "schedule"},
        [["convenient", "possible", "taken"], TIMES],
        [
            (f"{name}'s {time}", 0, (who + at) % 3, str(who))
            for who, name in enumerate(["Tariq", "Kofi", "Charlie"])
            for at, time in enumerate(TIMES)
        ],
        decisions=["the time of the poster rehearsal", "the time of the grant interview"],
        events=[
            said(1, 0, "inform", facts=told((4, 1), (5, 2)), choice=None),
            said(1, 0, "propose", plan=[1, 2]),
            said(2, 1, "propose", plan=[0, 3]),
        ],
    ),
    "allocation": world(
        CREW,
        {"kind": "allocation"},
        [["2 coins", "7 coins", "9 coins", "out of the question"], CREW],
        [
            (f"{name}'s price for {job}", 0, (who + at) % 4, str(who))
            for who, name in enumerate(CREW)
            for at, job in enumerate(JOBS)
        ],
        decisions=["the one who scrapes the hull", "the one who services the engine", "the one who loads the stores"],
        events=[said(1, 0, "propose", plan=[1, 1, 0]), said(1, 1, "inform", facts=told((3, 1)), choice=None)],
    ),
    "pathfinding": world(
        ["Arash", "Emil", "Malarvizhi"],
        {"kind": "pathfinding"},
        [SQUARES],
        [(f"{name}'s goal", 0, at * 3, str(at)) for at, name in enumerate(["Arash", "Emil", "Malarvizhi"])],
        actions=MOVES,
        events=[said(1, 0, "inform", facts=told((1, 3)), choice=None)],
    ),
    "pursuit": world(
        ["Makisig", "Eteri", "Chipo"],
        {"kind": "pursuit"},
        [["E1", "B5", "A5"]],
        [("the place where the rogue drone begins", 0, 1, "0")],
        actions=MOVES,
    ),
    "kitchen": world(
        ["Gayane", "Slamet", "Weimin"],
        {"kind": "kitchen"},
        [["chestnut soup", "cauliflower soup"]],
        [("the soup of the day", 0, 0, "0")],
        actions=[*MOVES, *COOKING, "take a cauliflower"],
    ),
    "pairs": world(
        RING,
        {"kind": "graph"},
        [[str(number) for number in range(1, 17)]],
        [(f"{name}'s number", 0, at + 3, str(at)) for at, name in enumerate(RING)],
        actions=[*(f"pair up with {name}" for name in RING), "pair up with nobody"],
    ),
    "vote": world(
        RING,
        {"kind": "graph"},
        [["the boat", "the bus"]],
        [(f"{name}'s vote", 0, at % 2, str(at)) for at, name in enumerate(RING)],
        actions=["vote for the boat", "vote for the bus"],
    ),
    "watch": world(
        RING,
        {"kind": "graph"},
        [["1", "2", "3"]],
        [(f"{name}'s number", 0, at, str(at)) for at, name in enumerate(RING)],
        actions=["keep watch", "rest"],
    ),
}


def line(scene: str, event: Json | None, text: str) -> Line:
    record = SCENES[scene]
    events = record["world"]["events"]
    stage = Scene(record["agents"], record["world"])
    for index, each in enumerate(events):
        stage.hear(turn(index, each, "said before"), each)
    return stage.line(turn(len(events), event, text), event)


def turn(index: int, event: Json | None, text: str) -> Json:
    speaker = event["agent"] if event else "a0"
    hearers = event["to"] if event else ["a1", "a2"]
    return {
        "index": index,
        "speaker": speaker,
        "audience": sorted([speaker, *hearers]),
        "act": {"performative": event["kind"]} if event else None,
        "text": text,
        "event": index if event else None,
    }


def judged() -> Iterator[tuple[Line, bool]]:
    """Each line, and whether it says its act."""
    for _, scene, event, right, wrong in (*CASES, *AFTERWARDS):
        yield from ((line(scene, event, text), True) for text in right)
        yield from ((line(scene, event, text), False) for text in wrong)


CASES: list[Case] = [
    (
        "two squares",
        "maze",
        inform((1, 1), (2, 0)),
        [
            "B1 is a wall, and C1 is open.",
            "Square B1 is a wall, but square C1 is open.",
            "Listen up: there's a wall at B1, while C1 is open!",
            "Just so you all know, B1's a wall and C1's open.",
            "C1 is open. B1 isn't, it's a wall.",
            "B1 isn't open, but C1 is open.",
            "I know two squares: B1 (a wall) and C1 (open).",
            "We can't get through B1, it's a wall; C1 is open though.",
            "My part of the map says B1 is a wall and C1 is open.",
            "Bastien, Marisol: square C1 is open, and square B1 is a wall.",
            "Open: C1. A wall: B1.",
            "Hey team, I can see that square B1 is a wall. Square C1, on the other hand, is open.",
            "As for what I know, C1 is not a wall and B1 is one. I mean, B1 is a wall.",
            "I can confirm that B1 is a wall and that C1 is open.",
            "Watch out for B1, because it's a wall. C1 is open, luckily.",
        ],
        [
            "B1 is open, and C1 is a wall.",
            "B1 is a wall.",
            "B1 is a wall, C1 is open, and C2 is open.",
            "B1 isn't a wall, and C1 is open.",
            "I think B1 is a wall and C1 is open.",
            "B1 might be a wall, and C1 is open.",
            "Is B1 a wall, and is C1 open?",
            "B1 is a wall, and C1 isn't open.",
            "Bastien says that B1 is a wall and C1 is open.",
            "B1 and C1 are both open.",
            "B1 is a wall and C2 is open.",
            "I doubt that B1 is a wall; C1 is open.",
            "If B1 is a wall, then C1 is open.",
            "It's not true that B1 is a wall and C1 is open.",
            "B1 is a wall, C1 is open. Just kidding!",
            "Let's go east, because B1 is a wall and C1 is open.",
            "I have looked at B1 and C1.",
            "One is a wall, the other is open.",
            "B1 is a wall and C1 is open, isn't it?",
            "B1 was a wall, and C1 used to be open.",
            "Neither is B1 a wall nor C1 open.",
            "B1 is a wall and C1 is open, so I accept Bastien's proposal.",
            "Pretend B1 is a wall and C1 is open.",
            "I don't know whether B1 is a wall or C1 is open.",
            "Either B1 is a wall or C1 is open.",
        ],
    ),
    (
        "three open squares",
        "maze",
        inform((0, 0), (2, 0), (4, 0)),
        [
            "A1, C1 and B2 are open.",
            "These are all open: A1, C1, B2.",
            "None of A1, C1 and B2 is a wall.",
            "A1 is open, and so are C1 and B2.",
            "A1 is open, C1 is open, and B2 is open too.",
            "Squares A1, B2 and C1 are open, everyone.",
            "There is no wall at A1, C1 or B2.",
            "Good news, friends: A1, C1, and B2 are all open!",
            "Open squares that I know of: A1, C1, and B2.",
            "Neither A1 nor C1 nor B2 is a wall.",
        ],
        [
            "A1, C1 and B2 are walls.",
            "A1, C1 and B3 are open.",
            "A1 and C1 are open.",
            "A1, C1, C2 and B2 are open.",
            "A1 and C1 are open, B2 is a wall.",
            "A1, C1 and B2 are not open.",
            "A1, C1 and perhaps B2 are open.",
            "At least one of A1, C1 and B2 is open.",
            "Not all of A1, C1 and B2 are open.",
            "Most of A1, C1 and B2 are open.",
            "Are A1, C1 and B2 open?",
            "I'd love to know if A1, C1 and B2 are open.",
            "A1, C1 and B2 would be open.",
            "Marisol told me A1, C1 and B2 are open.",
        ],
    ),
    (
        "calendar",
        "schedule",
        inform((0, 0), (2, 2)),
        [
            "My Thursday at 9 is convenient, but my Saturday at 8 is taken.",
            "Tariq's Thursday at 9 is convenient, and Tariq's Saturday at 8 is taken.",
            "Thursday at 9 is convenient for me. Saturday at 8 is taken.",
            "For me, Thursday at 9 is convenient and Saturday at 8 is taken.",
            "I'm afraid my Saturday at 8 is taken. My Thursday at 9 is convenient.",
            "Saturday at 8 is already taken for me, while Thursday at 9 is convenient.",
            "So, my calendar: Thursday at 9 convenient, Saturday at 8 taken.",
            "Thursday at 9:00 is convenient for me, whereas Saturday at 8:00 is taken.",
            "Hi Kofi and Charlie! My Thursday at 9 is convenient; my Saturday at 8 is taken, sorry.",
            "I've got Saturday at 8 taken, but Thursday at 9 is convenient for me.",
        ],
        [
            "My Thursday at 9 is taken, but my Saturday at 8 is convenient.",
            "Kofi's Thursday at 9 is convenient, and Kofi's Saturday at 8 is taken.",
            "My Thursday at 9 is convenient.",
            "My Thursday at 9 is convenient, my Saturday at 10 is taken.",
            "My Thursday at 9 is possible, but my Saturday at 8 is taken.",
            "My Thursday at 9 is convenient, but my Saturday at 8 isn't taken.",
            "My Thursday at 9 is convenient, and my Saturday at 8 is probably taken.",
            "My Thursday at 9 is convenient, my Saturday at 8 is taken, and my Thursday at 15 is possible.",
            "Is my Thursday at 9 convenient, and is my Saturday at 8 taken?",
            "Thursday at 9 is convenient for Kofi, and Saturday at 8 is taken for me.",
            "My Thursday at 9 is convenient, my Saturday at 8 is taken, and Charlie's Saturday at 10 is taken.",
            "My Thursday at 9 isn't possible, and my Saturday at 8 isn't convenient.",
            "My Thursday is convenient, but my Saturday is taken.",
            "Let's meet on Thursday at 9, as it's convenient, and not on Saturday at 8, which is taken.",
            "Your Thursday at 9 is convenient, and your Saturday at 8 is taken.",
            "My Thursday at 9 is more or less convenient, and my Saturday at 8 is taken.",
        ],
    ),
    (
        "prices",
        "allocation",
        inform((0, 0), (1, 1)),
        [
            "My price for scraping the hull is 2 coins, and for servicing the engine it's 7 coins.",
            "I charge 2 coins for scraping the hull and 7 coins for servicing the engine.",
            "Marisol's price for scraping the hull is 2 coins; Marisol's price for servicing the engine is 7 coins.",
            "Scraping the hull costs two coins if I do it, and servicing the engine seven coins. My prices.",
            "For scraping the hull I want 2 coins. For servicing the engine, 7 coins.",
            "You get me for 2 coins for scraping the hull, and for 7 coins for servicing the engine.",
            "2 coins is my price for scraping the hull, 7 coins for servicing the engine.",
            "I would take 2 coins for scraping the hull, 7 coins for servicing the engine.",
        ],
        [
            "My price for scraping the hull is 7 coins, and for servicing the engine it's 2 coins.",
            "Yaotl's price for scraping the hull is 2 coins, and for servicing the engine it's 7 coins.",
            "My price for scraping the hull is 2 coins.",
            "My price for scraping the hull is 2 coins, for servicing the engine 9 coins.",
            "My price for scraping the hull is 2 coins, for servicing the engine it's out of the question.",
            "My price for scraping the hull is about 2 coins, for servicing the engine 7 coins.",
            "My price for scraping the hull is 2 coins, for loading the stores it's 7 coins.",
            "My price for scraping the hull is at least 2 coins, for servicing the engine 7 coins.",
            "My price for scraping the hull is less than 2 coins, and for servicing the engine 7 coins.",
            "My price for scraping the hull is 2 coins, for servicing the engine 7 coins, for loading the "
            "stores 9 coins.",
            "What if my price for scraping the hull is 2 coins and for servicing the engine 7 coins?",
            "I scrape the hull and service the engine for 9 coins.",
            "My price for scraping the hull is 20 coins, and for servicing the engine 7 coins.",
            "My price for scraping the hull is not 2 coins, and for servicing the engine 7 coins.",
        ],
    ),
    (
        "own goal",
        "pathfinding",
        inform((0, 0)),
        [
            "My goal is A1.",
            "Arash's goal is A1.",
            "A1 is my goal.",
            "I have to get to A1, that's my goal.",
            "Emil, Malarvizhi, my goal is square A1.",
            "Just so you know: my goal's A1!",
            "The goal I have is A1.",
            "Hi both, I'm headed for my goal, A1.",
        ],
        [
            "My goal is B1.",
            "Emil's goal is A1.",
            "My goal isn't A1.",
            "My goal is A1 or B1.",
            "I wonder whether my goal is A1.",
            "My goal is A1, and Emil's goal is A2.",
            "What's my goal, A1?",
            "Emil, your goal is A1.",
            "My goal is near A1.",
            "My goal is A1. Emil, please go north.",
            "My goal is not far from A1.",
            "My goal used to be A1.",
            "I hope my goal is A1.",
            "My goal is next to A1.",
        ],
    ),
    (
        "the drone",
        "pursuit",
        inform((0, 1)),
        [
            "The place where the rogue drone begins is B5.",
            "The rogue drone begins at B5.",
            "B5 is the place where the rogue drone begins.",
            "I can see it: the rogue drone begins on B5!",
            "It's B5 where the rogue drone begins.",
            "Team, the rogue drone begins in B5, I saw it myself.",
            "The rogue drone begins at B5, not at A5.",
        ],
        [
            "The place where the rogue drone begins is A5.",
            "The rogue drone does not begin at B5.",
            "The rogue drone begins at B5 or A5.",
            "The rogue drone begins somewhere near B5.",
            "Could the rogue drone begin at B5?",
            "Everyone go to B5.",
            "I suspect that the rogue drone begins at B5.",
            "The rogue drone begins east of B5.",
            "Rumour has it that the rogue drone begins at B5.",
            "The rogue drone begins at B6.",
        ],
    ),
    (
        "the soup",
        "kitchen",
        inform((0, 0)),
        [
            "The soup of the day is chestnut soup.",
            "It's chestnut soup, the soup of the day.",
            "Chestnut soup is the soup of the day, cooks!",
            "Today's order: the soup of the day is chestnut soup, not cauliflower soup.",
            "Remember, our soup of the day is chestnut soup.",
            "The soup of the day isn't cauliflower soup, it's chestnut soup.",
        ],
        [
            "The soup of the day is cauliflower soup.",
            "The soup of the day isn't chestnut soup.",
            "I like chestnut soup.",
            "Maybe the soup of the day is chestnut soup.",
            "The soup of the day is chestnut soup or cauliflower soup.",
            "Is chestnut soup the soup of the day?",
            "The soup of the day is chestnut soup. Slamet, take a chestnut.",
            "The soup of the day should be chestnut soup.",
            "I wish the soup of the day was chestnut soup.",
            "Yesterday the soup of the day was chestnut soup.",
            "The soup of tomorrow is chestnut soup.",
        ],
    ),
    (
        "a number and a choice",
        "pairs",
        inform((0, 3), choice=1),
        [
            "My number is 4, and I choose to pair up with Itzel.",
            "I'm choosing to pair up with Itzel. My number is 4.",
            "I've decided to pair up with Itzel, and my number is four.",
            "Nkechi's number is 4. I pair up with Itzel for now.",
            "My choice is to pair up with Itzel; my number's 4.",
            "I will pair up with Itzel, and by the way my number is 4.",
        ],
        [
            "My number is 5, and I choose to pair up with Itzel.",
            "My number is 4, and I choose to pair up with Omar.",
            "My number is 4, and I choose to pair up with nobody.",
            "My number is 4.",
            "I choose to pair up with Itzel.",
            "My number is 4, and I don't want to pair up with Itzel.",
            "Itzel's number is 4, and I choose to pair up with Itzel.",
            "My number is 4, and Omar chooses to pair up with Itzel.",
            "My number is 4. Please pair up with Itzel.",
            "My number is 4, and I might pair up with Itzel.",
            "My number is 4. Should I pair up with Itzel?",
            "My number is 4, and I choose to pair up with Itzel or Omar.",
            "My number is 4, and I used to pair up with Itzel.",
            "My number is 4, and I would rather pair up with Itzel.",
        ],
    ),
    (
        "a choice",
        "watch",
        inform(choice=0),
        [
            "I choose to keep watch.",
            "I'll keep watch.",
            "My choice is to keep watch, Itzel.",
            "I'm going to keep watch for now.",
            "I have decided to keep watch.",
        ],
        [
            "I choose to rest.",
            "I won't keep watch.",
            "You should keep watch.",
            "Somebody has to keep watch.",
            "I'll keep watch and rest.",
            "Will I keep watch?",
            "I stop to keep watch.",
            "If you rest, I'll keep watch.",
            "Omar will keep watch.",
        ],
    ),
    (
        "a vote of another",
        "vote",
        inform((1, 1)),
        [
            "Itzel's vote is the bus.",
            "I know that Itzel's vote is the bus.",
            "Omar, Itzel's vote is not the boat, it's the bus.",
            "The bus is Itzel's vote.",
        ],
        [
            "Itzel's vote is the boat.",
            "My vote is the bus.",
            "I vote for the bus.",
            "Itzel's vote isn't the bus.",
            "Omar's vote is the bus.",
            "Itzel, vote for the bus!",
            "Itzel's vote should be the bus.",
        ],
    ),
    (
        "asking for squares",
        "maze",
        ask(5, 8),
        [
            "What do you know about C2 and C3?",
            "Can anyone tell me about square C2 and square C3?",
            "Does anybody know whether C2 and C3 are open?",
            "Are C2 and C3 open or walls?",
            "I need to know what C2 and C3 are.",
            "Who knows if C2 is open, and what about C3?",
            "Please tell me about C2 and C3.",
            "Bastien, Marisol, is C2 a wall? And C3?",
            "I'd like to find out about C2 and C3, please.",
            "I don't know what C2 and C3 are. Can you help me?",
        ],
        [
            "C2 and C3 are open.",
            "What do you know about C2?",
            "What do you know about C2, C3 and B3?",
            "What do you know about B2 and C3?",
            "C2 is open. What about C3?",
            "I know about C2 and C3.",
            "Don't tell me about C2 and C3.",
            "Shall we go south via C2 and C3?",
            "I can tell you about C2 and C3.",
            "Does anybody know anything?",
            "What do you know about C2 and C3? I know A1 is open.",
            "You don't need to tell me about C2 and C3.",
            "Do you accept Bastien's proposal, and what about C2 and C3?",
            "I told you about C2 and C3.",
        ],
    ),
    (
        "asking for a calendar",
        "schedule",
        ask(4, 9),
        [
            "How about Kofi's Thursday at 9 and Charlie's Thursday at 15?",
            "Could you tell me about Kofi's Thursday at 9 and Charlie's Thursday at 15?",
            "Is Kofi's Thursday at 9 taken? And what about Charlie's Thursday at 15?",
            "Kofi, Charlie, I need to know: what's Kofi's Thursday at 9 like, and Charlie's Thursday at 15?",
            "Do you know whether Kofi's Thursday at 9 and Charlie's Thursday at 15 are possible?",
        ],
        [
            "Is Kofi's Thursday at 15 taken, and what about Charlie's Thursday at 9?",
            "Kofi's Thursday at 9 is taken, what about Charlie's Thursday at 15?",
            "Could you tell me about Kofi's Thursday at 9?",
            "Could you tell me about my Thursday at 9 and Charlie's Thursday at 15?",
            "How about Thursday at 9 for the poster rehearsal?",
            "Kofi's Thursday at 9 and Charlie's Thursday at 15 are convenient.",
            "Kofi and Charlie, what are your plans?",
        ],
    ),
    (
        "three steps",
        "maze",
        propose(1, 1, 2),
        [
            "Let's go south, south, east.",
            "How about south, south and then east?",
            "I propose we go south twice and then east.",
            "My plan: south, south, east.",
            "I suggest two steps south, then one east.",
            "What if we go south, then south again, and finally east?",
            "We should go south, south, east.",
            "Step 1: south. Step 2: south. Step 3: east.",
            "Here's a way that could work: south, south, east. What do you think?",
            "Can we agree on south, south, east?",
            "First south, then south, then east, okay?",
            "Move two squares to the south and one to the east.",
        ],
        [
            "Let's go south, east, south.",
            "Let's go south, then east.",
            "Let's go south, south, east, east.",
            "Let's not go south, south, east.",
            "Let's go north, north, west.",
            "I accept south, south, east.",
            "I reject south, south, east.",
            "South, south, east won't work.",
            "Let's go east, south, south.",
            "We went south, south, east.",
            "B1 is a wall, so let's go south, south, east.",
            "South, south, east or east, south, south?",
            "Let's go south, south, south, east.",
            "Let's go south three times and then east.",
            "Somebody should propose a plan.",
            "It cannot be done.",
            "Bastien wants to go south, south, east.",
            "If only we could go south, south, east!",
            "I would never go south, south, east.",
            "Let's go south, south, east, and then see.",
        ],
    ),
    (
        "it cannot be done",
        "maze",
        propose(),
        [
            "It cannot be done.",
            "I'm afraid it can't be done.",
            "There's no way to do this, so I say it can't be done.",
            "My proposal: this is impossible.",
            "I propose that we say it cannot be done.",
            "I have checked everything, and there is no solution.",
        ],
        [
            "It can be done.",
            "Maybe it cannot be done.",
            "I don't believe it can't be done.",
            "Let's go south, south, east.",
            "Can it be done?",
            "It's not impossible.",
            "It cannot be done via B1.",
            "It cannot be done unless we go south.",
            "I don't like it.",
            "Nobody says it cannot be done.",
        ],
    ),
    (
        "two meetings",
        "schedule",
        propose(1, 3),
        [
            "Let's have the poster rehearsal on Thursday at 15 and the grant interview on Saturday at 10.",
            "I propose Thursday at 15 for the poster rehearsal and Saturday at 10 for the grant interview.",
            "How about this: the time of the poster rehearsal is Thursday at 15, and the time of the grant "
            "interview is Saturday at 10?",
            "Poster rehearsal: Thursday at 15. Grant interview: Saturday at 10.",
            "What if we hold the grant interview on Saturday at 10 and the poster rehearsal on Thursday at 15?",
            "We could do the poster rehearsal on Thursday at 15 and the grant interview on Saturday at 10, "
            "does that suit everyone?",
            "Shall we put the poster rehearsal on Thursday at 15 and the grant interview on Saturday at 10?",
            "The poster rehearsal should be on Thursday at 15, the grant interview on Saturday at 10.",
        ],
        [
            "Let's have the poster rehearsal on Saturday at 10 and the grant interview on Thursday at 15.",
            "Let's have the poster rehearsal on Thursday at 15.",
            "Let's have the poster rehearsal on Thursday at 9 and the grant interview on Saturday at 10.",
            "Let's have the poster rehearsal and the grant interview on Thursday at 15.",
            "Let's not have the poster rehearsal on Thursday at 15 and the grant interview on Saturday at 10.",
            "The poster rehearsal was on Thursday at 15 and the grant interview on Saturday at 10.",
            "I can't do the poster rehearsal on Thursday at 15 and the grant interview on Saturday at 10.",
            "I accept the poster rehearsal on Thursday at 15 and the grant interview on Saturday at 10.",
            "Let's have the poster rehearsal on Thursday at 15 and the grant interview on Saturday at 10 or "
            "Saturday at 8.",
            "My Thursday at 15 is taken, so poster rehearsal on Thursday at 15 and grant interview on Saturday at 10.",
            "When is the poster rehearsal, and when is the grant interview?",
            "The poster rehearsal on Thursday at 15 and the grant interview on Saturday at 10 is impossible.",
            "Kofi, you told us the poster rehearsal is on Thursday at 15 and the grant interview on Saturday at 10.",
        ],
    ),
    (
        "who does what",
        "allocation",
        propose(0, 1, 1),
        [
            "I'll scrape the hull, and Yaotl services the engine and loads the stores.",
            "Marisol scrapes the hull, Yaotl services the engine, and Yaotl loads the stores.",
            "How about I scrape the hull, while Yaotl services the engine and loads the stores?",
            "I suggest the one who scrapes the hull is Marisol, the one who services the engine is Yaotl "
            "and the one who loads the stores is Yaotl.",
            "Hull: me. Engine: Yaotl. Stores: Yaotl.",
            "Let Yaotl service the engine and load the stores, and let me scrape the hull.",
            "Yaotl could service the engine and load the stores if I scrape the hull.",
            "Let's say Yaotl does the engine and the stores, and I do the hull.",
        ],
        [
            "Yaotl scrapes the hull, and I service the engine and load the stores.",
            "I'll scrape the hull, and Aditi services the engine and loads the stores.",
            "I'll scrape the hull, and Yaotl services the engine.",
            "I'll scrape the hull and service the engine, and Yaotl loads the stores.",
            "I won't scrape the hull, and Yaotl services the engine and loads the stores.",
            "Did I scrape the hull while Yaotl serviced the engine and loaded the stores?",
            "I accept that I scrape the hull and Yaotl services the engine and loads the stores.",
            "I scrape the hull for 2 coins, and Yaotl services the engine and loads the stores.",
            "Yaotl does everything.",
            "Aditi says I scrape the hull and Yaotl services the engine and loads the stores.",
            "I'll scrape the hull, Yaotl services the engine, and Yaotl or Aditi loads the stores.",
        ],
    ),
    (
        "accepting the one of several",
        "maze",
        accept(3),
        [
            "I accept the proposal that Bastien made in round 2.",
            "Bastien, I agree to your proposal from round 2.",
            "Yes to Bastien's proposal of round 2!",
            "I'm fine with Bastien's latest proposal.",
            "Bastien's last plan works for me, I accept it.",
            "Count me in for the plan Bastien proposed in round 2.",
            "I support the plan that Bastien suggested in round 2.",
            "Let's take Bastien's second proposal, I'm happy with it.",
            "Agreed, let's do what Bastien proposed in round 2: east, south.",
        ],
        [
            "I accept the proposal that Bastien made in round 1.",
            "I accept the proposal that Marisol made in round 2.",
            "I accept the proposal.",
            "I reject the proposal that Bastien made in round 2.",
            "I don't accept the proposal that Bastien made in round 2.",
            "Should we accept the proposal that Bastien made in round 2?",
            "I might accept the proposal that Bastien made in round 2.",
            "I accept Bastien's first proposal.",
            "I accept the proposal that Bastien made in round 2 if C1 is open.",
            "Marisol accepts the proposal that Bastien made in round 2.",
            "Bastien made a proposal in round 2.",
            "I accept the proposal that Bastien made in round 2: south, south, east.",
            "I accept the proposal that Bastien made in round 2, and C1 is open.",
            "I can't say no to anybody, but not the proposal Bastien made in round 2.",
            "I accepted the proposal that Bastien made in round 1, not the one from round 2.",
            "Please accept the proposal that Bastien made in round 2.",
            "I accept everything but the proposal that Bastien made in round 2.",
            "I propose east, south, as Bastien did in round 2.",
            "I got the proposal that Bastien made in round 2.",
        ],
    ),
    (
        "accepting the only one",
        "allocation",
        accept(0),
        [
            "I accept.",
            "I agree with Yaotl's proposal.",
            "Sounds good to me, Yaotl, I accept your plan!",
            "Deal, I'm in favour of Yaotl's plan.",
            "Yaotl's proposal is fine with me.",
            "You have my support, Yaotl: I accept the proposal you made in round 1.",
        ],
        [
            "I accept Aditi's proposal.",
            "I don't agree with Yaotl's proposal.",
            "I'm not happy with Yaotl's proposal.",
            "Let me think about Yaotl's proposal.",
            "I almost accept Yaotl's proposal.",
            "I accept my own proposal.",
            "I accept Yaotl's proposal on the condition that Aditi scrapes the hull.",
            "Yaotl's proposal is unacceptable.",
            "I take back my yes to Yaotl's proposal.",
            "Nice proposal, Yaotl.",
        ],
    ),
    (
        "rejecting with reasons",
        "schedule",
        reject(1, (1, 1), (2, 2)),
        [
            "I reject the proposal that Kofi made in round 1, because my Thursday at 15 is possible and my "
            "Saturday at 8 is taken.",
            "I can't accept Kofi's proposal: my Saturday at 8 is taken, and my Thursday at 15 is possible.",
            "No to Kofi's proposal from round 1, since Tariq's Thursday at 15 is possible and Tariq's "
            "Saturday at 8 is taken.",
            "Sorry, Kofi, I have to turn down your proposal. My Thursday at 15 is possible, but my Saturday "
            "at 8 is taken.",
            "Kofi's plan doesn't work: my Saturday at 8 is taken. My Thursday at 15 is possible.",
            "I'm against Kofi's proposal, as my Thursday at 15 is possible and my Saturday at 8 is taken.",
        ],
        [
            "I reject the proposal that Kofi made in round 1, because my Thursday at 15 is taken and my "
            "Saturday at 8 is possible.",
            "I reject the proposal that Kofi made in round 1, because my Saturday at 8 is taken.",
            "I reject the proposal that Kofi made in round 1.",
            "I accept the proposal that Kofi made in round 1, because my Thursday at 15 is possible and my "
            "Saturday at 8 is taken.",
            "I reject the proposal that Charlie made in round 2, because my Thursday at 15 is possible and "
            "my Saturday at 8 is taken.",
            "I reject my proposal, because my Thursday at 15 is possible and my Saturday at 8 is taken.",
            "I don't reject Kofi's proposal, even though my Thursday at 15 is possible and my Saturday at 8 is taken.",
            "My Thursday at 15 is possible and my Saturday at 8 is taken.",
            "I reject Kofi's proposal, because my Thursday at 15 is possible and my Saturday at 8 might be taken.",
            "I reject Kofi's proposal, because my Thursday at 15 is possible, my Saturday at 8 is taken and "
            "my Saturday at 10 is convenient.",
            "Should I reject Kofi's proposal, because my Thursday at 15 is possible and my Saturday at 8 is taken?",
            "I reject Kofi's proposal, because my Thursday at 15 is possible and my Saturday at 8 is taken. "
            "Let's have the poster rehearsal on Thursday at 9.",
            "I reject Kofi's proposal, because Kofi's Thursday at 15 is possible and my Saturday at 8 is taken.",
        ],
    ),
    (
        "rejecting without reasons",
        "maze",
        reject(2),
        [
            "I reject the proposal that Marisol made in round 2.",
            "Sorry Marisol, I can't agree to your proposal.",
            "I'm not in favour of Marisol's plan.",
            "No, Marisol's proposal won't work.",
            "Marisol, I have to say no to your proposal from round 2.",
            "I don't accept Marisol's proposal.",
        ],
        [
            "I accept the proposal that Marisol made in round 2.",
            "I reject the proposal that Bastien made in round 2.",
            "I reject the proposal that Marisol made in round 2, because C1 is a wall.",
            "I can't reject the proposal that Marisol made in round 2.",
            "Marisol rejects Bastien's proposal.",
            "I would never reject Marisol's proposal.",
            "Do you reject Marisol's proposal?",
            "I might reject Marisol's proposal.",
            "I no longer reject Marisol's proposal.",
            "I reject it.",
            "Marisol made a proposal in round 2.",
        ],
    ),
    (
        "go north",
        "pathfinding",
        request(1),
        [
            "Please go north.",
            "Emil, could you go north?",
            "Go north now, Emil.",
            "I need you to go north this round.",
            "Would you mind going north?",
            "Emil, head north, please.",
            "It'd be best if you went north.",
            "You should go north, Emil.",
            "Can you please move one square north?",
            "Emil, I'd like you to go north.",
        ],
        [
            "Please go south.",
            "Please don't go north.",
            "I'll go north.",
            "Malarvizhi should go north.",
            "Please go north, then east.",
            "Did you go north?",
            "Please go north or stay.",
            "Emil, you went north.",
            "My goal is A1, so please go north.",
            "Please go north in the next round.",
            "Avoid going north.",
            "Please go north twice.",
            "Never mind, Emil.",
            "Why did you go north, Emil?",
            "Instead of going north, please stay.",
            "You could stay, Emil.",
        ],
    ),
    (
        "into the pot",
        "kitchen",
        request(5),
        [
            "Put what you hold into the pot, please.",
            "Slamet, can you put what you're holding into the pot?",
            "Into the pot with it, Slamet: put what you hold into the pot.",
            "Slamet, please put what you hold into the pot.",
        ],
        [
            "Take the soup, please.",
            "Take a dish, please.",
            "Don't put what you hold into the pot.",
            "I put what I hold into the pot.",
            "Weimin, put what you hold into the pot.",
            "Take what you hold out of the pot.",
        ],
    ),
    (
        "take a chestnut",
        "kitchen",
        request(9),
        [
            "Take a chestnut, please.",
            "Slamet, could you take a chestnut?",
            "We need a chestnut. Would you take one, Slamet?",
            "Please grab a chestnut, Slamet.",
        ],
        [
            "Take a cauliflower, please.",
            "Serve the chestnut soup.",
            "Have you taken a chestnut?",
            "I take a chestnut.",
            "Take no chestnut.",
            "Take a chestnut and a dish.",
            "The soup of the day is chestnut soup.",
        ],
    ),
    (
        "stay",
        "pathfinding",
        request(0, 2),
        ["Malarvizhi, please stay where you are.", "Stay, please.", "Could you stay put this round?"],
        ["Please go.", "Malarvizhi, don't stay.", "Emil, please stay.", "I'd rather stay."],
    ),
    (
        "confirming a message",
        "maze",
        confirm(0, 1),
        [
            "I heard what Bastien said first in round 1.",
            "Bastien, I got your first message from round 1.",
            "Bastien, the first thing you said in round 1 has reached me.",
            "Yes, Bastien, I received what you said first in round 1, thanks.",
            "Bastien, I can confirm your first message of round 1: C2 is a wall, and A3 is open.",
            "Got it, Bastien: your first message in round 1 came through.",
        ],
        [
            "I heard what Bastien said second in round 1.",
            "I heard what Bastien said first in round 2.",
            "I heard what Marisol said first in round 1.",
            "I didn't hear what Bastien said first in round 1.",
            "Did you hear what Bastien said first in round 1?",
            "I agree with what Bastien said first in round 1.",
            "Bastien, I got your first message from round 1: C2 is open.",
            "Bastien, what did you say first in round 1?",
            "I believe I heard what Bastien said first in round 1.",
            "I lost what Bastien said first in round 1.",
            "I accept your proposal, Bastien.",
            "Bastien got my first message from round 1.",
        ],
    ),
    (
        "confirming the only one",
        "allocation",
        confirm(1, 1),
        [
            "I received what Yaotl said in round 2.",
            "Yaotl, your message from round 2 has arrived.",
            "Thanks, Yaotl, I got your message of round 2.",
            "Noted, Yaotl, I heard what you said in round 2.",
        ],
        [
            "I received what Yaotl said in round 1.",
            "I received what Aditi said in round 2.",
            "Your message from round 2 never arrived, Yaotl.",
            "I received nothing in round 2.",
            "Yaotl, did you get my message from round 2?",
        ],
    ),
    (
        "small talk",
        "maze",
        None,
        [
            "My chess club lost again, to a team of schoolgirls.",
            "I had porridge with cinnamon, and I'm already hungry again.",
            "What lovely weather we have today!",
            "Has anyone seen my umbrella?",
            "My sister is visiting on Sunday.",
        ],
        [
            "B1 is a wall.",
            "Let's go south, south, east.",
            "I accept Bastien's proposal.",
            "Does anyone know about C2?",
            "I'd rather not say what B2 is.",
            "Bastien, I got your message.",
            "I think it cannot be done.",
            "What a great plan, Marisol!",
        ],
    ),
    (
        "small talk on the way",
        "pathfinding",
        None,
        ["I need new shoes, these hurt.", "Emil, how is your mother?", "I slept badly last night."],
        ["My goal is A1.", "Emil, please go north.", "I'll tell you my goal later.", "We should all go west."],
    ),
]

AFTERWARDS: list[Case] = [
    (
        "two squares again",
        "maze",
        inform((3, 1), (4, 0)),
        [
            "A2 is a wall. However, B2 is open.",
            "I have some news: A2 turned out to be a wall, but B2 is open.",
            "Careful, everyone, A2 is a wall! B2 is open, though.",
            "You can use B2, it's open, but not A2, that's a wall.",
            "On my map, A2 is a wall and B2 is open.",
        ],
        [
            "A2 is a wall, B2 is another one.",
            "A2 is a wall and B2 is open, or the other way round.",
            "A2 is almost a wall, and B2 is open.",
            "A2 is a wall and B2 is open, I'm told.",
            "Whoever says A2 is a wall and B2 is open is lying.",
            "A2 is open: B2 is a wall.",
            "A2 will be a wall and B2 will be open.",
        ],
    ),
    (
        "calendar again",
        "schedule",
        inform((1, 1), (3, 0)),
        [
            "Thursday at 15 is possible for me, and Saturday at 10 is convenient for me.",
            "My Thursday at 15 would be possible, and my Saturday at 10 is convenient.",
            "What suits me: Saturday at 10 is convenient, Thursday at 15 is possible.",
            "As for me, Thursday at 15 is possible and Saturday at 10 convenient.",
        ],
        [
            "Thursday at 15 is possible for you, and Saturday at 10 is convenient for you.",
            "Thursday at 15 is possible for me, and Saturday at 10 is convenient for Kofi.",
            "My Thursday at 15 is possible, and my Saturday at 10 is anything but convenient.",
            "My Thursday at 15 and my Saturday at 10 are possible.",
            "My Thursday at 15 is barely possible, and my Saturday at 10 is convenient.",
        ],
    ),
    (
        "another's price",
        "allocation",
        inform((4, 2)),
        [
            "Yaotl's price for servicing the engine is 9 coins.",
            "Yaotl asks 9 coins for servicing the engine.",
            "For servicing the engine, Yaotl wants nine coins.",
        ],
        [
            "I want 9 coins for servicing the engine.",
            "Yaotl's price for servicing the engine is no more than 9 coins.",
            "Aditi asks 9 coins for servicing the engine.",
            "Yaotl and Aditi ask 9 coins for servicing the engine.",
            "Yaotl, would you service the engine for 9 coins?",
            "Yaotl's price for servicing the engine is 9 coins, which is too much for me.",
        ],
    ),
    (
        "two goals",
        "pathfinding",
        inform((0, 0), (1, 3)),
        [
            "My goal is A1, and Emil's goal is A2.",
            "A1 is my goal and A2 is Emil's.",
            "I know our goals: mine is A1, Emil's goal is A2.",
        ],
        [
            "My goal is A2, and Emil's goal is A1.",
            "My goal and Emil's goal are A1.",
            "My goal is A1, and Malarvizhi's goal is A2.",
        ],
    ),
    (
        "five steps",
        "maze",
        propose(2, 2, 1, 1, 3),
        [
            "Let's go east twice, south twice, and then west.",
            "East, east, south, south, west: what do you think, Bastien?",
            "I'd suggest two steps east, two steps south and one step west.",
            "My suggestion would be east, east, south, south, west.",
        ],
        [
            "Let's go east twice, south, and then west.",
            "Let's go west, south twice, then east twice.",
            "East, east, south, south, west is what Bastien wanted.",
            "Let's avoid east, east, south, south, west.",
            "East, east, south, south, and maybe west.",
            "Who wants east, east, south, south, west?",
        ],
    ),
    (
        "accepting again",
        "schedule",
        accept(1),
        [
            "Kofi's proposal is fine by me.",
            "I'm good with what Kofi proposed in round 1.",
            "Yes, I agree to Kofi's plan.",
            "I second Kofi's proposal.",
            "Kofi, I'm on board with your proposal.",
        ],
        [
            "Charlie's proposal is fine by me.",
            "I'm good with what Kofi proposed in round 2.",
            "I agree to disagree with Kofi's plan.",
            "I'd accept Kofi's proposal if I could.",
            "Kofi's proposal is fine by Charlie.",
            "I was on board with Kofi's proposal.",
            "I accept Kofi's apology.",
            "I accept Kofi's and Charlie's proposals.",
        ],
    ),
    (
        "rejecting again",
        "allocation",
        reject(0, (0, 0)),
        [
            "I won't accept Yaotl's proposal, since my price for scraping the hull is 2 coins.",
            "I disagree with Yaotl's plan: my price for scraping the hull is only 2 coins.",
            "Yaotl, I have to decline your proposal, because scraping the hull costs 2 coins with me.",
        ],
        [
            "I won't accept Yaotl's proposal, since my price for scraping the hull is 7 coins.",
            "I won't accept Yaotl's proposal, since Yaotl's price for scraping the hull is 2 coins.",
            "I won't reject Yaotl's proposal, since my price for scraping the hull is 2 coins.",
            "I'd reject Aditi's proposal, since my price for scraping the hull is 2 coins.",
        ],
    ),
    (
        "requests again",
        "kitchen",
        request(8),
        ["Slamet, please take a dish now.", "Could you grab a dish, Slamet?", "I'd like you to take a dish."],
        [
            "Slamet, please take the soup.",
            "Slamet took a dish.",
            "I'd like to take a dish.",
            "Leave the dish, Slamet.",
            "Weimin, please take a dish.",
        ],
    ),
    (
        "asking again",
        "pathfinding",
        ask(1, 2),
        [
            "What are your goals? I mean Emil's goal and Malarvizhi's goal.",
            "Emil's goal and Malarvizhi's goal, what are they?",
            "Could you two tell me Emil's goal and Malarvizhi's goal?",
        ],
        [
            "What is my goal, and what is Emil's goal?",
            "I'll tell you Emil's goal and Malarvizhi's goal.",
            "Emil's goal is A2, so what is Malarvizhi's goal?",
        ],
    ),
]
