"""Who plays whom in one attempt at an episode, and how an answer is had from a model.

A cast gives each agent a model, by seed and slot and never by who is free; in a relay one model opens for all agents
and another takes over ("The Collaboration Gap", arXiv 2511.02687). `answer` asks the agent's model and has the
answer judged; a refused answer is asked for again with the finding, a bounded number of times, and then the attempt is
rejected with that reason. Nothing else ever speaks for a model.
"""

import random
import tomllib
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Protocol, TypeVar

from madata.generators.family import Rejected
from madata.generators.run import Config, Model
from madata.generators.teachers.request import Place, Reply, Request
from madata.schemas import digest

T = TypeVar("T")


class Event(Protocol):
    """A record of what happens in a task."""

    def model_dump_json(self) -> str: ...


EventT = TypeVar("EventT", bound=Event)
Message = dict[str, str]
Prompts = dict[str, dict[str, str]]

ACCEPTED = "accepted"
CHOICES = 4  # that a reader is given
QUOTED = 300  # characters of a refused answer that a rejection shows
READER = "reader"
OPENING = 2
"""In a relay, how many answers of each agent are the first model's."""


@cache
def prompts(task: str) -> Prompts:
    """The templates by section: those of `prompts.toml` in this package, and of the task's."""
    files = (resources.files(package) / "prompts.toml" for package in (__package__, f"madata.generators.{task}"))
    return {section: forms for file in files for section, forms in tomllib.loads(file.read_text("utf-8")).items()}


class Refused(Exception):
    """An answer that cannot be used: by which check, what it expected and what it found."""

    def __init__(self, check: str, expected: str, found: str) -> None:
        super().__init__(f"{check}: expected {expected}, found {found}")
        self.check = check
        self.expected = expected
        self.found = found


