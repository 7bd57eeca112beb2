"""What pages of reports are made of: lines, blocks, lists, tables, covers; knows no RDF."""
