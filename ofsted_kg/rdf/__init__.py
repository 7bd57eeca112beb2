"""Triples on the ground floor: terms, Turtle files, the files of the graph."""