@dataclass(frozen=True, slots=True)
class Studio:
    """What all casts of a run share: `ask` has a request answered, `judged` notes what became of the answer."""

    config: Config
    ask: Callable[[Request], Awaitable[Reply]]
    judged: Callable[[str, str], None]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a reader is asked about words: which of the choices they say; `right` is the index of the one."""

    how: str
    choices: list[str]
    right: int

    @classmethod
    def among(
        cls, how: str, index: int, event: EventT, near: Iterable[EventT], said: Callable[[EventT], str]
    ) -> "Choices | None":
        """The event of a turn, by its index, among events that differ from it in one thing, in plain sentences; None
        where there is nothing to tell apart."""
        rng = random.Random(f"choices/{index}/{event.model_dump_json()}")
        some = rng.sample(others := list(near), min(CHOICES - 1, len(others)))
        if not some:
            return None
        events = rng.sample([event, *some], len(some) + 1)
        return cls(how, [said(each) for each in events], events.index(event))


class Cast:
    """The models of one attempt. `spoken` collects the provenance of every turn they spoke."""

    def __init__(self, studio: Studio, slot: int, attempt: int) -> None:
        self.config = studio.config
        self.prompts = prompts(studio.config.task)
        self.spoken: list[dict[str, Any]] = []
        self._studio = studio
        self._slot, self._attempt = slot, attempt
        self._models: list[Model] = []
        self._answers: Counter[str] = Counter()

    def players(self, agents: Sequence[str]) -> list[str]:
        """Whom models play in self-play; the other agents keep their scripts."""
        if self.config.cast != "one":
            return list(agents)
        return [random.Random(f"player/{self.config.seed}/{self._slot}").choice(agents)]

    @property
    def teachers(self) -> Iterator[dict[str, Any]]:
        """The models that spoke, as provenance has them."""
        for model in self._models:
            yield {
                "name": model.name,
                "revision": model.revision,
                "sampling": {"temperature": model.temperature, "max_tokens": float(model.max_tokens)},
            }

    def model(self, agent: str) -> Model:
        config = self.config
        if config.cast == "relay":
            opener, other = config.models
            return opener if self._answers[agent] < OPENING else other
        part = f"/{agent}" if config.cast == "agent" else ""
        rng = random.Random(f"cast/{config.seed}/{self._slot}{part}")
        (model,) = rng.choices(config.models, [model.weight for model in config.models])
        return model

    async def answer(
        self,
        agent: str,
        turn: int,
        prompt: str,
        messages: Sequence[Message],
        judge: Callable[[str], T],
        draft: Callable[[], T],
        schema: Mapping[str, Any] | None = None,
        choices: Callable[[T], tuple[str, Choices] | None] = lambda answer: None,
        aloud: Callable[[T], bool] = lambda answer: True,
        room: int = 0,
    ) -> T:
        """What `judge` makes of the first answer that it does not refuse; raises `Rejected`.

        `prompt` is the section of the task's templates, `draft` what a rehearsal takes for the answer. `choices` gives
        the words and what a reader is asked about them; it is used only if the run has a reader. `aloud`: whether the
        turn is in the words of the answer, which else is the choice of an act that the templates tell. `room`: tokens
        for an act beside the words.
        """
        model, talk = self.model(agent), list(messages)
        keys: list[str] = []
        prompt_tokens = completion_tokens = 0
        for ask in range(self.config.asks):
            place = Place(self._slot, self._attempt, turn, agent, ask)
            request = Request(model.name, tuple(talk), model.max_tokens + room, model.temperature, place, schema)
            reply = await self._studio.ask(request)
            keys.append(request.key)
            prompt_tokens += reply.prompt_tokens
            completion_tokens += reply.completion_tokens
            try:
                answer = judge(whole(reply))
                reading = await self._read(place, choices(answer)) if self.config.reader else None
            except Refused as refused:
                self._studio.judged(request.key, refused.check)
                again = self.prompts["again"]["finding"].format(
                    check=refused.check, expected=refused.expected, found=refused.found
                )
                talk += [
                    {"role": "assistant", "content": reply.text.strip() or "(nothing)"},
                    {"role": "user", "content": again},
                ]
                last = refused.check, f"{refused}; said {reply.text[:QUOTED]!r}"
            else:
                self._studio.judged(request.key, ACCEPTED)
                self._answers[agent] += 1
                if model not in self._models:
                    self._models.append(model)
                if aloud(answer):
                    self._note(model, turn, prompt, keys, prompt_tokens, completion_tokens, reading)
                return answer
        check, finding = last
        raise Rejected(check, f"turn {turn}, {agent}: {finding}")

    def _note(
        self,
        model: Model,
        turn: int,
        prompt: str,
        keys: list[str],
        prompt_tokens: int,
        completion_tokens: int,
        reading: dict[str, Any] | None,
    ) -> None:
        self.spoken.append(
            {
                "turn": turn,
                "teacher": 1 + self._models.index(model),  # the templates, which tell the setting, are the first
                "requests": keys,
                "prompt": digest([self.prompts[prompt], self.prompts["again"]]),
                "prompt_tokens": prompt_tokens,
                "completion_tokens": completion_tokens,
                "reading": reading,
            }
        )

    async def _read(self, place: Place, asked: tuple[str, Choices] | None) -> dict[str, Any] | None:
        """What the reader takes the words to say; refused unless it is what they should."""
        if asked is None:
            return None
        words, choices = asked
        reader = self.config.reader
        assert reader is not None
        numbers = [str(number) for number in range(1, len(choices.choices) + 1)]
        listed = "\n".join(f"{number}. {choice}" for number, choice in zip(numbers, choices.choices, strict=True))
        question = self.prompts[READER]["question"].format(words=words, how=choices.how, choices=listed)
        request = Request(
            reader,
            ({"role": "user", "content": question},),
            8,
            0.0,
            Place(place.slot, place.attempt, place.turn, f"{READER} of {place.agent}", place.ask),
            {"type": "string", "enum": numbers},
        )
        reply = await self._studio.ask(request)
        number = reply.text.strip().strip('"')
        if number not in numbers:
            self._studio.judged(request.key, "unreadable")
            raise Refused("reading", "the number of a choice from the reader", repr(reply.text[:40]))
        self._studio.judged(request.key, ACCEPTED)
        chosen = int(number) - 1
        if chosen != choices.right:
            raise Refused("reading", choices.choices[choices.right], f"what reads as: {choices.choices[chosen]}")
        return {"model": reader, "choices": choices.choices, "chosen": chosen}


class Rehearsal(Cast):
    """A cast without models: every answer is the draft, and what would have been asked is counted."""

    def __init__(self, config: Config, slot: int, attempt: int) -> None:
        super().__init__(Studio(config, _nobody, lambda key, verdict: None), slot, attempt)
        self.requests = 0
        self.characters = 0

    async def answer(
        self,
        agent: str,
        turn: int,
        prompt: str,
        messages: Sequence[Message],
        judge: Callable[[str], T],
        draft: Callable[[], T],
        schema: Mapping[str, Any] | None = None,
        choices: Callable[[T], tuple[str, Choices] | None] = lambda answer: None,
        aloud: Callable[[T], bool] = lambda answer: True,
        room: int = 0,
    ) -> T:
        self.requests += 1
        self.characters += sum(len(message["content"]) for message in messages)
        return draft()


async def _nobody(request: Request) -> Reply:
    raise NotImplementedError("nobody is asked in a rehearsal")


def whole(reply: Reply) -> str:
    """The text of an answer that was not cut off and is not empty."""
    if reply.finish != "stop":
        raise Refused("cut", "a short answer that ends by itself", f"one cut off ({reply.finish})")
    if not reply.text.strip():
        raise Refused("empty", "an answer", "none")
    return reply.text.strip()
