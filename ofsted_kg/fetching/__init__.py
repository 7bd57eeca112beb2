"""Ofsted's own pages, reports and releases, fetched politely into a folder."""
