"""Where the partners stand on each matter that was put to them: party by party."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from services.casework.joint.matters import parties_deciding, signatures
from services.casework.steps.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.decisions import SignOff, dissents_before
from services.database.unit_of_work import UnitOfWork
from services.domain.parties import Party, party_name
from services.domain.sign_off import Position, SignOffMatter


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party: who signed for it and what they said, if anyone has."""

    name: str
    signed: SignOff | None
    who: str


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter before the partners, in its newest round, with the dissents of earlier ones."""

    matter: SignOffMatter
    round: int
    parties: tuple[PartyLine, ...]
    earlier_dissents: tuple[PartyLine, ...]

    @property
    def count(self) -> int:
        """Return how many of the parties have signed."""
        return sum(one.signed is not None for one in self.parties)

    @property
    def dissents(self) -> int:
        """Return how many of the parties disagree in this round."""
        signed = [one.signed for one in self.parties if one.signed is not None]
        return sum(one.position is Position.DISAGREES for one in signed)


def matter_lines(work: UnitOfWork, case: Case, named: Mapping[str, str]) -> list[MatterLine]:
    """Return every matter that was put to the partners, with each party's position."""
    rounds = {matter: round_of(work, case, matter) for matter in SignOffMatter}
    return [
        MatterLine(
            matter,
            number,
            _parties(work, case, matter, number, named),
            tuple(
                _line(work, one.party, one, named)
                for one in dissents_before(work.session, case.id, matter, number)
            ),
        )
        for matter, number in rounds.items()
        if number
    ]


def signers(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return everyone who signed anything on the case, in whichever round."""
    signed = select(SignOff.person_id).where(SignOff.case_id == case.id).distinct()
    return set(work.session.exec(signed))


def _parties(
    work: UnitOfWork, case: Case, matter: SignOffMatter, number: int, named: Mapping[str, str]
) -> tuple[PartyLine, ...]:
    signed = {one.party: one for one in signatures(work, case, matter, number)}
    return tuple(
        _line(work, party, signed.get(party), named)
        for party in parties_deciding(work, case, matter)
    )


def _line(
    work: UnitOfWork, party: Party, signed: SignOff | None, named: Mapping[str, str]
) -> PartyLine:
    name = party_name(party.seat, party.authority, work.partnership.authorities)
    who = named.get(str(signed.person_id), "A person who has left") if signed else ""
    return PartyLine(name, signed, who)
