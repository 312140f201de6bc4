"""What leaves the key lines of enquiry open, and what is missing from what each agency sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from services.casework.steps.local_review.gaps import Gap, ListGap, open_gaps
from services.casework.steps.local_review.terms_amended import terms_in_force
from services.casework.steps.local_review.terms_said import TermsKept
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.information_gaps import KeyLineNumber
from services.domain.labels import label
from services.domain.plain_text import capital

ListedGap = tuple[Gap, ListGap]


@dataclass(frozen=True, slots=True)
class KeyLineGaps:
    """One key line of enquiry, and what leaves it open, each with the agency if it is one's."""

    number: int
    question: str
    gaps: tuple[tuple[str, str], ...]


def gaps_listed(work: UnitOfWork, case: Case) -> list[ListedGap]:
    """Return the gaps that are open, as far as the actor reads them, with what was said of each."""
    return [(one, ListGap.model_validate(one.entry.command)) for one in open_gaps(work, case)]


def gaps_of(gaps: Iterable[ListedGap], agency_id: UUID) -> tuple[str, ...]:
    """Return what is missing from what the agency sent, each with its key line if it has one."""
    return tuple(
        f"{capital(label(said.key_line))}: {gap.missing}" if said.key_line else gap.missing
        for gap, said in gaps
        if said.agency == agency_id
    )


def gaps_by_key_line(
    work: UnitOfWork,
    case: Case,
    gaps: Iterable[ListedGap],
    names: Mapping[UUID, str],
) -> tuple[KeyLineGaps, ...]:
    """Return each key line of the terms in force, with what leaves it open."""
    entry = terms_in_force(work, case)
    lines = () if entry is None else TermsKept.model_validate(entry.command).key_lines
    return tuple(
        KeyLineGaps(
            number.place,
            line.question,
            tuple(
                (gap.missing, names.get(said.agency, "An agency") if said.agency else "")
                for gap, said in gaps
                if said.key_line is number
            ),
        )
        for number, line in zip(KeyLineNumber, lines, strict=False)
    )
