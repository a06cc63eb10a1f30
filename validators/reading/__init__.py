"""A reader of scripted stories: from words alone to setting, events and queries.

`names` finds the names an episode has, `grammar` says what the sentence around them says, by the forms of `lexicon`, and
`story` keeps what has been told so far. Nothing here knows how any generator writes.
"""
