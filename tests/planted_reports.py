"""Reports in which what tells of a case is planted, by a seed: who, how it is written, and where.

This is made from a case's people alone and knows nothing of how a report is checked.
"""

import io
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

from tests.planted_by_form import an_nhs_number, ways_by_form

FORENAMES = (
    "Kayla", "Zoë", "Oluwaseun", "Siân", "Łukasz", "Renée", "Aoife", "Tariq", "Priya", "Jörg",
    "Anneliese", "Mohammed", "Niamh", "Björn", "Esmé", "Keziah",
)  # fmt: skip
SURNAMES = (
    "Okafor-Smith", "O'Malley", "Brzęczyk", "Fitzgerald", "Núñez", "Patel", "D'Souza", "Adeyemi",
    "Llewellyn", "Müller", "Wojciechowska", "St John-Smythe", "Al-Hassan", "Ferreira", "Ng'ang'a",
)  # fmt: skip
PLACES = ("Ambleside", "Kirkby Lonsdale", "Barrow Island", "Grange-over-Sands", "Ulverston")
SCHOOLS = ("St Cuthbert's Primary School", "Longmire Academy", "Dallam Tower Nursery")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
PROSE = (
    "Agencies held what they knew apart, and nobody saw the whole of it.",
    "The team around the family met often, but recorded little of what the child said.",
    "Practitioners described heavy caseloads and a system that hoped for the best.",
    "A health visitor may not be told when a family moves to another area.",
    "In the spring of that year services changed, and referrals were passed on late.",
    "Working Together to Safeguard Children 2023 asks for information to be shared.",
    "The review looked at how agencies work together, and at what leaders make possible.",
    "For example, a chronology was begun in two agencies and finished in neither.",
    "Section 47 enquiries were opened 3 times; 2 ended within 15 working days.",
    "The Child Safeguarding Practice Review Panel has said so in its annual reports.",
    "Police, health and children's social care each had a part of the picture.",
    "Good practice was seen in early help, in housing and at the hospital.",
    "The Panel is at Sanctuary Buildings, Great Smith Street, London SW1P 3BT.",
    "Ofsted is reached on 0300 123 1231 or +44 300 123 1231, or at SCR.SIN@ofsted.gov.uk.",
)


@dataclass(frozen=True)
class PlantedCase:
    """The people, days and places of a made-up case."""

    child: str
    mother: str
    worker: str
    born: date
    incident: date
    place: str
    school: str
    reference: str
    postcode: str
    nhs_number: str
    telephone: str
    email: str


@dataclass(frozen=True)
class Plant:
    """What is planted: the words that stand in the report, and where."""

    words: str
    where: str


def a_case(seed: int) -> PlantedCase:
    """Return the case of a seed."""
    draw = random.Random(seed)  # noqa: S311 - a test's seed
    first, second, third = draw.sample(FORENAMES, 3)
    surname, other = draw.sample(SURNAMES, 2)
    born = date(2008, 1, 1) + timedelta(days=draw.randrange(5600))
    return PlantedCase(
        child=f"{first} {surname}",
        mother=f"{second} {draw.choice((surname, other))}",
        worker=f"{third} Winterbourne",
        born=born,
        incident=born + timedelta(days=draw.randrange(200, 900)),
        place=draw.choice(PLACES),
        school=draw.choice(SCHOOLS),
        reference=f"KEN-2025-{draw.randrange(1, 999):03}",
        postcode=f"{draw.choice(('LA', 'EX', 'M', 'SW'))}{draw.randrange(2, 20)} "
        f"{draw.randrange(10)}{draw.choice('ABDEFG')}{draw.choice('HJLNPQ')}",
        nhs_number=an_nhs_number(draw),
        telephone=f"07700 900{draw.randrange(1000):03}",
        email=f"{first[0].lower()}.{draw.randrange(100)}@post.example",
    )


def ways_to_write(case: PlantedCase) -> tuple[str, ...]:
    """Return each way in which the case's own is planted."""
    first, _, surname = case.child.partition(" ")
    mother, _, mothers = case.mother.partition(" ")
    worker, _, workers = case.worker.partition(" ")
    names = (
        case.child, first, surname, f"{first}'s", f"{first}\u2019s", case.child.upper(),
        case.child.lower(), f"{first[0]}. {surname}", f"{first[0]} {surname}", f"Mrs {mothers}",
        mother, case.mother, f"{surname}, {first}", case.child.replace("-", " "),
        case.child.replace("-", "\u2010"), _without_accents(case.child), case.worker,
        f"Dr {workers}", f"{worker[0]}. {workers}", f"{case.worker}'s",
    )  # fmt: skip
    return (*names, *_days(case.born), *_days(case.incident), *_others(case), *ways_by_form(case))


def _days(on: date) -> tuple[str, ...]:
    month, day = MONTHS[on.month - 1], on.day
    end = "th" if 10 < day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return (
        f"{day} {month} {on.year}", f"{on:%d/%m/%Y}", f"{day}{end} {month}", f"{month} {day}",
        f"{day}/{on.month}/{on:%y}", f"{on:%d.%m.%Y}", f"{on:%Y-%m-%d}",
        f"{day} {month[:3]} {on.year}",
        f"the {day}{end} of {month} {on.year}", f"{month} {day}, {on.year}", f"{on:%d-%m-%Y}",
    )  # fmt: skip


def _others(case: PlantedCase) -> tuple[str, ...]:
    return (
        case.place, case.place.upper(), case.school, case.school.replace("'", "\u2019"),
        case.school.replace("'", ""), case.reference, case.reference.lower(),
        case.reference.replace("-", " "),
    )  # fmt: skip


def _without_accents(text: str) -> str:
    plain = str.maketrans("ëâéęłŁñúöü", "eaeelLnuou")
    return text.translate(plain)


