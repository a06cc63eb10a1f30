"""How models are measured on the data."""
