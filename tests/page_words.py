"""What a page says to who reads or hears it, and what it should not say."""

import re
from typing import Final

from bs4 import BeautifulSoup

HEARD: Final = ("aria-label", "data-label", "title", "placeholder")
WHY: Final = ".keyline-why"
# The ids of rules.md, and what else only its readers know.
A_RULE: Final = re.compile(
    r"\b(?:GOV|NOT|RR|DEC|LC|FAM|INF|PUB|EMB|PAR|E)-\d\d\b|\b[KG]\d{1,2}b?\b|\bDoc \d+[ab]?\b"
    r"|\[inf\]|\brules\.md\b"
)


def read(html: str) -> str:
    """Return what a page says, also to who hears it."""
    return _said(BeautifulSoup(html, "html.parser"))


def codes_of_rules_in(html: str) -> list[str]:
    """Return the codes of rules that a page says outside of its answers to "why"."""
    page = BeautifulSoup(html, "html.parser")
    for why in page.select(WHY):
        why.decompose()
    return A_RULE.findall(_said(page))


def _said(page: BeautifulSoup) -> str:
    heard = [str(one[name]) for name in HEARD for one in page.select(f"[{name}]")]
    return " ".join([page.get_text(" "), *heard])
