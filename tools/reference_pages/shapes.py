"""The page of the shapes: every constraint with its message and severity."""

from collections import Counter
from pathlib import Path

from pyoxigraph import NamedNode

from ofsted_kg.rdf.facts import Facts
from tools.reference_pages.markdown import (
    SHAPES,
    bullets,
    code,
    page,
    plain,
    short,
    table,
    term_link,
)
from tools.reference_pages.rules import (
    NODE_SHAPE,
    TYPE,
    Rule,
    sh,
    shape_files,
    target_words,
)

_SEVERITIES = {
    "Violation": "false or unusable; `ofsted-kg validate` returns 1",
    "Warning": "incomplete",
    "Info": "a matter of style",
}


def shapes_page(folder: Path, rules: list[Rule]) -> str:
    """Every shape by file and by the things it speaks of."""
    count = Counter(rule.severity for rule in rules)
    parts = [
        f"The data keeps {len(rules)} rules. `ofsted-kg validate` checks them and names the shape "
        f"of each result: {code('Judgement-hasGrade')} below is the shape "
        f"{code(SHAPES + 'Judgement-hasGrade')}. They are to be run without inference.",
        bullets(f"{name} ({count[name]}): {meaning}" for name, meaning in _SEVERITIES.items()),
    ]
    headings: set[str] = set()
    for path in sorted(shape_files(folder), key=_general_first):
        title = path.stem.replace("-", " ").capitalize()
        parts.append(f"## {title}")
        own = [rule for rule in rules if rule.file == path.stem]
        facts = Facts.of(path)
        for target, kind in dict.fromkeys((rule.target, rule.kind) for rule in own):
            heading = short(target) if kind == "targetClass" else f"Subjects of {short(target)}"
            if heading in headings:
                heading += f" in {title}"
            headings.add(heading)
            parts.append(f"### {heading}")
            parts += _target(target, kind, own, facts)
        parts += _kinds_of_value(path)
    return page("Shapes", "`ontology/shapes/`", parts)


def _general_first(path: Path) -> tuple[bool, str]:
    """Files in the order of their names; what is particular to one country comes last."""
    return path.stem.startswith("english"), path.stem


def _target(target: NamedNode, kind: str, rules: list[Rule], facts: Facts) -> list[str]:
    own = [rule for rule in rules if (rule.target, rule.kind) == (target, kind)]
    about = [
        plain(facts.text(node, sh("description")))
        for node in facts.subjects(sh(kind), target)
        if facts.nodes(node, sh("property"))
    ]
    return [
        f"On {target_words(target, kind)}. {' '.join(about)}".strip(),
        table(("Shape", "Severity", "Rule", "Message"), map(_row, own)),
    ]


def _row(rule: Rule) -> tuple[str, str, str, str]:
    described = f"*{plain(rule.name)}*: {plain(rule.description)}"
    if rule.path:
        described += f" {term_link(rule.path)}: {rule.words or 'any value'}."
    name = code(rule.shape.value.removeprefix(SHAPES))
    return name, rule.severity, described, plain(rule.message)


def _kinds_of_value(path: Path) -> list[str]:
    facts = Facts.of(path)
    targeted = {*facts.subjects(sh("targetClass")), *facts.subjects(sh("targetSubjectsOf"))}
    kinds = [node for node in facts.subjects(TYPE, NODE_SHAPE) if node not in targeted]
    rows = (
        (
            code(node.value.removeprefix(SHAPES)),
            plain(facts.text(node, sh("description"))),
            ", ".join(code(short(found)) for found in facts.nodes(node, sh("datatype"))),
        )
        for node in kinds
    )
    if not kinds:
        return []
    return [
        "### Kinds of value",
        "Shapes without a target of their own; others choose from them.",
        table(("Shape", "Meaning", "Datatype"), rows),
    ]
