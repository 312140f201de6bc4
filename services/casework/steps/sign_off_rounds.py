"""Which round of sign-off a matter is in, and whether every party agrees."""

from datetime import date

from services.casework.effects import EmailContext, close_todos, enqueue_email, open_todo
from services.database.cases import Case
from services.database.decisions import sign_offs
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.parties import Party, standing
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo

TODO_OF = {
    SignOffMatter.RAPID_REVIEW: Todo.SIGN_RAPID_REVIEW,
    SignOffMatter.TERMS_OF_REFERENCE: Todo.SIGN_TERMS,
    SignOffMatter.REPORT: Todo.SIGN_REPORT,
    SignOffMatter.PUBLICATION: Todo.SIGN_PUBLICATION,
    SignOffMatter.ACTION_PLAN: Todo.SIGN_PLAN,
}
_EMAIL_MATTERS = {
    SignOffMatter.RAPID_REVIEW: EmailMatter.RAPID_REVIEW,
    SignOffMatter.TERMS_OF_REFERENCE: EmailMatter.TERMS_OF_REFERENCE,
    SignOffMatter.REPORT: EmailMatter.REPORT,
    SignOffMatter.PUBLICATION: EmailMatter.PUBLICATION,
    SignOffMatter.ACTION_PLAN: EmailMatter.ACTION_PLAN,
}
_OPENED_BY = {
    SignOffMatter.RAPID_REVIEW: (EntryType.DECISION_PROPOSED,),
    SignOffMatter.TERMS_OF_REFERENCE: (EntryType.TERMS_AGREED,),
    SignOffMatter.REPORT: (EntryType.DRAFT_SUBMITTED,),
    SignOffMatter.PUBLICATION: (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD),
    SignOffMatter.ACTION_PLAN: (EntryType.ACTION_UPDATED,),
}


def openings(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Entry]:
    """Return the entries that put a version of the matter to the partners, oldest first."""
    found = [one for kind in _OPENED_BY[matter] for one in all_of(work.session, case.id, kind)]
    return sorted(found, key=lambda one: one.number)


def round_of(work: UnitOfWork, case: Case, matter: SignOffMatter) -> int:
    """Return the round: each new version of a matter is signed afresh by every party."""
    return len(openings(work, case, matter))


def parties_deciding(work: UnitOfWork) -> tuple[Party, ...]:
    """Return the parties that sign: three, or more where there are several local authorities."""
    return work.partnership.parties


def all_agree(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether every party has signed this round and none of them disagrees (GOV-11)."""
    signed = sign_offs(work.session, case.id, matter, round_of(work, case, matter))
    return standing(signed, parties_deciding(work)).agreed_on is not None


def invite(
    work: UnitOfWork, case: Case, matter: SignOffMatter, *, last_day: date | None = None
) -> None:
    """Ask each party to sign this round, and tell each by email."""
    close_todos(work, case, TODO_OF[matter])
    open_todo(work, case, TODO_OF[matter], last_day=last_day)
    round_ = round_of(work, case, matter)
    for party in parties_deciding(work):
        about = EmailContext(
            matter=_EMAIL_MATTERS[matter],
            due=last_day,
            todo=TODO_OF[matter],
            party=party,
            part=f"{matter.name}:{round_}:{party.code.upper()}",
        )
        enqueue_email(work, case, EmailTrigger.SIGN_OFF_NEEDED, about)
