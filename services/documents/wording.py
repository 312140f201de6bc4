"""What a paper says: the fixed wording of its kind with what people have recorded."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.documents.blocks import Block, Paragraph, read
from services.documents.glyphs import plain
from services.domain.documents import (
    Answer,
    DocumentKind,
    Drawing,
    LetterWords,
    Paper,
    PaperSection,
    Table,
)
from services.domain.labels.own_words import (
    Body,
    in_own_words,
    own_words_in,
    spoken_with,
    template_in_own_words,
    words_in_use,
)
from services.domain.plain_dates import day_month_year

TEMPLATES = Path(__file__).parent / "templates"
MARKING = "OFFICIAL-SENSITIVE"
_SHARED = ("frame.html", "parts.html", "paper.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A paper with its wording, ready to be set on pages."""

    title: str
    reference: str
    partnership: str
    marking: str
    blocks: tuple[Block, ...]
    template: str
    contents: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A paper's blocks apart: its first words, what stands on record, and its last words."""

    opening: tuple[Block, ...]
    record: tuple[Block, ...]
    closing: tuple[Block, ...]


class _PaperTemplates(FileSystemLoader):
    """The templates, each of which says a body by the word of the partnership (E-10)."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the template with its own words marked as such."""
        source, path, is_current = super().get_source(environment, template)
        return template_in_own_words(source), path, is_current


_templates = Environment(
    loader=_PaperTemplates(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters["day"] = day_month_year
_templates.globals["in_own_words"] = in_own_words


def worded(paper: Paper) -> Worded:
    """Fill in the template of the paper's kind."""
    clean = cleaned(paper)
    page = _templates.get_template(f"{paper.kind}.html").render(paper=clean)
    return Worded(
        title=clean.title,
        reference=clean.reference,
        partnership=clean.partnership,
        marking=marking_of(paper.kind),
        blocks=read(page),
        template=template_of(paper.kind),
        contents=has_contents(paper.kind),
    )


def has_contents(kind: DocumentKind) -> bool:
    """Tell whether a paper of the kind is of so many parts that it says where each of them is."""
    return kind is DocumentKind.MEETING_PACK


def marking_of(kind: DocumentKind) -> str:
    """Return how every page of a paper of the kind is marked; what is published is not."""
    return "" if kind.particulars.is_public else MARKING


def apart(paper: Paper) -> Apart:
    """Return what the house's template says of the paper, without its head and its signature.

    What stands on record is all that a letter with words of its own says beside them.
    """
    clean = cleaned(paper)
    record, whole = _body(replace(clean, words=LetterWords(opening=()))), _body(clean)
    places = range(len(whole) - len(record) + 1)
    begins = next((at for at in places if whole[at : at + len(record)] == record), 0)
    return Apart(opening=whole[:begins], record=record, closing=whole[begins + len(record) :])


def _body(clean: Paper) -> tuple[Block, ...]:
    """Return the blocks between the head and, in a letter, who signs it."""
    page = _templates.get_template(f"{clean.kind}.html").render(paper=clean)
    return read(page)[1 : -1 if clean.kind.particulars.is_letter else None]


def standard_words(
    kind: DocumentKind, partnership: str, about: str, policy: Mapping[str, Any] | None = None
) -> LetterWords:
    """Return the standard text of a kind of letter, as its template words it.

    ``policy`` is the one that its case follows, as it is kept: the letter says its words (E-10).
    """
    template = _templates.get_template(f"{kind}.html")
    known = {"paper": {"partnership": plain(partnership), "about": plain(about)}}
    with spoken_with(own_words_in(policy or {})):
        said = {
            name: "".join(block(template.new_context(known)))
            for name, block in template.blocks.items()
            if name in {"opening", "closing"}
        }
    return LetterWords(
        opening=_paragraphs(said.get("opening", "")), closing=_paragraphs(said.get("closing", ""))
    )


def _paragraphs(page: str) -> tuple[str, ...]:
    return tuple(one.text for one in read(page) if isinstance(one, Paragraph))


def template_of(kind: DocumentKind) -> str:
    """Return the name of a kind's template and a digest of everything its wording comes from."""
    return _template_with(kind, frozenset(words_in_use().items()))


@cache
def _template_with(kind: DocumentKind, own_words: frozenset[tuple[Body, str]]) -> str:
    digest = hashlib.sha256()
    for name in (f"{kind}.html", *_SHARED):
        digest.update((TEMPLATES / name).read_bytes())
    for body, word in sorted(own_words):
        digest.update(f"{body} {word}".encode())
    return f"{kind} {digest.hexdigest()[:16]}"


def cleaned(paper: Paper) -> Paper:
    """Return the paper without what no paper may hold, and without what was not answered."""
    return replace(
        paper,
        reference="" if paper.kind.particulars.is_public else plain(paper.reference),
        partnership=plain(paper.partnership),
        addressed_to=plain(paper.addressed_to),
        details=_answers(paper.details),
        sections=_sections(paper.sections),
        about=plain(paper.about),
        sender=plain(paper.sender),
        signatory=plain(paper.signatory),
        reached_at=plain(paper.reached_at),
        words=None if paper.words is None else _words(paper.words),
    )


def _words(words: LetterWords) -> LetterWords:
    return LetterWords(
        opening=tuple(filter(None, _texts(words.opening))),
        closing=tuple(filter(None, _texts(words.closing))),
    )


def _sections(sections: Iterable[PaperSection]) -> tuple[PaperSection, ...]:
    """Return the parts of which something is told: a heading alone tells a reader nothing."""
    return tuple(one for one in map(_section, sections) if not one.is_empty)


def _section(section: PaperSection) -> PaperSection:
    return PaperSection(
        heading=plain(section.heading),
        paragraphs=tuple(filter(None, _texts(section.paragraphs))),
        answers=_answers(section.answers),
        items=tuple(filter(None, _texts(section.items))),
        table=None if section.table is None else _table(section.table),
        drawing=None if section.drawing is None else _drawing(section.drawing),
        blanks=tuple(filter(None, _texts(section.blanks))),
        parts=_sections(section.parts),
    )


def _table(table: Table) -> Table:
    return Table(
        caption=plain(table.caption),
        columns=_texts(table.columns),
        rows=tuple(_texts(row) for row in table.rows),
    )


def _drawing(drawing: Drawing) -> Drawing:
    return Drawing(svg=plain(drawing.svg), in_words=plain(drawing.in_words))


def _answers(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    clean = (Answer(label=plain(each.label), text=plain(each.text)) for each in answers)
    return tuple(each for each in clean if each.text)


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(plain(text) for text in texts)
