# A weakness has no strength: okg:hasStrength becomes okg:usesWord.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>

# In the default graph
DELETE {
  ?finding okg:hasStrength ?word .
}
INSERT {
  ?finding okg:usesWord ?word .
}
WHERE {
  ?finding okg:hasStrength ?word .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?finding okg:hasStrength ?word .
  }
}
INSERT {
  GRAPH ?graph {
    ?finding okg:usesWord ?word .
  }
}
WHERE {
  GRAPH ?graph {
    ?finding okg:hasStrength ?word .
  }
}
