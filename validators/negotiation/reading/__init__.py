"""A reader of negotiations: from words alone to the setting, moves and queries.

`skeleton` finds names and numbers in a text, `deals` reads who gets what, `lexicon` and `rules` tell what else a
sentence says, and `moves`, `setting` and `questions` put it into the language of the world. Nothing here knows how any
generator writes.
"""
