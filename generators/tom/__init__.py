"""Theory of Mind: worlds, belief tracking, and one file a family."""
