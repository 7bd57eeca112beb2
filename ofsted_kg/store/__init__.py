"""Where questions are asked: an embedded store built from the files, or an endpoint.

Every store answers `query(text, bindings)` with a pyoxigraph result.
"""

from ofsted_kg.store.protocol import PARAMETERS_MARK, Bindings, Result, Store, Term, bind, select

__all__ = [
    "PARAMETERS_MARK",
    "Bindings",
    "Result",
    "Store",
    "Term",
    "bind",
    "open_store",
    "select",
]


def open_store(endpoint: str | None = None) -> Store:
    """The endpoint if one is named, else the embedded store of the files at hand."""
    if endpoint is None:
        from ofsted_kg.store.cache import embedded_store

        return embedded_store()
    from ofsted_kg.store.remote import RemoteStore

    return RemoteStore(endpoint)
