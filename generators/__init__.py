"""How an episode is made: one package a task, one file a family."""
