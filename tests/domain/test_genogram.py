"""FAM-06: a genogram is drawn from people and relations, and says the same in words."""

from xml.etree import ElementTree as ET

import pytest

from services.domain.genogram import FamilyFigure, FamilyTie, Genogram, PersonShape, Tie
from services.domain.names_apart import told_apart

SVG = "{http://www.w3.org/2000/svg}"
CHILD = FamilyFigure(name="Robin", is_child_of_incident=True, has_died=True, born="born 2024")
MOTHER = FamilyFigure(name="Ann <b>", shape=PersonShape.FEMALE)
FATHER = FamilyFigure(name="Tom", shape=PersonShape.MALE)
PEOPLE = (CHILD, MOTHER, FATHER)
TIES = (
    FamilyTie(one="Ann <b>", tie=Tie.PARENT, other="Robin"),
    FamilyTie(one="Tom", tie=Tie.STEP_PARENT, other="Robin", words="since 2023"),
    FamilyTie(one="Ann <b>", tie=Tie.DIVORCED, other="Tom"),
)


def test_what_is_drawn_is_said_in_words():
    """FAM-06: each person and each relation, for who does not see the drawing."""
    assert Genogram(PEOPLE, TIES).in_words == (
        "Robin: the child of the incident, born 2024, has died.",
        "Ann <b>: female.",
        "Tom: male.",
        "Ann <b> is a parent of Robin.",
        "Tom is a step parent of Robin (since 2023).",
        "Ann <b> is divorced from Tom.",
    )


def test_parents_stand_side_by_side_above_their_child():
    """FAM-06: by square, circle and diamond, and what was typed is only ever text."""
    drawn = _drawn(Genogram(PEOPLE, TIES))
    (circle,) = drawn.iter(f"{SVG}circle")
    (square,) = drawn.iter(f"{SVG}rect")
    at = {one.text: int(one.get("y")) for one in drawn.iter(f"{SVG}text")}
    assert at["Ann <b>"] == at["Tom"] < at["Robin"]
    assert int(circle.get("cx")) != int(square.get("x")) + 24
    assert "Ann <b> is a parent of Robin." in drawn.find(f"{SVG}desc").text
    assert [one.text for one in drawn.iter(f"{SVG}title")] == ["Genogram"]
    beside = Genogram(PEOPLE, TIES).drawn("Genogram", holds_words=False)
    assert "is a parent of" not in beside
    assert 'aria-labelledby="genogram-t genogram-d"' in beside


def test_everybody_stands_in_a_place_of_their_own():
    """FAM-06: also who is related to nobody, or has a grandparent in the drawing."""
    more = (
        *PEOPLE,
        FamilyFigure(name="Mary"),
        FamilyFigure(name="Kit"),
        FamilyFigure(name="A name that is much longer than its place"),
    )
    ties = (*TIES, FamilyTie(one="Mary", tie=Tie.GRANDPARENT, other="Robin"))
    ties += tuple(FamilyTie(one="Kit", tie=tie, other="Robin") for tie in (Tie.SIBLINGS, Tie.OTHER))
    drawn = _drawn(Genogram(more, ties))
    places = [
        (one.get("x"), one.get("y")) for one in drawn.iter(f"{SVG}text") if one.text != "born 2024"
    ]
    assert len(set(places)) == len(more)
    assert any(one.text.endswith("…") for one in drawn.iter(f"{SVG}text"))
    assert Genogram((), ()).drawn("Genogram").startswith("<svg")


@pytest.mark.parametrize("tie", [Tie.PARENT, Tie.GRANDPARENT, Tie.ADOPTIVE_PARENT])
def test_nobody_stands_above_themselves(tie: Tie):
    """FAM-06: what cannot be so is told."""
    round_ = (*TIES, FamilyTie(one="Robin", tie=tie, other="Ann <b>"))
    assert Genogram(PEOPLE, round_).goes_round
    assert not Genogram(PEOPLE, TIES).goes_round


def test_a_sister_who_is_guardian_stands_above_whom_she_cares_for():
    """FAM-06: a family that can be is drawn, with whoever stands beside the one or the other."""
    people = (*PEOPLE, FamilyFigure(name="Sis"), FamilyFigure(name="Kit"))
    ties = [*TIES, FamilyTie(one="Sis", tie=Tie.FOSTER_CARER, other="Robin")]
    for one, other in (("Sis", "Robin"), ("Robin", "Kit"), ("Kit", "Sis")):
        ties.append(FamilyTie(one=one, tie=Tie.SIBLINGS, other=other))
    assert not Genogram(people, tuple(ties)).goes_round
    drawn = _drawn(Genogram(people, tuple(ties)))
    at = {one.text: int(one.get("y")) for one in drawn.iter(f"{SVG}text")}
    assert at["Sis"] == at["Ann <b>"] < at["Kit"]
    assert at["Sis"] < at["Robin"] < at["Kit"]  # whose name has no birth under it


@pytest.mark.parametrize(
    ("tie", "one", "other"),
    [
        (Tie.SIBLINGS, "Ann <b>", "Robin"),
        (Tie.PARTNERS, "Robin", "Ann <b>"),
        (Tie.FOSTER_CARER, "Robin", "Ann <b>"),
    ],
)
def test_whatever_else_is_said_of_two_parents_stay_above_their_children(tie, one, other):
    """FAM-06: only who would be their own parent or grandparent is refused."""
    family = Genogram(PEOPLE, (*TIES, FamilyTie(one=one, tie=tie, other=other)))
    assert not family.goes_round
    at = {one.text: int(one.get("y")) for one in _drawn(family).iter(f"{SVG}text")}
    assert at["Ann <b>"] == at["Tom"] < at["Robin"]


def test_two_of_one_name_are_told_apart():
    assert told_apart(("Kit Example", "kit  example", "Ann")) == (
        "Kit Example",
        "kit  example (2)",
        "Ann",
    )


def test_nobody_is_numbered_as_somebody_else_is_called():
    """FAM-06: each of the family is one figure, whoever is really called “Ann (2)”."""
    for given, apart in (
        (("Ann", "Ann", "Ann (2)"), ("Ann", "Ann (3)", "Ann (2)")),
        (("Ann (2)", "Ann", "Ann", "ann"), ("Ann (2)", "Ann", "Ann (3)", "ann (4)")),
        (("Ann", "Ann (2)", "Ann (2)", "Ann"), ("Ann", "Ann (2)", "Ann (2) (2)", "Ann (3)")),
    ):
        assert told_apart(given) == apart


def _drawn(genogram: Genogram) -> ET.Element:
    return ET.fromstring(genogram.drawn("Genogram"))  # noqa: S314 -- drawn by us
