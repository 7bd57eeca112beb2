"""What other people's overviews of inspections say, as claims; writes `data/overviews`."""
