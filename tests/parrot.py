"""A model that says exactly what its prompt asks for, so that runs with models can be tested where no model is.

It reads the prompts of `generators/*/prompts.toml` and nothing else; in self-play it takes one of the acts it is
offered, by the prompt.
"""

import json
import random
import re

import orjson
from rapidfuzz import fuzz

from madata.generators.negotiation.nouns import noun, numeral
from madata.schemas.coordination.language import IMPOSSIBLE
from madata.schemas.words import name_list

TALK = (
    "Some days are better than others.",
    "I slept badly last night.",
    "Nice weather today.",
    "I could eat something.",
    "We should do this more often.",
)
FORMS = {
    "say": re.compile(r"says this to .*?: \"(?P<said>.*?)\" Say it in your own words"),
    "tell": re.compile(r"as .* would say it to .*?, that (?P<claim>.*)\. One or two short sentences"),
    "ask": re.compile(r"asks .*? about (?P<know>.*)\. Ask it in your own words"),
    "talk": re.compile(r"makes small talk"),
    "aloud": re.compile(r"Now (?P<name>\w+) (?P<verb>\w+)s (?P<rest>.*)\. Say in your own words, as .* while doing it"),
    "narrated": re.compile(r"Now (?P<clause>.*)\. Tell this, and nothing else"),
}


def answer(messages: list[dict[str, str]]) -> str:
    """The answer to a request's messages."""
    if "Which of these does it say?" in messages[-1]["content"]:
        return read(messages[-1]["content"])
    prompt = next(message["content"] for message in reversed(messages) if message["content"].count("\n\n"))
    asked = prompt.rsplit("\n\n", 1)[1]
    if asked.startswith("It is your turn"):
        return choose(asked, messages)
    if ", in a team with " in messages[0]["content"] and "You can do one of these now:" in asked:
        return work_together(asked, prompt)
    if "You can do one of these now:" in asked:
        return negotiate(asked, messages)
    for kind, form in FORMS.items():
        if found := form.search(asked):
            return said(kind, found.groupdict(), len(prompt))
    raise ValueError(f"no such prompt: {asked}")


def read(question: str) -> str:
    """The number of the choice that is most like the words."""
    text, listed = question.split("\n\n", 1)
    choices = [line for line in listed.splitlines() if re.match(r"\d\. ", line)]
    return max(choices, key=lambda choice: fuzz.ratio(figures(choice[3:]), figures(text)))[0]


def figures(text: str) -> str:
    """The text with small numbers in figures."""
    for number in range(10):
        text = re.sub(rf"\b{numeral(number, True)}\b", str(number), text)
    return text


def said(kind: str, slots: dict[str, str], number: int) -> str:
    match kind:
        case "say":
            return varied(slots["said"])
        case "tell":
            return sentence(slots["claim"])
        case "ask":
            return f"Do you know {slots['know']}?"
        case "talk":
            return TALK[number % len(TALK)]
        case "aloud":
            return f"I {slots['verb']} {slots['rest']}."
        case _:
            return sentence(slots["clause"])


def sentence(clause: str) -> str:
    return f"{clause[0].upper()}{clause[1:]}."


def choose(asked: str, messages: list[dict[str, str]]) -> str:
    """An act of the kind that the length of the prompt points to, in words as plain as the act."""
    groups = [orjson.loads(line[2:]) for line in asked.splitlines() if line.startswith("- ")]
    number = len(messages[1]["content"])
    group = groups[number % len(groups)]
    act = {member: values[number % len(values)] for member, values in group.items()}
    name = re.match(r"You are (\w+) in", messages[0]["content"])[1]
    return orjson.dumps({"act": act, "words": words(name, act)}).decode()


