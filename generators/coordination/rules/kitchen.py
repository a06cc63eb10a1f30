"""Cooks who make a soup and serve it."""

from collections.abc import Iterator

from madata.generators.coordination.rules.moving import COLLISIONS, Moving
from madata.generators.coordination.wording import counted

PUT, TAKE, SERVE, DISH, INGREDIENT = 5, 6, 7, 8, 9


class Kitchen(Moving):
    gives_up = True

    def task(self) -> Iterator[str]:
        game, words = self.game, self.words
        recipe = words.fact[game.recipe]
        ingredients, squares, actions = words.values[recipe.scale], game.squares, self.world.actions
        portions = counted(game.portions, "portion")
        yield f"The team has to cook and serve the right soup: {portions}, all from the crate for {recipe.name}."
        yield f"Whoever does not know it, and is not told, takes it that {recipe.name} is {ingredients[0]}."
        yield from self.map("counter", game.counters)
        yield from COLLISIONS
        yield f"The pot is on {squares[game.pot]}."
        yield f"The dishes are on {squares[game.dishes]}."
        yield f"The window is on {squares[game.window]}."
        for ingredient, crate in zip(ingredients, game.crates, strict=True):
            yield f"The crate for {ingredient} is on {squares[crate]}."
        yield (
            "A cook holds one thing at most, and is next to a place on the squares north, south, east and west of it."
        )
        for ingredient, action in zip(ingredients, actions[INGREDIENT:], strict=True):
            yield f"To {action}: next to the crate for {ingredient}, holding nothing."
        yield (
            f"To {actions[PUT]}: next to the pot, holding an ingredient, as long as it has fewer than {portions} in it."
        )
        yield (
            f"When the last portion is in, the soup cooks, and {counted(game.cooking + 1, 'round')} after the round in "
            "which it was put in the soup is done."
        )
        yield f"To {actions[DISH]}: next to the dishes, holding nothing."
        yield f"To {actions[TAKE]}: next to the pot, holding a dish, when the soup is done; then the pot is empty."
        yield f"To {actions[SERVE]}: next to the window, holding the soup."
        yield (
            f"Whatever is done in a round besides moving is done in this order: {words.people(words.ids)}; if it is "
            "not possible any more by then, nothing comes of it."
        )
        yield "The team is done when the right soup is served; another one that is served is lost."


RULES = Kitchen
