"""How a ToM episode is checked: one file a check; `stage` and `model_checker` are the world all of them derive from."""
