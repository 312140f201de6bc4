"""What another partnership no longer shows of what is filed in our own case, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from services.database.cases import Case
from services.database.joint_reviews import CaseGrant, FiledWords, all_filed
from services.database.shown import known_partnerships, shared_cases, shown
from services.database.unit_of_work import UnitOfWork
from services.domain.joint_reviews import READ_TO_SIGN
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Whose words they are, and the day on which they ceased to be shown to us, if it is known."""

    partnership: str
    since: date | None


def withdrawn(work: UnitOfWork, case: Case) -> dict[SignOffMatter, Withdrawn]:
    """Return by matter what was withdrawn; what is shown still, or is our own, is left out.

    What was filed stays filed. It is said beside it, so that a reader knows that the words are no
    longer shown by who said them.
    """
    theirs = [one for one in all_filed(work.session, case.id) if one.carried_by != case.tenant_id]
    if not theirs:
        return {}
    names = known_partnerships(work.session)
    return {
        one.matter: Withdrawn(names.get(one.carried_by, ""), _ended(work, one))
        for one in _not_shown(work, theirs)
    }


def _not_shown(work: UnitOfWork, filed: Iterable[FiledWords]) -> list[FiledWords]:
    now = {(one.tenant_id, one.joint_review_id): one.sections for one in shared_cases(work.session)}
    return [
        one
        for one in filed
        if not now.get((one.carried_by, one.joint_review_id), frozenset())
        >= READ_TO_SIGN[one.matter]
    ]


def _ended(work: UnitOfWork, filed: FiledWords) -> date | None:
    """Return the day on which the last grant ended that showed us the matter."""
    question = select(CaseGrant).where(
        CaseGrant.tenant_id == filed.carried_by,
        CaseGrant.joint_review_id == filed.joint_review_id,
        CaseGrant.partnership_id == filed.tenant_id,
    )
    ends = [
        min(one.until_at, one.revoked_at or one.until_at)
        for one in work.session.exec(shown(question))
        if set(one.sections) >= READ_TO_SIGN[filed.matter]
    ]
    return london_date(max(ends)) if ends else None
