"""Names of practitioners in what agencies send: a role stands in their place (LC-34).

Looked for are the full names of people who have an account. The directory names posts as well as
people, so its words are not looked for. Who is of the family is no practitioner. A name that the
product does not know it does not find.
"""

from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel

from services.casework.steps.family import members_on_record
from services.database.cases import Case, children
from services.database.people import everybody
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.record_checks.passages import plain_words


def must_name_no_practitioner(
    work: UnitOfWork, case: Case, texts: Mapping[str, str | None]
) -> None:
    """Refuse an answer that names somebody whom the partnership knows, at its field (LC-34)."""
    known = names_of_practitioners(work, case)
    for field, text in texts.items():
        if named := _named_in(text or "", known):
            raise AnswerRefused(field, f"It names {named}: give the role instead (LC-34).")


def must_name_none_in_rows(
    work: UnitOfWork, case: Case, rows: Iterable[tuple[int, BaseModel]], field: str
) -> None:
    """Refuse rows, by their numbers, of which one names whom the partnership knows (LC-34)."""
    if faults := named_in_rows(work, case, rows):
        raise AnswerRefused(field, f"{'; '.join(faults)}. Give the role instead (LC-34).")


def named_in_rows(work: UnitOfWork, case: Case, rows: Iterable[tuple[int, BaseModel]]) -> list[str]:
    """Return whom these rows name of those whom the partnership knows, each with its place."""
    known = names_of_practitioners(work, case)
    return [
        f"{title} of row {number} names {named}"
        for number, row in rows
        for title, text in _texts(row)
        if (named := _named_in(text, known))
    ]


def names_of_practitioners(work: UnitOfWork, case: Case) -> frozenset[str]:
    """Return the full names of those who have an account, but for the case's family."""
    named = {*everybody(work.session).values()}
    family = {one.name for one in children(work.session, case.id)}
    family |= {one.name for one in members_on_record(work, case)}
    of_family = {plain_words(one) for one in family}
    return frozenset(
        one for one in named if len(one.split()) > 1 and plain_words(one) not in of_family
    )


def _named_in(text: str, known: Iterable[str]) -> str:
    plain = plain_words(text)
    return next((one for one in sorted(known) if plain_words(one) in plain), "")


def _texts(row: BaseModel) -> Iterator[tuple[str, str]]:
    """Yield what is typed in a row; about whom it is may be anybody."""
    for name, field in type(row).model_fields.items():
        value = getattr(row, name)
        if isinstance(value, str) and name != "about":
            yield field.title or name, str(value)
