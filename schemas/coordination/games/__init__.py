"""What is at stake, one file a game: `GAME`, a record told apart by `kind`. What it means: docs/coordination.md."""
