"""What parties and the people who signed are called, on whichever side of a joint review."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from services.casework.answers_as_text import names_for
from services.casework.joint.matters import bearer_of
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.history import all_of
from services.database.shown import known_partnerships, shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.parties import Party, party_name
from services.domain.sign_off import SignOffMatter


@dataclass(frozen=True, slots=True)
class Signatories:
    """Names for one matter: of partnerships where several sign it, of authorities, of people."""

    partnerships: Mapping[UUID, str]
    authorities: Mapping[str, str]
    people: Mapping[UUID, str]

    def party(self, party: Party) -> str:
        """Return what the party is called; where several partnerships sign, whose it is as well."""
        seat = party_name(party.seat, party.authority, self.authorities)
        whose = self.partnerships.get(party.partnership_id)
        return f"{whose}: {seat}" if whose else seat

    def person(self, signed: SignOff) -> str:
        """Return who signed; nothing where it is not known to us."""
        return self.people.get(signed.person_id, "")


def signatories(
    work: UnitOfWork, case: Case, matter: SignOffMatter, signed: Iterable[SignOff]
) -> Signatories:
    """Return the names for the matter and those who signed it.

    People of another partnership are known by what it shows, or by what came with the signature.
    """
    signed, authorities = list(signed), work.partnership.authorities
    people = names_for(work, *(one.person_id for one in signed))
    bearer = bearer_of(work, case, matter)
    if bearer.joint_review_id is None:
        return Signatories({}, authorities, people)
    if not bearer.is_own(case):
        people = shown_names(work.session, bearer.case_id) | people
    people = _came_with_signatures(work, case, signed) | people
    return Signatories(known_partnerships(work.session), authorities, people)


def _came_with_signatures(work: UnitOfWork, case: Case, signed: list[SignOff]) -> dict[UUID, str]:
    arrived = all_of(work.session, case.id, EntryType.SIGNATURE_RECEIVED)
    names = {one.subject: one.command["person"] for one in arrived}
    return {one.person_id: names[str(one.id)] for one in signed if str(one.id) in names}