def words(name: str, act: dict[str, object]) -> str:
    match act:
        case {"kind": "enter", "place": place}:
            return f"{name} enters the {place}."
        case {"kind": "leave", "place": place}:
            return f"{name} leaves the {place}."
        case {"kind": "look" | "peek" as kind, "container": container}:
            return f"{name} {'peeks' if kind == 'peek' else 'openly looks'} into the {container}."
        case {"kind": "change", "what": what, "value": value}:
            return f"{name} {changed(str(what), str(value))}."
        case {"kind": "tell", "what": what, "value": value, "holds": holds}:
            return sentence(claimed(str(what), str(value), bool(holds)))
    raise ValueError(f"no such act: {act}")


def changed(what: str, value: str) -> str:
    if thing := re.fullmatch(r"where (the .*) is", what):
        return f"moves {thing[1]} to the {value}"
    if box := re.fullmatch(r"what is in (the .*)", what):
        return f"puts the {value} into {box[1]}"
    return f"decides that {what} is now {value}"


def claimed(what: str, value: str, holds: bool) -> str:
    no = "" if holds else " not"
    if thing := re.fullmatch(r"where (the .*) is", what):
        return f"{thing[1]} is{no} in the {value}"
    if box := re.fullmatch(r"what is in (the .*)", what):
        return f"{box[1]} {'holds' if holds else 'does not hold'} {value}"
    return f"{what} is{no} {value}"


def offered(asked: str) -> list[dict[str, object]]:
    """The acts of a prompt, a line each."""
    return [json.JSONDecoder().raw_decode(line[2:])[0] for line in asked.splitlines() if line.startswith("- {")]


def negotiate(asked: str, messages: list[dict[str, str]]) -> str:
    """One of the acts of a negotiation; it leaves seldom, and rather agrees than not."""
    acts = offered(asked)
    number = len(messages[1]["content"])
    usual = [act for act in acts if act["kind"] != "withdraw" or number % 13 == 0]
    if number % 3 == 0:
        usual = [act for act in acts if act["kind"] in ("accept", "propose")] or usual
    act = usual[number % len(usual)]
    chosen = {"kind": act.pop("kind")} | {member: value(shape, number) for member, shape in act.items()}
    name, others = re.match(r"You are (\w+) in a game with (.*?)\. Everybody", messages[0]["content"]).groups()
    return orjson.dumps({"act": chosen, "words": uttered(name, re.split(r", | and ", others), chosen, number)}).decode()


def value(shape, number):
    match shape:
        case str():
            low, high = map(int, shape.split(" to "))
            return low + number % (high - low + 1)
        case list():
            return shape[number % len(shape)]
        case dict():
            return {issue: shares(each, number) for issue, each in shape.items()}
    raise ValueError(f"no such value: {shape}")


def shares(issue, number):
    """An option, or all units shared between two of the names."""
    if isinstance(issue, list):
        return issue[number % len(issue)]
    names, units = list(issue), int(next(iter(issue.values())).split(" to ")[1])
    number += len(names) + units
    first = number % (units + 1)
    found = dict.fromkeys(names, 0)
    found[names[number % len(names)]] += first
    found[names[(number + 1) % len(names)]] += units - first
    return found


def uttered(name, others, act, number):
    """What is said with an act."""
    match act:
        case {"kind": "propose", "deal": deal}:
            return proposed(name, others, deal)
        case {"kind": "accept" | "reject" as kind, **rest}:
            ((what, maker),) = rest.items()
            return f"I {kind} your {what}." if len(others) == 1 else f"I {kind} {maker}'s {what}."
        case {"kind": "priority", "issue": issue}:
            return f"What matters most to me is {the(issue)}."
        case {"kind": "limit", "side": "most", "option": option}:
            return f"I can accept anything up to {option} and nothing beyond."
        case {"kind": "limit", "option": option}:
            return f"I can accept anything from {option} on and nothing below."
        case {"kind": "query"}:
            return "What matters most to you?"
        case {"kind": "promise", "points": points}:
            return f"If you support an offer I make and it passes, I'll pay you {counted('points', points)}."
        case {"kind": "withdraw"}:
            return "I'm leaving the negotiation."
        case {"kind": "talk"}:
            return TALK[number % len(TALK)]
        case {"kind": "quota", "units": units}:
            return f"I propose that each of us takes {noun('units').counted(units, False)} in a round at most."
        case {"kind": "took", "round": when, "units": units}:
            return f"In round {when} I took {counted('units', units)}."
        case {"kind": "gave", "who": who, "meeting": meeting, "units": units}:
            return f"In meeting {meeting}, {who} gave {counted('units', units)}."
    return ""


