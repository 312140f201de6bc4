"""What follows once the partners have signed a changed text of the report (PUB-02, PUB-26, K12).

A text that goes again drops what was sent before it, and its notice runs anew; a correction of form
is published as it was signed, on the day that was approved.
"""

from services.casework.effects import (
    close_todos,
    compute_due_date,
    drop_text_before_publication,
    last_day,
    open_todo,
    reopen_clock,
)
from services.casework.joint.matters import bearer_of
from services.casework.steps.names_sent import sent_as_planned
from services.casework.steps.publication.beside_lead import TO_PUBLISH
from services.casework.steps.publication.own_file import make_anew_if_corrected
from services.casework.steps.publication.publishers_done import let_publishers_publish
from services.casework.steps.rounds.publishers_held import fellow_publishers, hold_publishers
from services.casework.steps.rounds.report_signed import changes_agreed, does_text_wait
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.errors import RuleBroken
from services.domain.report_changes import TextCourse
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage


def subject_of_change(version: int, course: TextCourse) -> str:
    """Return what the entry of a changed text is about: rules read it where words are hidden."""
    return f"{version}:{course}"


def is_to_go_again(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the partners signed a text, since one was sent ahead, that is sent again.

    A publisher beside the partnership that leads is told by the lead.
    """
    is_own = bearer_of(work, case, SignOffMatter.REPORT).is_own(case)
    sent = sent_as_planned(work, case) if is_own else None
    if sent is None:
        return False
    again = f":{TextCourse.SENT_AGAIN}"
    changes = changes_agreed(work, case)
    return any(one.number > sent.number and one.subject.endswith(again) for one in changes)


def follow_changed_text(work: UnitOfWork, case: Case) -> None:
    """Have the text sent again where the partners so decided; else let publication go on.

    A correction of form has Keyline's own file made anew, so that it is there to be published.
    Where its day leaves no time for the notice, or several publish, publication is planned anew.
    """
    if case.stage is not Stage.PUBLICATION:
        return
    if not is_to_go_again(work, case):
        make_anew_if_corrected(work, case)
        let_publishers_publish(work, case)
        return
    case.presented_on = None
    work.session.add(case)
    drop_text_before_publication(work, case)
    close_todos(work, case, *TO_PUBLISH)
    reopen_clock(work, case, ClockId.K12)
    todo = Todo.PLAN_PUBLICATION if _is_to_be_planned(work, case) else Todo.PRE_SEND
    open_todo(work, case, todo, last_day=last_day(work, case, ClockId.K12))
    hold_publishers(work, case)


def must_be_the_text_signed(work: UnitOfWork, case: Case) -> None:
    """Refuse to go on while a changed text waits for the partners (PUB-02).

    Where several publish, a text that goes again is planned anew: each of them sends it afresh.
    """
    if does_text_wait(work, case):
        raise RuleBroken(
            "The text of the report was changed and waits for the partners: every partner signs it "
            "first (PUB-02), or another version is put to them."
        )
    if fellow_publishers(work, case) and is_to_go_again(work, case):
        raise RuleBroken(
            "The changed text is sent again by every publisher (PUB-26, K12): plan publication "
            "anew for the partners to approve first."
        )


def _is_to_be_planned(work: UnitOfWork, case: Case) -> bool:
    if case.publish_on is None or fellow_publishers(work, case):
        return True
    limit = compute_due_date(work, case, ClockId.K12, publication=case.publish_on).due
    return limit < work.today
