"""Source documents: their text, its paragraphs and sentences. Knows no RDF."""
