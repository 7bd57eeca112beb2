# Graphs have the names of the new files: what stood in views is split into opinions and
# derived, the claim's reviews have their new name, bodies stand with the reference data, the
# kinds of discrepancy with the other code lists, and views/derived is split into
# derived/due-dates and derived/grade-successions.
#
# What cannot be moved: counts and titles in the description of the dataset. Write it anew with
# ofsted-kg build.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>

# The head of the graph that is split, wherever it stands
DELETE {
  <https://w3id.org/ofsted-kg/graph/views/derived> a prov:Bundle ; dcterms:title ?title .
}
INSERT {
  <https://w3id.org/ofsted-kg/graph/derived/due-dates> a prov:Bundle ;
    dcterms:title "Days by which action is due, computed from the data"@en ;
    prov:wasAttributedTo ?agent .
  <https://w3id.org/ofsted-kg/graph/derived/grade-successions> a prov:Bundle ;
    dcterms:title "Successions of grades, computed from the data"@en ;
    prov:wasAttributedTo ?agent .
}
WHERE {
  <https://w3id.org/ofsted-kg/graph/views/derived> a prov:Bundle ; dcterms:title ?title ; prov:wasAttributedTo ?agent .
} ;

DELETE {
  GRAPH ?graph {
    <https://w3id.org/ofsted-kg/graph/views/derived> a prov:Bundle ; dcterms:title ?title ; prov:wasAttributedTo ?agent .
  }
}
INSERT {
  GRAPH <https://w3id.org/ofsted-kg/graph/derived/due-dates> {
    <https://w3id.org/ofsted-kg/graph/derived/due-dates> a prov:Bundle ;
      dcterms:title "Days by which action is due, computed from the data"@en ;
      prov:wasAttributedTo ?agent .
  }
  GRAPH <https://w3id.org/ofsted-kg/graph/derived/grade-successions> {
    <https://w3id.org/ofsted-kg/graph/derived/grade-successions> a prov:Bundle ;
      dcterms:title "Successions of grades, computed from the data"@en ;
      prov:wasAttributedTo ?agent .
  }
}
WHERE {
  GRAPH ?graph {
    <https://w3id.org/ofsted-kg/graph/views/derived> a prov:Bundle ; dcterms:title ?title ; prov:wasAttributedTo ?agent .
  }
} ;

DELETE { <https://w3id.org/ofsted-kg/graph/views/derived> ?property ?value }
WHERE { <https://w3id.org/ofsted-kg/graph/views/derived> ?property ?value } ;

DELETE { GRAPH <https://w3id.org/ofsted-kg/graph/views/derived> { ?recommendation okg:computedDueBy ?day } }
INSERT { GRAPH <https://w3id.org/ofsted-kg/graph/derived/due-dates> { ?recommendation okg:computedDueBy ?day } }
WHERE { GRAPH <https://w3id.org/ofsted-kg/graph/views/derived> { ?recommendation okg:computedDueBy ?day } } ;

# Graphs that have a new name: what stands in them
DELETE { GRAPH ?old { ?subject ?property ?value } }
INSERT { GRAPH ?new { ?subject ?property ?value } }
WHERE {
  VALUES (?old ?new) {
    (<https://w3id.org/ofsted-kg/graph/views/derived> <https://w3id.org/ofsted-kg/graph/derived/grade-successions>)
    (<https://w3id.org/ofsted-kg/graph/views/discrepancies> <https://w3id.org/ofsted-kg/graph/derived/discrepancies>)
    (<https://w3id.org/ofsted-kg/graph/views/dataset> <https://w3id.org/ofsted-kg/graph/derived/dataset>)
    (<https://w3id.org/ofsted-kg/graph/views/area-lines> <https://w3id.org/ofsted-kg/graph/opinions/area-lines>)
    (<https://w3id.org/ofsted-kg/graph/views/scale-correspondences> <https://w3id.org/ofsted-kg/graph/opinions/scale-correspondences>)
    (<https://w3id.org/ofsted-kg/graph/views/claim-assessments> <https://w3id.org/ofsted-kg/graph/opinions/claim-reviews>)
    (<https://w3id.org/ofsted-kg/graph/views/discrepancy-kinds> <https://w3id.org/ofsted-kg/graph/ontology/concepts>)
    (<https://w3id.org/ofsted-kg/graph/documents/bodies> <https://w3id.org/ofsted-kg/graph/reference/bodies>)
  }
  GRAPH ?old { ?subject ?property ?value }
} ;

# and what is said of them
DELETE { ?old ?property ?value }
INSERT { ?new ?property ?value }
WHERE {
  VALUES (?old ?new) { (<https://w3id.org/ofsted-kg/graph/views/discrepancies> <https://w3id.org/ofsted-kg/graph/derived/discrepancies>) }
  ?old ?property ?value .
} ;

DELETE { GRAPH ?graph { ?old ?property ?value } }
INSERT { GRAPH ?graph { ?new ?property ?value } }
WHERE {
  VALUES (?old ?new) { (<https://w3id.org/ofsted-kg/graph/views/discrepancies> <https://w3id.org/ofsted-kg/graph/derived/discrepancies>) }
  GRAPH ?graph { ?old ?property ?value }
}
