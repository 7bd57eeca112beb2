"""What is computed from the data: worked out by hand on small graphs, and on the national one."""

import datetime
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from ofsted_kg.derived.build import derive
from ofsted_kg.derived.due_dates import add_months
from ofsted_kg.derived.succession import months_between
from ofsted_kg.errors import SourceError
from ofsted_kg.rdf.facts import Facts
from ofsted_kg.rdf.terms import iri, term
from tests.conftest import ROOT, TURTLE_PREFIXES


def small_graph(folder: Path, **files: str) -> Path:
    """A folder with the project's ontology and opinions, and some data files."""
    shutil.copytree(ROOT / "ontology", folder / "ontology")
    opinions = folder / "data" / "opinions"
    opinions.mkdir(parents=True)
    for name in ("area-lines", "scale-correspondences"):
        shutil.copy(ROOT / "data" / "opinions" / f"{name}.ttl", opinions)
    for name, content in files.items():
        path = folder / "data" / f"{name.replace('__', '/')}.ttl"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TURTLE_PREFIXES + content, encoding="utf-8")
    return folder


def graded(key: str, area: str, grade: str, authorities: str = "XXX") -> str:
    """One assessment with one judgement; the key gives framework and day of publication."""
    authority, framework, day = key.split("/")
    concerned = " , ".join(f"<{iri('authority', one).value}>" for one in authorities.split())
    return f"""
<{iri("assessment", key).value}> okg:isConductedUnder <{iri("framework", framework).value}> ;
    okg:inspectsAuthority <{iri("authority", authority).value}> ;
    okg:publishedOn "{day}"^^xsd:date .
<{judgement(key, area).value}> okg:isReachedIn <{iri("assessment", key).value}> ;
    okg:judgesArea <{iri("area", framework, area).value}> ;
    okg:hasGrade <{iri("scale", grade).value}> ;
    okg:concernsAuthority {concerned} .
"""


def judgement(key: str, area: str) -> NamedNode:
    return iri("assessment", key, "judgement", area)


def derived(folder: Path, name: str = "grade-successions") -> Facts:
    return Facts.of(folder / "data" / "derived" / f"{name}.ttl")


def pairs_to(facts: Facts, later: NamedNode, kind: str = "next") -> list[NamedNode]:
    """The successions of a kind that lead to a judgement."""
    return [
        pair
        for pair in facts.subjects(term("okg:toJudgement"), later)
        if iri("succession-kind", kind) in facts.nodes(pair, term("dcterms:type"))
    ]


def before(facts: Facts, later: NamedNode) -> list[NamedNode]:
    """The judgements directly before one."""
    return [
        earlier
        for pair in pairs_to(facts, later)
        for earlier in facts.nodes(pair, term("okg:fromJudgement"))
    ]


def slug(facts: Facts, pair: NamedNode, predicate: str) -> str:
    (found,) = facts.nodes(pair, term(predicate))
    return found.value.rsplit("/", 1)[1]


def comparability(facts: Facts, later: NamedNode) -> str:
    (pair,) = pairs_to(facts, later)
    return slug(facts, pair, "okg:hasComparability")


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2012-04-10", 3, "2012-07-10"),
        ("2012-04-10", 0, "2012-04-10"),
        ("2013-08-31", 6, "2014-02-28"),
        ("2011-08-31", 6, "2012-02-29"),
        ("2012-10-31", 3, "2013-01-31"),
        ("2012-12-15", 1, "2013-01-15"),
    ],
)
def test_months_are_added_within_the_month(start: str, months: int, expected: str) -> None:
    assert add_months(datetime.date.fromisoformat(start), months).isoformat() == expected


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        ("2012-04-10", "2017-11-24", 67),
        ("2012-04-10", "2012-05-09", 0),
        ("2012-04-10", "2012-05-10", 1),
        ("2014-01-31", "2014-02-28", 1),
        ("2014-01-31", "2014-01-31", 0),
    ],
)
def test_whole_months_between(earlier: str, later: str, expected: int) -> None:
    days = datetime.date.fromisoformat(earlier), datetime.date.fromisoformat(later)
    assert months_between(*days) == expected


