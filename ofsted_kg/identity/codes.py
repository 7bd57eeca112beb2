"""What codes look like: patterns by scheme, and check digits where a scheme has them.

Most public-sector codes carry no check digit, so that a pattern is all that can be
tested; ROR identifiers carry two (ISO/IEC 7064, MOD 97-10).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_ROR_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(frozen=True)
class CodeScheme:
    """A set of codes: its name, its form in words and as a pattern, its check digits."""

    name: str
    form: str
    pattern: str
    check: Callable[[str], bool] | None = None

    def accepts(self, code: str) -> bool:
        """Whether the whole code has the form and the right check digits."""
        if re.fullmatch(self.pattern, code, re.ASCII) is None:
            return False
        return self.check is None or self.check(code)


def _ror_check_digits_agree(code: str) -> bool:
    value = 0
    for character in code[:-2]:
        value = value * len(_ROR_DIGITS) + _ROR_DIGITS.index(character)
    return 98 - (value * 100) % 97 == int(code[-2:])


# Keys are the last segments of `id/identifier-scheme/...`; `wikidata` has no node of its own.
SCHEMES: dict[str, CodeScheme] = {
    "gss": CodeScheme("GSS code", "E or W and eight digits", r"[EW]\d{8}"),
    "dfe": CodeScheme("DfE local authority code", "three digits", r"\d{3}"),
    "ofsted-urn": CodeScheme("Ofsted URN", "five or seven digits", r"\d{5}|\d{7}"),
    "local-authority-eng": CodeScheme("register code", "three capital letters", r"[A-Z]{3}"),
    "three-letter": CodeScheme("three-letter code", "three capital letters", r"[A-Z]{3}"),
    "planning-data": CodeScheme(
        "planning.data.gov.uk reference",
        "a prefix, a colon and capital letters",
        r"[a-z]+(-[a-z]+)*:[A-Z]{3,4}",
    ),
    "org-id": CodeScheme(
        "org-id.guide identifier", "such as GB-CHC-216250", r"[A-Z]{2}-[A-Z]{2,8}-[A-Z0-9]+"
    ),
    "govuk": CodeScheme(
        "GOV.UK slug", "small letters and digits with hyphens", r"[a-z0-9]+(-[a-z0-9]+)*"
    ),
    "government-organisation": CodeScheme(
        "government organisation register code", "capital letters and digits", r"[A-Z]{1,3}\d{1,4}"
    ),
    "wikidata": CodeScheme("Wikidata item", "Q and digits", r"Q[1-9]\d*"),
    "nhs-ods": CodeScheme("NHS ODS code", "three to six letters and digits", r"[A-Z0-9]{3,6}"),
    "charity": CodeScheme("charity number", "six or seven digits", r"[1-9]\d{5,6}"),
    "company": CodeScheme(
        "company number", "eight digits, or two letters and six digits", r"\d{8}|[A-Z]{2}\d{6}"
    ),
    "gias": CodeScheme("GIAS URN", "six digits", r"[1-9]\d{5}"),
    "laestab": CodeScheme("LAESTAB number", "seven digits", r"\d{7}"),
    "ror": CodeScheme(
        "ROR identifier",
        "0, six letters or digits and two right check digits",
        r"0[0-9a-hjkmnp-tv-z]{6}\d{2}",
        _ror_check_digits_agree,
    ),
    "grid": CodeScheme("GRID identifier", "such as grid.12082.39", r"grid\.\d+\.[0-9a-f]+"),
}


def check_code(scheme: str, code: str) -> str:
    """The code itself where it has the form of its scheme, else ValueError saying why.

    `scheme` is a key of `SCHEMES`; KeyError for another.
    """
    rules = SCHEMES[scheme]
    if not rules.accepts(code):
        raise ValueError(f"{code!r} is no {rules.name} ({rules.form})")
    return code
