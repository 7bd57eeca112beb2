"""Ofsted's releases of outcomes as `data/releases`."""
