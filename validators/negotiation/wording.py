"""Check `wording`: the words of a model say the act they stand for, and nothing else of the game.

Deals are read by the reader (`reading/`). All other acts are told by phrases that say them precisely, and by none of
the phrases that could turn them round: a denial, a condition, a doubt, another act. Around either stand known words
alone (`phrases.py`): no deal is read of "I don't need hats, so take both", and "I take that as an insult" accepts
nothing. What cannot be read surely is refused, with what to say instead.

- proposals: the deal that is read is the deal.
- answers: an acceptance accepts and denies nothing, a refusal refuses; whose proposal is clear where there are several;
  shares that are named again are those of the proposal.
- claims: the issue, option or amounts of the claim, said of the speaker (in a donor game: of the donor).
- threats leave unless there is agreement, withdrawals just leave; promises pay the hearer the amount.
- small talk: no issue, no figure, no words of bargaining.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.negotiation import phrases as say
from madata.validators.negotiation.reading.deals import SCAN, Misread, terms
from madata.validators.negotiation.reading.mentions import marked, proposals
from madata.validators.negotiation.reading.moves import numbering
from madata.validators.negotiation.reading.skeleton import Slot, Text, parts
from madata.validators.negotiation.spoken import ANSWERS, Line
from madata.validators.spoken import TALK, Fault, Json, judged

NAME = "wording"
LONGEST = 1000
"""Characters a line can have to be judged; `form` allows far fewer."""

MARK = re.compile(r"[@#]\w*")
FIRST = re.compile(r"\b(?:number|no\.?) (?:one|1)\b", re.IGNORECASE)
HUNDRED = re.compile(r"(?<!\S)(?:thousand|million|hundred)(?!\S)")

Difference = tuple[str, str]
Differences = Iterator[Difference]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults, "a turn in which an agent speaks")


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > LONGEST:
        yield Fault(f"at most {LONGEST} characters", f"{len(line.text)}")
        return
    if not possible(line):
        yield Fault(f"an act of a {line.game['kind']}", line.act)
        return
    said = Said(line)
    for expected, found in (*figures(said), *PARTS[line.act](said)):
        yield Fault(expected, f'{found} in "{line.text}"')


def possible(line: Line) -> bool:
    """Whether there is such an act in the game."""
    claim = line.event.get("claim") if line.event else None
    return (claim["kind"] if claim else line.act) in ACTS[line.game["kind"]]


class Said:
    """A line as a skeleton, without what says nothing of the matter; `text` also without tags ("deal?")."""

    def __init__(self, line: Line) -> None:
        self.line = line
        whole = line.moves.vocabulary.read(FIRST.sub("top", line.text))
        self.whole = Text(squeezed(say.NEUTRAL.sub(" ", whole.skeleton)), whole.slots)
        self.text = marked(self.whole)
        self.plain = self.text.skeleton

    def values(self, *marks: str) -> list[Any]:
        return [slot.value for slot in self.text.slots if slot.mark in marks]

    @property
    def named(self) -> set[str]:
        """The other agents whom the line names, but for those whose proposal it names."""
        return {str(name) for name in self.values("@a")} - {self.line.speaker}

    def without(self, expected: str, *patterns: re.Pattern[str]) -> Differences:
        for pattern in patterns:
            if found := pattern.search(self.plain):
                yield expected, f'"{found[0]}"'

    def plainly(self, words: str, *cores: re.Pattern[str]) -> Differences:
        """What stands around the words that say the act: known words only."""
        rest = self.plain
        for core in cores:
            rest = core.sub(" ; ", rest)
        if strange := [word for word in rest.split() if word not in say.AROUND[words]]:
            yield "the act in plain words", f'"{" ".join(strange)}"'

    def bears(self, allowed: str, expected: str) -> Differences:
        """Names and numbers that an act of this kind does not have."""
        for mark in MARK.findall(self.plain):
            if mark not in allowed.split():
                yield expected, KINDS.get(mark, "a number")


KINDS = {
    "@i": "an issue",
    "@c": "an issue",
    "@o": "an option",
    "@a": "a person",
    "@r": "the resource",
    "@p": "a proposal",
    "@b": "what somebody believes",
}


def squeezed(skeleton: str) -> str:
    return " ".join(skeleton.split())


def figures(said: Said) -> Differences:
    if found := say.COUNTED.search(said.line.text) or HUNDRED.search(said.plain):
        yield "whole numbers, in figures or plain words", f'"{found[0]}"'


# Proposals.


def proposes(said: Said) -> Differences:
    """Tags and courtesies put aside, each sentence of a proposal shares something out or says nothing of it."""
    line = said.line
    if line.game["kind"] == "commons":
        yield from quota(said)
        return
    text = untagged(said.whole)
    yield from shared(text, line, ask=True)
    shares = False
    for sentence in parts(text):
        shares = shares or say.SHARING.search(sentence.skeleton) is not None
        yield from beside(sentence.skeleton if shares else say.REJECTING.sub(" ", sentence.skeleton))
    try:
        deal = line.moves.domain.deal(sharing(text), line.speaker)
    except Misread as misread:
        yield f"{misread.expected}; say for each of {listed(line)} who gets how many", misread.found
        return
    assert line.event is not None
    if deal != line.event["deal"]:
        yield f"the deal {worded(line, line.event['deal'])}", worded(line, deal)


def beside(skeleton: str) -> Differences:
    """Another act, or what takes the proposal back."""
    chat = () if say.SHARING.search(skeleton) else (say.DENIED, say.WANTING, say.ASKING)
    if found := say.RETRACTED.search(skeleton):
        yield "the proposal alone", f'"{found[0]}"'
    skeleton = say.PLEAS.sub(" ", free(skeleton))
    for pattern in (*ELSEWHERE, say.ROUGHLY, *chat):
        if found := pattern.search(skeleton):
            yield "the proposal alone", f'"{found[0]}"'


ELSEWHERE = (say.LEAVING, say.VALUING, say.PAYING, say.BOUNDING, say.ACCEPTING, say.REJECTING, say.PAST_OFFER)


def untagged(text: Text) -> Text:
    """Without questions at the end that ask for the answer; the agents they address stay out too."""
    skeleton, slots = text.skeleton, list(text.slots)
    while tag := say.TAGS.search(skeleton):
        first = len(MARK.findall(skeleton[: tag.start()]))
        del slots[first : first + len(MARK.findall(tag[0]))]
        skeleton = f"{skeleton[: tag.start()]} . {skeleton[tag.end() :]}"
    return Text(squeezed(skeleton), tuple(slots))


def sharing(text: Text) -> Text:
    """The sentences that share something out, as the reader takes them."""
    kept = [sentence for sentence in parts(text) if say.SHARING.search(sentence.skeleton)]
    return Text(
        free(" ".join(sentence.skeleton for sentence in kept)),
        tuple(slot for sentence in kept for slot in sentence.slots),
    )


def free(skeleton: str) -> str:
    """Free speech in the words of the reader. No mark is lost."""
    for found, put in say.FREE:
        skeleton = found.sub(put, skeleton)
    return squeezed(skeleton)


def shared(text: Text, line: Line, ask: bool) -> Differences:
    """What stands around the shares: known words only, and no question but one that proposes."""
    for sentence in parts(text):
        if not say.SHARING.search(sentence.skeleton):
            continue
        rest = SCAN.sub(" ", free(sentence.skeleton))
        if say.SUBJECT.search(free(sentence.skeleton)):
            yield "plain words for what each gets and takes", f'"{sentence.skeleton}"'
        strange = [word for word in rest.split() if word not in say.PLAIN and word != "@a"]
        if strange:
            yield f"plain words for who gets what of {listed(line)}", f'"{" ".join(strange)}"'
        if sentence.skeleton.endswith("?"):
            wants = say.WANTING.search(sentence.skeleton)
            if not ask or wants or not say.ASKED.search(sentence.skeleton):
                yield "a proposal", "a question"


def listed(line: Line) -> str:
    return ", ".join(issue["name"] for issue in line.game["issues"])


def worded(line: Line, deal: list[object]) -> str:
    """A deal for whoever reads a finding."""
    found = []
    for issue, entry in zip(line.game["issues"], deal, strict=False):
        if isinstance(entry, list):
            shares = ", ".join(f"{name} {units}" for name, units in zip(line.people, entry, strict=False))
            found.append(f"{issue['name']}: {shares}")
        else:
            options = issue.get("options", ())
            found.append(f"{issue['name']}: {options[entry] if entry in range(len(options)) else entry}")
    return "; ".join(found)


# Answers.


def accepts(said: Said) -> Differences:
    plain = said.plain
    if not say.ACCEPTING.search(plain):
        yield 'words that accept ("I accept", "we have a deal")', "none"
    rest = say.ACCEPTING.sub(" ; ", plain)
    for pattern in (say.DENIED, say.CONDITION, say.HEDGED, say.BARGAINING, *UNANSWERED):
        if found := pattern.search(rest if pattern is not say.ANSWERED_BY_OTHERS else plain):
            yield "an acceptance, without denial, doubt or condition", f'"{found[0]}"'
    if plain.rstrip().endswith("?") or " ? " in plain:
        yield "an acceptance", "a question"
    yield from said.plainly("accept-proposal", say.ACCEPTING)
    yield from whose(said)
    yield from retold(said, say.ACCEPTING)


def rejects(said: Said) -> Differences:
    plain = said.plain
    if not say.REJECTING.search(plain):
        yield 'words that refuse ("I reject", "I can\'t accept that")', "none"
    if found := say.UNREJECTED.search(plain):
        yield "a refusal, without denial", f'"{found[0]}"'
    rest = say.REJECTING.sub(" ; ", plain)
    for pattern in (say.ACCEPTING, say.DENIED, say.ANSWERED_BY_OTHERS, say.REFUSED_FOR, *UNANSWERED):
        if found := pattern.search(rest):
            yield "a refusal, without doubt or condition", f'"{found[0]}"'
    if "?" in plain:
        yield "a refusal", "a question"
    yield from said.plainly("reject-proposal", say.REJECTING)
    yield from whose(said)
    yield from retold(said, say.REJECTING)


UNANSWERED = (say.ANSWERED_BY_OTHERS, say.RETRACTED, say.LEAVING, say.VALUING, say.PAYING, say.PAST_OFFER, say.BOUNDING)


def whose(said: Said) -> Differences:
    """Whose proposal is answered: the names in the words are the proposer's, and one stands there if others could be
    meant."""
    line = said.line
    answered = line.answered
    if stranger := say.STRANGER.search(said.plain):
        yield "the proposal of somebody who is there", f'"{stranger[0]}"'
    if answered is None:
        yield "an answer to a proposal that was made", "none"
        return
    proposer = answered["agent"]
    calls = said.values("@p")
    for call in calls:
        agent = call.agent or proposer
        found = proposals(line.proposals, call._replace(agent=agent))
        if agent != proposer or not found or line.proposals[found[-1]] is not answered:
            yield f"the proposal of {name(line, proposer)}", f"another ({name(line, agent)}'s)"
    called = any(call.agent for call in calls)
    others = said.named - {proposer}
    if others and not called:
        yield f"{name(line, proposer)}, who proposed it", name(line, min(others))
    makers = {made["agent"] for made in line.proposals}
    if len(makers - {proposer}) > 0 and not called and proposer not in said.named:
        yield f"whose proposal it is ({name(line, proposer)}'s)", "no name"


def name(line: Line, agent: str) -> str:
    return next((name for name, each in line.ids.items() if each == agent), agent)


def retold(said: Said, answer: re.Pattern[str]) -> Differences:
    """Shares that an answer names are those of the proposal."""
    line = said.line
    yield from said.bears("@a @p @i @c @o #", "an answer, and nothing else of the game")
    if not re.search(r"@[ico]|#(?!th)|(?<!\S)(?:rest|everything|nothing|both|half)(?!\S)", said.plain):
        return
    if line.game["kind"] != "bargain" or line.answered is None:
        yield "an answer without figures", "figures"
        return
    text = Text(squeezed(answer.sub(" . ", said.plain)), tuple(slot for slot in said.text.slots if slot.mark != "@p"))
    text = Text(squeezed(re.sub(r"(?<!\S)@p(?!\S)", " . ", text.skeleton)), text.slots)
    if len(MARK.findall(text.skeleton)) != len(text.slots):
        yield "the answer apart from its shares", "both in one"
        return
    yield from shared(text, line, ask=False)
    if any(not item.parties for item in terms(sharing(text).skeleton).items):
        yield "who gets what is named", "shares of nobody"
    try:
        deal = line.moves.domain.deal(sharing(text), line.speaker, known=line.answered["deal"])
    except Misread as misread:
        yield f"{misread.expected}, or no shares at all", misread.found
        return
    if deal != line.answered["deal"]:
        yield f"shares as proposed ({worded(line, line.answered['deal'])})", worded(line, deal)


# Talk.


def informs(said: Said) -> Differences:
    assert said.line.event is not None
    yield from CLAIMS[said.line.event["claim"]["kind"]](said, said.line.event["claim"])


def statement(said: Said) -> Differences:
    yield from said.without("a plain claim", say.RETRACTED, say.HEDGED, say.LEAVING)
    if "?" in said.plain:
        yield "a claim", "a question"


def priority(said: Said, claim: Json) -> Differences:
    yield from statement(said)
    yield from said.without("the claim alone", say.PAYING)
    yield from said.bears("@a @i @c #th", "the claim about one issue alone")
    issues = said.values("@i", "@c")
    if issues != [claim["issue"]]:
        wanted = [issue["name"] for issue in said.line.game.get("issues", ()) if issue["id"] == claim["issue"]]
        yield f"{', '.join(wanted)}, and no other issue", f"{len(issues)} issues" if issues else "no issue"
    if not say.SUPERLATIVE.search(said.plain):
        yield 'that the issue matters most ("matters most to me", "is my top priority")', "no such words"
    if any(value != 1 for value in said.values("#th")):
        yield "the first place", "another"
    rest = say.SUPERLATIVE.sub(" ", said.plain)
    if found := say.SECOND_BEST.search(rest) or say.DENIED.search(rest):
        yield f"{said.line.actor}'s own top issue", f'"{found[0]}"'
    yield from said.without("the issue alone", say.MOST_OF)
    yield from said.plainly("priority")
    if not say.OF_ME.search(said.plain) or say.OF_YOU.search(rest):
        yield "what matters to the speaker", "somebody else, or nobody"
    yield from addressed(said)


def limit(said: Said, claim: Json) -> Differences:
    yield from statement(said)
    yield from said.bears("@a @c @o", "the limit alone")
    places = [dict(value).get(said.line.game["issues"][0]["id"]) for value in said.values("@o")]
    if places != [claim["option"]]:
        yield "the option of the limit, and no other", f"{len(places)} options" if len(places) != 1 else "another"
    yield from said.plainly("limit", say.MOST, say.LEAST)
    sides = {"most": (say.MOST, say.ABOVE), "least": (say.LEAST, say.BELOW)}
    found = []
    for side, (bound, beyond) in sides.items():
        rest = bound.sub(" ", said.plain)
        denials = len(say.RULED_OUT.findall(rest))
        if (bound.search(said.plain) and not denials) or (beyond.search(rest) and denials == 1):
            found.append(side)
    if found != [claim["side"]]:
        yield f'that it is the {claim["side"]} ("at {claim["side"]}")', " and ".join(found) or "no such words"
    if others := say.TO_YOU.search(said.plain):
        yield "a limit of the speaker's own", f'"{others[0]}"'
    yield from addressed(said)


def addressed(said: Said) -> Differences:
    """Whom a line names hears it."""
    line = said.line
    strangers = said.named - {line.ids[hearer] for hearer in line.hearers}
    if strangers:
        yield "no name but of those who hear it", name(line, min(strangers))


def asks(said: Said) -> Differences:
    yield from said.bears("@a", "a question that names no issue and no figure")
    yield from said.without(
        "the question alone", say.RETRACTED, say.LEAVING, say.PAYING, say.ACCEPTING, say.ANSWERED, say.LEAST_OF
    )
    yield from said.plainly("query")
    asking = [part for part in parts(said.text) if part.skeleton.endswith("?") or say.WONDERING.search(part.skeleton)]
    right = [part for part in asking if say.QUERYING.search(part.skeleton) and say.OF_YOU.search(part.skeleton)]
    if not right:
        yield "a question for what matters most to the hearers", "none"
    if found := say.OF_SELF.search(said.plain):
        yield "what matters to the hearers", f'"{found[0]}"'
    if any(say.SUPERLATIVE.search(part.skeleton) for part in parts(said.text) if part not in asking):
        yield "a question, and no claim", "a claim"
    if any(say.DENIED.search(part.skeleton) for part in asking):
        yield "a question", "a denial"
    yield from addressed(said)


def threatens(said: Said) -> Differences:
    yield from said.bears("@a @p", "the threat without issues and figures")
    yield from said.without("the threat alone", say.RETRACTED, say.DOUBTED, say.VALUING, say.PAYING, say.STAYS)
    if "?" in said.plain:
        yield "a threat", "a question"
    yield from said.plainly("threaten", say.WALKS)
    if not say.THREATENING.search(said.plain):
        yield 'that you leave unless the proposal is accepted ("accept this or I walk away")', "no such words"
    for call in said.values("@p"):
        if call.agent != said.line.speaker:
            yield "the speaker's own proposal", "that of another"
    yield from addressed(said)


def withdraws(said: Said) -> Differences:
    yield from said.bears("@a", "the withdrawal alone")
    yield from said.without(
        "the withdrawal, without doubt or condition",
        *(say.RETRACTED, say.DOUBTED, say.IF, say.VALUING, say.PAYING, say.STAYS),
    )
    if "?" in said.plain:
        yield "a withdrawal", "a question"
    yield from said.plainly("withdraw", say.WALKS)
    if not say.WALKS.search(said.plain):
        yield 'that you leave the negotiation ("I withdraw", "I am leaving")', "no such words"
    if found := say.ACCEPTING.search(say.WALKS.sub(" ; ", said.plain)):
        yield "a withdrawal", f'"{found[0]}"'


def promises(said: Said) -> Differences:
    line = said.line
    assert line.event is not None
    yield from said.bears("@a #", "the promise alone")
    amount = line.event["amount"]
    if said.values("#") != [amount]:
        yield f"{amount} points, and no other figure", ", ".join(map(str, said.values("#"))) or "no figure"
    yield from said.plainly("promise", say.PROMISING)
    if not say.PROMISING.search(said.plain):
        yield f'that you pay the hearer {amount} points ("I will pay you {amount} points")', "no such words"
    yield from said.without(
        "the promise alone", say.RETRACTED, say.HEDGED, say.MUTUAL, say.LEAVING, say.VALUING, say.DENIED, say.ACCEPTING
    )
    if "?" in said.plain:
        yield "a promise", "a question"
    for condition in say.PAID_IF.finditer(said.plain):
        if not say.KEEPS.search(condition[0]):
            yield "a promise for the hearer's support, or for nothing", f'"{condition[0]}"'
    yield from addressed(said)


# Commons and donor games.


def quota(said: Said) -> Differences:
    assert said.line.event is not None
    wanted = said.line.event["deal"]
    yield from said.bears("@a @r #", "the quota alone")
    yield from said.without("the quota alone", say.RETRACTED, say.OVERALL, say.ACCEPTING, say.REJECTING)
    if said.values("#") != wanted:
        yield f"{wanted} for each, and no other figure", f"{said.values('#')}"
    if not (say.EACH.search(said.plain) and say.QUOTA.search(said.plain)):
        yield 'what each may take ("I propose that nobody takes more than ..")', "no such words"
    rest = say.MORE_THAN.sub(" ", said.plain)
    if (found := say.DENIED.search(rest)) or (say.OVER.search(said.plain) and not say.NO_MORE.search(said.plain)):
        yield "a quota", f'"{found[0]}"' if found else "no upper limit"


def took(said: Said, claim: Json) -> Differences:
    assert said.line.event is not None
    yield from statement(said)
    yield from said.bears("@a @r # #th", "the harvest alone")
    yield from said.without("a plain claim", say.COULD)
    whens, amounts = counted(said)
    now = said.line.event["time"] // 3
    if say.LAST_ROUND.search(said.plain) and not whens:
        whens = [now]
    if whens != [claim["round"] + 1]:
        yield f"round {claim['round'] + 1}", f"round {whens[0]}" if whens else "no round"
    yield from amount(said, claim["amount"], amounts)
    if not say.TAKEN.search(said.plain):
        yield f'that you took it ("in round {claim["round"] + 1} I took {claim["amount"]}")', "no such words"
    yield from addressed(said)


def gave(said: Said, claim: Json) -> Differences:
    line = said.line
    yield from statement(said)
    yield from said.bears("@a # #th", "the donation alone")
    yield from said.without("a plain claim", say.COULD)
    whens, amounts = counted(said)
    if whens != [claim["meeting"] + 1]:
        yield f"meeting {claim['meeting'] + 1}", f"meeting {whens[0]}" if whens else "no meeting"
    yield from amount(said, claim["amount"], amounts)
    donor, recipient = name(line, claim["agent"]), recipient_of(line, claim["meeting"])
    if not say.GIVEN.search(said.plain):
        told = f"in meeting {claim['meeting'] + 1} {donor} gave {claim['amount']}"
        yield f'that {donor} gave it ("{told}")', "no such words"
        return
    if giver(said) != claim["agent"]:
        yield f"{donor}, who gave", "another"
    if strangers := said.named - {claim["agent"], recipient, *(line.ids[hearer] for hearer in line.hearers)}:
        yield "who gave and who received", name(line, min(strangers))
    if (to := receiver(said)) and to != recipient:
        yield f"{name(line, recipient)}, who received", name(line, to)


def recipient_of(line: Line, meeting: int) -> str:
    meetings = line.game["meetings"]
    return str(meetings[meeting]["recipient"]) if meeting < len(meetings) else ""


def giver(said: Said) -> str | None:
    """Whoever is named before the verb, or after "from" or "by"."""
    found = say.GIVER.search(said.plain)
    return agent_at(said, found.start(found.lastindex or 0)) if found else None


def receiver(said: Said) -> str | None:
    found = say.RECEIVER.search(said.plain)
    if found is None:
        return None
    if found[found.lastindex or 0] in ("me", "i"):
        return said.line.speaker
    return agent_at(said, found.start(found.lastindex or 0))


def agent_at(said: Said, at: int) -> str:
    return str(said.text.slots[len(MARK.findall(said.plain[:at]))].value)


def counted(said: Said) -> tuple[list[int], list[int]]:
    """Numbers that say when, ordinals among them, and the others."""
    when, rest = numbering(said.plain)
    slots: tuple[Slot, ...] = said.text.slots
    return [slots[at].value for at in when], [slots[at].value for at in rest]


def amount(said: Said, wanted: int, found: list[int]) -> Differences:
    none = say.DENIED.search(said.plain)
    if (found or [0] if none or found else []) != [wanted] or (none and wanted):
        yield f"{wanted}, plainly", ", ".join(map(str, found)) or ("none" if none else "no figure")
    if (rough := say.ROUGH.search(said.plain)) is not None:
        yield f"{wanted}, plainly", f'"{rough[0]}"'


# Small talk.


def chats(said: Said) -> Differences:
    yield from said.bears("@a", "small talk, without names and figures of the game")
    yield from said.without("small talk, without words of bargaining", say.GAME, say.SUPERLATIVE, say.QUERYING)


ACTS = {
    "bargain": ("propose", *ANSWERS, "query", "threaten", "promise", "withdraw", "priority", "limit", TALK),
    "commons": ("propose", *ANSWERS, "took", TALK),
    "donor": ("gave", TALK),
}
Judge = Callable[[Said], Differences]
CLAIMS: dict[str, Callable[[Said, Json], Differences]] = {
    "priority": priority,
    "limit": limit,
    "took": took,
    "gave": gave,
}
PARTS: dict[str, Judge] = {
    "propose": proposes,
    ANSWERS[0]: accepts,
    ANSWERS[1]: rejects,
    "inform": informs,
    "query": asks,
    "threaten": threatens,
    "promise": promises,
    "withdraw": withdraws,
    TALK: chats,
}

CHECK = Check(NAME, "the words of models say the act they stand for, and nothing else of the game", judge=judge)
