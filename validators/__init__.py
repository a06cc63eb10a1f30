"""How an episode, and a corpus, is checked: one file a check."""
