"""Where the partners stand on each matter that was put to them: party by party."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import select

from services.casework.access.parts import reads_family
from services.casework.answers_as_text import names_for
from services.casework.joint.matters import parties_deciding, positions_before, positions_of
from services.casework.joint.signatories import Signatories, signatories
from services.casework.steps.rounds.group_advice import waits_for_advice
from services.casework.steps.rounds.sign_off_rounds import TODO_OF, newest_round
from services.casework.steps.sign_off.scrutineer_opinion import GiveOpinion, opinions_on
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.parties import Party, newest_positions
from services.domain.sign_off import Position, SignOffMatter
from services.web.view_models.way_out import WayOut, way_out


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party: who signed for it and what they said, or since when it is waited for.

    Of a party of another partnership we know what it signed, and not since when it was asked.
    """

    name: str
    signed: SignOff | None
    who: str
    since: datetime | None = None

    @property
    def dissents(self) -> bool:
        """Tell whether it disagrees."""
        return self.signed is not None and self.signed.position is Position.DISAGREES


@dataclass(frozen=True, slots=True)
class ReplacedLine:
    """A position of this round that a named lead replaced, and the one that took its place."""

    before: PartyLine
    now: PartyLine


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """What an independent scrutineer said of the version that is put: advice, and no position."""

    who: str
    at: datetime
    opinion: str


@dataclass(frozen=True, slots=True)
class MatterLine:
    """One matter before the partners, in its newest round, with the positions of earlier ones.

    ``said`` is all that is told of it in somebody's own words, on whichever side.
    ``waits_for_advice`` tells that the review group advises on it before it is put (G6).
    """

    matter: SignOffMatter
    round: int
    parties: tuple[PartyLine, ...]
    earlier: tuple[PartyLine, ...]
    opinions: tuple[OpinionLine, ...]
    replaced: tuple[ReplacedLine, ...]
    way_out: WayOut
    said: tuple[SignOff | Entry, ...]
    waits_for_advice: bool

    @property
    def count(self) -> int:
        """Return how many of the parties have signed."""
        return sum(one.signed is not None for one in self.parties)

    @property
    def dissents(self) -> int:
        """Return how many of the parties disagree in this round."""
        return sum(one.dissents for one in self.parties)


def matter_lines(work: UnitOfWork, case: Case) -> list[MatterLine]:
    """Return every matter that was put to the partners, with each party's position."""
    rounds = {matter: newest_round(work, case, matter) for matter in SignOffMatter}
    return [matter_line(work, case, matter, number) for matter, number in rounds.items() if number]


def signers(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return everyone who signed anything on the case, in whichever round."""
    signed = select(SignOff.person_id).where(SignOff.case_id == case.id).distinct()
    return set(work.session.exec(signed))


def matter_line(work: UnitOfWork, case: Case, matter: SignOffMatter, number: int) -> MatterLine:
    """Return where the partners stand on this round of the matter."""
    given = positions_of(work, case, matter, number)
    signed = {one.party: one for one in newest_positions(given)}
    before, asked = positions_before(work, case, matter, number), _asked(work, case, matter)
    named = signatories(work, case, matter, [*given, *before])
    opinions = _opinions_read(work, case, matter)
    resolved = way_out(work, case, matter)
    return MatterLine(
        matter,
        number,
        tuple(
            _line(work, named, party, signed.get(party), asked.get(party))
            for party in parties_deciding(work, case, matter)
        ),
        tuple(_line(work, named, one.party, one) for one in before),
        _opinions(work, opinions),
        tuple(_replaced(work, named, given)),
        resolved,
        (*given, *before, *opinions, *resolved.said),
        waits_for_advice(work, case, matter),
    )


def _replaced(
    work: UnitOfWork, named: Signatories, given: Sequence[SignOff]
) -> Iterator[ReplacedLine]:
    by = {one.replaces: one for one in given}
    for one in given:
        if one.id in by:
            before, now = (_line(work, named, one.party, each) for each in (one, by[one.id]))
            yield ReplacedLine(before, now)


def _opinions_read(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Entry]:
    found = opinions_on(work, case, matter)
    reads = {one: reads_family(work, one) for one in {entry.case_id for entry in found}}
    return [one for one in found if reads[one.case_id]]


def _opinions(work: UnitOfWork, found: list[Entry]) -> tuple[OpinionLine, ...]:
    people = names_for(work, *(one.person_id for one in found)) if found else {}
    return tuple(
        OpinionLine(
            people.get(one.person_id, ""),
            one.at,
            GiveOpinion.model_validate(one.command).opinion,
        )
        for one in found
    )


def _asked(work: UnitOfWork, case: Case, matter: SignOffMatter) -> dict[Party, datetime]:
    """Return which of our parties are asked to sign the matter, and since when."""
    asked = {
        one.subject: one.opened_at
        for one in open_assignments(work.session, case.id)
        if one.todo is TODO_OF[matter]
    }
    return {one: asked[one.code] for one in work.partnership.parties if one.code in asked}


def _line(
    work: UnitOfWork,
    named: Signatories,
    party: Party,
    signed: SignOff | None,
    since: datetime | None = None,
) -> PartyLine:
    is_own = party.partnership_id == work.actor.partnership_id
    unknown = "A person who has left" if is_own else "A person there"
    who = named.person(signed) or unknown if signed else ""
    if signed and signed.named_lead:
        who = f"{signed.named_lead}, the named lead; put on record by {who}"
    return PartyLine(named.party(party), signed, who, None if signed else since)
