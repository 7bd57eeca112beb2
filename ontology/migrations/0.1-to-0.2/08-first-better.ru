# The first judgement of a spell of one grade and the first better one after it become an
# okg:Succession of kind first-better, one for each authority that both concern and for which
# the spell begins there; where it is also the next judgement, the one node has both kinds. Older
# data did not say how far the two grades compare: that follows from the scales and from the
# correspondences on record. To be run after 07-successions.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

# In the default graph
DELETE {
  ?first okg:isImprovedBy ?better ;
    okg:monthsToImprove ?months .
}
INSERT {
  ?pair a okg:Succession ;
    dcterms:type <https://w3id.org/ofsted-kg/id/succession-kind/first-better> ;
    okg:concernsAuthority ?authority ;
    okg:fromJudgement ?first ;
    okg:toJudgement ?better ;
    okg:monthsBetween ?months ;
    okg:hasChange <https://w3id.org/ofsted-kg/id/change/better> ;
    okg:hasComparability ?comparability .
}
WHERE {
  ?first okg:isImprovedBy ?better ; okg:concernsAuthority ?authority ; okg:hasGrade ?lower .
  ?better okg:concernsAuthority ?authority ; okg:hasGrade ?higher .
  ?lower skos:inScheme ?from_scale ; skos:prefLabel ?word ; okg:rank ?rank .
  ?higher skos:inScheme ?to_scale .
  OPTIONAL { ?first okg:monthsToImprove ?months }
  FILTER NOT EXISTS {
    ?before okg:toJudgement ?first ; okg:concernsAuthority ?authority ; okg:hasChange <https://w3id.org/ofsted-kg/id/change/same> .
  }
  OPTIONAL { ?direct okg:fromGrade ?lower ; okg:toGrade ?higher ; okg:hasComparability ?stated }
  OPTIONAL {
    ?like skos:inScheme ?to_scale ; skos:prefLabel ?word .
    ?worded okg:fromGrade ?lower ; okg:toGrade ?like ; okg:hasComparability ?by_word .
  }
  OPTIONAL {
    ?level skos:inScheme ?to_scale ; okg:rank ?rank .
    ?ranked okg:fromGrade ?lower ; okg:toGrade ?level ; okg:hasComparability ?by_rank .
    FILTER NOT EXISTS { ?other skos:inScheme ?to_scale ; skos:prefLabel ?word }
  }
  BIND(IF(?from_scale = ?to_scale, <https://w3id.org/ofsted-kg/id/comparability/same-scale>,
    COALESCE(?stated, ?by_word, ?by_rank, <https://w3id.org/ofsted-kg/id/comparability/unknown>))
    AS ?comparability)
  BIND(REPLACE(STR(?authority), "^.*/id/authority/", "") AS ?key)
  BIND(REPLACE(REPLACE(STR(?first), "^.*/id/assessment/", ""), "/judgement/", "/") AS ?from)
  BIND(REPLACE(REPLACE(STR(?better), "^.*/id/assessment/", ""), "/judgement/", "/") AS ?to)
  BIND(CONCAT("^", ?key, "/") AS ?own)
  BIND(IRI(CONCAT("https://w3id.org/ofsted-kg/id/succession/", ?key, "/", REPLACE(?from, ?own, ""), "/",
    REPLACE(?to, ?own, ""))) AS ?pair)
} ;

# In named graphs, where what was judged and what was computed stand apart
DELETE {
  GRAPH ?graph {
    ?first okg:isImprovedBy ?better ;
      okg:monthsToImprove ?months .
  }
}
INSERT {
  GRAPH ?graph {
    ?pair a okg:Succession ;
      dcterms:type <https://w3id.org/ofsted-kg/id/succession-kind/first-better> ;
      okg:concernsAuthority ?authority ;
      okg:fromJudgement ?first ;
      okg:toJudgement ?better ;
      okg:monthsBetween ?months ;
      okg:hasChange <https://w3id.org/ofsted-kg/id/change/better> ;
      okg:hasComparability ?comparability .
  }
}
WHERE {
  GRAPH ?graph {
    ?first okg:isImprovedBy ?better .
    OPTIONAL { ?first okg:monthsToImprove ?months }
  }
  GRAPH ?g1 { ?first okg:concernsAuthority ?authority }
  GRAPH ?g2 { ?better okg:concernsAuthority ?authority }
  GRAPH ?g3 { ?first okg:hasGrade ?lower }
  GRAPH ?g4 { ?better okg:hasGrade ?higher }
  GRAPH ?g5 { ?lower skos:inScheme ?from_scale ; skos:prefLabel ?word ; okg:rank ?rank }
  GRAPH ?g6 { ?higher skos:inScheme ?to_scale }
  FILTER NOT EXISTS {
    GRAPH ?g7 {
      ?before okg:toJudgement ?first ; okg:concernsAuthority ?authority ; okg:hasChange <https://w3id.org/ofsted-kg/id/change/same> .
    }
  }
  OPTIONAL {
    GRAPH ?g8 { ?direct okg:fromGrade ?lower ; okg:toGrade ?higher ; okg:hasComparability ?stated }
  }
  OPTIONAL {
    GRAPH ?g9 { ?like skos:inScheme ?to_scale ; skos:prefLabel ?word }
    GRAPH ?g10 { ?worded okg:fromGrade ?lower ; okg:toGrade ?like ; okg:hasComparability ?by_word }
  }
  OPTIONAL {
    GRAPH ?g11 { ?level skos:inScheme ?to_scale ; okg:rank ?rank }
    GRAPH ?g12 { ?ranked okg:fromGrade ?lower ; okg:toGrade ?level ; okg:hasComparability ?by_rank }
    FILTER NOT EXISTS { GRAPH ?g13 { ?other skos:inScheme ?to_scale ; skos:prefLabel ?word } }
  }
  BIND(IF(?from_scale = ?to_scale, <https://w3id.org/ofsted-kg/id/comparability/same-scale>,
    COALESCE(?stated, ?by_word, ?by_rank, <https://w3id.org/ofsted-kg/id/comparability/unknown>))
    AS ?comparability)
  BIND(REPLACE(STR(?authority), "^.*/id/authority/", "") AS ?key)
  BIND(REPLACE(REPLACE(STR(?first), "^.*/id/assessment/", ""), "/judgement/", "/") AS ?from)
  BIND(REPLACE(REPLACE(STR(?better), "^.*/id/assessment/", ""), "/judgement/", "/") AS ?to)
  BIND(CONCAT("^", ?key, "/") AS ?own)
  BIND(IRI(CONCAT("https://w3id.org/ofsted-kg/id/succession/", ?key, "/", REPLACE(?from, ?own, ""), "/",
    REPLACE(?to, ?own, ""))) AS ?pair)
}
