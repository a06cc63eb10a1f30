"""Exact repeats are named; repeated structures are counted, and found above the declared rate."""

from corpora import concluded as concluded_by
from samples import EpisodeJson, episode, seal

from madata.schemas import episode_id
from madata.validators import identity
from madata.validators.check import Conclusion
from madata.validators.duplicates import CHECK, MINIMUM


def concluded(*records: EpisodeJson) -> Conclusion:
    return concluded_by(CHECK, *records)


def distinct(number: int, structure: int) -> EpisodeJson:
    return seal(episode(number) | {"structure": f"{structure:016x}"})


def test_different_episodes_are_left_alone() -> None:
    conclusion = concluded(*(distinct(number, number) for number in range(MINIMUM + 1)))
    assert conclusion.findings == []
    assert conclusion.figures["repeated structures"]["location"]["repeated"] == 0


def test_the_same_episode_twice() -> None:
    (finding,) = concluded(episode(1), episode(2), episode(1)).findings
    assert (finding.episode, finding.where, finding.found) == (episode(1)["id"], "id", "2 episodes")


def test_the_same_words_under_another_id() -> None:
    again = seal(episode(1) | {"seed": "another"})
    (finding,) = concluded(episode(1), episode(2), again).findings
    assert finding.episode == again["id"]
    assert finding.found == f"the same words in {episode(1)['id']}"


def test_structures_above_the_declared_rate() -> None:
    records = [distinct(number, number % 150) for number in range(MINIMUM)]
    (finding,) = concluded(*records).findings
    assert finding.episode == "family location"
    assert finding.found == "25.0%: 150 structures in 200 episodes"
    assert concluded(*records[1:]).findings == []


def test_a_foreign_set_promised_no_rate() -> None:
    source = {"name": "Hi-ToM", "item": "1", "licence": "Apache-2.0", "allowed_use": "evaluation", "text": "t"}
    records = [distinct(number, 0) for number in range(MINIMUM)]
    conclusion = concluded(*(record | {"provenance": record["provenance"] | {"source": source}} for record in records))
    assert conclusion.findings == []
    assert conclusion.figures["repeated structures"]["Hi-ToM"]["structures"] == 1


def test_an_edited_episode_no_longer_has_its_id() -> None:
    record = episode()
    assert list(identity.judge(record)) == []
    record["questions"][0]["answer"] = ["chest"]
    (finding,) = identity.judge(record)
    assert finding.expected.startswith(episode_id(record))
