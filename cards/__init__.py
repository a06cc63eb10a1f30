"""How data is shown and handed on: one episode as text, and (later) splits, releases, exports and the viewer."""
