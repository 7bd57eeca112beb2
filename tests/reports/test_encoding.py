"""Reports as read become the same nodes and shapes as the hand-encoded documents."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ofsted_kg.errors import SourceError
from ofsted_kg.identity.assessments import KnownAssessment
from ofsted_kg.rdf.terms import DATA, iri, term
from ofsted_kg.reports.context import ReportContext, identify
from ofsted_kg.reports.document import report_turtle
from ofsted_kg.reports.encoding import ReportEncoder
from ofsted_kg.reports.reading import read_report
from ofsted_kg.reports.report import (
    Cover,
    Found,
    Report,
    ReportJudgement,
    ReportParagraph,
    ReportRecommendation,
    ReportSubItem,
)
from ofsted_kg.texts.lines import plain_text
from tests.conftest import ROOT

# Made-up words in the layout of a single inspection of 2014.
COVER = "Town Council\nInspection date: 14 January 2014 to 5 February 2014\n"
PRIORITY = "1. Answer the bell at night."
ITEM = "2. Give every child a life story book, and:\n- a lamp\n- a map."
BOARD_ITEM = "3. Publish the dataset that the tide-watchers keep."
PARAGRAPH = "4. Lamps were lit on every visit."
INSPECTOR = "Lead inspector: Zoë O’Quill HMI"
BODY = "\n".join([PRIORITY, ITEM, BOARD_ITEM, PARAGRAPH])
TEXT = f"{COVER}Adoption performance Good\nBoard good\n\f{BODY}\n\f{INSPECTOR}\n"


def place(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def judged(key: str, grade: str, printed: str, words: str) -> ReportJudgement:
    return ReportJudgement(key, key, grade, printed, 1, *place(words))


def days(*windows: tuple[date, date]) -> Found[tuple[tuple[date, date], ...]]:
    return Found(windows, *place("Inspection date: 14 January 2014 to 5 February 2014"), 1)


def covered(report: Report, **changes: Any) -> Report:
    """A report with another cover."""
    return replace(report, cover=replace(report.cover, **changes))


def encode(report: Report, context: ReportContext, *, with_text: bool = False) -> list[Triple]:
    return ReportEncoder(report, context, identify(report, context), with_text).triples()


def item(number: int, words: str, section: str, *nested: str) -> ReportRecommendation:
    start, end = place(words)
    text = words.partition(" ")[2].partition("\n")[0]
    sub_items = tuple(ReportSubItem(one, 2, *place(one)) for one in nested)
    return ReportRecommendation(text, 2, number, section, None, None, sub_items, start, end)


@pytest.fixture(scope="module")
def context() -> ReportContext:
    return ReportContext.read(ROOT / "data", ROOT / "ontology")


@pytest.fixture
def single() -> Report:
    """A single inspection with a review of the board, no date of publication printed."""
    return Report.of(
        plain_text("a.txt", TEXT, "0" * 64),
        family="sif",
        framework="SIF",
        framework_key="sif-2013",
        is_reinspection=False,
        cover=Cover(
            authority="London Borough of Hounslow",
            windows=days((date(2014, 1, 14), date(2014, 2, 5))),
            inspectors=(Found("Zoë O’Quill", *place("Lead inspector: Zoë O’Quill"), 3),),
        ),
        judgements=(
            judged("adoption", "good", "Good", "Adoption performance Good"),
            judged("lscb", "good", "good", "Board good"),
        ),
        recommendations=(
            item(1, PRIORITY, "Priority and immediate action"),
            item(2, ITEM, "Areas for improvement", "- a lamp", "- a map."),
            item(3, BOARD_ITEM, "LSCB: Areas for improvement"),
        ),
        paragraphs=(
            ReportParagraph(3, 2, None, None, "", *place(BOARD_ITEM)),
            ReportParagraph(4, 2, None, None, "", *place(PARAGRAPH)),
            ReportParagraph(4, 3, None, None, "", *place(INSPECTOR)),
        ),
        warnings=(),
    )


def values(triples: list[Triple], subject: NamedNode, predicate: str) -> list[str]:
    """Values of a property, those of the project's own data by what follows the base."""
    return [
        getattr(one.object, "value", "").removeprefix(DATA)
        for one in triples
        if one.subject == subject and one.predicate == term(predicate)
    ]


