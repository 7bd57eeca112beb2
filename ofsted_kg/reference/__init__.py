"""The reference tables as `data/reference`."""
