"""Positions and digests of the hand-encoded documents as `data/passages`."""
