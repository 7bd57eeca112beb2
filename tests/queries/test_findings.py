"""Question `findings`: what a careful reader writes down, and where a keyword search errs."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ofsted_kg.knowledge_graph import KnowledgeGraph
from ofsted_kg.texts.passages import TextDocument, read_text
from tests.conftest import SPARQL_PREFIXES

S, W, M, N = "strength", "weakness", "mixed", "neutral"
REPORT = "Camden inspection report 2012"
PASSAGES = "https://w3id.org/ofsted-kg/id/passage/camden-slac-2012/"
REPORT_FILE = "003_3c6051395a722be3.txt"

# Paragraph and polarity in the order of the report. A second reader would certainly give the
# theme to MUST; ALSO holds neighbouring sentences where two readers may part.
MUST = {
    "management oversight": [
        (20, W),
        (36, W),  # unfinished assessments signed off
        (72, W),
        (72, S),  # some direction of case work
        (72, W),
        (72, W),
        (130, M),
        (130, W),
    ],
    "private fostering": [(19, S), (30, S), (30, W), (30, N)],
    "immunisation": [(60, W), (60, W), (79, S), (87, S)],
    "complaints": [
        *[(19, S), (29, S), (29, S), (29, S), (29, S)],
        *[(125, S), (125, S), (125, S), (125, S)],
    ],
    "MARAC and MAPPA": [(76, S), (76, S)],
    "staying put": [(80, W), (97, W)],
    "special guardianship": [(80, S), (99, S), (99, S), (128, S)],
    "supervision": [(72, S), (72, M), (72, W), (127, S)],
    "emergency duty service": [(42, S)],
    "young carers": [(19, S), (32, S), (32, S), (32, S), (32, S)],
    "domestic abuse": [(27, S), (76, S), (76, S), (76, S), (76, S)],
    "caseloads": [(47, W), (57, W), (68, S), (116, S), (117, S), (127, S)],
    "staff morale and support": [(17, S), (63, S), (63, W), (68, S), (68, S), (68, S), (127, S)],
}
ALSO = {
    "management oversight": [(36, S), (36, S), (41, S), (41, W), (123, S)],
    "supervision": [(39, S), (41, S), (47, S), (68, S), (68, S)],
    "domestic abuse": [(38, S), (55, S)],
    "caseloads": [(47, W), (57, N)],
    "staff morale and support": [(39, S), (68, S), (127, S), (127, S), (127, S)],
}


def _paragraph(row: dict[str, Any]) -> int:
    match = re.fullmatch(rf"{REPORT}, paragraph (\d+)", row["source"])
    assert match, row["source"]
    return int(match[1])


def _asked(kg: KnowledgeGraph, **more: str) -> list[tuple[int, str]]:
    rows = kg.ask("findings", authority="Camden", framework="slac-2009", **more).rows
    return [(_paragraph(row), str(row["polarity"])) for row in rows]


@pytest.mark.parametrize("theme", list(MUST))
def test_a_theme_comes_back_complete(kg: KnowledgeGraph, theme: str) -> None:
    found = _asked(kg, theme=theme)
    beyond = Counter(found)
    beyond.subtract(MUST[theme])
    assert not [pair for pair, count in beyond.items() if count < 0], "a finding is missing"
    assert not +(beyond - Counter(ALSO.get(theme, []))), "a finding does not belong here"


@pytest.mark.parametrize("theme", list(MUST))
def test_a_theme_comes_back_in_document_order(kg: KnowledgeGraph, theme: str) -> None:
    found = _asked(kg, theme=theme)
    assert [n for n, _ in found] == sorted(n for n, _ in found)
    rest = iter(found)
    assert all(pair in rest for pair in MUST[theme])


def test_the_four_sentences_of_paragraph_72_in_turn(kg: KnowledgeGraph) -> None:
    found = _asked(kg, theme="management oversight")
    assert [polarity for number, polarity in found if number == 72] == [W, S, W, W]


def test_a_wider_theme_takes_in_the_narrower(kg: KnowledgeGraph) -> None:
    wide = Counter(_asked(kg, theme="leadership and management"))
    narrow = Counter(_asked(kg, theme="management oversight"))
    assert not narrow - wide
    assert sum(wide.values()) > 100


def test_a_theme_answers_to_its_other_names(kg: KnowledgeGraph) -> None:
    assert _asked(kg, theme="Management Oversight") == _asked(kg, theme="management-oversight")


def test_polarities_part_the_whole(kg: KnowledgeGraph) -> None:
    whole = _asked(kg)
    parts = [pair for polarity in (S, W, M, N) for pair in _asked(kg, polarity=polarity)]
    assert Counter(whole) == Counter(parts)
    assert {polarity for _, polarity in whole} == {S, W, M, N}


def test_the_whole_report_is_in_document_order(kg: KnowledgeGraph) -> None:
    numbers = [number for number, _ in _asked(kg)]
    assert numbers == sorted(numbers)
    # 1 to 15 introduce and describe; 23 and 85 hold the recommendations.
    assert set(numbers) == set(range(16, 131)) - {23, 85}


def test_areas_follow_the_headings(kg: KnowledgeGraph) -> None:
    rows = kg.ask("findings", authority="Camden", framework="slac-2009").rows
    area = {_paragraph(row): row["area"] for row in rows}
    assert area[20] == "Overall effectiveness of safeguarding services"
    assert area[48] == (
        "The contribution of health agencies to keeping children and young people safe"
    )
    assert area[72] == "Performance management and quality assurance of safeguarding services"
    assert area[73] == "Partnership working"
    assert area[112] == "Economic well-being"
    assert area[130] == (
        "Performance management and quality assurance of services for looked after children"
    )


def test_a_service_narrows_the_answer(kg: KnowledgeGraph) -> None:
    numbers = {number for number, _ in _asked(kg, service="fostering")}
    assert numbers
    assert numbers <= set(range(78, 131))


def test_the_letter_of_2009_in_order(kg: KnowledgeGraph) -> None:
    rows = kg.ask("findings", authority="Camden", framework="annual-rating-2009").rows
    # Schools: better than average; secondary mostly satisfactory, yet none inadequate; special
    # schools and units good. Indicators in line or above; gaps smaller, narrowing, attainment up.
    assert [row["polarity"] for row in rows] == [S, M, S, S, S, S, S, S]
    assert {row["published"] for row in rows} == {"2009-12-09"}


def test_whose_view_and_what_it_is_compared_with(kg: KnowledgeGraph) -> None:
    """Of the sentences on care leavers' housing and on their learning and work."""
    rows = kg.ask("findings", authority="Camden", framework="slac-2009").rows
    told = {
        (r["source"], r["view_of"], r["compared_with"], r["time_words"])
        for r in rows
        if r["view_of"] or r["compared_with"] or r["time_words"]
    }
    report = "Camden inspection report 2012, paragraph "
    assert (f"{report}78", "care leavers", None, None) in told  # stated by those met
    assert (f"{report}58", "parents and carers", None, None) in told  # parents stated
    assert (f"{report}51", "health professionals", None, None) in told  # they state
    assert (f"{report}81", None, "similar areas", None) in told  # than similar councils
    assert (f"{report}97", None, "statistical neighbours", None) in told
    assert (f"{report}31", None, None, "as from April 2011") in told
    assert (f"{report}128", None, None, "since 2009") in told
    # Conclusions of inspectors themselves are nobody's view.
    assert not [
        r
        for r in rows
        if r["source"] == f"{report}72" and "oversee" in str(r["finding"]) and r["view_of"]
    ]


