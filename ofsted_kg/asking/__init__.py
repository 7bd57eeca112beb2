"""Questions, their parameters and answers."""
