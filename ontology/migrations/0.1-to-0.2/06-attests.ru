# dcterms:subject had five meanings. A passage that named the property it speaks of attests
# a kind of fact; one that named an area states that it was left unjudged; a visit's theme
# in words becomes okg:themeAsWritten. As the super-property of okg:hasTheme it stays.

PREFIX okg: <https://w3id.org/ofsted-kg/def#>
PREFIX dcterms: <http://purl.org/dc/terms/>

# In the default graph
DELETE {
  ?passage dcterms:subject ?property .
}
INSERT {
  ?passage okg:attests ?fact .
}
WHERE {
  VALUES (?property ?fact) {
    (okg:publishedOn <https://w3id.org/ofsted-kg/id/attested/publication-date>)
    (okg:fieldworkStart <https://w3id.org/ofsted-kg/id/attested/fieldwork-start>)
    (dcterms:type <https://w3id.org/ofsted-kg/id/attested/inspection-form>)
    (dcterms:subject <https://w3id.org/ofsted-kg/id/attested/visit-theme>)
  }
  ?passage a okg:Passage ; dcterms:subject ?property .
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?passage dcterms:subject ?property .
  }
}
INSERT {
  GRAPH ?graph {
    ?passage okg:attests ?fact .
  }
}
WHERE {
  GRAPH ?graph {
    VALUES (?property ?fact) {
      (okg:publishedOn <https://w3id.org/ofsted-kg/id/attested/publication-date>)
      (okg:fieldworkStart <https://w3id.org/ofsted-kg/id/attested/fieldwork-start>)
      (dcterms:type <https://w3id.org/ofsted-kg/id/attested/inspection-form>)
      (dcterms:subject <https://w3id.org/ofsted-kg/id/attested/visit-theme>)
    }
    ?passage a okg:Passage ; dcterms:subject ?property .
  }
} ;

# In the default graph
DELETE {
  ?passage dcterms:subject ?area .
}
INSERT {
  ?passage okg:statesUnjudged ?area .
}
WHERE {
  ?passage a okg:Passage ; dcterms:subject ?area .
  FILTER(STRSTARTS(STR(?area), "https://w3id.org/ofsted-kg/id/area/"))
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?passage dcterms:subject ?area .
  }
}
INSERT {
  GRAPH ?graph {
    ?passage okg:statesUnjudged ?area .
  }
}
WHERE {
  GRAPH ?graph {
    ?passage a okg:Passage ; dcterms:subject ?area .
    FILTER(STRSTARTS(STR(?area), "https://w3id.org/ofsted-kg/id/area/"))
  }
} ;

# In the default graph
DELETE {
  ?visit dcterms:subject ?theme .
}
INSERT {
  ?visit okg:themeAsWritten ?theme .
}
WHERE {
  ?visit a okg:Assessment ; dcterms:subject ?theme .
  FILTER(isLiteral(?theme))
} ;

# In named graphs
DELETE {
  GRAPH ?graph {
    ?visit dcterms:subject ?theme .
  }
}
INSERT {
  GRAPH ?graph {
    ?visit okg:themeAsWritten ?theme .
  }
}
WHERE {
  GRAPH ?graph {
    ?visit a okg:Assessment ; dcterms:subject ?theme .
    FILTER(isLiteral(?theme))
  }
}
