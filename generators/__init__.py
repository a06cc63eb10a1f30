"""How an episode is made: one file a family."""
