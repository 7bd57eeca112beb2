# Authorities and places exist, frameworks and laws are in force: okg:inForceFrom and
# okg:inForceUntil on authorities and geographies become okg:existsFrom and okg:existsUntil.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>

# In the default graph
DELETE {
  ?thing okg:inForceFrom ?time .
}
INSERT {
  ?thing okg:existsFrom ?time .
}
WHERE {
  VALUES ?kind { okg:LocalAuthority okg:Geography }
  ?thing a ?kind ; okg:inForceFrom ?time .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?thing okg:inForceFrom ?time .
  }
}
INSERT {
  GRAPH ?graph {
    ?thing okg:existsFrom ?time .
  }
}
WHERE {
  GRAPH ?graph {
    VALUES ?kind { okg:LocalAuthority okg:Geography }
    ?thing a ?kind ; okg:inForceFrom ?time .
  }
} ;

# In the default graph
DELETE {
  ?thing okg:inForceUntil ?time .
}
INSERT {
  ?thing okg:existsUntil ?time .
}
WHERE {
  VALUES ?kind { okg:LocalAuthority okg:Geography }
  ?thing a ?kind ; okg:inForceUntil ?time .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?thing okg:inForceUntil ?time .
  }
}
INSERT {
  GRAPH ?graph {
    ?thing okg:existsUntil ?time .
  }
}
WHERE {
  GRAPH ?graph {
    VALUES ?kind { okg:LocalAuthority okg:Geography }
    ?thing a ?kind ; okg:inForceUntil ?time .
  }
}
