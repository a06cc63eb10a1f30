"""One file a family: its game, its knobs, `build` and `FAMILY`."""
