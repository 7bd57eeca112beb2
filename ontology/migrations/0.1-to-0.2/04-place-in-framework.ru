# The order of areas in a framework gets a property of its own: okg:sequence on an area
# becomes okg:placeInFramework. On statements okg:sequence stays.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>

# In the default graph
DELETE {
  ?area okg:sequence ?place .
}
INSERT {
  ?area okg:placeInFramework ?place .
}
WHERE {
  ?area a okg:JudgementArea ; okg:sequence ?place .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?area okg:sequence ?place .
  }
}
INSERT {
  GRAPH ?graph {
    ?area okg:placeInFramework ?place .
  }
}
WHERE {
  GRAPH ?graph {
    ?area a okg:JudgementArea ; okg:sequence ?place .
  }
}
