"""Right answers have no place, length or value of their own, and names no culture of their own; what is lopsided by a
hair is left alone."""

import pickle
from itertools import cycle, islice

import pytest
from corpora import concluded
from generated import generated
from samples import EpisodeJson, episode, seal

from madata.validators import balance
from madata.validators.balance import CHECK, MINIMUM
from madata.validators.check import Finding
from madata.validators.corpus.document import Document, Item, of_episode
from madata.validators.corpus.given_names import given, origins, people
from madata.validators.measure import tenth
from madata.validators.picture import Bars, Points
from madata.validators.runner import checks
from madata.validators.settings import DEFAULT

COUNT = 2 * MINIMUM
WORDS = ("oak", "elm", "ash", "fir")


def row(number: int, place: int, options: tuple[str, ...] = WORDS, text: str = "A tree fell.") -> Document:
    item = Item("q0", "Which tree?", options, (options[place],), {})
    return Document(f"rows:{number}", "rows", (text,), (item,))


def found(*documents: Document | EpisodeJson) -> list[Finding]:
    return concluded(CHECK, *documents).findings


def turned(number: int) -> tuple[str, ...]:
    return WORDS[number % 4 :] + WORDS[: number % 4]


def test_even_places_are_left_alone() -> None:
    assert found(*(row(number, number % 4) for number in range(COUNT))) == []


def test_right_answers_at_one_place() -> None:
    places = islice(cycle((0, 0, 0, 1, 2, 3)), COUNT)
    (finding,) = found(*(row(number, place, turned(number)) for number, place in enumerate(places)))
    assert finding.where == "place of the right answer"
    assert finding.found.startswith("50.2% of 400 at place 1")


