# A claim's review is no assessment: okg:ClaimAssessment becomes okg:ClaimReview and
# okg:assesses becomes okg:reviews. IRIs of the reviews stay.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>

# In the default graph
DELETE {
  ?review a okg:ClaimAssessment .
}
INSERT {
  ?review a okg:ClaimReview .
}
WHERE {
  ?review a okg:ClaimAssessment .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?review a okg:ClaimAssessment .
  }
}
INSERT {
  GRAPH ?graph {
    ?review a okg:ClaimReview .
  }
}
WHERE {
  GRAPH ?graph {
    ?review a okg:ClaimAssessment .
  }
} ;

# In the default graph
DELETE {
  ?review okg:assesses ?claim .
}
INSERT {
  ?review okg:reviews ?claim .
}
WHERE {
  ?review okg:assesses ?claim .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?review okg:assesses ?claim .
  }
}
INSERT {
  GRAPH ?graph {
    ?review okg:reviews ?claim .
  }
}
WHERE {
  GRAPH ?graph {
    ?review okg:assesses ?claim .
  }
}
