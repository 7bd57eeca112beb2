"""Inspection reports: a file in, plain data out, then the graphs of `data/reports`."""