def test_a_fact_told_twice_says_where_it_was_told_before(kg: KnowledgeGraph) -> None:
    """What a reader of the report of 2012 finds told again, and what only sounds alike."""
    rows = kg.ask("findings", authority="Camden", framework="slac-2009").rows
    report = "Camden inspection report 2012, paragraph "
    told = {(r["source"], r["told_before"]) for r in rows}
    # Screening of children in need that lacked thoroughness; housing short of care needs.
    assert (f"{report}36", "paragraph 20") in told
    assert (f"{report}112", "paragraph 78") in told
    # The summary comes first. Better pre-birth assessment is not yet a very effective one, nor
    # less re-offending by good management the Children's Trust's clear priorities.
    assert not [r for r in rows if r["source"] == f"{report}16" and r["told_before"]]
    assert (f"{report}27", "paragraph 22") not in told
    assert (f"{report}73", "paragraph 18") not in told


# Where a keyword search errs: counting words of praise and blame misses what is said of them.

PRAISE = re.compile(
    r"\b(good|effective|effectively|excellent|outstanding|robust|strong|well|clear"
    r"|consistently|satisfied|improved)\b"
)
BLAME = re.compile(r"\b(inadequate|poor|weak|lack|delays|insufficient|exclusions)\b")


def keyword_polarity(words: str) -> str:
    """What counting words of praise and of blame would give, negation unheeded."""
    praise, blame = (len(listed.findall(words.casefold())) for listed in (PRAISE, BLAME))
    return S if praise > blame else W if blame > praise else N


