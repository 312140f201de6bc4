"""Every paper becomes a PDF that can be read aloud and a Word file, whatever is typed into it."""

import io
import random
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pikepdf
import pytest
import typst

from services.documents.glyphs import MARK, breakable, name_of, plain, showable, unshown
from services.documents.making import KeylineDocuments
from services.documents.pdf import FONTS
from services.documents.wording import TEMPLATES, template_of, worded
from services.domain.dispatches import NOTICES
from services.domain.documents import (
    PARTICULARS,
    Answer,
    DocumentForm,
    DocumentKind,
    Paper,
    PaperSection,
    Table,
)
from services.domain.labels import document_title
from tests.paper_text import text_of as said_of

pytestmark = pytest.mark.slow

MADE = [kind for kind in DocumentKind if kind.particulars.forms]
DOCUMENTS = KeylineDocuments()
NASTY = (
    "O'Néill & <script>x</script> {{ 7*7 }} {% if %} #read('x') $x^2$ *s* _u_ \\n @a <b>"
    "\x00\x07\x1b 中文 😀 \u202egpj.exe العربية עברית ﷽ \ud800 \ufffe e\u0301\u0323"
    "\r\nnext line\u2028third \t tab"
)
NASTY_SECTIONS = (
    PaperSection(
        heading=NASTY,
        paragraphs=(NASTY, "", "word " * 20_000, "x" * 5_000),
        answers=(Answer(label=NASTY, text=NASTY), Answer(label="", text="")),
        items=(NASTY, ""),
        table=Table(
            caption=NASTY, columns=(NASTY, "", "c"), rows=((NASTY, "", "3"), ("y" * 500, "", ""))
        ),
    ),
    PaperSection(heading="\x00"),
    PaperSection(heading="Wide", table=Table(caption="", columns=tuple("abcdefgh"), rows=())),
)


def a_paper(kind: DocumentKind = DocumentKind.SCOPING_LETTER, **changed) -> Paper:
    paper = Paper(
        kind=kind,
        reference="NBL-2026-014",
        partnership="Northshire Safeguarding Children Partnership",
        prepared_on=date(2026, 7, 17),
        version=2,
        addressed_to="Northshire Health Trust",
        details=(Answer(label="Return by", text="Friday 24 July 2026"),),
        sections=(
            PaperSection(
                heading="What is known",
                paragraphs=("A short account.",),
                table=Table(caption="Agencies", columns=("Agency", "Asked"), rows=(("A", "B"),)),
            ),
        ),
    )
    return replace(paper, **changed)


