"""A partnership's own template makes the paper whole or not at all, and can do nothing else."""

import io
import re
import subprocess
import sys
from dataclasses import replace

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from services.documents import OwnTemplate, TemplateFailed
from services.documents.making import KeylineDocuments
from services.documents.own.language import CountedList, LoopTurns, TooManyTurns, counted, sandbox
from services.documents.own.names import NAMES, WORDS, must_stand, names_for, names_of
from services.domain.documents import (
    Answer,
    DocumentForm,
    DocumentKind,
    LetterWords,
    PaperSection,
)
from services.domain.paper_samples import sample_paper
from services.domain.paper_templates import OFFERED, instead_name, is_instead, own_name, told_of
from tests.own_templates import (
    LETTER,
    OWN_WORDS,
    a_template,
    adding,
    leaving_out,
    leaving_out_parts,
)
from tests.paper_text import text_of

pytestmark = pytest.mark.slow

DOCUMENTS = KeylineDocuments()
SAMPLE = sample_paper(LETTER)


def own(content: bytes, version: int = 3) -> OwnTemplate:
    return OwnTemplate(version=version, sha256="ab" * 32, content=content)


def made(content: bytes, paper=SAMPLE):
    return DOCUMENTS.from_own(paper, own(content))


def troubles(content: bytes, paper=SAMPLE) -> str:
    with pytest.raises(TemplateFailed) as failed:
        made(content, paper)
    return " ".join(failed.value.troubles)


def test_a_paper_names_the_version_and_the_same_paper_is_the_same_bytes():
    first, again = (made(DOCUMENTS.starter(LETTER)) for _ in range(2))
    for form, one in first.items():
        assert one.template == own_name(LETTER, "ab" * 32, 3)
        assert one.sha256 == again[form].sha256
    page = docx.Document(io.BytesIO(first[DocumentForm.WORD].content))
    facts = page.core_properties
    assert facts.comments == own_name(LETTER, "ab" * 32, 3)
    assert facts.author == SAMPLE.partnership
    assert facts.category == "OFFICIAL-SENSITIVE"


def test_its_own_words_stand_in_both_forms_in_place_of_the_usual_ones():
    content = a_template(LETTER, leaving_out_parts("opening", OWN_WORDS), adding("A last word."))
    for one in made(content).values():
        said = text_of(one.content)
        assert OWN_WORDS in said
        assert "A last word." in said
        assert "A serious child safeguarding incident has been referred" not in said


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("Dear {{ addressee }}", "the name “addressee” is not offered"),
        ("{{ part.heading }}", "the name “part” is not offered"),
        ("{{ parts }}", "“parts” is a list"),
        ("{{ to.upper() }}", "“call” is not offered"),
        ("{{ to|attr('x') }}", "“|attr” is not offered"),
        ("{{ to.__class__ }}", "the name “to.__class__” is not offered"),
        ("{{ 7 * 7 }}", "“mul” is not offered"),
        ("{% set x = 1 %}", "“assign” is not offered"),
        ("{% include 'x' %}", "“include” is not offered"),
        ("{% macro m() %}x{% endmacro %}", "“macro” is not offered"),
        ("{% for a in reference %}x{% endfor %}", "“reference” is no list"),
        ("{% for a in parts recursive %}x{% endfor %}", "a loop is written"),
        ("{% for a in parts if a %}x{% endfor %}", "a loop is written"),
        ("{% for a in range(9) %}x{% endfor %}", "“call” is not offered"),
        ("{% if to %}x", "a tag is not as it should be"),
        ("{{ to", "a tag is not as it should be"),
        ("{{ lipsum }}", "the name “lipsum” is not offered"),
    ],
)
def test_what_is_not_offered_is_refused_with_the_place_in_plain_words(tag, told):
    found = troubles(a_template(LETTER, adding(f"The place: {tag}")))
    assert told in found
    assert "In the text" in found
    assert "Traceback" not in found
    assert "<w:" not in found


def test_the_place_is_named_in_a_header_too():
    def head(page) -> None:
        page.sections[0].header.paragraphs[0].text = "{{ marking }} {{ colour }}"

    assert "In a header, at “{{ marking }} {{ colour }}”" in troubles(a_template(LETTER, head))


@pytest.mark.parametrize(
    ("left_out", "name"),
    [
        ("{{ signatory }}", "signatory"),
        ("Case reference: {{ reference }}", "reference"),
        ("To: {{ to }}", "to"),
        ("{{ part.heading }}", "part.heading"),
        ("{{ part.subheading }}", "part.subheading"),
        ("{{ point }}", "part.points"),
        ("{{ fact.label }}: {{ fact.text }}", "part.facts"),
        ("{{ table.caption }}", "part.tables"),
    ],
)
def test_what_is_on_record_may_not_be_left_out(left_out, name):
    """RR-39, INF-01: the facts, the secured records and the law stand in every letter."""
    assert f"leaves out “{name}”" in troubles(a_template(LETTER, leaving_out(left_out)))


