"""Documents and reports as text with positions."""