def test_an_unprinted_publication_is_the_release_that_follows(
    context: ReportContext, single: Report
) -> None:
    identity = identify(single, context)
    assert identity.slug == "hns-sif-2013-2014-03-21"
    assert context.released("HNS", "lscb-2013", identity.date) is not None
    later = covered(single, windows=days((date(2011, 1, 10), date(2011, 1, 21))))
    with pytest.raises(SourceError, match="no publication date is printed"):
        identify(later, context)


def test_a_printed_date_some_days_off_keeps_the_key_of_the_release(
    context: ReportContext, single: Report
) -> None:
    """West Berkshire's report of 2015 prints 13 May, Ofsted's release of 2023 gives 18 May."""
    report = covered(
        single,
        authority="West Berkshire Council",
        windows=days((date(2015, 3, 3), date(2015, 3, 25))),
        published=Found(date(2015, 5, 13), 0, 4, 1),
    )
    identity = identify(report, context)
    assert identity.slug == "wbk-sif-2013-2015-05-18"
    assert identity.differences == (
        "printed publication date 2015-05-13, in the releases 2015-05-18",
    )
    triples = encode(report, context)
    assessment = iri("assessment", "WBK", "sif-2013", "2015-05-18")
    assert values(triples, assessment, "okg:publishedOn") == []
    assert values(triples, iri("document", identity.slug), "dcterms:issued") == ["2015-05-13"]


def test_a_date_far_from_every_release_makes_an_assessment_of_its_own(
    context: ReportContext, single: Report
) -> None:
    report = covered(single, published=Found(date(2014, 6, 30), 0, 4, 1))
    identity = identify(report, context)
    assert (identity.date, identity.known) == ("2014-06-30", None)


def ilacs(single: Report, **changes: Any) -> Report:
    five = ("overall", "leaders", "help-and-protection", "in-care", "care-leavers")
    words = "Adoption performance Good"
    plain: dict[str, Any] = {
        "family": "ilacs",
        "framework_key": "ilacs-2023",
        "judgements": tuple(judged(key, "good", "Good", words) for key in five),
        "recommendations": (),
    }
    window = changes.pop("window", (date(2023, 2, 6), date(2023, 2, 10)))
    bexley = covered(single, authority="Bexley", windows=days(window))
    return replace(bexley, **{**plain, **changes})


def test_later_inspections_are_keyed_by_the_first_day_of_fieldwork(
    context: ReportContext, single: Report
) -> None:
    """Ofsted's release has Bexley's inspection from 6 February 2023."""
    report = ilacs(single)
    identity = identify(report, context)
    assert identity.slug == "bex-ilacs-2023-2023-02-06"
    assert identity.published == date(2023, 3, 24)
    triples = encode(report, context)
    assessment = iri("assessment", "BEX", "ilacs-2023", "2023-02-06")
    assert values(triples, assessment, "okg:publishedOn") == []
    assert values(triples, assessment, "dcterms:type") == []
    short = values(triples, iri("document", identity.slug), "bibo:shortTitle")
    assert short == ["Bexley inspection report 2023"]


def test_an_inspection_that_no_release_has_yet_is_encoded_all_the_same(
    context: ReportContext, single: Report
) -> None:
    report = ilacs(single, window=(date(2031, 3, 3), date(2031, 3, 14)))
    triples = encode(report, context)
    assessment = iri("assessment", "BEX", "ilacs-2023", "2031-03-03")
    assert values(triples, assessment, "dcterms:type") == ["assessment-kind/full-inspection"]
    assert values(triples, assessment, "okg:fieldworkEnd") == ["2031-03-14"]


def test_a_first_day_some_days_off_is_left_to_the_release(
    context: ReportContext, single: Report
) -> None:
    report = ilacs(single, window=(date(2023, 2, 7), date(2023, 2, 10)))
    identity = identify(report, context)
    assert identity.date == "2023-02-06"
    assert identity.differences == (
        "first day of fieldwork 2023-02-07, in the releases 2023-02-06",
    )
    triples = encode(report, context)
    assert (
        values(triples, iri("assessment", "BEX", "ilacs-2023", "2023-02-06"), "okg:fieldworkStart")
        == []
    )
    cover = iri("passage", identity.slug, "dates")
    assert values(triples, cover, "dcterms:date") == ["2023-02-07"]


def test_rows_of_another_version_than_the_release_has_are_refused(
    context: ReportContext, single: Report
) -> None:
    with pytest.raises(SourceError, match="the release has the inspection"):
        identify(ilacs(single, framework_key="ilacs-2018"), context)


