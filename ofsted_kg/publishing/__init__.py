"""The graph for others: exports, its description, and pushing it to a triplestore."""