@pytest.fixture(scope="module")
def said(kg: KnowledgeGraph) -> dict[str, str]:
    """Polarity of each finding of the 2012 report by the key of its passage."""
    answer = kg.sparql(
        f"{SPARQL_PREFIXES}"
        "SELECT ?passage ?polarity WHERE { ?found a okg:NarrativeFinding ; okg:isStatedIn ?passage"
        " ; okg:hasPolarity/skos:prefLabel ?polarity }"
    )
    return {str(row["passage"]).removeprefix(PASSAGES): str(row["polarity"]) for row in answer.rows}


@pytest.fixture(scope="module")
def report(documents: Path) -> TextDocument:
    return read_text(documents / REPORT_FILE)


def polarities(said: dict[str, str], sentence: str) -> list[str]:
    """Of a sentence's findings in the order of its parts."""
    parts = [key for key in said if key == sentence or key.startswith(sentence + ".")]
    parts.sort(key=lambda key: int(key.removeprefix(sentence).strip(".").partition("-")[0] or 0))
    return [said[key] for key in parts]


# Sentence, what the keyword gives for it, what a reader finds in it.
NEGATED = [
    ("20.2", N, [W]),  # a response that has not been robust
    ("21.7", S, [W]),  # training that has not yet led to a consistently effective service
    ("30.4", S, [W]),  # the board has not effectively monitored; 30.3 praises the council for it
    ("36.5", S, [W]),  # cases not managed effectively
    ("63.3", S, [W]),  # support, excellent before, not turned into effective practice
    ("72.1", S, [W]),  # oversight not sufficiently robust
    ("86.4", N, [W]),  # oversight not sufficiently robust, and a poor job description
    ("25.4", W, [S]),  # no exclusions from primary schools, few from secondary ones
    ("121.3", N, [S]),  # no longer put up in bed and breakfast
    ("60.1", N, [W]),  # immunisation lower than elsewhere: lower is worse
    ("102.3", N, [S]),  # absence lower than elsewhere: lower is better
    ("108.1", S, [W]),  # consistently above the national average, of offending
]


@pytest.mark.parametrize(("sentence", "by_keyword", "by_reader"), NEGATED)
def test_polarity_is_not_a_matter_of_words(
    said: dict[str, str], sentence: str, by_keyword: str, by_reader: list[str]
) -> None:
    assert polarities(said, sentence) == by_reader
    assert by_reader != [by_keyword]


@pytest.mark.parametrize(("sentence", "by_keyword", "by_reader"), NEGATED)
def test_a_keyword_would_err(
    report: TextDocument, sentence: str, by_keyword: str, by_reader: list[str]
) -> None:
    assert keyword_polarity(report.words(sentence)) == by_keyword


# One sentence that says two things: the one polarity of a keyword, the several of a reader.
DIVIDED = [
    ("27.2", S, [W, S]),  # decisions lacking, "however" every child had been referred again
    ("28.7", W, [S, W]),  # a better database, "although" some cases were late
    ("84.4", S, [S, W]),  # outstanding fostering, "however" too little local choice
    ("84.5", S, [S, W]),  # good action, "although" hampered
    ("87.1", N, [S, W, S]),  # good in 2010-11, "although" declining, "however" above average
    ("99.7", S, [S, W]),  # good plans alongside plans with delay
    ("102.2", N, [S, W]),  # falling absence, "although" above all children's
]