def the(name: str) -> str:
    return name if name.startswith("the ") else f"the {name}"


def counted(things: str, number: int) -> str:
    return noun(things).counted(number, False) if number else "nothing"


def proposed(name, others, deal):
    """A deal with everybody's share of what is split, and then the options."""
    splits = {issue: entry for issue, entry in deal.items() if isinstance(entry, dict)}
    if not splits and len(deal) == 1:
        return f"My offer is {next(iter(deal.values()))}."
    parts, without = [], []
    for agent in [name, *others] if splits else []:
        got = [counted(issue, entry[agent]) for issue, entry in splits.items() if entry[agent]]
        who = "me" if agent == name else "you" if len(others) == 1 else agent
        (parts if got else without).append(f"{' and '.join(got) or 'nothing'} for {who}")
    parts += without if len(without) < 2 else ["and nothing for the others"]
    settled = [f"{the(issue)} is {entry}" for issue, entry in deal.items() if isinstance(entry, str)]
    return varied(f"My offer is this: {'; '.join([', '.join(parts)] * bool(parts) + settled)}.")


def varied(text: str) -> str:
    """Every second share with its numbers in words: equal shares are not said in the same words."""
    parts = text.split(" for ")
    parts[1::2] = [re.sub(r"\b\d\b", lambda digit: numeral(int(digit[0]), True), part) for part in parts[1::2]]
    return " for ".join(parts)


def work_together(asked: str, prompt: str) -> str:
    """One of the acts of a team, at random; it agrees gladly, and seldom says that it cannot be done."""
    rng = random.Random(prompt)
    acts = {act["kind"]: act for act in offered(asked)}
    likely = {"accept-proposal": 6, "propose": 3, "act": 3, "impossible": 0.2}
    (act,) = rng.choices(list(acts.values()), [likely.get(kind, 1) for kind in acts])
    chosen = {name: shape if name == "kind" else drawn(shape, rng) for name, shape in act.items()}
    words = {"words": uttered_in_team(chosen)} if '"words"' in asked else {}
    return orjson.dumps({"act": chosen, **words}).decode()


def drawn(shape, rng):
    """One of the names, several of them ("1 to 8 of", and then the names; three at most), or each of several such."""
    if isinstance(shape, dict):
        return {name: drawn(each, rng) for name, each in shape.items()}
    if several := re.fullmatch(r"(\d+) to (\d+) of", shape[0]):
        return rng.sample(names := shape[1:], rng.randint(int(several[1]), min(int(several[2]), len(names), 3)))
    return rng.choice(shape)


def uttered_in_team(act):
    match act:
        case {"kind": "inform", "that": told}:
            return f"I tell you that {name_list(told)}."
        case {"kind": "choice", "choice": choice}:
            return f"My choice is to {choice}."
        case {"kind": "query-ref", "about": things}:
            return f"I ask you about {name_list(things)}."
        case {"kind": "propose", "plan": list(steps)}:
            return f"I propose that the way is {', '.join(steps)}."
        case {"kind": "propose", "plan": plan}:
            return f"I propose that {name_list([f'{decision} is {value}' for decision, value in plan.items()])}."
        case {"kind": "impossible"}:
            return f"I propose: {IMPOSSIBLE}."
        case {"kind": "accept-proposal", "proposal": proposal}:
            return f"I accept {proposal}."
        case {"kind": "reject-proposal", "proposal": proposal, "because": reasons}:
            return f"I reject {proposal}{f', because {name_list(reasons)}' if reasons else ''}."
        case {"kind": "request", "do": action}:
            return f"I ask you to {action}."
    return ""
