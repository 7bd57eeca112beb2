"""From plain values to quads: passages of documents and readings of reports."""