def test_due_dates_by_timescale(tmp_path: Path) -> None:
    key = "XXX/slac-2009/2012-08-31"
    words = graded(key, "safeguarding-overall", "slac-2009/2")
    for number, timescale in enumerate(("immediately", "within-six-months", "priority-action"), 1):
        node = iri("assessment", key, "recommendation", str(number))
        words += f"""
<{node.value}> okg:isReachedIn <{iri("assessment", key).value}> ;
    okg:hasTimescale <{iri("timescale", timescale).value}> .
"""
    folder = small_graph(tmp_path, documents__one=words)
    assert derive(folder).due_dates == 2
    facts = derived(folder, "due-dates")
    due = [
        facts.texts(iri("assessment", key, "recommendation", number), term("okg:computedDueBy"))
        for number in "123"
    ]
    assert due == [["2012-08-31"], ["2013-02-28"], []]


def test_help_and_protection_across_four_frameworks(tmp_path: Path) -> None:
    words = (
        graded("XXX/sif-2013/2014-08-08", "help-and-protection", "sif-2013/requires-improvement")
        + graded("XXX/slac-2009/2010-11-12", "safeguarding-overall", "slac-2009/4")
        + graded("XXX/cp-2012/2013-02-15", "overall", "cp-2012/adequate")
        + graded("XXX/ilacs-2018/2019-07-29", "help-and-protection", "ilacs-2018/good")
        + graded("XXX/ilacs-2023/2023-07-14", "help-and-protection", "ilacs-2018/good")
        + graded("YYY/cp-2012/2013-02-16", "overall", "cp-2012/good", "YYY")
    )
    folder = small_graph(tmp_path, documents__one=words)
    assert derive(folder).followed == 4
    facts = derived(folder)
    steps = [
        ("XXX/slac-2009/2010-11-12", "safeguarding-overall", ""),
        ("XXX/cp-2012/2013-02-15", "overall", "unknown"),
        ("XXX/sif-2013/2014-08-08", "help-and-protection", "not-equivalent"),
        ("XXX/ilacs-2018/2019-07-29", "help-and-protection", "broadly-similar"),
        ("XXX/ilacs-2023/2023-07-14", "help-and-protection", "same-scale"),
    ]
    for (earlier, area, _), (key, next_area, expected) in pairwise(steps):
        node = judgement(key, next_area)
        assert before(facts, node) == [judgement(earlier, area)]
        assert comparability(facts, node) == expected
    (pair,) = pairs_to(facts, judgement("XXX/sif-2013/2014-08-08", "help-and-protection"))
    assert facts.texts(pair, term("okg:monthsBetween")) == ["17"]
    assert facts.nodes(pair, term("okg:concernsAuthority")) == [iri("authority", "XXX")]


def test_a_fall_is_told_apart_from_a_change_of_word(tmp_path: Path) -> None:
    """Adequate to requires improvement is a change of word; good to the same grade is not."""
    words = "".join(
        graded(f"{one}/slac-2009/2012-04-10", "looked-after-overall", before, one)
        + graded(
            f"{one}/sif-2013/2014-07-07",
            "looked-after-and-permanence",
            "sif-2013/requires-improvement",
            one,
        )
        for one, before in (("XXX", "slac-2009/3"), ("YYY", "slac-2009/2"))
    )
    folder = small_graph(tmp_path, documents__one=words)
    derive(folder)
    facts = derived(folder)
    later = "sif-2013/2014-07-07", "looked-after-and-permanence"
    assert comparability(facts, judgement(f"XXX/{later[0]}", later[1])) == "not-equivalent"
    assert comparability(facts, judgement(f"YYY/{later[0]}", later[1])) == "unknown"


def test_judgements_of_one_day_follow_by_framework(tmp_path: Path) -> None:
    words = graded("XXX/slac-2009/2012-07-13", "safeguarding-overall", "slac-2009/3") + graded(
        "XXX/cp-2012/2012-07-13", "overall", "cp-2012/adequate"
    )
    folder = small_graph(tmp_path, documents__one=words)
    derive(folder)
    facts = derived(folder)
    node = judgement("XXX/slac-2009/2012-07-13", "safeguarding-overall")
    assert before(facts, node) == [judgement("XXX/cp-2012/2012-07-13", "overall")]
    (pair,) = pairs_to(facts, node)
    assert facts.texts(pair, term("okg:monthsBetween")) == ["0"]


