"""Whether a partner may sign a matter now: it is finished, their seat is free, and it is theirs."""

from services.casework.steps.review_opening import reviewer_of
from services.database.actions import actions
from services.database.cases import Case
from services.database.decisions import seats_of, sign_offs
from services.database.history import last_entry
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Progress
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, RuleBroken
from services.domain.labels import label
from services.domain.sign_off import SignOffMatter


def must_be_ready_to_sign(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Refuse a draft that is not assured (PUB-15, G9) and a plan with open actions (EMB-05)."""
    if matter is SignOffMatter.REPORT:
        _must_be_assured(work, case)
    if matter is SignOffMatter.ACTION_PLAN:
        plan = actions(work.session, case.id)
        if any(one.progress is Progress.OPEN for one in plan):
            raise RuleBroken("The partners sign the completed plan: an action is open (EMB-05).")


def must_be_first_to_sign(work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int) -> None:
    """Refuse a second signature for a seat, and a person in two seats (rules.md 4)."""
    for one in sign_offs(work.session, case.id, matter, round_):
        if one.seat is work.actor.seat:
            raise AlreadyDone(f"The {label(one.seat)} has signed already; that position stands.")
    if seats_of(work.session, case.id, work.actor.person_id) - {work.actor.seat}:
        raise RuleBroken("One person cannot fill two partners' seats on a case.")
    if matter is SignOffMatter.REPORT and reviewer_of(work, case) == work.actor.person_id:
        raise RuleBroken("A lead reviewer cannot sign off their own report.")


def _must_be_assured(work: UnitOfWork, case: Case) -> None:
    version = str(case.report_version)
    if last_entry(work.session, case.id, EntryType.QUALITY_ASSURED, version) is None:
        raise RuleBroken("The review group assures this version of the report first (PUB-15, G9).")
