# No document prints a date by which action is due: okg:dueBy is given up, and what it said is
# dropped. Take note of it first, if your data has any.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>

# In the default graph
DELETE {
  ?recommendation okg:dueBy ?date .
}
WHERE {
  ?recommendation okg:dueBy ?date .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?recommendation okg:dueBy ?date .
  }
}
WHERE {
  GRAPH ?graph {
    ?recommendation okg:dueBy ?date .
  }
}