def test_words_that_are_no_grade_or_area_are_refused(
    context: ReportContext, single: Report
) -> None:
    splendid = judged("overall", "splendid", "Splendid", "Adoption performance Good")
    with pytest.raises(SourceError, match="'splendid' is no grade"):
        encode(ilacs(single, judgements=(splendid,)), context)
    unknown = judged("harbours", "good", "Good", "Adoption performance Good")
    with pytest.raises(SourceError, match="'harbours' is no judgement area"):
        encode(ilacs(single, judgements=(unknown,)), context)


def test_judgements_stand_in_their_passages(context: ReportContext, single: Report) -> None:
    triples = encode(single, context)
    node = iri("assessment", "HNS", "sif-2013", "2014-03-21", "judgement", "adoption")
    passage = iri("passage", "hns-sif-2013-2014-03-21", "grade-adoption")
    assert values(triples, node, "okg:judgesArea") == ["area/sif-2013/adoption"]
    assert values(triples, node, "okg:concernsService") == ["service/HNS/adoption"]
    assert values(triples, node, "okg:isStatedIn") == [passage.value.removeprefix(DATA)]
    assert values(triples, passage, "okg:asWritten") == ["Good"]
    assert values(triples, passage, "okg:statesGrade") == ["scale/sif-2013/good"]
    assert values(triples, passage, "okg:page") == ["1"]


def test_a_doubtful_grade_is_not_stated_at_all(context: ReportContext, single: Report) -> None:
    adoption, *others = single.judgements
    doubtful = replace(adoption, is_doubtful=True)
    triples = encode(replace(single, judgements=(doubtful, *others)), context)
    node = iri("assessment", "HNS", "sif-2013", "2014-03-21", "judgement", adoption.area_key)
    passage = iri("passage", "hns-sif-2013-2014-03-21", f"grade-{adoption.area_key}")
    assert not [triple for triple in triples if triple.subject in (node, passage)]
    assert [triple for triple in encode(single, context) if triple.subject == node]


def test_what_a_recommendation_cites_of_the_national_framework_is_a_link(
    context: ReportContext, single: Report
) -> None:
    first, *others = single.recommendations
    cited = replace(first, citations=("outcome-3", "enabler-1"))
    triples = encode(replace(single, recommendations=(cited, *others)), context)
    links = [t.object for t in triples if t.predicate == term("okg:citesExpectation")]
    assert links == [iri("national-framework", key) for key in ("outcome-3", "enabler-1")]


def test_a_grade_that_the_release_gives_otherwise_is_only_stated(
    context: ReportContext, single: Report
) -> None:
    """Hounslow's adoption performance required improvement in 2014, in report and release."""
    identity = identify(single, context)
    encoder = ReportEncoder(single, context, identity, with_text=False)
    node = iri("assessment", "HNS", "sif-2013", "2014-03-21", "judgement", "adoption")
    assert values(encoder.triples(), node, "okg:hasGrade") == []
    assert "adoption is good, in the releases requires-improvement" in encoder.differences()
    required = judged(
        "adoption", "requires improvement", "Requires improvement", "Adoption performance Good"
    )
    triples = encode(replace(single, judgements=(required,)), context)
    assert values(triples, node, "okg:hasGrade") == ["scale/sif-2013/requires-improvement"]


def test_what_is_not_judged_is_said_to_be_left_so(context: ReportContext, single: Report) -> None:
    unjudged = judged("adoption", "not judged", "Not Judged", "Adoption performance Good")
    triples = encode(replace(single, judgements=(unjudged,)), context)
    assessment = iri("assessment", "HNS", "sif-2013", "2014-03-21")
    assert values(triples, assessment, "okg:leavesUnjudged") == ["area/sif-2013/adoption"]
    assert not any(triple.object == term("okg:Judgement") for triple in triples)


def test_the_board_has_an_assessment_of_its_own(context: ReportContext, single: Report) -> None:
    triples = encode(single, context)
    document = iri("document", "hns-sif-2013-2014-03-21")
    assert values(triples, document, "okg:reportsOn") == [
        "assessment/HNS/sif-2013/2014-03-21",
        "assessment/HNS/lscb-2013/2014-03-21",
    ]
    board = iri("assessment", "HNS", "lscb-2013", "2014-03-21", "recommendation", "3")
    assert values(triples, board, "okg:concernsService") == ["service/HNS/safeguarding-board"]
    (addressee,) = values(triples, board, "okg:isAddressedTo")
    assert addressee == "organisation/safeguarding-children-board-hns"
    assert values(triples, iri(addressee), "skos:prefLabel") == [
        "Local Safeguarding Children Board of Hounslow"
    ]