def test_a_successor_goes_on_from_the_judgement_listed_under_it(tmp_path: Path) -> None:
    words = (
        graded("OLD/sif-2013/2015-03-27", "overall", "sif-2013/inadequate", "OLD")
        + graded("OLD/ilacs-2018/2022-09-21", "overall", "ilacs-2018/good", "OLD NEW")
        + graded("NEW/ilacs-2023/2025-06-30", "overall", "ilacs-2018/good", "NEW")
    )
    folder = small_graph(tmp_path, documents__one=words)
    assert derive(folder).followed == 2
    facts = derived(folder)
    listed = judgement("OLD/ilacs-2018/2022-09-21", "overall")
    assert before(facts, listed) == [judgement("OLD/sif-2013/2015-03-27", "overall")]
    assert before(facts, judgement("NEW/ilacs-2023/2025-06-30", "overall")) == [listed]


def test_a_judgement_on_two_lines_follows_one_on_each(tmp_path: Path) -> None:
    """Two authorities merge: the judgement listed under both has its own history in each."""
    words = (
        graded("OLD/sif-2013/2015-03-27", "overall", "sif-2013/inadequate", "OLD")
        + graded("NEW/sif-2013/2016-05-02", "overall", "sif-2013/outstanding", "NEW")
        + graded("OLD/ilacs-2018/2022-09-21", "overall", "ilacs-2018/good", "OLD NEW")
    )
    folder = small_graph(tmp_path, documents__one=words)
    assert derive(folder).followed == 1
    facts = derived(folder)
    to = "OLD/ilacs-2018/2022-09-21"
    expected = {
        "OLD": ("OLD/sif-2013/2015-03-27", "better", "89", "OLD/sif-2013/2015-03-27/overall"),
        "NEW": ("NEW/sif-2013/2016-05-02", "worse", "76", "NEW/sif-2013/2016-05-02/overall"),
    }
    found = {}
    for pair in pairs_to(facts, judgement(to, "overall")):
        (authority,) = facts.nodes(pair, term("okg:concernsAuthority"))
        key = authority.value.rsplit("/", 1)[1]
        place = f"{to}/overall".removeprefix(f"{key}/")
        earlier, change, months, own = expected[key]
        assert pair == iri("succession", key, own.removeprefix(f"{key}/"), place)
        assert facts.nodes(pair, term("okg:fromJudgement")) == [judgement(earlier, "overall")]
        assert slug(facts, pair, "okg:hasChange") == change
        assert facts.texts(pair, term("okg:monthsBetween")) == [months]
        found[key] = pair
    assert set(found) == set(expected)


def test_the_first_better_grade_ends_a_spell(tmp_path: Path) -> None:
    """Inadequate twice, then good: the spell runs from the first to the third."""
    keys = ("XXX/sif-2013/2014-05-23", "XXX/sif-2013/2016-11-25", "XXX/ilacs-2018/2019-01-17")
    grades = ("sif-2013/inadequate", "sif-2013/inadequate", "ilacs-2018/good")
    words = "".join(graded(key, "overall", grade) for key, grade in zip(keys, grades, strict=True))
    folder = small_graph(tmp_path, documents__one=words)
    derive(folder)
    facts = derived(folder)
    first, again, better = (judgement(key, "overall") for key in keys)
    (spell,) = pairs_to(facts, better, "first-better")
    assert facts.nodes(spell, term("okg:fromJudgement")) == [first]
    assert facts.texts(spell, term("okg:monthsBetween")) == ["55"]
    assert slug(facts, spell, "okg:hasChange") == "better"
    assert before(facts, better) == [again]
    assert pairs_to(facts, again, "first-better") == []


def test_one_pair_of_both_kinds_is_one_succession(tmp_path: Path) -> None:
    words = graded("XXX/sif-2013/2014-05-23", "overall", "sif-2013/inadequate") + graded(
        "XXX/ilacs-2018/2019-01-17", "overall", "ilacs-2018/good"
    )
    folder = small_graph(tmp_path, documents__one=words)
    derive(folder)
    facts = derived(folder)
    (pair,) = facts.subjects(term("okg:fromJudgement"))
    place = "sif-2013/2014-05-23/overall/ilacs-2018/2019-01-17/overall"
    assert pair == iri("succession", "XXX", place)
    assert facts.nodes(pair, term("dcterms:type")) == [
        iri("succession-kind", "next"),
        iri("succession-kind", "first-better"),
    ]


# Differences between sources


def stated(key: str, area: str, document: str, grade: str, words: str, extra: str = "") -> str:
    """A passage of a document that gives a grade for a judgement."""
    passage = iri("passage", document, area).value
    return f"""
<{judgement(key, area).value}> okg:isStatedIn <{passage}> .
<{passage}> oa:hasSource <{iri("document", document).value}> ;
    okg:statesGrade <{iri("scale", grade).value}> ; okg:asWritten "{words}" {extra} .
<{iri("document", document).value}> bibo:shortTitle "The {document}" .
"""


