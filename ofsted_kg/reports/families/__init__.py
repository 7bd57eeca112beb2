"""One module for each family of reports; they know no RDF."""
