"""Coordination: who knows what, who says and does what, and what comes of it, by docs/coordination.md."""