def test_two_grades_for_one_judgement_are_a_discrepancy(tmp_path: Path) -> None:
    key = "XXX/sif-2013/2014-07-07"
    accepted = graded(key, "overall", "sif-2013/good")
    folder = small_graph(
        tmp_path,
        releases__release=accepted + stated(key, "overall", "release", "sif-2013/good", "Good"),
        reports__report=stated(key, "overall", "report", "sif-2013/inadequate", "inadequate"),
    )
    assert derive(folder).discrepancies == 1
    facts = derived(folder, "discrepancies")
    (node,) = facts.subjects(term("okg:isAbout"), judgement(key, "overall"))
    assert facts.nodes(node, term("dcterms:type")) == [iri("discrepancy-kind", "grade")]
    assert facts.nodes(node, term("okg:comparesPassage")) == [
        iri("passage", "release", "overall"),
        iri("passage", "report", "overall"),
    ]
    description = facts.text(node, term("dcterms:description"))
    assert "The report gives Inadequate" in description
    assert "Good stands, as in The release" in description


def test_sources_that_agree_make_no_discrepancy(tmp_path: Path) -> None:
    key = "XXX/sif-2013/2014-07-07"
    grade = "sif-2013/requires-improvement"
    folder = small_graph(
        tmp_path,
        releases__release=graded(key, "overall", grade)
        + stated(key, "overall", "release", grade, "Requires improvement to be good"),
        reports__report=stated(key, "overall", "report", grade, "require improvement"),
    )
    assert derive(folder).discrepancies == 0


def test_a_recode_is_kept_apart_from_real_differences(tmp_path: Path) -> None:
    key = "XXX/slac-2009/2012-04-10"
    area, grade = "safeguarding-overall", "slac-2009/3"
    recode = f"; dcterms:provenance <{iri('provenance', 'release', 'recode').value}>"
    word = "Requires improvement to be good"
    folder = small_graph(
        tmp_path,
        releases__release=graded(key, area, grade)
        + stated(key, area, "release", grade, word, recode),
        documents__report=stated(key, area, "report", grade, "Grade 3 (Adequate)"),
    )
    derive(folder)
    facts = derived(folder, "discrepancies")
    (node,) = facts.subjects(term("okg:isAbout"), judgement(key, area))
    assert facts.nodes(node, term("dcterms:type")) == [iri("discrepancy-kind", "recode")]


def test_a_recode_that_no_document_answers_is_not_listed(tmp_path: Path) -> None:
    key = "XXX/slac-2009/2012-04-10"
    recode = f"; dcterms:provenance <{iri('provenance', 'release', 'recode').value}>"
    area, grade = "safeguarding-overall", "slac-2009/3"
    words = graded(key, area, grade) + stated(key, area, "release", grade, "Other", recode)
    folder = small_graph(tmp_path, releases__release=words)
    assert derive(folder).discrepancies == 0


def test_a_report_with_another_day_of_publication(tmp_path: Path) -> None:
    """The day in the key stands; the report's own graph says another."""
    key = "XXX/sif-2013/2014-07-07"
    node = iri("assessment", key)
    passage = iri("passage", "report", "b3").value
    folder = small_graph(
        tmp_path,
        releases__release=graded(key, "overall", "sif-2013/good"),
        reports__report=f"""
<{node.value}> okg:publishedOn "2014-07-04"^^xsd:date ; okg:isStatedIn <{passage}> .
<{passage}> oa:hasSource <{iri("text", "report").value}> .
<{iri("text", "report").value}> okg:isRenditionOf <{iri("document", "report").value}> .
<{iri("document", "report").value}> bibo:shortTitle "The report" .
""",
    )
    assert derive(folder).discrepancies == 1
    facts = derived(folder, "discrepancies")
    (found,) = facts.subjects(term("okg:isAbout"), node)
    assert facts.nodes(found, term("dcterms:type")) == [iri("discrepancy-kind", "publication-date")]
    assert "The report gives 2014-07-04" in facts.text(found, term("dcterms:description"))
    assert NamedNode(passage) in facts.nodes(found, term("okg:comparesPassage"))


