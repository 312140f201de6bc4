"""Names of practitioners in what agencies send: a role stands in their place (LC-34).

Looked for are the full names of people who have an account, and names after a title or a post, such
as Dr Patel. The directory names posts as well as people, so its words are not looked for. Who is of
the family is no practitioner. A name that is taken for a practitioner's and is none passes once it
is said whose it is; that is kept with what was sent.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import BaseModel, Field

from services.casework.commands import LongText, NeededWhen
from services.casework.steps.names_at_work import family_named, names_of_practitioners
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.record_checks.passages import plain_words
from services.domain.record_checks.titled_names import titled_names

FalseAlarm = Annotated[
    LongText | None,
    NeededWhen("if a name was found that is no practitioner's"),
    Field(
        title="Which name that was found is no practitioner's, and whose is it?",
        description="Write the name as it was found. What you say is kept, and stands in no paper.",
    ),
]
_INSTEAD = (
    "give the role instead (LC-34). If it is no practitioner's name, say below which name that is, "
    "and whose it is"
)


@dataclass(frozen=True, slots=True)
class _Finder:
    """What is looked for on one case, and what was said to be a false alarm."""

    known: tuple[str, ...]
    of_family: frozenset[str]
    false_alarm: str
    by_title: bool = True

    def first_in(self, text: str) -> str:
        """Return the first name that is found and not explained; nothing where there is none."""
        plain = plain_words(text)
        known = (one for one in self.known if plain_words(one) in plain)
        titles = titled_names(text) if self.by_title else ()
        titled = (one for one in titles if not self._is_of_family(one))
        found = (one for one in (*known, *titled) if plain_words(one) not in self.false_alarm)
        return next(found, "")

    def _is_of_family(self, titled: str) -> bool:
        """Tell whether the last word of the name is one of the family's names."""
        return plain_words(titled).split()[-1] in self.of_family


def must_name_no_practitioner(
    work: UnitOfWork, case: Case, texts: Mapping[str, str | None], false_alarm: str | None = None
) -> None:
    """Refuse an answer that names whom we take for a practitioner, at its field (LC-34)."""
    finder = _finder(work, case, false_alarm)
    for field, text in texts.items():
        if named := finder.first_in(text or ""):
            raise AnswerRefused(field, f"It names {named}: {_INSTEAD}.")


def must_name_none_in_rows(
    work: UnitOfWork,
    case: Case,
    rows: Iterable[tuple[int, BaseModel]],
    field: str,
    false_alarm: str | None = None,
) -> None:
    """Refuse rows, by their numbers, of which one names a practitioner, as it seems (LC-34)."""
    if faults := named_in_rows(work, case, rows, false_alarm):
        raise AnswerRefused(field, f"{'; '.join(faults)}: {_INSTEAD}.")


def must_name_nobody_known(
    work: UnitOfWork, case: Case, rows: Iterable[tuple[int, BaseModel]], field: str
) -> None:
    """Refuse rows, by their numbers, of which one names somebody who has an account (LC-34)."""
    finder = replace(_finder(work, case, None), by_title=False)
    if faults := _faults(finder, rows):
        raise AnswerRefused(field, f"{'; '.join(faults)}. Give the role instead (LC-34).")


def named_in_rows(
    work: UnitOfWork,
    case: Case,
    rows: Iterable[tuple[int, BaseModel]],
    false_alarm: str | None = None,
) -> list[str]:
    """Return whom these rows name of those taken for practitioners, each with its place."""
    return _faults(_finder(work, case, false_alarm), rows)


def _faults(finder: _Finder, rows: Iterable[tuple[int, BaseModel]]) -> list[str]:
    return [
        f"{title} of row {number} names {named}"
        for number, row in rows
        for title, text in _texts(row)
        if (named := finder.first_in(text))
    ]


def _finder(work: UnitOfWork, case: Case, false_alarm: str | None) -> _Finder:
    return _Finder(
        known=tuple(sorted(names_of_practitioners(work, case))),
        of_family=frozenset(
            word for one in family_named(work, case) for word in plain_words(one).split()
        ),
        false_alarm=plain_words(false_alarm or ""),
    )


def _texts(row: BaseModel) -> Iterator[tuple[str, str]]:
    """Yield what is typed in a row; about whom it is may be anybody."""
    for name, field in type(row).model_fields.items():
        value = getattr(row, name)
        if isinstance(value, str) and name != "about":
            yield field.title or name, str(value)
