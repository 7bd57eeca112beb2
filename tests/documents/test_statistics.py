"""Figures that the encoded documents quote, as read from the documents by hand."""

from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from ofsted_kg.texts.passages import TextDocument
from tests.conftest import ROOT

OKG = Namespace("https://w3id.org/ofsted-kg/def#")
ID = Namespace("https://w3id.org/ofsted-kg/id/")

NEWS = "camden-council-news-2010"
THIRD_PARTY = "third-party-news-camden-2017"
LETTER = "camden-annual-rating-2009"
REPORT = "camden-slac-2012"
LEADER = "kensington-and-chelsea-leader-news-2016"

# Every figure of each document as printed: sentence, then its figures in reading order.
PRINTED: dict[str, dict[str, list[str]]] = {
    NEWS: {
        "b2.1": ["only ten"],
        "b4.1": ["ten"],
        "b5.1": ["only nine"],
        "b12.2": ["15.8%", "just 10.9%"],
    },
    THIRD_PARTY: {},
    # Counts first, then what is said of none or of all.
    LETTER: {
        "b23.2": ["four", "nine", "no"],
        "b23.3": ["six", "three", "all of the six", "the three pupil referral units"],
    },
    REPORT: {
        "1.2": ["four", "one"],
        "2.2": ["46", "20"],
        "2.4": ["60"],
        "4.1": ["approximately 41,800", "18%"],
        "4.2": ["75%", "22.5%"],
        "4.3": ["Approximately 17%", "15%", "10%", "15%"],
        "4.4": ["About 55%"],
        "6.1": ["61", "one", "41", "32", "three", "nine", "six", "three", "one"],
        "6.2": ["12", "about 180", "over 70"],
        "9.1": ["four", "one", "one", "four"],
        "9.6": ["249"],
        "10.1": ["267"],
        "10.2": ["63", "136", "68"],
        "11.1": ["233"],
        "11.2": ["95"],
        "12.1": ["no"],
        "12.2": ["one"],
        "14.2": ["no"],
        "15.1": ["In excess of 60"],
        "24.6": ["two"],
        "25.4": ["no"],
        "28.3": ["every three years"],
        "29.5": ["three months"],
        "31.3": ["All"],
        "33.7": ["Over 30"],
        "45.5": ["80%"],
        "48.5": ["three", "10"],
        "67.2": ["five year"],
        "67.4": ["three"],
        "67.6": ["All"],
        "69.7": ["two"],
        "79.4": ["no"],
        "84.7": ["all"],
        "97.6": ["nine", "15"],
        "98.3": ["All"],
        "100.5": ["Eighty per cent"],
        "102.7": ["no"],
        "103.2": ["all"],
        "104.2": ["£40 a month"],
        "104.6": ["some 80"],
        "111.2": ["49"],
        "112.7": ["no"],
        "120.5": ["five year"],
        "120.8": ["nine", "33"],
        "121.2": ["30", "three", "over 320"],
        "121.3": ["no longer"],
        "124.1": ["half"],
    },
    LEADER: {"b7.4": ["three quarters"], "b7.5": ["Three quarters"]},
}

