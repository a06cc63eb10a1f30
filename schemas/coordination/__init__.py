"""The coordination language (docs/coordination.md): `language.py` is what all games share, `games/` the figures of
each, `world.py` all together."""
