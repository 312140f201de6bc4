"""What may be chosen where the words ask for an agency, a person, a partnership or a file."""

from collections.abc import Iterator, Mapping
from typing import Final

from services.casework.commands import Kind
from services.casework.steps.kept_files import kept_files
from services.database.cases import Case
from services.database.partnerships import agencies, agencies_on
from services.database.people import members
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Role
from services.web.forms.fields import Choice, Options, Question

_AGENCIES: Final = frozenset({Kind.AGENCY, Kind.AGENCIES})
_PEOPLE: Final = frozenset({Kind.PERSON, Kind.PEOPLE})


def choices_for(
    work: UnitOfWork, questions: tuple[Question, ...], case: Case | None = None
) -> Options:
    """Return the agencies, lead reviewers and partnerships for the questions that ask for them.

    An organisation that is listed for one case is a choice on that case alone.
    """
    asked = dict(_asked(questions))
    kinds = set(asked.values())
    known: Mapping[Kind, tuple[Choice, ...]] = {
        **dict.fromkeys(_AGENCIES, _agencies(work, case) if kinds & _AGENCIES else ()),
        Kind.PARTNERSHIP: _partnerships(work) if Kind.PARTNERSHIP in kinds else (),
        **dict.fromkeys(_PEOPLE, _reviewers(work) if kinds & _PEOPLE else ()),
    }
    return {name: known[kind] for name, kind in asked.items() if kind in known}


def files_added(work: UnitOfWork, case: Case) -> tuple[Choice, ...]:
    """Return the files that people added to the case, for an act that asks for one of them."""
    return tuple(Choice(str(one.id), one.shown_title) for one in kept_files(work, case))


def _asked(questions: tuple[Question, ...], stem: str = "") -> Iterator[tuple[str, Kind]]:
    for question in questions:
        yield f"{stem}{question.name}", question.kind
        yield from _asked(question.rows, f"{question.name}.")


def _agencies(work: UnitOfWork, case: Case | None) -> tuple[Choice, ...]:
    found = agencies(work.session) if case is None else agencies_on(work.session, case.id)
    return tuple(Choice(str(one.id), one.name) for one in found)


def _reviewers(work: UnitOfWork) -> tuple[Choice, ...]:
    people = members(work.session, Role.LEAD_REVIEWER, on=work.today)
    return tuple(Choice(str(one.id), one.name) for one in people)


def _partnerships(work: UnitOfWork) -> tuple[Choice, ...]:
    known = known_partnerships(work.session)
    return tuple(Choice(str(one), name) for one, name in known.items())
