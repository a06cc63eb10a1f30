"""A reader of scripted stories: from words alone to setting, events and queries.

`names` finds the names an episode has, `grammar` tells what the sentence around them says, by the forms of `lexicon`,
and `story` turns that into the language of the world. Nothing here knows how any generator writes.
"""
