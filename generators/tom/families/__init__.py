"""What happens in a ToM story, and what is asked: one file a family."""