# Document, figure, value, unit, measure, words that say who or what is counted.
READ = [
    (NEWS, "b2.1-1", "10", "councils", "councils-performing-excellently", "Camden among"),
    (NEWS, "b5.1-1", "9", "councils", "other-councils-performing-excellently", "besides"),
    (NEWS, "b12.2-1", "15.8", "per-cent", "looked-after-children-absent-over-25-days", "2008"),
    (NEWS, "b12.2-2", "10.9", "per-cent", "looked-after-children-absent-over-25-days", "2009"),
    (LETTER, "b23.2-1", "4", "schools", "secondary-schools-good-or-better", "good or better"),
    (LETTER, "b23.2-2", "9", "schools", "secondary-schools", "all secondary"),
    (LETTER, "b23.3-1", "6", "schools", "special-schools", "all special"),
    (LETTER, "b23.3-2", "3", "schools", "pupil-referral-units", "referral units"),
    (REPORT, "1.2-1", "4", "inspectors", "ofsted-inspectors-on-team", "Ofsted (HMI)"),
    (REPORT, "1.2-2", "1", "inspectors", "cqc-inspectors-on-team", "Care Quality Commission"),
    (
        REPORT,
        "2.2-1",
        "46",
        "children-and-young-people",
        "children-met-by-inspectors",
        "young people",
    ),
    (REPORT, "2.2-2", "20", "people", "parents-and-carers-met-by-inspectors", "carers"),
    (REPORT, "2.4-1", "60", "cases", "case-files-reviewed", "range of needs"),
    (
        REPORT,
        "4.1-1",
        "41800",
        "children-and-young-people",
        "residents-aged-0-to-18",
        "aged 0 to 18",
    ),
    (REPORT, "4.1-2", "18", "per-cent", "share-of-residents-aged-0-to-18", "all residents"),
    (REPORT, "4.2-1", "75", "per-cent", "pupils-not-white-british", "in Camden"),
    (REPORT, "4.2-2", "22.5", "per-cent", "pupils-not-white-british", "in England"),
    (REPORT, "4.3-4", "15", "per-cent", "pupils-bangladeshi", "in Camden"),
    (REPORT, "6.1-2", "1", "schools", "nursery-schools", "also serves as a children's centre"),
    (REPORT, "6.1-4", "32", "schools", "primary-schools-with-nurseries", "of the 41 primary"),
    (REPORT, "6.1-5", "3", "schools", "primary-schools-with-childrens-centres", "of the 41"),
    (REPORT, "6.2-2", "180", "providers", "childminders", "childminders in Camden"),
    (REPORT, "9.1-1", "4", "teams", "duty-and-assessment-teams", "two of them at hospitals"),
    (REPORT, "9.1-2", "1", "teams", "duty-teams-at-royal-free", "Royal Free"),
    (REPORT, "9.1-3", "1", "teams", "duty-teams-at-uclh", "University College"),
    (REPORT, "9.6-1", "249", "children", "child-protection-plans", "child protection plan"),
    (REPORT, "10.1-1", "267", "children", "looked-after-children", "looked after children"),
    (REPORT, "11.1-1", "233", "care-leavers", "care-leavers", "care leavers"),
    (REPORT, "11.2-1", "95", "households", "fostering-households", "foster for Camden"),
    (REPORT, "15.1-1", "60", "providers", "voluntary-and-community-organisations", "voluntary"),
    (REPORT, "28.3-1", "3", "years", "elected-member-vetting-interval", "elected members"),
    (REPORT, "29.5-1", "3", "months", "complaint-case-open-period", "completed complaints"),
    (REPORT, "33.7-1", "30", "families", "families-supported-a-year", "each year"),
    (REPORT, "45.5-1", "80", "per-cent", "target-health-staff-safeguarding-training", "target"),
    (REPORT, "48.5-1", "3", "cases", "emergency-cases-without-plan-check", "of ten cases"),
    (REPORT, "48.5-2", "10", "cases", "emergency-cases-viewed", "accident and emergency"),
    (REPORT, "69.7-1", "2", "items", "family-group-conference-dvds", "besides a leaflet"),
    (
        REPORT,
        "97.6-1",
        "9",
        "children-and-young-people",
        "survey-no-placement-choice",
        "of 15 children",
    ),
    (
        REPORT,
        "97.6-2",
        "15",
        "children-and-young-people",
        "survey-placement-choice-answers",
        "survey",
    ),
    (REPORT, "100.5-1", "80", "per-cent", "looked-after-children-in-good-schools", "looked after"),
    (REPORT, "104.2-1", "40", "pounds-a-month", "leisure-card-allowance", "leisure"),
    (REPORT, "111.2-1", "49", "young-people", "young-people-at-university", "at university"),
    (REPORT, "120.8-1", "9", "young-people", "young-people-in-tier-4-provision", "after"),
    (REPORT, "120.8-2", "33", "young-people", "young-people-in-tier-4-provision", "before"),
    (REPORT, "121.2-1", "30", "places", "care-leaver-supported-places", "care leavers"),
    (REPORT, "121.2-3", "320", "places", "supported-accommodation-places", "pathway"),
    (REPORT, "25.4-1", "0", "children", "permanent-exclusions-from-primary-schools", "primary"),
    (REPORT, "98.3-1", "1", "fraction", "looked-after-children-in-adequate-provision", "outside"),
    (REPORT, "112.7-1", "0", "places", "supported-lodgings", "lodging"),
    (LETTER, "b23.2-3", "0", "schools", "inadequate-secondary-schools", "of nine"),
    (REPORT, "124.1-1", "0.5", "fraction", "mediated-returns-home", "family conflict"),
    (LEADER, "b7.4-1", "0.75", "fraction", "care-leavers-in-eet", "leaving"),
    (LEADER, "b7.5-1", "0.75", "fraction", "looked-after-children-in-stable-placements", "care"),
]