def test_a_broken_file_leaves_the_derived_files_alone(tmp_path: Path) -> None:
    folder = small_graph(tmp_path, documents__one="not turtle")
    with pytest.raises(SourceError, match=r"one\.ttl:\d+:1: not Turtle: "):
        derive(folder)
    assert not (folder / "data" / "derived").exists()


# The national graph


@pytest.mark.national
def test_derived_files_in_the_project_are_what_the_rules_give(tmp_path: Path) -> None:
    for part in ("ontology", "data"):
        shutil.copytree(ROOT / part, tmp_path / part)
    derive(tmp_path)
    for name in ("due-dates", "grade-successions", "discrepancies"):
        path = Path("data", "derived", f"{name}.ttl")
        assert (tmp_path / path).read_bytes() == (ROOT / path).read_bytes()


def test_camden_looked_after_children_since_2012() -> None:
    """Good 2012, good 2017, outstanding 2022 and 2025 (release cells AL27, L43 and L44)."""
    facts = derived(ROOT)
    chain = [
        judgement("CMD/ilacs-2023/2025-03-03", "in-care"),
        judgement("CMD/ilacs-2018/2022-04-25", "in-care-and-care-leavers"),
        judgement("CMD/sif-2013/2017-11-24", "looked-after-and-permanence"),
        judgement("CMD/slac-2009/2012-04-10", "looked-after-overall"),
    ]
    for later, earlier in pairwise(chain):
        assert before(facts, later) == [earlier]
    assert [comparability(facts, one) for one in chain[:-1]] == [
        "same-scale",
        "broadly-similar",
        "unknown",
    ]


def test_what_releases_differ_about() -> None:
    """Read by hand in all four; the history of 2022 has other days of publication 73 times."""
    facts = derived(ROOT, "discrepancies")
    between_releases = {
        node.value.removeprefix(iri("discrepancy", "").value)
        for node in facts.subjects(term("okg:comparesPassage"))
        if all(
            passage.value.startswith(iri("passage", "ofsted-outcomes-").value)
            for passage in facts.nodes(node, term("okg:comparesPassage"))
        )
    }
    days = {
        one for one in between_releases if one.endswith("publication-date/ofsted-outcomes-2022")
    }
    assert len(days) == 73
    assert between_releases - days == {
        "BMH/ilacs-2018/2018-07-16/inspection-form/ofsted-outcomes-2022",
        "BUR/ilacs-2018/2021-10-25/judgement/help-and-protection/grade/ofsted-outcomes-2022",
        "BUR/ilacs-2018/2021-10-25/judgement/in-care-and-care-leavers/grade/ofsted-outcomes-2022",
        "CBF/ilacs-2018/2022-01-17/judgement/help-and-protection/grade/ofsted-outcomes-2022",
        "CMA/ilacs-2018/2022-09-20/fieldwork-start/ofsted-outcomes-2023",
        "IOS/ilacs-2023/2023-07-11/fieldwork-start/ofsted-outcomes-2024",
        "MRT/ilacs-2018/2022-02-28/inspection-form/ofsted-outcomes-2023",
        "MRT/ilacs-2018/2022-02-28/inspection-form/ofsted-outcomes-2024",
        "NGM/ilacs-2018/2022-07-11/publication-date/ofsted-outcomes-2023",
        "NGM/ilacs-2018/2022-07-11/publication-date/ofsted-outcomes-2024",
        "STS/ilacs-2023/2023-11-06/judgement/care-leavers/grade/ofsted-outcomes-2024",
        # The number 3 for a word.
        "WRT/slac-2009/2011-02-25/judgement/looked-after-overall/recode/ofsted-outcomes-2023",
    }


def test_every_judgement_has_at_most_one_before_it_for_each_authority() -> None:
    facts = derived(ROOT)
    to, authority = term("okg:toJudgement"), term("okg:concernsAuthority")
    found = [
        (facts.node(pair, to), facts.node(pair, authority))
        for pair in facts.subjects(to)
        if iri("succession-kind", "next") in facts.nodes(pair, term("dcterms:type"))
    ]
    assert len(found) > 1000
    assert len(found) == len(set(found))


def test_a_county_that_gave_way_keeps_its_history_to_itself() -> None:
    """Somerset of 2023 is listed with the grade of 2022; the one of 2018 was the county's."""
    facts = derived(ROOT)
    (pair,) = pairs_to(facts, judgement("SOM/ilacs-2018/2022-07-18", "overall"))
    assert facts.nodes(pair, term("okg:concernsAuthority")) == [iri("authority", "SOM")]
