"""How a negotiation is checked: one file a check, one file a game; `games` stands between the two."""