def test_without_a_judgement_on_the_board_there_is_no_review(
    context: ReportContext, single: Report
) -> None:
    triples = encode(replace(single, judgements=single.judgements[:1]), context)
    item = iri("assessment", "HNS", "sif-2013", "2014-03-21", "recommendation", "3")
    assert values(triples, item, "okg:concernsService") == ["service/HNS/safeguarding-board"]
    assert values(triples, item, "okg:isAddressedTo") == []
    assert not any("lscb-2013" in str(triple) for triple in triples)


def test_recommendations_have_place_timescale_and_themes(
    context: ReportContext, single: Report
) -> None:
    triples = encode(single, context)
    first, second, third = (
        iri("assessment", "HNS", kind, "2014-03-21", "recommendation", number)
        for kind, number in (("sif-2013", "1"), ("sif-2013", "2"), ("lscb-2013", "3"))
    )
    assert values(triples, first, "okg:hasTimescale") == ["timescale/priority-action"]
    assert values(triples, first, "okg:asWritten") == ["Priority and immediate action"]
    assert values(triples, second, "okg:hasTimescale") == []
    assert values(triples, second, "okg:isAddressedTo") == ["authority/HNS"]
    assert values(triples, second, "okg:hasTheme") == ["theme/life-story-work"]
    assert values(triples, third, "okg:hasTheme") == ["theme/performance-information"]
    counted = [values(triples, one, "okg:numberInList") for one in (first, second, third)]
    assert counted == [["1"], ["1"], ["1"]]
    assert values(triples, third, "okg:sequence") == ["3"]


@pytest.mark.parametrize(
    ("printed", "slug"),
    [("Immediately", "immediately"), ("Within three months:", "within-three-months")],
)
def test_a_printed_timescale_is_one_of_the_list(
    context: ReportContext, single: Report, printed: str, slug: str
) -> None:
    timed = replace(single.recommendations[1], timescale=printed)
    triples = encode(replace(single, recommendations=(timed,)), context)
    node = iri("assessment", "HNS", "sif-2013", "2014-03-21", "recommendation", "1")
    assert values(triples, node, "okg:hasTimescale") == [f"timescale/{slug}"]
    assert values(triples, node, "okg:asWritten") == [printed.strip(":")]


def test_every_passage_is_what_its_position_and_digest_say(
    context: ReportContext, single: Report
) -> None:
    triples = encode(single, context)
    passages = [
        one.subject
        for one in triples
        if one.object == term("okg:Passage") and isinstance(one.subject, NamedNode)
    ]
    words = {}
    for passage in passages:
        position = NamedNode(f"{passage.value}/position")
        (start,) = values(triples, position, "oa:start")
        (end,) = values(triples, position, "oa:end")
        words[passage.value.rsplit("/", 1)[1]] = TEXT[int(start) : int(end)]
        digest = hashlib.sha256(TEXT[int(start) : int(end)].encode()).hexdigest()
        assert values(triples, passage, "okg:spanSha256") == [digest]
    assert words["r1"] == PRIORITY
    assert words["r2"] == ITEM
    assert words["3"] == BOARD_ITEM
    assert words["4"] == PARAGRAPH
    assert words["4-2"] == INSPECTOR
    assert words["dates"] == "Inspection date: 14 January 2014 to 5 February 2014"
    assert words["lead-inspector"] == "Lead inspector: Zoë O’Quill"
    assert "r3" not in words


def test_an_item_that_is_a_paragraph_is_one_passage(context: ReportContext, single: Report) -> None:
    triples = encode(single, context)
    slug = "hns-sif-2013-2014-03-21"
    passage = iri("passage", slug, "3")
    assert values(triples, passage, "okg:hasPassageRole") == ["passage-role/recommendation"]
    assert values(triples, passage, "okg:locator") == ["paragraph 3, page 2"]
    assert values(triples, iri("passage", slug, "r2"), "okg:locator") == [
        "recommendation 2, page 2"
    ]
    roles = values(triples, iri("passage", slug, "4"), "okg:hasPassageRole")
    assert roles == ["passage-role/text"]


