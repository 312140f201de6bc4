"""Where the three partners stand on each matter that was put to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import select

from services.casework.steps.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.decisions import SignOff, sign_offs
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Seat
from services.domain.sign_off import SignOffMatter


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One partner's seat: who signed for it and what they said, if anyone has."""

    seat: Seat
    signed: SignOff | None
    who: str


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter before the partners, in its newest round."""

    matter: SignOffMatter
    round: int
    seats: tuple[SeatLine, ...]

    @property
    def count(self) -> int:
        """Return how many of the three have signed."""
        return sum(one.signed is not None for one in self.seats)


def matter_lines(work: UnitOfWork, case: Case, named: Mapping[str, str]) -> list[MatterLine]:
    """Return every matter that was put to the partners, with all three positions."""
    rounds = {matter: round_of(work, case, matter) for matter in SignOffMatter}
    return [
        MatterLine(matter, number, _seats(work, case, matter, named))
        for matter, number in rounds.items()
        if number
    ]


def signers(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return everyone who signed anything on the case, in whichever round."""
    signed = select(SignOff.person_id).where(SignOff.case_id == case.id).distinct()
    return set(work.session.exec(signed))


def _seats(
    work: UnitOfWork, case: Case, matter: SignOffMatter, named: Mapping[str, str]
) -> tuple[SeatLine, ...]:
    signed = sign_offs(work.session, case.id, matter, round_of(work, case, matter))
    by_seat = {one.seat: one for one in signed}
    return tuple(SeatLine(seat, by_seat.get(seat), _who(by_seat.get(seat), named)) for seat in Seat)


def _who(signed: SignOff | None, named: Mapping[str, str]) -> str:
    return named.get(str(signed.person_id), "A person who has left") if signed else ""
