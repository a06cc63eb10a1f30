"""Cards that everybody sees but the one who holds them."""

from collections.abc import Iterator, Sequence

from madata.generators.coordination.rules import Rules, Told
from madata.generators.coordination.wording import counted
from madata.schemas.coordination.language import Act, Event


class Hints(Rules):
    speaks = False

    def rules(self) -> Iterator[str]:
        game, words = self.game, self.words
        values = words.values[words.fact[game.deck[0]].scale]
        yield "The team has to play cards onto piles, one a colour; all see the cards of others, but not their own."
        for place, colour in enumerate(game.colours):
            cards = values[place * game.ranks : (place + 1) * game.ranks]
            yield f"The pile of {colour} takes these cards in this order: {', '.join(cards)}."
        copies = "; ".join(f"{number}: {many}" for number, many in enumerate(game.copies, 1))
        yield f"Of each colour there are so many cards of each place in its pile, in all hands and the deck: {copies}."
        for agent, hand in self._dealt().items():
            yield f"{words.name[agent]} is dealt these, the first being the oldest: {words.things(hand)}."
        left = len(game.deck) - len(words.ids) * game.hand
        yield f"The deck has {counted(left, 'card')} more."
        yield f"Each round is the turn of one of them, in this order and then again: {words.people(self.world.order)}."
        yield "In a turn one plays a card, discards a card, or gives another a hint; nothing is said besides."
        yield "A card that is played goes onto its pile if it is the next of it; else it is a mistake and is discarded."
        yield "Whoever plays or discards a card shows it to all, and draws the next of the deck, if there is one."
        yield (
            "A hint tells another which of all cards in that hand have a colour, or have a rank, and is true of at "
            "least one."
        )
        yield (
            f"There are {counted(game.hints, 'hint')} at first: a hint given uses up one, and to discard a card gives "
            "one back as long as some are used up."
        )
        yield "Only whoever can do nothing else passes."
        last = "one more turn after that in which the last card was drawn" if left else "one turn"
        mistakes = counted(game.mistakes, "mistake")
        yield f"It is over when all piles are complete, with {mistakes}, or when everybody has had {last}."
        yield "The fewer cards are missing on the piles in the end, the better."

    def shown(self, events: Sequence[Event]) -> Told:
        """Which card it was and what is drawn, or of which cards a hint is true."""
        words, act = self.words, events[-1]
        if not isinstance(act, Act) or act.action == len(self.world.actions) - 1:
            return
        hands, drawn = self._hands(events[:-1])
        if act.action >= 2 * self.game.hand:
            yield words.ids, f"It is true of {words.things(self._touched(act.action, hands))}."
            return
        card = hands[act.agent][act.action % self.game.hand]
        yield words.ids, f"It is {words.fact[card].name}: {words.is_value(card)}."
        for new in self.game.deck[drawn : drawn + 1]:
            yield words.ids, f"{words.name[act.agent]} draws {words.fact[new].name}."
            yield [agent for agent in words.ids if agent != act.agent], f"Drawn: {words.is_value(new)}."

    def _dealt(self) -> dict[str, list[str]]:
        game = self.game
        return {agent: game.deck[k * game.hand : (k + 1) * game.hand] for k, agent in enumerate(self.words.ids)}

    def _hands(self, events: Sequence[Event]) -> tuple[dict[str, list[str]], int]:
        """Who holds which cards after the events, and how many the deck has given."""
        game, hands = self.game, self._dealt()
        drawn = len(hands) * game.hand
        for event in events:
            if isinstance(event, Act) and event.action < 2 * game.hand:
                del hands[event.agent][event.action % game.hand]
                hands[event.agent] += game.deck[drawn : drawn + 1]
                drawn += 1
        return hands, drawn

    def _touched(self, action: int, hands: dict[str, list[str]]) -> list[str]:
        game = self.game
        colours = len(game.colours)
        holder, told = divmod(action - 2 * game.hand, colours + game.ranks)
        shown = {card: divmod(self.words.fact[card].value, game.ranks) for card in hands[self.words.ids[holder]]}
        return [card for card, (colour, rank) in shown.items() if told in (colour, colours + rank)]


RULES = Hints
