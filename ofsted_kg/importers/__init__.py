"""Importers of the reference tables and of Ofsted's data releases."""
