"""How a coordination episode is checked: one file a check, and `games/` with one file a game; `game` stands between."""
