"""PUB-16: what leads to somebody by its form, what of it is public, and who is a contact."""

import pytest

from services.domain.anonymity.checking import ReportChecker
from services.domain.anonymity.known import HitKind, KnownOfReport, KnownWords, Passage
from services.domain.anonymity.people_in import people_in

POSTCODE, NHS = HitKind.POSTCODE, HitKind.NHS_NUMBER
TELEPHONE, EMAIL = HitKind.TELEPHONE, HitKind.EMAIL


def waited_for(text: str, *public: str) -> list[tuple[HitKind, str]]:
    """Return what publication waits for in a text, where this may be printed."""
    hits = ReportChecker(KnownOfReport(public=public)).hits([Passage("x", text)], "x")
    return [(one.kind, one.words) for one in hits if one.kind.is_waited_for]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("EX4 4QJ", POSTCODE),
        ("ex44qj", POSTCODE),
        ("EX4_4QJ", POSTCODE),
        ("SW1P\u00a03BT", POSTCODE),
        ("943 476 5919", NHS),
        ("943.476.5919", NHS),
        ("9434765919", NHS),
        ("01632 960001", TELEPHONE),
        ("(01632) 960 001", TELEPHONE),
        ("+44 (0)20 7946 0000", TELEPHONE),
        ("0044 7700 900123", TELEPHONE),
        ("0161-496-0000", TELEPHONE),
        ("+44_7700_900_123", TELEPHONE),
        ("+447700900123", TELEPHONE),
        ("sam.marsh+x@post.example", EMAIL),
    ],
)
def test_what_leads_to_somebody_is_waited_for(words: str, kind: HitKind):
    """PUB-16: a postcode, an NHS number, a telephone number and an address, however written."""
    ((found, said),) = waited_for(f"It was said: {words}, and no more.")
    assert (found, said) == (kind, " ".join(words.split()))
    assert not kind.is_certain


@pytest.mark.parametrize(
    "words",
    [
        "943 476 5918 is no NHS number",
        "figures 0 1 2 3 4 5 6 7 8 9 10 of a drawing",
        "from 2026-05-01 to 2026-06-01",
        "uuid:01234567-0123-4567-890a-0123456789ab",
        "0.1234567890 of them",
        "section s47 3rd visit, and e1 2hr later",
        "rules PUB-16, LC-29 and K12 of 2023",
        "Childline on 0800 1111",
        "in 1,234 567 890 homes",
    ],
)
def test_what_only_looks_like_it_is_not(words: str):
    """PUB-16: figures and codes that reach nobody raise no alarm."""
    assert waited_for(words) == []


@pytest.mark.parametrize(
    ("said", "public"),
    [
        ("+44 300 123 1231", "0300 123 1231"),
        ("(0300) 123 1231", "Ofsted, 03001231231"),
        ("SCR.SIN@Ofsted.gov.uk", "scr.sin@ofsted.gov.uk"),
        ("sw1p3bt", "Great Smith Street, London SW1P 3BT"),
    ],
)
def test_a_public_address_may_be_printed_however_it_is_written(said: str, public: str):
    """PUB-16, PUB-26: where the partnership and the three bodies are reached is no alarm."""
    assert len(waited_for(said)) == 1
    assert waited_for(f"Write to {said}.", public) == []


def test_a_name_of_the_case_in_an_address_stays_the_name():
    """PUB-16: of two that overlap the case's own is told."""
    known = KnownOfReport(names=(KnownWords("Kayla Okafor", HitKind.CHILD_NAME),))
    (hit,) = ReportChecker(known).hits([Passage("x", "kayla.okafor@post.example")], "x")
    assert hit.kind is HitKind.CHILD_NAME


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Alex Marlow, named nurse, 01632 960001", ["Alex Marlow"]),
        ("Detective Inspector Sam Marsh, Kent Police", ["Sam Marsh"]),
        ("DS Patel at North Yorkshire Police", ["DS Patel"]),
        ("Dr Siân O'Malley-Jones, by telephone", ["Siân O'Malley-Jones"]),
        ("J. Marlow (safeguarding lead) and Priya Adeyemi", ["J. Marlow", "Priya Adeyemi"]),
        ("Manager of the Business Unit", []),
        ("Director of Children's Services", []),
        ("Strategic Safeguarding Lead", []),
        ("Nurse Consultant", []),
        ("West Midlands Police, Kent County Council", []),
        ("Coroner's officer, 01632 960002", []),
    ],
)
def test_who_is_named_as_a_contact_is_found_among_posts(text: str, names: list[str]):
    """PUB-16, LC-30: a contact is a person with forename or title; a post or a body is none."""
    assert [*people_in(text)] == names
