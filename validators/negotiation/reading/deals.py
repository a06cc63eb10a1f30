"""Who gets what: from the words of a proposal to a deal.

A skeleton is a run of parties and items ("two of the books", "everything", "the hats", "none"). A party takes the items
that follow it ("I get ..", "Ben: .."), or, after "to", "for" and the like, those before it. An issue named without a
number is wanted whole, unless numbers follow that have no issue of their own: then it is what they are of ("hats: one
for me, two for you"). What is said with figures comes first, then "none" and "the rest"; what one of two parties does
not get the other gets. Whatever is still open then, or contradicts itself, cannot be read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from madata.validators.negotiation.reading.skeleton import Slot, Text

Json = Mapping[str, Any]
Party = int | Literal["i", "you", "each", "others"]
"""The slot of a name, or who a pronoun stands for."""

ISSUES = r"(?P<left>(?:\ (?:the|and|,))*\ @i(?:(?:\ (?:the|and|,))+\ @i)*)"
SCAN = re.compile(
    rf"""(?<!\S)(?:
    (?P<others>(?:all\ |the\ )?(?:rest|others?)\ of\ (?:you|us)|every(?:body|one)\ else|(?:each|both|all)\ of\ you
        |you\ (?:both|all|each)|(?:the\ others|others)(?=\ (?:each\ )?(?:get|take|keep|have|receive)))
    |(?P<each>(?:each|both|all|every\ one|the\ \#)\ of\ us|each\ (?:party|person|side|one)|every(?:body|one)
        |(?:we|us)(?:\ (?:all|both|each))?|both\ (?:parties|sides)|each(?!\ @i)|apiece)
    |(?P<i>i|me|mine|myself|my)
    |(?P<you>you|your|yours|yourself)
    |(?P<agent>@a)
    |(?P<even>evenly|equally|half\ and\ half|fifty\ (?:-\ )?fifty|down\ the\ middle|in\ equal\ (?:shares|parts))
    |(?P<keeping>and\ (?:keep|take|get|have)s?(?!\ (?:@a|i|you)))
    |(?P<giving>(?:propos|suggest|offer|giv|leav|let|hand|grant|conced)(?:e|es|s|ing|ting)?)
    |(?P<option>@o)
    |(?P<choice>@c)
    |(?P<stop>[.;!?])
    |(?P<comma>,|while|whereas)
    |(?P<except>(?:everything|all|the\ lot)\ (?:but|except|save)(?:\ for)?{ISSUES})
    |(?:(?P<allbut>(?:all|everything)\ (?:but|except|save)\ (?P<less>\#))
        |(?P<rest>(?:all|everything|anything|whatever|what)?(?:\ ?(?:of|the|is|that|which|'s))*\ ?\b
            (?:rest|remainder|remaining|remains|others?|else|left|leftovers?)(?:\ (?:ones?|over))?)
        |(?P<none>(?:none|nothing|neither|no(?=\ (?:\w+\ )?@i)|not\ (?:a|one|any)(?:\ single)?)
            (?:\ (?:else|more|at\ all))?)
        |(?P<half>half(?!\ and))
        |(?P<all>all|both|everything|every|each|the\ (?:whole\ )?lot|the\ (?:whole|entire))
        |(?P<amount>\#)(?:\ (?:out\ of|of)(?=\ (?:the\ |those\ |all\ )*(?:\#\ )?@i))?
        |(?P<single>(?:an?|the\ (?:single|only|one))(?=\ (?:single\ |of\ the\ )?@i))
        |(?P<bare>(?=@i)))
        (?:\ ?(?:of|out|the|these|those|them|more|single|whole|our|available|full))*
        (?:\ ?(?P<total>\#)(?=\ (?:of\ )?@i))?\ ?(?P<issue>@i)?
    )(?!\S)""",
    re.VERBOSE,
)
BEFORE = frozenset("to for with by leaves leaving".split())
GETS = re.compile(
    r" (?:(?:each|will|would|can|could|should|shall|to|then|only) )*"
    r"(?:get|tak|keep|kept|hav|has|receiv|end|want|claim|like|need|demand)"
)
LISTS = re.compile(
    r" ?(?:'s share )?(?:[:,=(] )?(?:#|no|none|nothing|all|both|every|everything|the|an?|half|each|@i|and|'s)(?!\S)"
)
AS = frozenset("for as the of on".split())
VOCATIVE = re.compile(r" (?:[.!?]|, (?!(?:\#|no|none|nothing|all|both|everything|an?) )|$)")
Quantity = Literal["rest", "none", "half", "all", "amount", "single", "bare", "allbut", "even"]


class Misread(Exception):
    """Words that do not say what they have to: what they should, and what they do."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected, self.found = expected, found


@dataclass(slots=True)
class Item:
    """So much of an issue; numbers are those of slots. `except_for`: what "everything but" leaves out."""

    quantity: Quantity
    amount: int | None = None
    issue: int | None = None
    total: int | None = None
    except_for: tuple[int, ...] = ()
    parties: tuple[Party, ...] = ()
    local: int | None = None


class Terms(NamedTuple):
    """A proposal by its skeleton: items with who gets them, and options with the choice named nearest to each."""

    items: tuple[Item, ...]
    options: tuple[tuple[int, int | None], ...]
    addressed: tuple[int, ...]


@lru_cache(1 << 15)
def terms(skeleton: str) -> Terms:
    return Scan(skeleton).terms()


@dataclass
class Scan:
    """One way through a skeleton. `current`: who takes the items that follow; `pending`: items nobody has taken."""

    skeleton: str
    items: list[Item] = field(default_factory=list)
    current: tuple[Party, ...] = ()
    giver: tuple[Party, ...] = ()
    begun: int = 0
    earlier: tuple[Party, ...] = ()
    chunk: int = 0
    commas: int = 0
    topic: int | None = None
    choice: int | None = None
    options: list[tuple[int, int | None]] = field(default_factory=list)
    addressed: list[int] = field(default_factory=list)

    def terms(self) -> Terms:
        slots = {match.start(): number for number, match in enumerate(re.finditer(r"[@#]", self.skeleton))}
        end = 0
        for match in SCAN.finditer(self.skeleton):
            kind = match.lastgroup if match.lastgroup in KINDS else next(k for k in KINDS if match[k] is not None)
            gap = self.skeleton[end : match.start()].split()
            end = match.end()
            self.step(str(kind), match, gap, slots)
        for item in self.items:
            item.parties = item.parties or (self.earlier if item.quantity != "bare" else ())
        return Terms(tuple(self.items), tuple(self.options), tuple(self.addressed))

    def step(self, kind: str, match: re.Match[str], gap: list[str], slots: Mapping[int, int]) -> None:
        if kind in ("i", "you", "each", "others", "agent"):
            self.party(slots[match.start()] if kind == "agent" else kind, match, gap)  # type: ignore[arg-type]
        elif kind == "giving":
            self.giver, self.current = self.current or self.giver, ()
        elif kind == "keeping":
            self.current = self.giver or self.current
        elif kind == "stop":
            self.earlier, self.current, self.chunk = self.current or self.earlier, (), len(self.items)
        elif kind == "comma":
            self.chunk, self.commas = len(self.items), self.commas + 1
        elif kind == "choice":
            self.choice = slots[match.start()]
            if self.options and self.options[-1][1] is None and AS.issuperset(gap):
                self.options[-1] = (self.options[-1][0], self.choice)
                self.choice = None
        elif kind == "option":
            self.options.append((slots[match.start()], self.choice))
            self.choice = None
        elif kind == "even":
            for item in self.items:
                if item.quantity == "bare" and (not item.parties or item.parties == self.current):
                    item.quantity, item.parties = "even", ("each",)
        else:
            self.item(kind, match, slots)

    def party(self, party: Party, match: re.Match[str], gap: list[str]) -> None:
        after = match.string[match.end() :]
        before = gap[-1] if gap else ""
        opens = not match.string[: match.start()].rstrip() or match.string[: match.start()].rstrip()[-1] in ".,;:!?"
        if isinstance(party, int) and opens and before not in BEFORE and VOCATIVE.match(after):
            self.addressed.append(party)
            return
        open_items = [item for item in self.items if not item.parties]
        belongs = match[0] in ("mine", "yours") or before in BEFORE or (party == "each" and self.items != [])
        if gap[-1:] == ["which"] or (belongs and not GETS.match(after) and (open_items or self.items[self.chunk :])):
            self.give((party,), open_items)
        elif gap == ["and"] and self.current and self.begun == len(self.items):
            self.current = (*self.current, party)
        elif party == "each" and len(self.current) > 1:
            return
        elif not GETS.match(after) and not LISTS.match(after):
            self.giver, self.current = (party,), ()
        else:
            self.current = (party,)
            self.begun = self.chunk = len(self.items)
            self.commas = 0

    def give(self, parties: tuple[Party, ...], open_items: list[Item]) -> None:
        """What stands before "to Ben" is Ben's: all that nobody has, else what follows the last comma, or the last."""
        if parties == ("each",) and len(self.current) > 1:
            return
        for item in open_items or (self.items[self.chunk :] if self.commas else self.items[-1:]):
            item.parties = parties
        self.chunk = len(self.items)

    def item(self, kind: str, match: re.Match[str], slots: Mapping[int, int]) -> None:
        def slot(group: str) -> int | None:
            return slots[match.start(group)] if match[group] else None

        item = Item("amount", parties=self.current)
        item.issue, item.total = slot("issue"), slot("total")
        if kind == "except":
            item.quantity = "all"
            item.except_for = tuple(slots[match.start("left") + at.start()] for at in re.finditer("@", match["left"]))
        else:
            item.quantity = kind  # type: ignore[assignment]
            item.amount = slot("less") if kind == "allbut" else slot("amount")
        if kind == "rest" and item.total is not None:
            item.quantity, item.amount, item.total = "amount", item.total, None
        if item.issue is None:
            self.of_topic(item)
        else:
            self.topic = None
            item.local = item.issue
        if item.issue is None and item.quantity in ("amount", "allbut", "half"):
            item.issue = self.items[-1].local if self.items else None
        if item.local is None:
            item.local = item.issue
        if item.local is None and self.items:
            item.local = self.items[-1].local
        self.items += [item, *(Item("bare", issue=issue, local=issue) for issue in item.except_for)]

    def of_topic(self, item: Item) -> None:
        """A bare issue just named is what a quantity without an issue is of."""
        bare = [other for other in self.items if other.quantity == "bare" and not other.parties]
        if not bare and self.items and self.items[-1].quantity == "bare" and self.items[-1].parties == self.current:
            bare = self.items[-1:]
        if item.quantity == "all" and len(bare) > 1:
            return
        if bare:
            self.topic = bare[-1].issue
            self.items.remove(bare[-1])
        if self.topic is not None:
            item.issue = self.topic


KINDS = """others each i you agent even keeping giving option choice stop comma except allbut rest none half all amount
single bare""".split()


# From terms to a deal.


class Domain:
    """What there is to share, and among whom."""

    def __init__(self, agents: Sequence[str], issues: Sequence[Json]) -> None:
        self.agents, self.issues = tuple(agents), tuple(issues)
        self.units = {issue["id"]: issue["units"] for issue in issues if issue["kind"] == "split"}
        self.names = {issue["id"]: issue["name"] for issue in issues}

    def deal(
        self, text: Text, speaker: str | None, hearer: str | None = None, known: Sequence[Any] | None = None
    ) -> list[Any]:
        """The deal that is proposed in a text. Issues it does not name are as in `known`."""
        said = terms(text.skeleton)
        before = dict(zip((issue["id"] for issue in self.issues), known or (), strict=False))
        chosen = {**before, **self.chosen(said, text.slots, before)}
        shares = Shares(self, text.slots, self.you(said, text.slots, speaker, hearer), speaker)
        for item in said.items:
            shares.take(item)
        if not any(item.issue is None and item.quantity != "bare" for item in said.items):
            shares.recall(before)
        shares.complete(said.items)
        return [
            [shares.of[agent, issue["id"]] for agent in self.agents]
            if issue["kind"] == "split"
            else chosen[issue["id"]]
            for issue in self.issues
        ]

    def you(self, said: Terms, slots: Sequence[Slot], speaker: str | None, hearer: str | None) -> str | None:
        addressed = {slots[number].value for number in said.addressed} - {speaker}
        others = [agent for agent in self.agents if agent != speaker]
        if hearer is None and len(addressed) == 1:
            return str(*addressed)
        return others[0] if hearer is None and len(others) == 1 else hearer

    def chosen(self, said: Terms, slots: Sequence[Slot], before: Mapping[str, Any]) -> dict[str, int]:
        """One option an issue. What stands alone may be no option at all ("I'm open to ideas"): those that stand by
        their issue come first."""
        found: dict[str, int] = {}
        named: set[str] = set()
        for number, choice in sorted(said.options, key=lambda option: option[1] is None):
            places = slots[number].value
            if choice is not None and len(places) > 1:
                places = [place for place in places if place[0] == slots[choice].value]
            if choice is None and named.intersection(place[0] for place in places):
                continue
            if len(places) != 1:
                raise Misread("an option of one issue", "options of several")
            issue, option = places[0]
            if choice is not None and slots[choice].value == issue:
                named.add(issue)
            if found.setdefault(issue, option) != option:
                raise Misread(f"one option of {self.names[issue]}", "two")
        for issue in self.issues:
            if issue["kind"] == "choice" and issue["id"] not in {**before, **found}:
                raise Misread(f"an option of {issue['name']}", "none")
        return found


class Shares:
    """Units of each party and issue, as far as they are known."""

    def __init__(self, domain: Domain, slots: Sequence[Slot], you: str | None, speaker: str | None) -> None:
        self.domain, self.slots, self.you, self.speaker = domain, slots, you, speaker
        self.of: dict[tuple[str, str], int] = {}

    def people(self, item: Item) -> Iterator[str]:
        for party in item.parties:
            if party in ("each", "others"):
                yield from (agent for agent in self.domain.agents if party == "each" or agent != self.speaker)
                continue
            agent = self.slots[party].value if isinstance(party, int) else self.speaker if party == "i" else self.you
            if agent is None:
                raise Misread("somebody who is named", f"{party!r}")
            yield agent

    def take(self, item: Item) -> None:
        """What is said with an issue and no need of what the others get."""
        if item.issue is None:
            if item.quantity in ("amount", "allbut", "half", "single"):
                raise Misread("a number of something", "a number")
            if item.except_for:
                left = {self.slots[number].value for number in item.except_for}
                for issue in self.domain.units.keys() - left:
                    self.give(item, issue, self.domain.units[issue])
            return
        issue = self.slots[item.issue].value
        units = self.domain.units[issue]
        if item.total is not None and self.slots[item.total].value != units:
            raise Misread(f"{units} {self.domain.names[issue]} in all", str(self.slots[item.total].value))
        if not item.parties:
            if item.quantity == "bare" or (item.quantity in ("amount", "all") and self.amount(item, units) == units):
                return
            raise Misread("somebody who gets it", f"{item.quantity} of {self.domain.names[issue]}")
        if item.quantity != "rest":
            self.give(item, issue, self.amount(item, units))

    def amount(self, item: Item, units: int) -> int:
        people = len(self.domain.agents) if item.quantity == "even" else 2
        if item.quantity in ("even", "half"):
            if units % people:
                raise Misread(f"a share of {units}", "an uneven one")
            return units // people
        if item.quantity in ("amount", "allbut"):
            assert item.amount is not None
            said = int(self.slots[item.amount].value)
            return said if item.quantity == "amount" else units - said
        return {"none": 0, "single": 1}.get(item.quantity, units)

    def give(self, item: Item, issue: str, amount: int) -> None:
        for agent in self.people(item):
            if self.of.setdefault((agent, issue), amount) != amount:
                raise Misread(
                    f"one number of {self.domain.names[issue]} for {agent}", f"{self.of[agent, issue]} and {amount}"
                )

    def recall(self, before: Mapping[str, Any]) -> None:
        """What was said before of issues that are not named now."""
        for issue in self.domain.units:
            if not self.known(issue) and isinstance(before.get(issue), list):
                self.of.update({(a, issue): units for a, units in zip(self.domain.agents, before[issue], strict=False)})

    def complete(self, items: Sequence[Item]) -> None:
        """ "None" and "the rest", and what goes without saying; then every unit must have an owner."""
        rest = [item for item in items if item.quantity == "rest" or (item.quantity == "all" and not item.issue)]
        bare = [item for item in rest if item.issue is None and not item.except_for]
        for item in items:
            if item.quantity == "none" and item.issue is None:
                for agent in self.people(item):
                    for issue in self.domain.units:
                        self.of.setdefault((agent, issue), 0)
        for item in rest:
            if item.issue is not None:
                self.fill(item, self.slots[item.issue].value)
        for item in bare:
            local = None if len(bare) == 1 or item.local is None else self.slots[item.local].value
            for issue in self.domain.units if local is None else [local]:
                if sum(self.known(issue).values()) < self.domain.units[issue] or not self.known(issue):
                    self.fill(item, issue)
        for issue in self.domain.units:
            self.settle(issue)

    def known(self, issue: str) -> dict[str, int]:
        return {agent: self.of[agent, issue] for agent in self.domain.agents if (agent, issue) in self.of}

    def fill(self, item: Item, issue: str) -> None:
        people = list(self.people(item))
        left = self.domain.units[issue] - sum(self.known(issue).values())
        if len(people) != 1:
            raise Misread("one who gets the rest", f"{len(people)}")
        if people[0] not in self.known(issue):
            self.of[people[0], issue] = left

    def settle(self, issue: str) -> None:
        units, known = self.domain.units[issue], self.known(issue)
        open_ = [agent for agent in self.domain.agents if agent not in known]
        left = units - sum(known.values())
        if not known:
            raise Misread(f"who gets the {units} {self.domain.names[issue]}", "nothing of them")
        if left and len(open_) == 1 and len(self.domain.agents) == 2:
            self.of[open_[0], issue] = left
        elif left:
            raise Misread(f"{units} {self.domain.names[issue]} in all", str(units - left))
        for agent in open_:
            self.of.setdefault((agent, issue), 0)
        if min(self.of[agent, issue] for agent in self.domain.agents) < 0:
            raise Misread(f"{units} {self.domain.names[issue]} in all", "more")