def clean_prose(seed: int, many: int = 40) -> list[str]:
    """Return paragraphs that tell nothing of any case."""
    draw = random.Random(seed)  # noqa: S311 - a test's seed
    return [" ".join(draw.sample(PROSE, 3)) for _ in range(many)]


IN_WORD = (
    "text", "split in runs", "table", "comment", "comment's author", "inserted", "deleted",
    "moved away", "header", "footer", "footnote", "alternative text", "hidden text", "text box",
    "title", "keywords", "own property", "bookmark",
)  # fmt: skip


def a_word_report(seed: int, plants: list[Plant]) -> bytes:
    """Return a Word file of clean prose with these plants in it."""
    page = docx.Document()
    for line in clean_prose(seed):
        page.add_paragraph(line)
    table = page.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "What is asked"
    notes = [one.words for one in plants if one.where == "footnote"]
    for one in plants:
        _plant(page, table, one)
    own = [one.words for one in plants if one.where == "own property"]
    written = io.BytesIO()
    page.save(written)
    return _with_parts(written.getvalue(), notes, own)


def _plant(page: Document, table: Table, one: Plant) -> None:
    said, body = f"It was {one.words} who was seen.", page.element.body
    if one.where in _IN_BODY:
        body.insert(0, _line(_IN_BODY[one.where](one.words, said)))
    elif one.where in _AROUND:
        _AROUND[one.where](page, one.words, said)
    elif one.where == "table":
        table.add_row().cells[1].text = said


def _split(page: Document, words: str, _said: str) -> None:
    line, middle = page.add_paragraph("It was "), len(words) // 2
    line.add_run(words[:middle]).bold = True
    line.add_run(words[middle:])
    line.add_run(" who was seen.")


def _comment(page: Document, text: str, author: str) -> None:
    line = page.add_paragraph("This was remarked on.")
    page.add_comment(line.runs, text=text, author=author, initials="R")


def _title(page: Document, words: str, _said: str) -> None:
    page.core_properties.title += f" {words}"


def _keywords(page: Document, words: str, _said: str) -> None:
    page.core_properties.keywords += f" {words}"


def _gone(said: str) -> str:
    run = _run(said).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    return f'<w:del w:id="2" w:author="A">{run}</w:del>'


def _bookmark(words: str) -> str:
    name = quoteattr(words.replace(" ", "_"))
    return f'<w:bookmarkStart w:id="9" w:name={name}/><w:bookmarkEnd w:id="9"/>{_run("Here.")}'


def _line(inside: str) -> object:
    spaces = (
        nsdecls("w", "wp", "a", "pic")
        + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    return parse_xml(f"<w:p {spaces}>{inside}</w:p>")


def _run(text: str, settings: str = "") -> str:
    return f'<w:r>{settings}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _shape(described: str, boxed: str) -> str:
    box = f"<wps:txbx><w:txbxContent><w:p>{_run(boxed)}</w:p></w:txbxContent></wps:txbx>"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="7" name="Shape" descr={quoteattr(described)}/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        f'wordprocessingShape"><wps:wsp>{box if boxed else ""}<wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


_IN_BODY = {
    "inserted": lambda _words, said: f'<w:ins w:id="1" w:author="A">{_run(said)}</w:ins>',
    "deleted": lambda _words, said: _gone(said),
    "moved away": lambda _words, said: (
        f'<w:moveFrom w:id="3" w:author="A">{_run(said)}</w:moveFrom>'
    ),
    "hidden text": lambda _words, said: _run(said, "<w:rPr><w:vanish/></w:rPr>"),
    "alternative text": lambda words, _said: _shape(words, ""),
    "text box": lambda _words, said: _shape("A box", said),
    "bookmark": lambda words, _said: _bookmark(words),
}
_AROUND = {
    "text": lambda page, _words, said: page.add_paragraph(said),
    "split in runs": _split,
    "comment": lambda page, _words, said: _comment(page, said, "Reviewer"),
    "comment's author": lambda page, words, _said: _comment(page, "Is that so?", words),
    "header": lambda page, _words, said: page.sections[0].header.add_paragraph(said),
    "footer": lambda page, _words, said: page.sections[0].footer.add_paragraph(said),
    "title": _title,
    "keywords": _keywords,
}


def _with_parts(content: bytes, notes: list[str], own: list[str]) -> bytes:
    """Return the file with footnotes and properties of its own, which the library cannot write."""
    word = nsdecls("w")
    lines = "".join(
        f'<w:footnote w:id="{at}"><w:p>{_run(f"See {one}.")}</w:p></w:footnote>'
        for at, one in enumerate(notes, 1)
    )
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{at}" name="Own{at}">'
        f"<vt:lpwstr>{escape(one)}</vt:lpwstr></property>"
        for at, one in enumerate(own, 2)
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    parts = {
        "word/footnotes.xml": f"<w:footnotes {word}>{lines}</w:footnotes>",
        "docProps/custom.xml": f'<Properties xmlns="{office}/custom-properties" '
        f'xmlns:vt="{office}/docPropsVTypes">{properties}</Properties>',
    }
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            after.writestr(name, before.read(name))
        for name, part in parts.items():
            after.writestr(name, part)
    return written.getvalue()


def plants_for(seed: int, places: tuple[str, ...], case: PlantedCase) -> Iterator[Plant]:
    """Yield every way to write the case's own, each at a place that the seed draws."""
    draw = random.Random(seed)  # noqa: S311 - a test's seed
    where = [*places] * (len(ways_to_write(case)) // len(places) + 1)
    draw.shuffle(where)
    for words, place in zip(ways_to_write(case), where, strict=False):
        yield Plant(words, place)
