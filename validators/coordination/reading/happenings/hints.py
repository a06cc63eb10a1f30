"""Which cards a hint is true of, which card was played or discarded, and which is drawn, its holder excepted."""

from collections.abc import Iterator

from madata.validators.coordination.games.hints import Hints, Table
from madata.validators.coordination.reading.happenings import Happening
from madata.validators.coordination.reading.phrases import LIST, PAIR, affirmed, phrase
from madata.validators.coordination.reading.skeleton import Sentence

TRUE_OF = phrase(rf"(?:true of|concerns|about|these are|points? to|applies to)(?: :)? {LIST}")
SHOWN = phrase(rf"it (?:is|was) @ : {PAIR}|it (?:is|was) {PAIR}")
DRAWS = phrase("@ (?:draws|takes|gets|picks up) (?:a card : )?@")
DRAWN = phrase(rf"(?:drawn|draws|new card|new)(?: is| was)?(?: :)? {PAIR}")


def of(game: Hints, time: int) -> Iterator[Happening]:
    world, run = game.world, game.record
    before, after = game.table(run, time), game.table(run, time + 1)
    agent = game.turn(time)
    card = {place: world.fact_names[fact] for fact, place in game.card.items()}
    value = {place: world.value_names[fact][world.truth[fact]] for fact, place in game.card.items()}
    everybody = tuple(world.agents)
    for gone in {*before.hands[agent]} - {*after.hands[agent]}:
        yield Happening("shown", (card[gone], card[gone], value[gone]), everybody)
    for drawn in {*after.hands[agent]} - {*before.hands[agent]}:
        yield Happening("draws", (world.names[agent], card[drawn]), everybody)
        others = tuple(each for each in world.agents if each != world.agents[agent])
        yield Happening("drawn", (card[drawn], value[drawn]), others)
    for index in run.during(time):
        action = run.events[index].action
        if action is not None and game.is_said(index):
            touched = hinted(game, before, action)
            yield Happening("true of", tuple(card[place] for place in touched), everybody)


def hinted(game: Hints, table: Table, action: int) -> list[int]:
    """The cards that have the colour or the rank of a hint."""
    other, about = divmod(action - 2 * game.hand, game.colours + game.ranks)
    values = ((place, divmod(game.deck[place], game.ranks)) for place in table.hands[other])
    return [place for place, (colour, rank) in values if about in (colour, game.colours + rank)]


def read(sentence: Sentence) -> tuple[str, tuple[str, ...]] | None:
    for what, form in (("true of", TRUE_OF), ("shown", SHOWN), ("draws", DRAWS), ("drawn", DRAWN)):
        if form.search(sentence.skeleton):
            affirmed(sentence.skeleton)
            return what, sentence.slots
    return None
