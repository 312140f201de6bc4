"""Whom a case comes to name after its referral: contacts, who have no account (PUB-16, LC-30).

They are named in free words, beside posts and telephone numbers: the names among them are found.
"""

from collections.abc import Iterator
from typing import Final

from services.casework.steps.other_reviews.register import register_of
from services.database.cases import Case
from services.database.directory_entries import contact_entries
from services.database.history import all_of
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.people_in import people_in
from services.domain.anonymity.words import phrase_of
from services.domain.directory import BODIES, OrganisationKind
from services.domain.entry_types import THE_RETURN, EntryType

_NATIONAL: Final = frozenset({*BODIES.values(), OrganisationKind.NATIONAL_BODY})


def people_told_later(work: UnitOfWork, case: Case) -> Iterator[str]:
    """Yield the names of contacts of the directory, of other processes and of the agencies.

    As far as the actor reads them. Contacts of the national bodies are not among them: who leads
    one is known to anybody.
    """
    organisations = {phrase_of(one) for one in agency_names(work.session).values()}
    organisations.add(phrase_of(work.partnership.name))
    for text in _texts(work, case):
        for name in people_in(text):
            if not any(_is_part(phrase_of(name), one) for one in organisations):
                yield name


def _texts(work: UnitOfWork, case: Case) -> Iterator[str]:
    for entry in contact_entries(work.session):
        if entry.kind not in _NATIONAL:
            yield entry.contact.holder
    register = register_of(work, case.id)
    yield from (one.said.contact for one in register.processes)
    yield from (said.who for _entry, said in register.contacts)
    for sent in all_of(work.session, case.id, EntryType.REPORT_SUBMITTED, *THE_RETURN):
        yield str(sent.command.get("point_of_contact") or "")


def _is_part(name: tuple[str, ...], organisation: tuple[str, ...]) -> bool:
    return any(
        organisation[at : at + len(name)] == name for at in range(len(organisation) - len(name) + 1)
    )
