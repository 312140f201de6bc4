"""What follows when every party agrees on a matter, and when one of them disagrees."""

from collections.abc import Callable

from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
)
from services.casework.steps.after_publication.agreed import follow_published
from services.casework.steps.embedding.plan_in_force import bring_into_force, follow_completed_plan
from services.casework.steps.local_review.review_course import (
    end_review,
    follow_endorsement,
    follow_terms,
)
from services.casework.steps.publication.changed_followed import follow_changed_text
from services.casework.steps.publication.plan_agreed import ask_for_plan, follow_plan
from services.casework.steps.rapid_review.decided import follow_agreed_decision
from services.casework.steps.rapid_review.reconsidering import (
    DECIDED_AT,
    course_put,
    is_being_decided,
    is_changed,
    is_reopened,
)
from services.casework.steps.review_request.request_outcome import follow_request
from services.casework.steps.rounds.dissent_days import day_that_waits
from services.casework.steps.rounds.sign_off_rounds import (
    all_agree,
    ask_no_more,
    ask_others_no_more,
    end_route,
    have_others_look,
    round_of,
)
from services.casework.steps.sign_off.dissent_route import (
    is_by_a_lead,
    is_put_to_nobody,
    look_at_route,
    open_route,
)
from services.database.cases import Case
from services.database.history import newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.sign_off import Position, SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, move

_NEW_VERSION = {
    SignOffMatter.REVIEW_REQUEST: Todo.CONSIDER_REQUEST,
    SignOffMatter.RAPID_REVIEW: Todo.PROPOSE_DECISION,
    SignOffMatter.TERMS_OF_REFERENCE: Todo.AGREE_TERMS,
    SignOffMatter.INTERIM_LEARNING: Todo.PROPOSE_INTERIM_LEARNING,
    SignOffMatter.RECOMMENDATIONS: Todo.DEVELOP_RECOMMENDATIONS,
    SignOffMatter.REPORT: Todo.SUBMIT_DRAFT,
    SignOffMatter.PUBLICATION: Todo.PLAN_PUBLICATION,
    SignOffMatter.PROPOSED_PLAN: Todo.PROPOSE_PLAN,
    SignOffMatter.ACTION_PLAN: Todo.UPDATE_ACTIONS,
}


def follow_signature(
    work: UnitOfWork, case: Case, matter: SignOffMatter, position: Position
) -> None:
    """Do what a signature entails: all agree by it, or it disagrees and a new version is asked.

    While the lead changes, our case decides nothing: the new lead's counts the signature. Nor does
    a signature on the rapid review that arrives once the report is signed, with which its decision
    stands (PUB-02): it is kept.
    """
    is_put = matter is not SignOffMatter.RAPID_REVIEW or case.stage in DECIDED_AT
    if case.stage is Stage.JOINT_REVIEW or not is_put:
        return
    if all_agree(work, case, matter):
        _end_dissent(work, case, matter)
        follow_agreement(work, case, matter)
    elif position is Position.DISAGREES:
        follow_disagreement(work, case, matter)
    elif is_by_a_lead(work, case, matter):
        look_at_route(work, case, matter)
        _have_others_look(work, case, matter)


