"""How a form with what stands in it is set as a Word file, to be filled in and brought back."""

from typing import Any, Final

from docx.document import Document as Page
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from services.documents.word import add_line, begun, written
from services.documents.wording import MARKING, Worded
from services.domain.word_forms import (
    LONGEST_TAG,
    TO_ANSWER,
    WordForm,
    WordQuestion,
    settled,
    tag_of,
)

_HOW: Final = (
    "Type each answer in the field under its question, in Word or another program, and bring this "
    "file back on the page from which you took it. What is answered already stands in its field. "
    "Nothing is sent by bringing it back: you check every answer there first."
)
_ONE_OF: Final = "Answer with one of these: "
_SEVERAL: Final = "Answer with as many of these as apply, each on a line of its own: "
_LEAVE: Final = "Leave this line as it is. By it the file is known when it comes back."


def set_as_form(form: WordForm) -> bytes:
    """Return the form as a .docx; the same form gives the same bytes."""
    head = Worded(
        title=form.title,
        reference=form.identity.case,
        partnership=form.partnership,
        marking=MARKING,
        blocks=(),
        template=form.identity.words,
    )
    page = begun(head, form.prepared_on)
    add_line(page, _HOW)
    for part in form.parts:
        add_line(page, part.heading, "Heading 1")
        for question in part.questions:
            _add_question(page, question)
    add_line(page, "About this file", "Heading 1")
    add_line(page, _LEAVE)
    add_line(page, form.identity.words)
    return written(page)


def _add_question(page: Page, question: WordQuestion) -> None:
    if question.row:
        add_line(page, question.row, "Heading 2")
    asked = add_line(page, question.asks, "" if question.of_row else "Heading 2")
    asked.paragraph_format.keep_with_next = True
    if question.of_row:
        asked.paragraph_format.space_before = Pt(6)
        for run in asked.runs:
            run.bold = True
    for helps in filter(None, (question.helps, _choices_told(question))):
        add_line(page, helps).paragraph_format.keep_with_next = True
    page.element.body.insert(-1, _control(page, question))


def _choices_told(question: WordQuestion) -> str:
    if not question.choices:
        return ""
    begins = _ONE_OF if question.one else _SEVERAL
    return f"{begins}{'; '.join(question.choices)}."


def _control(page: Page, question: WordQuestion) -> Any:  # noqa: ANN401  # untyped there
    """Return the field of a question as a content control with a paragraph for each line."""
    control, told = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    _set(told, "w:alias", question.asks[:LONGEST_TAG])
    _set(told, "w:tag", tag_of(question))
    if not question.says:
        told.append(OxmlElement("w:showingPlcHdr"))
    if question.choices and question.one:
        told.append(_list_of(question.choices))
    content = OxmlElement("w:sdtContent")
    for line in (settled(question.says) or TO_ANSWER).split("\n"):
        paragraph = page.add_paragraph(line)
        content.append(paragraph._p)  # noqa: SLF001  # python-docx has no word for controls
    control.extend((told, content))
    return control


def _list_of(choices: tuple[str, ...]) -> Any:  # noqa: ANN401  # untyped there
    listed = OxmlElement("w:dropDownList")
    for number, choice in enumerate(dict.fromkeys(choices)):
        item = OxmlElement("w:listItem")
        item.set(qn("w:displayText"), choice)
        item.set(qn("w:value"), str(number))
        listed.append(item)
    return listed


def _set(within: Any, name: str, value: str) -> None:  # noqa: ANN401  # untyped there
    one = OxmlElement(name)
    one.set(qn("w:val"), value)
    within.append(one)
