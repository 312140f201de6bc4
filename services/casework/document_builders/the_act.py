"""The builder of documents that tell one act: what was answered in it, under the key dates."""

from services.casework.acts import act_of
from services.casework.answers_as_text import ids_in, names_for
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    parts,
)
from services.domain.labels import label
from services.domain.plain_text import capital


def the_act(context: BuilderContext) -> DocumentContent:
    """Build a document of the act that ordered it, by the titles of its form."""
    entry = context.history.newest
    command = act_of(entry).content.model_validate(entry.command)
    names = context.names | names_for(context.work, *ids_in(command))
    return DocumentContent(
        sections=parts(capital(label(entry.entry_type)), command, names),
        details=key_dates(context.case),
    )