def follow_agreement(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Do what the last agreeing signature on a matter entails, unless it waits for a decision."""
    if not _waits(work, case, matter):
        _AGREED[matter](work, case)


def _waits(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether a decision is taken again first: another side signed before it knew (RR-36).

    The round that was reopened, or whose words were changed (RR-30), is followed by another; the
    report by the decision on its review.
    """
    if matter is SignOffMatter.RAPID_REVIEW:
        return is_reopened(work, case) or is_changed(work, case)
    return matter is SignOffMatter.REPORT and is_being_decided(work, case)


def follow_disagreement(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Have it resolved by its day, ask for a new version, and tell the manager and the chair.

    Everyone is still heard. The version is asked for by the last day of the duty that waits for the
    partners, where one runs. Words that are put to nobody meanwhile are put again in any case.
    """
    by = day_that_waits(work, case, matter)
    if not is_put_to_nobody(work, case, matter):
        open_route(work, case, matter)
        _have_others_look(work, case, matter)
    if (again := _new_version(work, case, matter)) is not None:
        open_todo(work, case, again, last_day=by)
    number = newest_place(work.session, case.id).number
    part = f"{matter}:{round_of(work, case, matter)}:{number}"
    enqueue_email(work, case, EmailTrigger.DISAGREEMENT_TOLD, EmailContext(part=part))


def _have_others_look(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    have_others_look(work, case, matter, last_day=day_that_waits(work, case, matter))


def _end_dissent(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Ask for no new version any more where named leads agree in their delegates' place (GOV-12).

    Words that are to be put again in any case stay asked for.
    """
    if is_by_a_lead(work, case, matter):
        end_route(work, case, matter)
        _have_others_look(work, case, matter)
        again = _new_version(work, case, matter)
        if again is not None and not _waits(work, case, matter):
            close_todos(work, case, again)


def _new_version(work: UnitOfWork, case: Case, matter: SignOffMatter) -> Todo | None:
    """Return what is asked for: of a course beside a national review, another course (GOV-14).

    Of a text that was changed after the report was signed, another text (PUB-02); of a published
    report nothing: it stays as it stands.
    """
    is_course = course_put(work, case) is not None and not is_reopened(work, case)
    if matter is SignOffMatter.RAPID_REVIEW and is_course:
        return Todo.PROPOSE_LOCAL_COURSE
    if matter is SignOffMatter.REPORT and case.stage is not Stage.LOCAL_REVIEW:
        return Todo.CHANGE_REPORT
    return _NEW_VERSION.get(matter)


def _interim_learning_agreed(work: UnitOfWork, case: Case) -> None:
    """Have what every partner agreed to shared, while the review goes on (LC-22)."""
    close_todos(work, case, Todo.PROPOSE_INTERIM_LEARNING)
    if case.stage is Stage.LOCAL_REVIEW:
        open_todo(work, case, Todo.SHARE_INTERIM_LEARNING)


def _decided(work: UnitOfWork, case: Case) -> None:
    """Follow the decision, then a report that every party had signed while it was taken again."""
    follow_agreed_decision(work, case)
    if case.stage is Stage.LOCAL_REVIEW and all_agree(work, case, SignOffMatter.REPORT):
        _report_signed(work, case)


def _report_signed(work: UnitOfWork, case: Case) -> None:
    """Go on to publication: that there was a local review is not put to the partners any more."""
    close_todos(work, case, Todo.PROPOSE_DECISION, Todo.PROPOSE_LOCAL_COURSE)
    end_review(work, case)
    ask_no_more(work, case, SignOffMatter.RAPID_REVIEW)
    ask_others_no_more(work, case, SignOffMatter.RAPID_REVIEW)
    case.stage = move(case.stage, Stage.PUBLICATION)
    ask_for_plan(work, case, day_that_waits(work, case, SignOffMatter.REPORT))


def _text_signed(work: UnitOfWork, case: Case) -> None:
    """Go on to publication with the report, or with a text that was changed since (PUB-02)."""
    if case.stage is Stage.LOCAL_REVIEW:
        _report_signed(work, case)
    else:
        follow_changed_text(work, case)


_AGREED: dict[SignOffMatter, Callable[[UnitOfWork, Case], None]] = {
    SignOffMatter.REVIEW_REQUEST: follow_request,
    SignOffMatter.RAPID_REVIEW: _decided,
    SignOffMatter.TERMS_OF_REFERENCE: follow_terms,
    SignOffMatter.INTERIM_LEARNING: _interim_learning_agreed,
    SignOffMatter.RECOMMENDATIONS: follow_endorsement,
    SignOffMatter.REPORT: _text_signed,
    SignOffMatter.PUBLICATION: follow_plan,
    SignOffMatter.TAKING_DOWN: follow_published,
    SignOffMatter.PROPOSED_PLAN: bring_into_force,
    SignOffMatter.ACTION_PLAN: follow_completed_plan,
}
