"""One file a family of negotiations."""
