"""Pages of gate G10: the plan and its steps, the dispatch, publication and after, delay."""

from services.casework.steps.communications import strategy
from services.casework.steps.local_review import delay, delay_considered
from services.casework.steps.publication import (
    archived_copies,
    availability,
    body_comments,
    changed_kept,
    changed_text,
    legal_advice,
    other_day,
    pre_publication,
    presentation,
    publication,
    publishing,
    staff_told,
    steps_done,
    timetable,
)
from services.casework.steps.publication.staff_standing import staff_of_each
from services.casework.steps.where_published import is_unnamed
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_text import capital
from services.domain.working_days import written
from services.web.act_pages.act_page import ActPage
from services.web.choices import files_added
from services.web.forms.fields import Choice, Options


def _day(_work: UnitOfWork, case: Case) -> str:
    """Say which day practitioners are told of: an agency reads nothing else of the plan."""
    if case.publish_on is None:
        return ""
    what = "The report" if case.publishes else "Information about improvements"
    return f"{what} is to be published on {written(case.publish_on)}."


def _letters(work: UnitOfWork, case: Case) -> Options:
    """Offer the files that were added to the case, one of which may be the body's letter."""
    return {"letter_file": files_added(work, case)}


def _files(work: UnitOfWork, case: Case) -> Options:
    """Offer the files that were added to the case, one of which may be what is published."""
    return {"file": files_added(work, case)}


def _comments(work: UnitOfWork, case: Case) -> Options:
    """Offer the comments that wait for an answer: who made it, when, and what it says."""
    return {
        "comment": tuple(
            Choice(
                str(one.id),
                f"{capital(label(one.said.body))}, {written(one.said.received_on)}",
                one.said.said,
            )
            for one in body_comments.comments_to_answer(work, case)
        )
    }


def _where(work: UnitOfWork, case: Case) -> str:
    """Say before publication how the plan has it published, where that is not under our name."""
    if not is_unnamed(work, case):
        return ""
    return (
        "By the plan the NSPCC's repository publishes this report without the partnership's name. "
        "Its address may be left out until the repository shows it."
    )


def _asked_to_report(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies that were asked to report, those first of which nothing is said yet."""
    found = sorted(staff_of_each(work, case), key=lambda one: one.said is not None)
    return {"agency": tuple(Choice(str(one.id), one.name) for one in found)}


_LEGAL_ADVICE = ActPage(
    act=legal_advice.DECIDE_LEGAL_ADVICE,
    path="publication/legal-advice",
    title="Decide whether legal advice is needed before publication",
    button="Keep the decision",
    done="The decision on legal advice is on record. Record the advice itself as a contact.",
)

PAGES = (
    ActPage(
        act=strategy.PLAN_COMMUNICATIONS,
        path="publication/strategy",
        title="Plan communications",
        button="Keep this version of the strategy",
        done="This version of the communications strategy is kept. The one before stays on record.",
        prefill=strategy.strategy_on_record,
    ),
    _LEGAL_ADVICE,
    ActPage(
        act=publication.PLAN_PUBLICATION,
        path="publication/plan",
        title="Plan publication",
        button="Put the plan to the partners",
        done="The publication plan is with the partners.",
        prefill=timetable.steps_begun,
        beside=(_LEGAL_ADVICE,),
    ),
    ActPage(
        act=publication.WITHHOLD_REPORT,
        path="publication/withhold",
        title="Decide not to publish the report",
        button="Put it to the partners",
        done="The decision is with the partners.",
        beside=(_LEGAL_ADVICE,),
    ),
    ActPage(
        act=changed_text.CHANGE_REPORT,
        path="publication/changed-text",
        title="Change the text of the report after the partners signed it",
        button="Put the changed text to the partners",
        done="The changed text is with the partners. It is published once each of them has signed.",
        prefill=changed_kept.text_to_change,
        takes_filled_form=True,
        compares="report",
    ),
    ActPage(
        act=presentation.RECORD_PRESENTATION,
        path="publication/presentation",
        title="Record the presentation to the partners",
        button="Keep the minute",
        done="The minute of the presentation is kept.",
    ),
    ActPage(
        act=staff_told.CONFIRM_STAFF_TOLD,
        path="publication/staff",
        title="Confirm that your practitioners were told of publication",
        button="Confirm it",
        done="Your confirmation is kept.",
        note=_day,
    ),
    ActPage(
        act=staff_told.RECORD_STAFF_TOLD,
        path="publication/staff-of-agency",
        title="Record how an agency's practitioners were told of publication",
        button="Keep what the agency says",
        done="What the agency says is kept.",
        note=_day,
        narrow=_asked_to_report,
    ),
    ActPage(
        act=steps_done.RECORD_PUBLICATION_STEP,
        path="publication/step",
        title="Record a step to publication",
        button="Keep what was done",
        done="The step is on record.",
    ),
    ActPage(
        act=pre_publication.PRE_SEND,
        path="publication/pre-send",
        title="Make the report ready to be sent before publication",
        button="Make it ready for the Panel, Ofsted and the Secretary of State",
        done="The document is being made. It is sent once you have read and confirmed it.",
    ),
    ActPage(
        act=body_comments.RECORD_BODY_COMMENT,
        path="publication/comment",
        title="Record a comment of the Panel, Ofsted or the Secretary of State on the text",
        button="Record the comment",
        done="The comment is on record. The partners answer it before the day of publication.",
        narrow=_letters,
    ),
    ActPage(
        act=body_comments.ANSWER_BODY_COMMENT,
        path="publication/comment/answer",
        title="Answer a comment on the text before publication",
        button="Answer it",
        done="The answer is kept, and is being made ready to be sent.",
        narrow=_comments,
    ),
    ActPage(
        act=publishing.PUBLISH,
        path="publication/publish",
        title="Publish the report",
        button="Record the publication",
        done="The report is published.",
        narrow=_files,
        note=_where,
    ),
    ActPage(
        act=publishing.PUBLISH_IMPROVEMENTS,
        path="publication/improvements",
        title="Publish the information about improvements",
        button="Record the publication",
        done="The information about improvements is published.",
        narrow=_files,
    ),
    ActPage(
        act=other_day.ANSWER_OTHER_DAY,
        path="publication/other-day",
        title="Say what you say to the day of publication",
        button="Give your position",
        done="Your position on the day is on record.",
        note=other_day.what_speaks_against,
    ),
    ActPage(
        act=availability.CONFIRM_AVAILABLE,
        path="publication/available",
        title="Confirm that the published report is available",
        button="Record that it can be opened",
        done="It is recorded that the report can be opened at its address.",
    ),
    ActPage(
        act=archived_copies.RECORD_ARCHIVED_COPY,
        path="publication/copy",
        title="Record a copy of the published report that was asked for",
        button="Keep it",
        done="What was asked for and given is on record.",
    ),
    ActPage(
        act=delay.RECORD_DELAY,
        path="publication/delay",
        title="Record a delay to the review",
        button="Record the delay",
        done="The delay is recorded. Who has yet to consider it is asked. The first date stays.",
    ),
    ActPage(
        act=delay_considered.CONSIDER_DELAY,
        path="publication/delay/considered",
        title="Consider a delay to the review",
        button="Keep what was said",
        done="What you say of the delay is on record.",
    ),
)
