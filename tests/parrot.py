"""A model that says exactly what its prompt asks for, so that runs with models can be tested where no model is.

It reads the prompts of `generators/tom/prompts.toml` and nothing else; in self-play it takes the first act it is
offered that keeps the story going.
"""

import re

import orjson
from rapidfuzz import fuzz

TALK = (
    "Some days are better than others.",
    "I slept badly last night.",
    "Nice weather today.",
    "I could eat something.",
    "We should do this more often.",
)
FORMS = {
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
    for kind, form in FORMS.items():
        if found := form.search(asked):
            return said(kind, found.groupdict(), len(prompt))
    raise ValueError(f"no such prompt: {asked}")


def read(question: str) -> str:
    """The number of the choice that is most like the words."""
    text, listed = question.split("\n\n", 1)
    choices = [line for line in listed.splitlines() if re.match(r"\d\. ", line)]
    return max(choices, key=lambda choice: fuzz.ratio(choice[3:], text))[0]


def said(kind: str, slots: dict[str, str], number: int) -> str:
    match kind:
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
