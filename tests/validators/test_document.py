"""An episode as a document: its names are known, and masked."""

from samples import episode

from madata.validators.corpus.document import of_episode


def test_names_and_numbers_are_masked() -> None:
    record = episode(0)
    document = of_episode(record)
    assert document.people == tuple(agent["name"] for agent in record["agents"])
    assert set(document.things) >= {entity["name"] for entity in record["world"]["entities"]} - set(document.people)
    assert all(name not in document.masked for name in document.people)
    assert document.mask(f"{document.people[0]} paid 1,200 for {document.things[0]}") == "Someone paid 0 for something"


def test_questions_are_items() -> None:
    record = episode(0)
    document = of_episode(record)
    assert [item.id for item in document.items] == [question["id"] for question in record["questions"]]
    assert document.items[0].labels["ability"] == record["questions"][0]["ability"]
