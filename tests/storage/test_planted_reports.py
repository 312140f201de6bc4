"""What is planted in reports is found, wherever it stands and however it is written (PUB-16)."""

import io
import time

import pikepdf
import pytest

from services.domain.anonymity.checking import Hit, ReportChecker
from services.domain.anonymity.known import (
    FoundWords,
    HitKind,
    KnownDay,
    KnownOfReport,
    KnownWords,
    Passage,
    without_overlaps,
)
from services.storage.checking import check
from services.storage.reading_reports import passages_of
from tests.planted_by_form import PUBLIC, REACHED
from tests.planted_pdfs import IN_PDF, a_pdf_report
from tests.planted_reports import (
    IN_WORD,
    Plant,
    PlantedCase,
    a_case,
    a_word_report,
    plants_for,
)

SEEDS = range(1, 7)
MOST_FALSE_ALARMS = 0
REPORTS = {"docx": (IN_WORD, a_word_report), "pdf": (IN_PDF, a_pdf_report)}


def known_of(case: PlantedCase) -> KnownOfReport:
    """Return what is on record of the case."""
    return KnownOfReport(
        names=(
            KnownWords(case.child, HitKind.CHILD_NAME),
            KnownWords(case.mother, HitKind.FAMILY_NAME),
            KnownWords(case.worker, HitKind.PRACTITIONER_NAME),
        ),
        days=(
            KnownDay(case.born, HitKind.BIRTH_DAY),
            KnownDay(case.incident, HitKind.INCIDENT_DAY),
        ),
        places=(
            KnownWords(case.place, HitKind.PLACE),
            KnownWords(case.school, HitKind.SCHOOL),
        ),
        references=(case.reference,),
        public=PUBLIC,
    )


def hits_in(form: str, content: bytes, case: PlantedCase) -> list[Hit]:
    """Return what publication waits for in a file that the upload check lets in."""
    check(f"report.{form}", content)
    found = ReportChecker(known_of(case)).hits(passages_of(form, content), "x")
    return [one for one in found if one.kind.is_waited_for]


