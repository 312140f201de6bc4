"""What a page says to who reads or hears it, and what it should not say."""

import re
from typing import Final

from bs4 import BeautifulSoup

from services.domain.short_forms import NOT_SAID, short_forms_in

HEARD: Final = ("aria-label", "data-label", "title", "placeholder")
WHY: Final = ".keyline-why"
# The ids of rules.md, and what else only its readers know.
A_RULE: Final = re.compile(
    r"\b(?:GOV|NOT|RR|DEC|LC|FAM|INF|PUB|EMB|PAR|E)-\d\d\b|\b[KG]\d{1,2}b?\b|\bDoc \d+[ab]?\b"
    r"|\[inf\]|\brules\.md\b"
)

EXPLAINED: Final = ".keyline-short-forms"
# Words that are not the field's, or that nobody says (pages review, 9).
NOT_THE_FIELDS: Final = (
    "Inbox of the demonstration",
    "Leave this page without saying",
    "Put it to the three partners",
    "Standing with the local authority",
    "actioned",
    "dashboard",
    "seven and three parts",
    "settle letters",
    "waits on nobody",
)
# As the head of a column, a key or a part that opens: the field says status, due by, details.
NO_HEADINGS: Final = frozenset({"Standing", "Last day", "What was said"})
HEADINGS: Final = "th, dt, summary, h2, h3, .govuk-fieldset__legend"
NEVER_SHORT: Final = re.compile(rf"\b(?:{'|'.join(sorted(NOT_SAID))})\b")


def read(html: str) -> str:
    """Return what a page says, also to who hears it."""
    return _said(BeautifulSoup(html, "html.parser"))


def codes_of_rules_in(html: str) -> list[str]:
    """Return the codes of rules that a page says outside of its answers to "why"."""
    page = BeautifulSoup(html, "html.parser")
    for why in page.select(WHY):
        why.decompose()
    return A_RULE.findall(_said(page))


def bad_words_in(html: str) -> list[str]:
    """Return what a page says otherwise than the field does."""
    page = BeautifulSoup(html, "html.parser")
    text = " ".join(_said(page).split())
    heads = {one.get_text(" ", strip=True) for one in page.select(HEADINGS)}
    heads |= {str(one["data-label"]) for one in page.select("[data-label]")}
    return [one for one in NOT_THE_FIELDS if one in text] + sorted(heads & NO_HEADINGS)


def unexplained_in(html: str) -> set[str]:
    """Return the short forms that a page says and does not explain, and those nobody knows."""
    page = BeautifulSoup(html, "html.parser")
    told = " ".join(one.extract().get_text(" ") for one in page.select(EXPLAINED))
    text = _said(page)
    said = {one for one in short_forms_in(text) if f"{one}:" not in told}
    return said | set(NEVER_SHORT.findall(text))


def _said(page: BeautifulSoup) -> str:
    heard = [str(one[name]) for name in HEARD for one in page.select(f"[{name}]")]
    return " ".join([page.get_text(" "), *heard])
