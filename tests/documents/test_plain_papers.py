"""Papers that are given to families and to practitioners: everyday words in short sentences."""

import re
from datetime import date
from statistics import mean

import pytest

from services.documents.blocks import Heading, Items, Paragraph
from services.documents.wording import worded
from services.domain.documents import Answer, DocumentKind, Paper, PaperSection

GIVEN = (DocumentKind.FAMILY_LETTER, DocumentKind.FAMILY_LEAFLET)
TO_PRACTITIONERS = (
    DocumentKind.LEARNING_INVITATION,
    DocumentKind.LEARNING_BRIEFING,
    DocumentKind.LEARNING_AGENDA,
    DocumentKind.LEARNING_WORKSHEETS,
)
LONGEST, USUAL = 22, 12  # words of a sentence
AT_WORK = re.compile(
    r"\b(LCSPR|commission\w*|methodology|stakeholder|statutory|pursuant|hindsight|[A-Z]{2,4}-\d\d)\b"
)
OF_THE_TRADE = re.compile(
    r"\b(LCSPR|commission|methodology|terms of reference|statutory|multi-agency|stakeholder|"
    r"safeguarding partners?|pursuant|criteria|key lines?|proceedings|SIN|perpetrator|"
    r"[A-Z]{2,4}-\d\d)\b"
)


def paper_of(kind: DocumentKind) -> Paper:
    return Paper(
        kind=kind,
        reference="NMR-2026-001",
        partnership="Northmoor",
        prepared_on=date(2026, 2, 3),
        version=1,
        addressed_to="Ada Example" if kind is DocumentKind.FAMILY_LETTER else "",
        details=(Answer(label="Your contact", text="Sam Field, social worker"),),
        sections=(PaperSection(heading="What you can expect", paragraphs=("It takes a while.",)),),
    )


def said_by(kind: DocumentKind) -> str:
    lines: list[str] = []
    for block in worded(paper_of(kind)).blocks:
        if isinstance(block, Paragraph | Heading):
            lines.append(block.text)
        if isinstance(block, Items):
            lines += block.items
    return "\n".join(lines)


@pytest.mark.parametrize("kind", GIVEN)
def test_fam_08_what_a_family_is_given_is_in_plain_language(kind):
    """FAM-08, Docs 8 and 9: everyday words, short sentences, none of the words of the trade."""
    text = said_by(kind)
    lengths = [len(one.split()) for one in re.split(r"[.?!\n]+", text) if one.strip()]
    assert len(lengths) > 20
    assert max(lengths) <= LONGEST
    assert mean(lengths) <= USUAL
    assert OF_THE_TRADE.findall(text) == []


@pytest.mark.parametrize("kind", GIVEN)
def test_fam_08_it_says_what_why_how_with_what_help_and_what_becomes_of_it(kind):
    text = said_by(kind)
    for words in ("take part", "interpreter", "published", "a fact about you is wrong", "blame"):
        assert words in text


def test_the_leaflet_leads_to_no_case():
    assert worded(paper_of(DocumentKind.FAMILY_LEAFLET)).reference == ""
    assert worded(paper_of(DocumentKind.FAMILY_LEAFLET)).marking == ""


@pytest.mark.parametrize("kind", TO_PRACTITIONERS)
def test_lc_38_what_practitioners_are_given_is_in_plain_language(kind):
    """LC-38, LC-39, Docs 13 to 15a: short sentences; nobody is blamed, and nobody named."""
    text = said_by(kind)
    lengths = [len(one.split()) for one in re.split(r"[.?!:\n]+", text) if one.strip()]
    assert max(lengths) <= LONGEST + 8
    assert mean(lengths) <= USUAL + 2
    assert AT_WORK.findall(text) == []
    assert re.search(r"\b(names?|blame|blamed)\b", text)
