"""The day on which every partner had signed a report."""

from datetime import date

from services.database.cases import Case
from services.database.decisions import all_signed
from services.database.unit_of_work import UnitOfWork
from services.domain.parties import parties_of, standing
from services.domain.sign_off import SignOffMatter


def signed_by_all(work: UnitOfWork, case: Case) -> date | None:
    """Return the day on which the report was signed by every party of ours, if it is of us alone.

    What is signed with other partnerships is agreed among all of them, and is left to them.
    """
    found = [one for one in all_signed(work.session, case.id) if one.matter is SignOffMatter.REPORT]
    newest = max((one.round for one in found), default=0)
    its = [one for one in found if one.round == newest]
    if not its or any(one.joint_review_id for one in its):
        return None
    needed = parties_of(work.actor.partnership_id, work.partnership.authorities)
    return standing(its, needed).agreed_on