def test_lead_inspectors_are_persons_in_a_role(context: ReportContext, single: Report) -> None:
    ada = Found("Ada Marsh", *place("Lamps"), 2)
    report = covered(single, inspectors=(*single.cover.inspectors, ada))
    triples = encode(report, context)
    node = iri("participation", "hns-sif-2013-2014-03-21", "lead-inspector")
    assert values(triples, node, "okg:hasParticipant") == ["person/zoe-o-quill"]
    assert values(triples, node, "okg:hasRole") == ["role/lead-inspector"]
    assert values(triples, iri("person", "ada-marsh"), "foaf:name") == ["Ada Marsh"]


def test_words_are_in_the_graph_only_where_asked_for(
    context: ReportContext, single: Report
) -> None:
    identity = identify(single, context)
    plain = report_turtle(encode(single, context), identity, "Generated.").decode()
    assert "lamp" not in plain
    assert "tide-watchers" not in plain
    triples = encode(single, context, with_text=True)
    second = iri("assessment", "HNS", "sif-2013", "2014-03-21", "recommendation", "2")
    assert values(triples, second, "dcterms:description") == [
        "Give every child a life story book, and: - a lamp - a map."
    ]
    passage = iri("passage", identity.slug, "r2")
    assert values(triples, passage, "skos:note") == [ITEM]


def test_turtle_is_the_same_each_time_and_reads_back(
    context: ReportContext, single: Report
) -> None:
    identity = identify(single, context)
    triples = encode(single, context)
    first = report_turtle(triples, identity, "Generated.")
    assert first == report_turtle(encode(single, context), identity, "Generated.")
    read = {quad.triple for quad in parse(input=first, format=RdfFormat.TURTLE)}
    assert read == set(triples)
    assert not re.search(rb"_:|\[", first)


def statements(triples: list[Triple], kind: str) -> set[tuple[str, str, str]]:
    """What is said of things of a kind, apart from their passages and our own words."""
    left_out = {"okg:isStatedIn", "okg:isRepeatedIn", "dcterms:description", "okg:hasTheme"}
    # Whom the sentence over a whole list names is read by hand alone.
    by_hand = ("okg:isAddressedTo", "okg:addresseeAsWritten")
    links = ("okg:arisesFrom", "okg:concernsOrganisation")
    skipped = {term(one) for one in (*left_out, *links, *by_hand)}
    subjects = {one.subject for one in triples if one.object == term(kind)}
    return {
        (str(one.subject), str(one.predicate), str(one.object))
        for one in triples
        if one.subject in subjects and one.predicate not in skipped
    }


def test_the_report_of_2012_becomes_what_was_encoded_by_hand(
    context: ReportContext, documents: Path
) -> None:
    folder = ROOT / "data" / "documents" / "camden-slac-2012"
    by_hand = [
        quad.triple
        for name in ("document", "recommendations")
        for quad in parse(path=str(folder / f"{name}.ttl"), format=RdfFormat.TURTLE)
        if "/CMD/slac-2009/2012-04-10/" in str(quad.subject)
    ]
    (path,) = documents.glob("003_*.txt")
    read = encode(read_report(path), context)
    for kind in ("okg:Judgement", "okg:Recommendation"):
        assert statements(read, kind) == statements(by_hand, kind)
        assert len(statements(by_hand, kind)) > 90
    addressed = [
        {(one.subject, one.object) for one in some if one.predicate == term("okg:isAddressedTo")}
        for some in (read, by_hand)
    ]
    assert addressed[0] < addressed[1]


def test_the_letter_of_2009_becomes_what_was_encoded_by_hand(
    context: ReportContext, documents: Path
) -> None:
    (path,) = documents.glob("002_*.txt")
    read = encode(read_report(path), context)
    assessment = iri("assessment", "CMD", "annual-rating-2009", "2009-12-09")
    assert values(read, assessment, "dcterms:type") == ["assessment-kind/annual-rating"]
    assert values(read, assessment, "okg:publishedOn") == ["2009-12-09"]
    judgement = NamedNode(f"{assessment.value}/judgement/overall")
    assert values(read, judgement, "okg:hasGrade") == ["scale/annual-rating-2009/4"]


def test_known_assessments_carry_what_releases_say(context: ReportContext) -> None:
    """Row of Bexley in the release as at 31 March 2023."""
    known = [one for one in context.known["BEX"] if one.date == "2023-02-06"]
    assert known == [
        KnownAssessment(
            authority="BEX",
            framework="ilacs-2023",
            date="2023-02-06",
            kind="short-inspection",
            starts=(date(2023, 2, 6),),
            published=(date(2023, 3, 24),),
        )
    ]
