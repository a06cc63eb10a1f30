"""Bargains: deals and what they are worth, the table, scripted strategies, and what is true of what happened."""