QUALIFIED = {
    "4.1-1": "approximately",
    "4.3-1": "approximately",
    # One word stands before the whole list of shares.
    "4.3-2": "approximately",
    "4.3-3": "approximately",
    "4.3-4": "approximately",
    "4.4-1": "about",
    "6.2-2": "about",
    "6.2-3": "over",
    "15.1-1": "in excess of",
    "33.7-1": "over",
    "104.6-1": "some",
    "121.2-3": "over",
}


def _parse(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """Statistics of all documents, with measures and units."""
    return _parse(
        *sorted((ROOT / "data/documents").glob("*/statistics.ttl")),
        ROOT / "ontology/measures.ttl",
        ROOT / "ontology/concepts.ttl",
    )


def _statistic(document: str, key: str) -> URIRef:
    return ID[f"statistic/{document}/{key}"]


def _statistics(graph: Graph) -> list[Node]:
    return list(graph.subjects(RDF.type, OKG.QuotedStatistic))


def _number(graph: Graph, statistic: Node) -> Decimal:
    return Decimal(str(graph.value(statistic, OKG.numericValue)))


@pytest.mark.parametrize(("document", "figures"), PRINTED.items())
def test_every_printed_figure_is_there_in_reading_order(
    graph: Graph, document: str, figures: dict[str, list[str]]
) -> None:
    expected = {
        (str(_statistic(document, f"{sentence}-{place}")), words)
        for sentence, printed in figures.items()
        for place, words in enumerate(printed, start=1)
    }
    prefix = str(ID[f"statistic/{document}/"])
    found = {
        (str(statistic), str(words))
        for statistic in _statistics(graph)
        if str(statistic).startswith(prefix)
        for words in graph.objects(statistic, OKG.asWritten)
    }
    assert found == expected


@pytest.mark.parametrize(("document", "key", "value", "unit", "measure", "counted"), READ)
def test_figure_has_value_unit_measure_and_population(
    graph: Graph, document: str, key: str, value: str, unit: str, measure: str, counted: str
) -> None:
    statistic = _statistic(document, key)
    assert _number(graph, statistic) == Decimal(value)
    assert graph.value(statistic, OKG.hasUnit) == ID[f"unit/{unit}"]
    assert graph.value(statistic, OKG.quantifies) == ID[f"measure/{measure}"]
    assert counted in str(graph.value(statistic, OKG.population))


@pytest.mark.parametrize(
    ("total", "value", "parts"),
    [
        ("10.1-1", 267, {"10.2-1": 63, "10.2-2": 136, "10.2-3": 68}),
        ("6.1-1", 61, {"6.1-2": 1, "6.1-3": 41, "6.1-6": 9, "6.1-7": 6, "6.1-8": 3, "6.1-9": 1}),
    ],
)
def test_sub_counts_make_up_their_total(
    graph: Graph, total: str, value: int, parts: dict[str, int]
) -> None:
    node = _statistic(REPORT, total)
    found = {part: _number(graph, part) for part in graph.subjects(OKG.isPartOfTotal, node)}
    assert found == {_statistic(REPORT, key): count for key, count in parts.items()}
    assert sum(found.values()) == _number(graph, node) == value


def test_only_the_two_partitions_are_recorded_as_such(graph: Graph) -> None:
    totals = set(graph.objects(None, OKG.isPartOfTotal))
    assert totals == {_statistic(REPORT, "10.1-1"), _statistic(REPORT, "6.1-1")}


def test_only_the_figure_for_england_names_no_authority(graph: Graph) -> None:
    without = [s for s in _statistics(graph) if (s, OKG.concernsAuthority, None) not in graph]
    assert without == [_statistic(REPORT, "4.2-2")]
    leader = {
        graph.value(_statistic(LEADER, key), OKG.concernsAuthority) for key in ("b7.4-1", "b7.5-1")
    }
    assert leader == {ID["authority/KEC"]}


def test_qualified_figures_and_no_others_are_approximate(graph: Graph) -> None:
    found = {
        s: str(graph.value(s, OKG.qualifier))
        for s in _statistics(graph)
        if str(graph.value(s, OKG.isApproximate)) == "true"
    }
    assert found == {_statistic(REPORT, key): words for key, words in QUALIFIED.items()}
    assert set(graph.subjects(OKG.qualifier, None)) == set(found)


@pytest.mark.parametrize(
    ("document", "key", "as_at", "written"),
    [
        (NEWS, "b12.2-1", "2008-06", "June 2008"),
        (NEWS, "b12.2-2", "2009-06", "June of 2009"),
        (REPORT, "4.2-1", "2011", "In 2011"),
        (REPORT, "9.6-1", "2012", "At the time of the inspection"),
        (REPORT, "111.2-1", "2012", "at the time of the inspection"),
        (REPORT, "121.2-1", "2007", "in 2007"),
        (REPORT, "121.2-3", "2012", "now"),
        (REPORT, "10.2-1", "2012", "At the time of the inspection"),
        (REPORT, "33.7-1", "2012", "over the last three years"),
        (REPORT, "112.7-1", "2012", "currently"),
    ],
)
def test_time_is_given_where_the_document_gives_one(
    graph: Graph, document: str, key: str, as_at: str, written: str
) -> None:
    statistic = _statistic(document, key)
    assert str(graph.value(statistic, OKG.asAt)) == as_at
    assert str(graph.value(statistic, OKG.asAtWritten)) == written
    assert graph.value(statistic, OKG.takesTimeFrom) == ID["time-basis/printed"]


@pytest.mark.parametrize(
    ("document", "key", "as_at", "basis"),
    [
        (REPORT, "4.1-1", "2012", "assessment"),
        (REPORT, "4.3-1", "2012", "assessment"),
        (REPORT, "11.1-1", "2012", "assessment"),
        (REPORT, "97.6-1", "2012", "assessment"),
        (LETTER, "b23.2-1", "2009", "assessment"),
        (LEADER, "b7.4-1", "2016", "assessment"),
        (REPORT, "120.8-2", "None", "earlier"),
    ],
)
def test_a_time_that_is_not_printed_says_so(
    graph: Graph, document: str, key: str, as_at: str, basis: str
) -> None:
    statistic = _statistic(document, key)
    assert str(graph.value(statistic, OKG.asAt)) == as_at
    assert graph.value(statistic, OKG.asAtWritten) is None
    assert graph.value(statistic, OKG.takesTimeFrom) == ID[f"time-basis/{basis}"]


def test_every_figure_says_how_its_time_is_known(graph: Graph) -> None:
    assert all((s, OKG.takesTimeFrom, None) in graph for s in _statistics(graph))


def test_numbers_that_are_only_a_limit(graph: Graph) -> None:
    """Over 70, in excess of 60, over 30 a year, over 320: at least so many."""
    bounds = set(graph.subject_objects(OKG.hasBound))
    limits = ("6.2-3", "15.1-1", "33.7-1", "121.2-3")
    assert bounds == {(_statistic(REPORT, key), ID["bound/at-least"]) for key in limits}


def test_counts_are_linked_to_what_they_were_counted_among(graph: Graph) -> None:
    """32 and three of 41 schools, one and one of four teams, three of ten cases, nine of 15."""
    among = {
        (REPORT, "6.1-4"): "6.1-3",
        (REPORT, "6.1-5"): "6.1-3",
        (REPORT, "9.1-2"): "9.1-1",
        (REPORT, "9.1-3"): "9.1-1",
        (REPORT, "48.5-1"): "48.5-2",
        (REPORT, "97.6-1"): "97.6-2",
        (LETTER, "b23.2-1"): "b23.2-2",
        (LETTER, "b23.2-3"): "b23.2-2",
        (LETTER, "b23.3-3"): "b23.3-1",
        (LETTER, "b23.3-4"): "b23.3-2",
    }
    assert set(graph.subject_objects(OKG.isOutOf)) == {
        (_statistic(document, part), _statistic(document, whole))
        for (document, part), whole in among.items()
    }


@pytest.mark.parametrize(
    ("measure", "values"),
    [
        ("secondary-schools", {"2009": 9, "2012": 9}),
        ("special-schools", {"2009": 6, "2012": 6}),
        ("pupil-referral-units", {"2009": 3, "2012": 3}),
        ("looked-after-children-absent-over-25-days", {"2008-06": 15.8, "2009-06": 10.9}),
        # 30 places were for care leavers, 320 are for young people: no one history.
        ("supported-accommodation-places", {"2012": 320}),
        ("care-leaver-supported-places", {"2007": 30}),
    ],
)
def test_one_measure_has_values_at_several_times(
    graph: Graph, measure: str, values: dict[str, float]
) -> None:
    found = {
        str(graph.value(s, OKG.asAt)): float(_number(graph, s))
        for s in graph.subjects(OKG.quantifies, ID[f"measure/{measure}"])
    }
    assert found == values


def test_measures_are_defined_used_and_keep_their_unit(graph: Graph) -> None:
    measures = set(graph.subjects(RDF.type, OKG.Measure))
    assert set(graph.objects(None, OKG.quantifies)) == measures
    for measure in measures:
        assert (measure, SKOS.inScheme, ID.measures) in graph
        assert len(list(graph.objects(measure, SKOS.prefLabel))) == 1
        assert len(list(graph.objects(measure, SKOS.definition))) == 1
        units = {graph.value(s, OKG.hasUnit) for s in graph.subjects(OKG.quantifies, measure)}
        assert all((unit, SKOS.inScheme, ID.unit) in graph for unit in units)
        assert graph.value(measure, OKG.hasUnit) in {None, *units}
        assert len(units) == 1


def test_each_passage_holds_the_printed_figure(
    graph: Graph, texts: dict[str, TextDocument]
) -> None:
    for statistic in _statistics(graph):
        document, key = str(statistic).rsplit("/", 2)[1:]
        passages = list(graph.objects(statistic, OKG.isStatedIn))
        assert len(passages) == 1
        for passage in [*passages, *graph.objects(statistic, OKG.isRepeatedIn)]:
            words = texts[document].words(str(passage).rsplit("/", 1)[1])
            assert str(graph.value(statistic, OKG.asWritten)) in words
            if (statistic, OKG.readingNote, None) not in graph:
                assert str(graph.value(statistic, OKG.qualifier) or "") in words.lower()
        sentence = key.rsplit("-", 1)[0]
        assert str(passages[0]).rsplit("/", 1)[1].startswith(f"{sentence}.")
        written = str(graph.value(statistic, OKG.asAtWritten) or "")
        # A note says where the words stand that a sentence takes over from the one before.
        place = sentence.split(".")[0] if (statistic, OKG.readingNote, None) in graph else sentence
        assert written in texts[document].words(place)
