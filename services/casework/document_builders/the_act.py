"""The builder of documents that tell one act: what was answered in it, under the key dates."""

from collections.abc import Mapping
from typing import Final

from services.casework.acts import act_of
from services.casework.answers_as_text import ids_in, names_for
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    parts,
)
from services.domain.documents import DocumentKind

HEADINGS: Final[Mapping[DocumentKind, str]] = {
    DocumentKind.CHALLENGE_RECORD: "The challenge",
    DocumentKind.LATENESS_NOTICE: "Why it is late, and when it is expected",
}


def the_act(context: BuilderContext) -> DocumentContent:
    """Build a document of the act that ordered it."""
    entry = context.history.newest
    command = act_of(entry).content.model_validate(entry.command)
    names = context.names | names_for(context.work, *ids_in(command))
    return DocumentContent(
        sections=parts(HEADINGS[context.order.kind], command, names),
        addressed_to="Child Safeguarding Practice Review Panel",
        details=key_dates(context),
    )
