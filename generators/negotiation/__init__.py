"""Negotiation: worlds of bargains, commons and donor games, and what is true of them."""
