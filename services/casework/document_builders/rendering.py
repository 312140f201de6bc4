"""From which template a paper is made: the partnership's own that held then, or the house's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from services.casework.job_context import JobContext
from services.casework.own_template_trial import KeptTemplate, made_from_own
from services.casework.own_templates import template_at
from services.database.unit_of_work import UnitOfWork
from services.documents import TemplateFailed
from services.domain.documents import DocumentForm, DocumentKind, Paper, RenderedDocument
from services.domain.paper_templates import instead_name


def own_template_of(
    work: UnitOfWork, kind: DocumentKind, ordered_at: datetime
) -> KeptTemplate | None:
    """Return the partnership's own template that held when the paper was ordered, if one did."""
    row = template_at(work, kind, ordered_at)
    return None if row is None else KeptTemplate.of(row)


def rendered_by(
    context: JobContext, paper: Paper, own: KeptTemplate | None
) -> Mapping[DocumentForm, RenderedDocument]:
    """Make the paper from the partnership's own template, if one holds, or else the house's.

    One that cannot be filled in loses no paper: the house's stands in, and says so.
    """
    if own is None:
        return _of_the_house(context, paper)
    try:
        return made_from_own(context.documents, paper, own.read_from(context.store))
    except TemplateFailed:
        made = _of_the_house(context, paper)
        return {
            form: replace(one, template=instead_name(one.template, own.version))
            for form, one in made.items()
        }


def _of_the_house(context: JobContext, paper: Paper) -> Mapping[DocumentForm, RenderedDocument]:
    make = {DocumentForm.PDF: context.documents.pdf, DocumentForm.WORD: context.documents.word}
    return {form: make[form](paper) for form in paper.kind.particulars.forms}