def test_a_hair_is_not_found_however_certain() -> None:
    """52% at the first of two places, 20,000 times."""
    options = [("oak", "elm"), ("elm", "oak")]
    places = [0] * 52 + [1] * 48
    assert found(*(row(number, places[number % 100], options[number // 100 % 2]) for number in range(20_000))) == []


def test_few_questions_are_noise() -> None:
    assert found(*(row(number, 0) for number in range(MINIMUM - 1))) == []


def test_yes_is_not_always_right() -> None:
    options = (("yes", "no"), ("no", "yes"))
    documents = [
        row(number, number % 2 if number % 5 else 1 - number % 2, options[number % 2]) for number in range(COUNT)
    ]
    (finding,) = found(*documents)
    assert (finding.where, finding.found) == ("answers to questions of kind question", "80.0% yes of 400 questions")
    assert concluded(CHECK, *documents).figures["rows: share of yes"] == {"question": 0.8}


def test_one_answer_to_nearly_everything() -> None:
    documents = [
        row(number, turned(number).index("elm" if number % 10 else "oak"), turned(number)) for number in range(COUNT)
    ]
    (finding,) = found(*documents)
    assert finding.found == "'elm' in 90.0% of 400"


@pytest.mark.parametrize(("option", "which"), [("a much longer oak", "longest"), ("o", "shortest")])
def test_length_gives_the_answer_away(option: str, which: str) -> None:
    trees = [("beech", "maple", "larch"), ("cedar", "aspen", "alder"), ("hazel", "holly", "birch")]

    def document(number: int) -> Document:
        options = [*trees[number % 3]]
        options.insert(number % 4, f"{option}{number % 7}" if which == "longest" else option + str(number % 7))
        return row(number, number % 4, tuple(options))

    (finding,) = found(*map(document, range(COUNT)))
    assert finding.where == f"the {which} option"
    assert finding.found == "right in 100.0% of 400 questions; most in kind question"


def crowd(names: list[str]) -> list[EpisodeJson]:
    """Episodes of two, by name."""
    records = []
    for number in range(COUNT):
        record = episode(number)
        for agent, place in zip(record["agents"], (2 * number, 2 * number + 1), strict=True):
            agent["name"] = names[place % len(names)]
        record["questions"] = []
        records.append(seal(record))
    return records


def everywhere(gender: str) -> list[str]:
    """A name of each culture in turn."""
    cultures: dict[str, list[str]] = {}
    for name, places in origins().items():
        if len(places) == 1 and places[0].gender == gender:
            cultures.setdefault(places[0].culture, []).append(name)
    return [names[number] for number in range(8) for names in cultures.values() if number < len(names)]


def test_names_of_many_cultures_are_left_alone() -> None:
    women, men = everywhere("f"), everywhere("m")
    assert found(*crowd([name for pair in zip(women, men, strict=False) for name in pair])) == []


def test_names_of_one_culture() -> None:
    japanese = [name for name, places in origins().items() if [place.culture for place in places] == ["japanese"]]
    (finding,) = found(*crowd(japanese[::3]))
    assert finding.found == "japanese with 100.0% of 800"


def test_names_of_one_gender() -> None:
    (finding,) = found(*crowd(everywhere("m")))
    assert finding.found == "0.0% women's of 800"


def test_one_name_in_a_quarter_of_all_episodes() -> None:
    many = [name for pair in zip(everywhere("f"), everywhere("m"), strict=False) for name in pair]
    names = [name for number, name in enumerate(many[:400]) for name in ([name] if number % 7 else ["Obinna", name])]
    findings = found(*crowd(names))
    assert any(finding.found.startswith("'Obinna' in ") for finding in findings)


def test_unknown_names_are_counted_as_unknown() -> None:
    figures = concluded(CHECK, *crowd(["Qwrtz", "Vbnmx", "Anna", "Ben"])).figures["names"]
    assert figures["unknown"] == 0.5


def test_names_in_a_text() -> None:
    document = Document("d", "d", ("Today Xiao Ming met José and José's aunt. You and Ann said so, and you know it.",))
    assert list(people(document)) == ["Xiao", "Ming", "Jose", "Ann"]
    assert given("Dr. Aoife O'Brien") == "Aoife"


def test_what_users_choose_is_told_and_never_found() -> None:
    conclusion = concluded(CHECK, *(episode(number) for number in range(COUNT)))
    told = {"tom: words a document", "tom: evidence against order", "tom: events against order"}
    assert told <= {picture.title for picture in conclusion.pictures}
    assert not any(word in finding.where for finding in conclusion.findings for word in ("famil", "abilit", "order"))
    assert conclusion.figures["tom: lengths"]["questions a document"]["mean"] == 1


def test_every_task_measures_itself() -> None:
    """By the modules `measures`, on an episode of each."""
    for task, kinds in (("negotiation", (Bars,)), ("coordination", (Bars, Points))):
        conclusion = concluded(CHECK, *generated(task))
        own = [picture for picture in conclusion.pictures if picture.title.startswith(f"{task}: ")]
        assert all(any(isinstance(picture, kind) for picture in own) for kind in kinds)


@pytest.mark.parametrize(
    "item",
    [
        Item("q", "", (), (), {}),
        Item("q", "?", ("a",), ("b",), {}),
        Item("q", "?", ("", "", ""), ("",), {}),
        Item("q", "?" * 10_000, ("yes", "YES"), ("maybe",), {"kind": "<b>\0"}),
    ],
)
def test_hostile_rows(item: Item) -> None:
    documents = [Document(f"d{number}", "g", ("\ud800 \0 ",), (item,)) for number in range(3)]
    assert found(*documents) == []


@pytest.mark.parametrize(
    ("share", "label"),
    [(0, "0.0 to 0.1"), (0.95, "0.9 to 1.0"), (1e308, "0.9 to 1.0"), (-1e308, "(below 0)"), (0.3, "0.3 to 0.4")],
)
def test_tenths(share: float, label: str) -> None:
    assert tenth(share) == label


def test_facts_are_small_and_the_check_is_found() -> None:
    assert checks()["balance"] is CHECK
    fact = balance.fact(of_episode(episode()), DEFAULT)
    assert len(pickle.dumps(fact)) < 1000