@pytest.mark.in_turns
@pytest.mark.parametrize("form", REPORTS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_way_to_write_it_is_found(form: str, seed: int, capsys: pytest.CaptureFixture[str]):
    """Nothing that is planted is missed: each is sought in a report of its own (PUB-16)."""
    places, make = REPORTS[form]
    case = a_case(seed)
    plants = [*plants_for(seed, places, case)]
    missed = [one for one in plants if not hits_in(form, make(seed, [one]), case)]
    with capsys.disabled():
        print(f"\n{form}, seed {seed}: found {len(plants) - len(missed)} of {len(plants)} planted")  # noqa: T201 - the count is what is asked for
    assert missed == []


@pytest.mark.slow
@pytest.mark.parametrize("form", REPORTS)
def test_it_is_found_at_every_place(form: str):
    """The child's name is found wherever a file can hold it, seen or not (PUB-16)."""
    places, make = REPORTS[form]
    case = a_case(1)
    missed = [one for one in places if not hits_in(form, make(1, [Plant(case.child, one)]), case)]
    assert missed == []


@pytest.mark.slow
@pytest.mark.parametrize("form", REPORTS)
def test_a_clean_report_raises_no_false_alarm(form: str, capsys: pytest.CaptureFixture[str]):
    """A clean report, which prints public addresses, holds nothing to settle (PUB-16)."""
    _places, make = REPORTS[form]
    printed = [Plant(REACHED, "text")]
    alarms = {seed: hits_in(form, make(seed, printed), a_case(seed)) for seed in SEEDS}
    counted = sum(map(len, alarms.values()))
    with capsys.disabled():
        print(f"\n{form}: {counted} false alarms in {len(alarms)} clean reports")  # noqa: T201 - the same
    assert counted <= MOST_FALSE_ALARMS, alarms


def places_in(place: str, text: str) -> list[str]:
    """Return the words that are taken for the place of the case."""
    known = KnownOfReport(places=(KnownWords(place, HitKind.PLACE),))
    said = ReportChecker(known).hits([Passage("x", text)], "x")
    return [one.words for one in said if one.kind is HitKind.PLACE]


@pytest.mark.parametrize(
    "place",
    [
        "Family home",
        "Temporary accommodation",
        "Residential nursery",
        "Foster Carer",
        "With parents",
    ],
)
def test_how_a_child_lives_is_no_place(place: str):
    """PUB-16: a setting is an everyday word; the town beside it is found."""
    said = f"The family home was seen. {place} and {place.lower()} were in Exeter."
    assert places_in(f"{place}, Exeter", said) == ["Exeter"]


def test_a_place_of_one_word_is_known_by_its_capital():
    """PUB-16: a road that is named as a setting is a road still."""
    assert places_in("Marsh, Devon", "They crossed a marsh near Marsh and MARSH.") == [
        "Marsh",
        "MARSH",
    ]
    assert places_in("Foster Road, Exeter", "A foster carer in foster road.") == ["foster road"]


def test_of_two_that_overlap_one_stays_and_many_take_no_longer_each():
    """PUB-16: a report in which very much is found is checked to its end."""
    apart = [FoundWords(at, at + 8, HitKind.MONTH) for at in range(0, 300_000, 10)]
    longer = FoundWords(5, 18, HitKind.MONTH)
    certain = FoundWords(27, 31, HitKind.PLACE)
    begun = time.process_time()
    kept = without_overlaps([*apart, longer, certain])
    assert time.process_time() - begun < 5
    assert kept == [longer, certain, *apart[4:]]


@pytest.mark.slow
def test_marks_piled_on_one_letter_take_no_longer_each():
    """PUB-16: a file in which marks are piled on a letter is checked to its end."""
    piled = Passage("x", "a" + "\u0301\u0323" * 200_000 + " Robin Example")
    known = KnownOfReport(names=(KnownWords("Robin Example", HitKind.CHILD_NAME),))
    begun = time.process_time()
    (hit,) = ReportChecker(known).hits([piled], "x")
    assert time.process_time() - begun < 5
    assert hit.words == "Robin Example"


def a_drawn_pdf(drawn: bytes, own_map: bytes = b"", form: bytes = b"") -> bytes:
    """Return a PDF of one page that draws this, with a font of such a map and a form."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType)
        font["/ToUnicode"] = pdf.make_stream(own_map)
        drawing = pdf.make_stream(form)
        drawing["/Subtype"] = pikepdf.Name.Form
        kept = {"/XObject": {"/F": drawing}, "/Font": {"/T": pdf.make_indirect(font)}}
        page.obj["/Resources"] = pdf.make_indirect(pikepdf.Dictionary(kept))
        page.obj["/Contents"] = pdf.make_stream(drawn)
        written = io.BytesIO()
        pdf.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        a_drawn_pdf(b"/F Do", form=b"/F Do " * 10),
        a_drawn_pdf(b"BT /T 9 Tf 999999999999 Tj ET"),
        a_drawn_pdf(b"BT /T 9 Tf (a) Tj ET", b"1 beginbfrange <00> <FFFF> <0041> endbfrange"),
        a_drawn_pdf(b"BT /T 9 Tf (a) Tj ET", b"1 beginbfrange 99999999999 9 <0041> endbfrange"),
        a_drawn_pdf(b"BT /T 9 Tf (a) Tj ET", b"1 beginbfrange <00> <09> <FFFF> endbfrange"),
        b"%PDF-1.7 and no more",
    ],
    ids=["forms in forms", "number written", "range", "number mapped", "letter", "no file"],
)
def test_a_file_that_draws_without_end_or_is_at_fault_is_said_to_be_unread(content: bytes):
    """PUB-16: one file keeps no check from its end; what was not read is certain."""
    kinds = [one.kind for one in passages_of("pdf", content)]
    assert HitKind.NOT_READ in kinds


def test_what_cannot_be_kept_is_not_among_the_words_of_a_hit():
    """PUB-16: a control between two words, or half a letter, is as a space."""
    case = a_case(1)
    first, _, surname = case.child.partition(" ")
    own_map = b"2 beginbfchar <61> <0000> <62> <00620000> endbfchar"
    (page, *_rest) = passages_of("pdf", a_drawn_pdf(b"BT /T 9 Tf (ab) Tj ET", own_map))
    assert "\0" in page.text
    said = Passage("x", f"It was {first}\0{surname}\ud800.")
    (hit,) = ReportChecker(known_of(case)).hits([said], "x")
    assert hit.words == case.child


@pytest.mark.parametrize("has_genogram", [True, False])
def test_a_picture_stops_publication_where_it_may_be_the_genogram(has_genogram):
    """FAM-06, PUB-16: nothing is read in it, so who publishes says that it is another picture."""
    checker = ReportChecker(KnownOfReport(has_genogram=has_genogram))
    (hit,) = checker.hits([Passage("pictures", "2", HitKind.PICTURE)], "a digest")
    assert hit.kind.is_certain is has_genogram
