"""Probes that answer without reasoning, for the check `shortcuts`: what they see of an item, pick, and score."""