@pytest.mark.parametrize(("sentence", "_", "by_reader"), DIVIDED)
def test_however_divides_a_sentence(
    said: dict[str, str], sentence: str, _: str, by_reader: list[str]
) -> None:
    assert polarities(said, sentence) == by_reader


@pytest.mark.parametrize(("sentence", "by_keyword", "_"), DIVIDED)
def test_a_keyword_gives_a_divided_sentence_one_polarity(
    report: TextDocument, sentence: str, by_keyword: str, _: list[str]
) -> None:
    assert keyword_polarity(report.words(sentence)) == by_keyword
    assert re.search(r"\b(however|although|alongside)\b", report.words(sentence))


# A sentence of praise next to one of criticism that begins with "however".
TURNS = [
    ("18.3", "18.4"),
    ("20.1", "20.2"),
    ("30.3", "30.4"),
    ("35.2", "35.3"),
    ("72.5", "72.6"),
    ("97.1", "97.2"),
    ("97.4", "97.5"),
    ("99.5", "99.6"),
]


@pytest.mark.parametrize(("before", "after"), TURNS)
def test_however_turns_the_next_sentence(said: dict[str, str], before: str, after: str) -> None:
    assert polarities(said, before) == [S]
    assert polarities(said, after)[0] in (W, M)


def _of_body(kg: KnowledgeGraph, body: str) -> dict[str, str]:
    answer = kg.sparql(
        f"{SPARQL_PREFIXES}"
        "SELECT ?passage ?polarity WHERE { ?found a okg:NarrativeFinding ; okg:isStatedIn ?passage"
        " ; okg:hasPolarity/skos:prefLabel ?polarity ; okg:concernsOrganisation "
        f"<https://w3id.org/ofsted-kg/id/organisation/{body}> }}"
    )
    return {str(r["passage"]).removeprefix(PASSAGES): str(r["polarity"]) for r in answer.rows}


def test_one_hospital_is_praised_inside_criticism_of_another(kg: KnowledgeGraph) -> None:
    royal_free, college = _of_body(kg, "royal-free"), _of_body(kg, "uclh")
    assert royal_free["48.3"] == S
    assert "48.3" not in college
    assert (college["48.4"], college["48.5"]) == (W, W)
    assert not {"48.4", "48.5"} & set(royal_free)
    assert royal_free["49.1"] == college["49.1"] == W


def test_a_keyword_for_flagging_finds_the_praise_alone(report: TextDocument) -> None:
    sentences = [f"48.{number}" for number in range(1, 7)]
    assert [key for key in sentences if "flagging" in report.words(key)] == ["48.3"]
    assert keyword_polarity(report.words("48.3")) == S


def test_the_board_is_blamed_where_the_council_is_praised(kg: KnowledgeGraph) -> None:
    board = _of_body(kg, "cscb")
    assert board["30.4"] == W
    assert "30.3" not in board


def test_oversight_of_other_things_is_not_management_oversight(kg: KnowledgeGraph) -> None:
    numbers = [number for number, _ in _asked(kg, theme="management oversight")]
    assert not {25, 86, 88} & set(numbers)
    assert 36 in numbers


def test_a_keyword_for_oversight_takes_the_wrong_sentences(report: TextDocument) -> None:
    held = {key for key in ("25.5", "86.4", "88.4", "36.6") if "oversight" in report.words(key)}
    assert held == {"25.5", "86.4", "88.4"}


def test_dissatisfied_is_not_satisfied(said: dict[str, str], report: TextDocument) -> None:
    assert polarities(said, "126.1") == [S]
    assert polarities(said, "126.2") == [W]
    assert all("satisfied" in report.words(key) for key in ("126.1", "126.2"))


# The report of 2022, read for the word supervision: paragraph, page and sentence. What paragraph
# 40 says of audits, and 41 of records, two readers may judge otherwise than one another.
SUPERVISION = {
    "paragraph 38, page 7, sentence 1": S,
    "paragraph 40, page 7, sentence 3": None,
    "paragraph 41, page 7, sentence 2": S,
    "paragraph 41, page 7, sentence 3": None,
    "paragraph 43, page 8, sentence 3": S,
}


