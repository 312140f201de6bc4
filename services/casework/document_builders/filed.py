"""What was signed in a joint review, read from what is filed in our own case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.casework.acts import ACTS
from services.casework.answers_as_text import Names
from services.casework.document_builders.case_history import NOT_ON_RECORD, CaseHistory
from services.casework.document_builders.context import BuilderContext
from services.database.history import Entry
from services.database.joint_reviews import FiledWords, filed_words
from services.domain.entry_types import THE_REPORT
from services.domain.errors import NotFound
from services.domain.sign_off import SignOffMatter


@dataclass(frozen=True, slots=True)
class Filed:
    """The words that were filed, as the history that they were said in, with the names in them."""

    history: CaseHistory
    names: Names


def filed_round(
    context: BuilderContext, matter: SignOffMatter, round_: int | None = None
) -> FiledWords:
    """Return the round of the matter that was filed when the document was ordered, or the newest.

    A document cannot be made without it.
    """
    ordered_at = context.history.newest.at
    found = [
        one
        for one in filed_words(context.work.session, context.case.id, matter)
        if one.filed_at <= ordered_at and round_ in {None, one.round}
    ]
    if not found:
        raise NotFound(NOT_ON_RECORD)
    newest = max(found, key=lambda one: one.round)
    context.history.said.update(dict.fromkeys(newest.said))
    return newest


def as_filed(*filed: FiledWords) -> Filed:
    """Return what was filed as one history, in the order given and in which it was said."""
    said = [one for each in filed for one in each.words]
    names = {UUID(one): name for each in filed for one, name in each.names.items()}
    return Filed(CaseHistory(tuple(_as_entry(*one) for one in enumerate(said, 1))), names)


def newest_of_each(history: CaseHistory) -> Iterable[Entry]:
    """Return what was put: the newest of each act, in the order of the acts.

    Of a report the newest version, whichever act says it.
    """
    said = {
        THE_REPORT[0] if one.entry_type in THE_REPORT else one.act: one for one in history.entries
    }
    return said.values()


def _as_entry(number: int, said: Mapping[str, Any]) -> Entry:
    """Return what was said as an entry to read; it is of no session and is never kept."""
    act = ACTS[said["act"]]
    words = {"act": act.name, "entry_type": act.entry, "command": said["command"]}
    return Entry.model_construct(number=number, names={}, **words)
