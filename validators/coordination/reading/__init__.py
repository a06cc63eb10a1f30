"""A reader of what coordination episodes say, by a grammar of its own: no sentence form is shared with the generator.

The language is generic, so nearly everything said is names of the record with small phrases around them. `skeleton.py`
finds the names; the phrases are read generously, the names and figures in them exactly.
"""