def text_of(content: bytes) -> str:
    page = docx.Document(io.BytesIO(content))
    texts = [line.text for line in page.paragraphs]
    texts += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def tags_of(element: pikepdf.Object, found: list[str] | None = None) -> list[str]:
    found = [] if found is None else found
    if isinstance(element, pikepdf.Array):
        for each in element:
            tags_of(each, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(str(element.S))
        if "/K" in element:
            tags_of(element.K, found)
    return found


def test_every_kind_but_an_upload_has_a_template_and_every_template_a_kind():
    kinds = {path.stem for path in TEMPLATES.glob("*.html")} - {"frame", "parts"}
    assert kinds == {kind.value for kind in MADE}
    assert set(PARTICULARS) == set(DocumentKind)
    assert set(DocumentKind) - set(MADE) == {DocumentKind.UPLOAD}


@pytest.mark.in_turns
@pytest.mark.parametrize("kind", MADE)
def test_a_pdf_of_every_kind_is_tagged_titled_and_in_english(kind):
    made = DOCUMENTS.pdf(a_paper(kind))
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == document_title(kind)
        tags = tags_of(pdf.Root.StructTreeRoot)
    assert {"/H1", "/P", "/Table", "/TH", "/Caption"} <= set(tags)
    assert made.media_type == "application/pdf"
    case = "" if kind.particulars.is_public else "NBL-2026-014-"
    assert made.filename == f"{case}{kind.replace('_', '-')}-v2.pdf"


@pytest.mark.in_turns
@pytest.mark.parametrize("kind", MADE)
def test_nasty_text_goes_into_both_forms_as_text_and_the_same_way_twice(kind):
    paper = a_paper(kind, sections=NASTY_SECTIONS, partnership=NASTY, addressed_to=NASTY)
    pdf, word = DOCUMENTS.pdf(paper), DOCUMENTS.word(paper)
    assert pikepdf.open(io.BytesIO(pdf.content)).Root.MarkInfo.Marked
    said = text_of(word.content)
    assert "<script>x</script> {{ 7*7 }} {% if %} #read('x') $x^2$ *s*" in said
    assert "中文 😀 gpj.exe العربية" in said
    assert pdf.sha256 == DOCUMENTS.pdf(paper).sha256
    assert word.sha256 == DOCUMENTS.word(paper).sha256


@pytest.mark.in_turns
@pytest.mark.parametrize("kind", MADE)
def test_a_paper_with_nothing_recorded_can_be_made(kind):
    empty = a_paper(
        kind, reference="", partnership="", addressed_to="", details=(), sections=(), version=1
    )
    assert DOCUMENTS.pdf(empty).content.startswith(b"%PDF-")
    assert document_title(kind) in text_of(DOCUMENTS.word(empty).content)


@pytest.mark.parametrize("kind", MADE)
def test_every_kind_has_wording_of_its_own(kind):
    says = " ".join(str(block) for block in worded(a_paper(kind, sections=())).blocks)
    assert len(says) > 600
    assert "lorem" not in says.lower()


def test_the_scoping_letter_tells_agencies_to_secure_records_and_name_no_practitioner():
    says = text_of(DOCUMENTS.word(a_paper()).content)
    assert "Friday 24 July 2026" in says
    for wanted in ("secure every record", "Name one representative", "never the name of a pract"):
        assert wanted in says


def test_a_word_file_has_headings_header_rows_properties_and_page_numbers():
    made = DOCUMENTS.word(a_paper(DocumentKind.TERMS_OF_REFERENCE))
    page = docx.Document(io.BytesIO(made.content))
    assert page.core_properties.title == "Terms of reference"
    assert page.core_properties.language == "en-GB"
    assert page.core_properties.subject == "NBL-2026-014"
    assert page.core_properties.created.date() == date(2026, 7, 17)
    styles = {line.style.name for line in page.paragraphs}
    assert {"Title", "Heading 1", "Caption", "List Bullet"} <= styles
    assert all("w:tblHeader" in table.rows[0]._tr.xml for table in page.tables)
    above = page.sections[0].header.paragraphs[0].text
    assert above.split("\n")[0] == "OFFICIAL-SENSITIVE"
    assert "NUMPAGES" in page.sections[0].footer._element.xml


def test_the_marking_is_on_every_paper_but_those_that_are_published_or_handed_to_anybody():
    public = {
        DocumentKind.PUBLISHED_REPORT,
        DocumentKind.IMPROVEMENT_INFORMATION,
        DocumentKind.IMPROVEMENTS_IN_PLACE,
        DocumentKind.FAMILY_LEAFLET,
        DocumentKind.PRACTICE_BRIEFING,
    }
    for kind in MADE:
        assert worded(a_paper(kind)).marking == ("" if kind in public else "OFFICIAL-SENSITIVE")


def test_a_paper_says_from_which_template_it_was_made():
    made = DOCUMENTS.pdf(a_paper())
    assert re.fullmatch(r"scoping_letter [0-9a-f]{16}", made.template)
    assert made.template == template_of(DocumentKind.SCOPING_LETTER)
    assert made.template != template_of(DocumentKind.SCOPING_FORM)


def test_the_scoping_form_leaves_room_to_write():
    asked = PaperSection(heading="Your records", blanks=("Are they secured?\nAll of them.", " "))
    form = worded(a_paper(DocumentKind.SCOPING_FORM, sections=(asked,)))
    blanks = [
        label
        for block in form.blocks
        for label, text in getattr(block, "facts", ())
        if text is None
    ]
    assert blanks == ["Are they secured?\nAll of them."]


def test_kinds_that_partnerships_edit_are_made_as_word_too():
    edited = {kind for kind in MADE if DocumentForm.WORD in kind.particulars.forms}
    assert edited >= {rule.letter for rule in NOTICES.values() if rule.letter is not None}
    assert edited >= {
        DocumentKind.SCOPING_FORM,
        DocumentKind.RAPID_REVIEW_RECORD,
        DocumentKind.COVERING_LETTER,
        DocumentKind.TERMS_OF_REFERENCE,
        DocumentKind.REPORT_VERSION,
        DocumentKind.ACTION_PLAN,
    }


def test_an_upload_is_never_made():
    with pytest.raises(ValueError, match="kept as it came"):
        DOCUMENTS.pdf(a_paper(DocumentKind.UPLOAD))


def test_a_table_whose_rows_do_not_fit_its_columns_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="one text for each column"):
        Table(caption="c", columns=("a", "b"), rows=(("1",),))
    with pytest.raises(ValueError, match="at least one column"):
        Table(caption="c", columns=(), rows=())


