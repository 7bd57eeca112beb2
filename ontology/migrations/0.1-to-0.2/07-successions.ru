# Each judgement and the one before it become an okg:Succession of kind next, one for each
# authority that both concern. The months, the change and the comparability move from the
# later judgement to it.
#
# What cannot be moved: older data kept one judgement before for a judgement about two
# authorities. Where each has one of its own, rebuild the derived graphs.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>

# In the default graph
DELETE {
  ?later okg:followsJudgement ?earlier ;
    okg:monthsBetween ?months ;
    okg:hasChange ?change ;
    okg:hasComparability ?comparability .
}
INSERT {
  ?pair a okg:Succession ;
    dcterms:type <https://w3id.org/ofsted-kg/id/succession-kind/next> ;
    okg:concernsAuthority ?authority ;
    okg:fromJudgement ?earlier ;
    okg:toJudgement ?later ;
    okg:monthsBetween ?months ;
    okg:hasChange ?change ;
    okg:hasComparability ?comparability .
}
WHERE {
  ?later okg:followsJudgement ?earlier ;
    okg:hasChange ?change ;
    okg:hasComparability ?comparability .
  OPTIONAL { ?later okg:monthsBetween ?months }
  ?later okg:concernsAuthority ?authority .
  ?earlier okg:concernsAuthority ?authority .
  BIND(REPLACE(STR(?authority), "^.*/id/authority/", "") AS ?key)
  BIND(REPLACE(REPLACE(STR(?earlier), "^.*/id/assessment/", ""), "/judgement/", "/") AS ?from)
  BIND(REPLACE(REPLACE(STR(?later), "^.*/id/assessment/", ""), "/judgement/", "/") AS ?to)
  BIND(CONCAT("^", ?key, "/") AS ?own)
  BIND(IRI(CONCAT("https://w3id.org/ofsted-kg/id/succession/", ?key, "/", REPLACE(?from, ?own, ""), "/",
    REPLACE(?to, ?own, ""))) AS ?pair)
} ;

# In named graphs, where what was judged and what was computed stand apart
DELETE {
  GRAPH ?graph {
    ?later okg:followsJudgement ?earlier ;
      okg:monthsBetween ?months ;
      okg:hasChange ?change ;
      okg:hasComparability ?comparability .
  }
}
INSERT {
  GRAPH ?graph {
    ?pair a okg:Succession ;
      dcterms:type <https://w3id.org/ofsted-kg/id/succession-kind/next> ;
      okg:concernsAuthority ?authority ;
      okg:fromJudgement ?earlier ;
      okg:toJudgement ?later ;
      okg:monthsBetween ?months ;
      okg:hasChange ?change ;
      okg:hasComparability ?comparability .
  }
}
WHERE {
  GRAPH ?graph {
    ?later okg:followsJudgement ?earlier ;
      okg:hasChange ?change ;
      okg:hasComparability ?comparability .
    OPTIONAL { ?later okg:monthsBetween ?months }
  }
  GRAPH ?g1 { ?later okg:concernsAuthority ?authority }
  GRAPH ?g2 { ?earlier okg:concernsAuthority ?authority }
  BIND(REPLACE(STR(?authority), "^.*/id/authority/", "") AS ?key)
  BIND(REPLACE(REPLACE(STR(?earlier), "^.*/id/assessment/", ""), "/judgement/", "/") AS ?from)
  BIND(REPLACE(REPLACE(STR(?later), "^.*/id/assessment/", ""), "/judgement/", "/") AS ?to)
  BIND(CONCAT("^", ?key, "/") AS ?own)
  BIND(IRI(CONCAT("https://w3id.org/ofsted-kg/id/succession/", ?key, "/", REPLACE(?from, ?own, ""), "/",
    REPLACE(?to, ?own, ""))) AS ?pair)
}