def test_a_machine_finds_what_a_reader_would(kg: KnowledgeGraph) -> None:
    asked = {"authority": "Camden", "framework": "ilacs-2018", "theme": "supervision"}
    rows = kg.ask("findings", **asked).rows
    named = "Camden inspection report 2022, "
    found = {str(row["source"]).removeprefix(named): row["polarity"] for row in rows}
    assert found.keys() == SUPERVISION.keys()
    assert all(found[place] == polarity for place, polarity in SUPERVISION.items() if polarity)
    for row in rows:
        assert (row["made_by"], row["published"], row["finding"]) == ("machine", "2022-06-21", None)
        assert row["area"] is not None
        assert 0.2 <= float(str(row["confidence"])) <= 1


def test_who_made_a_finding_can_be_asked(kg: KnowledgeGraph) -> None:
    asked = {"authority": "Camden", "theme": "supervision"}
    everything = kg.ask("findings", **asked).rows
    apart = [kg.ask("findings", **asked, made_by=maker).rows for maker in ("reader", "machine")]
    assert [row["made_by"] for row in apart[0]] == ["reader"] * len(apart[0])
    assert {row["published"] for row in apart[0]} == {"2012-04-10"}
    assert [row["made_by"] for row in apart[1]] == ["machine"] * len(apart[1])
    assert len(everything) == len(apart[0]) + len(apart[1])
    assert not kg.ask("findings", **asked, made_by="list").rows


def test_what_was_published_since_a_day(kg: KnowledgeGraph) -> None:
    """Of supervision the report of 2025 speaks once, in paragraph 47: mostly strong, more to do."""
    rows = kg.ask("findings", authority="Camden", theme="supervision", since="2022-06-22").rows
    assert [(row["polarity"], row["source"]) for row in rows] == [
        (M, "Camden inspection report 2025, paragraph 47, page 10, sentence 4")
    ]


def test_what_a_machine_found_is_kept_apart(kg: KnowledgeGraph) -> None:
    """The default graph has none of it, only the description of each such graph."""
    apart = "GRAPH ?kept { ?found a okg:MachineFinding } ?kept okg:holdsFindingsOf ?assessment"
    for pattern, holds in (("?found a okg:MachineFinding", False), (apart, True)):
        answer = kg.sparql(f"{SPARQL_PREFIXES} ASK {{ {pattern} }}")
        assert answer.rows == [{"answer": holds}]


def test_a_reader_who_settled_a_polarity_has_the_last_word(kg: KnowledgeGraph) -> None:
    """Labels of sure readers stand in the graph, without a confidence of the machine's."""
    rows = kg.ask("findings", authority="Camden", made_by="machine").rows
    settled = [row for row in rows if row["confidence"] is None]
    assert 0 < len(settled) < len(rows) / 2


def test_a_name_that_stands_for_several_things_repeats_no_row(kg: KnowledgeGraph) -> None:
    asked: list[dict[str, str | list[str]]] = [
        {"area": "leadership"},
        {"theme": ["supervision", "early help"]},
        {"service": ["fostering", "adoption"]},
        {"made_by": ["reader", "machine"]},
        {"framework": ["sif-2013", "ilacs-2018"]},
    ]
    for given in asked:
        rows = kg.ask("findings", authority="Leeds", **given).rows
        places = [row["source"] for row in rows]
        assert len(places) == len(set(places)) > 0, given


def test_a_sentence_under_no_area_is_of_no_service(kg: KnowledgeGraph) -> None:
    rows = kg.ask("findings", authority="Leeds", service="adoption", made_by="machine").rows
    assert all(row["area"] for row in rows)


def test_a_sentence_is_cited_by_its_own_page(kg: KnowledgeGraph) -> None:
    """Of paragraph 132 on Buckinghamshire, 2014, the third sentence stands on page 24."""
    rows = kg.ask("findings", authority="Buckinghamshire County", made_by="machine").rows
    places = [str(r["source"]) for r in rows if "2014" in str(r["published"])]
    assert [place.partition("paragraph ")[2] for place in places if "paragraph 132," in place] == [
        "132, page 23, sentence 1",
        "132, page 23, sentence 2",
        "132, page 24, sentence 3",
    ]
