"""Theory of Mind: worlds, belief tracking, questions, and how stories are told."""