def test_a_draft_report_keeps_the_words_that_it_is_a_draft_and_a_letter_those_put_right():
    report = DocumentKind.REPORT_VERSION
    without = leaving_out_parts("opening")
    assert "leaves out “opening”" in troubles(a_template(report, without), sample_paper(report))
    corrected = replace(SAMPLE, words=LetterWords(opening=("Put right.",), closing=("The end.",)))
    found = made(DOCUMENTS.starter(LETTER), corrected)
    assert "Put right." in text_of(found[DocumentForm.PDF].content)
    own_words = a_template(LETTER, leaving_out_parts("opening", OWN_WORDS))
    assert "leaves out “opening”" in troubles(own_words, corrected)


def test_words_that_people_typed_are_never_tags():
    typed = "{{ 7 * 7 }} {% if %} </w:t> & <b>"
    paper = replace(SAMPLE, sections=(PaperSection(heading="A", paragraphs=(typed,)),))
    for one in made(DOCUMENTS.starter(LETTER), paper).values():
        assert typed in text_of(one.content)


def test_comments_and_suggested_changes_are_not_sent_out_with_every_paper():
    def change(page) -> None:
        mark = OxmlElement("w:ins")
        mark.set(qn("w:id"), "1")
        mark.set(qn("w:author"), "Somebody")
        page.paragraphs[0]._p.append(mark)

    assert "suggested changes or comments" in troubles(a_template(LETTER, change))


def test_a_table_of_a_template_is_a_table_of_the_pdf():
    def tabled(page) -> None:
        table = page.add_table(rows=2, cols=2)
        for cell, text in zip(
            (one for row in table.rows for one in row.cells),
            ("Case", "To whom", "{{ reference }}", "{{ to }}"),
            strict=True,
        ):
            cell.text = text

    both = made(a_template(LETTER, tabled))
    assert text_of(both[DocumentForm.PDF].content).count("EXAMPLE-2030-001") >= 2


def test_a_tag_that_word_cut_into_pieces_and_a_row_that_repeats_are_filled_in():
    def cut(page) -> None:
        line = page.add_paragraph("By ")
        line.add_run("{{ partner").bold = True
        line.add_run("ship }}")
        table = page.add_table(rows=3, cols=1)
        for row, text in zip(
            table.rows,
            ("{%tr for part in parts %}", "Row of {{ part.heading }}", "{%tr endfor %}"),
            strict=True,
        ):
            row.cells[0].text = text

    for one in made(a_template(LETTER, cut)).values():
        said = text_of(one.content)
        assert f"By {SAMPLE.partnership}" in said
        assert "Row of An invented part" in said


def test_loops_end_and_so_does_the_process(tmp_path):
    turns = LoopTurns(left=10)
    names = counted({"parts": [{"lines": ["x"] * 4}] * 4}, turns)
    assert isinstance(names["parts"], CountedList)
    text = "{% for p in parts %}{% for l in p.lines %}{{ l }}{% endfor %}{% endfor %}"
    with pytest.raises(TooManyTurns):
        sandbox().from_string(text).render(names)
    limits = "from services.documents.own.bounds import limit; limit(); "
    for does in ("bytearray(4 * 2**30)", f"open({str(tmp_path / 'it')!r}, 'wb', 0).write(b'x')"):
        ended = subprocess.run(  # noqa: S603 -- the words are our own
            [sys.executable, "-c", limits + does], capture_output=True, check=False
        )
        assert ended.returncode != 0, does


def test_a_file_that_is_no_word_file_breaks_nothing_off():
    assert "cannot be filled in" in troubles(b"PK not a file")


def test_every_name_has_words_and_a_value_for_each_kind():
    assert set(NAMES) == set(WORDS)
    for kind in OFFERED:
        assert set(names_for(kind)) <= set(NAMES)
        names = names_of(sample_paper(kind))
        assert set(names) == set(NAMES)
        stand = {one.name for one in must_stand(sample_paper(kind), names) if one.text}
        of_a_case = set() if kind.particulars.is_public else {"reference", "marking"}
        assert {*of_a_case, "part.heading", "part.tables"} <= stand
        assert ("to" in stand) is bool(sample_paper(kind).addressed_to)


def test_parts_keep_the_order_of_the_house():
    order = PaperSection(
        heading="One", answers=(Answer(label="Q", text="A"),), paragraphs=("P",), items=("I",)
    )
    (part,) = [
        one
        for one in names_of(replace(SAMPLE, sections=(order,)))["parts"]
        if one["heading"] == "One"
    ]
    assert (part["lines"], part["points"]) == (["P"], ["I"])
    assert part["facts"] == [{"label": "Q", "text": "A"}]


def test_a_paper_says_which_template_it_came_from():
    own_one = own_name(LETTER, "cd" * 32, 12)
    house = "scoping_letter 0123456789abcdef"
    assert told_of(own_one) == "From version 12 of the partnership's own template."
    assert told_of(house) == ""
    assert "version 12 of the partnership's could not be filled in" in told_of(
        instead_name(house, 12)
    )
    assert is_instead(instead_name(house, 12))
    assert not is_instead(own_one)
    assert re.fullmatch(r"scoping_letter [0-9a-f]{16} own-12", own_one)
