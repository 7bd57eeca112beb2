# A discrepancy may be about an assessment: okg:concernsJudgement becomes okg:isAbout.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>

# In the default graph
DELETE {
  ?difference okg:concernsJudgement ?subject .
}
INSERT {
  ?difference okg:isAbout ?subject .
}
WHERE {
  ?difference okg:concernsJudgement ?subject .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?difference okg:concernsJudgement ?subject .
  }
}
INSERT {
  GRAPH ?graph {
    ?difference okg:isAbout ?subject .
  }
}
WHERE {
  GRAPH ?graph {
    ?difference okg:concernsJudgement ?subject .
  }
}