def test_a_character_that_no_font_has_gets_a_mark_and_the_reader_is_told():
    assert showable("aé中😀") == f"aé{MARK}{MARK}"
    plainly = DOCUMENTS.pdf(a_paper(sections=(PaperSection(heading="h", paragraphs=("abc",)),)))
    marked = DOCUMENTS.pdf(a_paper(sections=(PaperSection(heading="h", paragraphs=("ab中",)),)))
    assert len(marked.content) > len(plainly.content)


@pytest.mark.parametrize("seed", range(6))
def test_no_mixture_of_characters_keeps_a_pdf_from_being_made(seed):
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    accents = [chr(point) for point in range(0x300, 0x370)]
    letters = [chr(chance.randrange(1, 0x30000)) for _ in range(400)]
    mixed = "".join(each + chance.choice(accents) for each in letters)
    sections = (PaperSection(heading=mixed[:40], paragraphs=(mixed,), items=(mixed,)),)
    assert DOCUMENTS.pdf(a_paper(sections=sections)).content.startswith(b"%PDF-")


def test_controls_direction_marks_and_halves_of_pairs_are_left_out():
    assert plain("a\x00b\u202ec\ud800d\ufffee\r\nf\u2029g\th") == "abcde\nf\ng h"
    assert plain(" \x07 ") == ""


def test_only_words_too_long_for_a_line_get_places_to_break():
    assert breakable("short words stay", 8) == "short words stay"
    assert breakable("abcdefghij", 4) == "abcd\u200befgh\u200bij"


def test_a_lost_character_is_named_once_and_other_scripts_are_set():
    name = "\u09ae\u09bf\u09a8\u09be \u05e9\u05e8\u05d4 \u0645\u064a\u0646\u0627"
    assert showable(name) == name
    assert unshown(f"{name}\u4e2d\u4e2d\U0001f600") == ("\u4e2d", "\U0001f600")
    assert name_of("\U0001f600") == "grinning face"
    sections = (PaperSection(heading=name, paragraphs=(name, "\u4e2d")),)
    said = said_of(DOCUMENTS.pdf(a_paper(sections=sections)).content)
    assert "They are: cjk unified ideograph-4e2d." in said
    assert "\u09ae" in said


def test_the_fonts_of_papers_still_have_every_character_we_say_they_have():
    points = [
        range(int(word.partition("-")[0], 16), int(word.rpartition("-")[2], 16) + 1)
        for word in (TEMPLATES.parent / "glyph_ranges.txt").read_text().split()
    ]
    text = " ".join(chr(point) for each in points for point in each)
    fonts = re.search(r"font: (\([^)]*\))", (TEMPLATES / "paper.typ").read_text())
    page = (
        f'#set document(title: "x", date: none)\n#set text(lang: "en", font: {fonts[1]})\n'
        "#sys.inputs.text"
    )
    for letters in (text, f"{showable('中😀')}"):
        made = typst.compile(
            page.encode(),
            sys_inputs={"text": letters},
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[FONTS]),
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
        )
        assert made.startswith(b"%PDF-")


def test_our_own_word_files_hold_nothing_but_their_text():
    made = DOCUMENTS.word(a_paper(DocumentKind.ACTION_PLAN))
    with zipfile.ZipFile(io.BytesIO(made.content)) as parts:
        assert not [name for name in parts.namelist() if "vba" in name or "embeddings" in name]
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
