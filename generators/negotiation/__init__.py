"""Negotiation: deals and their values, tables and strategies, answers, words, and the families."""
