"""Who puts a finished world into words."""
