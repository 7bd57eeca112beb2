"""A knowledge graph of what inspectors found in England's children's services.

    import ofsted_kg
    kg = ofsted_kg.open()
    kg.ask("grade-history", authority="Camden").rows

Unofficial: neither Ofsted nor any council has made or endorsed it.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ofsted_kg.knowledge_graph import KnowledgeGraph

__version__ = "0.2.0"
__all__ = ["KnowledgeGraph", "__version__", "open"]


def open(endpoint: str | None = None) -> "KnowledgeGraph":
    """The knowledge graph, embedded or behind a SPARQL endpoint (`…/query`)."""
    from ofsted_kg.knowledge_graph import open_graph

    return open_graph(endpoint)


def __getattr__(name: str) -> Any:
    if name == "KnowledgeGraph":
        from ofsted_kg.knowledge_graph import KnowledgeGraph

        return KnowledgeGraph
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
