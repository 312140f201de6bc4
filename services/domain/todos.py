"""What people may be asked to do next: for each, who, at which step, on which page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.domain.roles import Role
from services.domain.steps import Step


class Todo(StrEnum):
    """One thing a person may be asked to do; the value is its page below the case's address."""

    RECORD_AWARENESS = "notification/awareness"
    DECIDE_TO_NOTIFY = "notification/decision"
    GIVE_VIEW = "notification/view"
    RECORD_NOTIFICATION = "notification/record"
    RECORD_LOOKED_AFTER_DEATH = "notification/looked-after-death"
    CLOSE_OR_REOPEN = "notification/close"
    REQUEST_RETURNS = "scoping/request"
    SUBMIT_RETURN = "scoping/return"
    ACCEPT_PACK = "meeting/pack"
    SET_MEETING = "meeting/date"
    HOLD_MEETING = "meeting/record"
    WRITE_RECORD = "rapid-review/record"
    ANSWER_CRITERIA = "rapid-review/criteria"
    PROPOSE_DECISION = "rapid-review/decision"
    SIGN_RAPID_REVIEW = "sign-off/rapid-review"
    SUBMIT = "rapid-review/submit"
    RECORD_PANEL_ANSWER = "panel/answer"
    END_NATIONAL_REVIEW = "panel/national-review"
    AGREE_TERMS = "commissioning/terms"
    SIGN_TERMS = "sign-off/terms"
    APPOINT_REVIEWER = "commissioning/reviewer"
    DECLARE = "commissioning/declaration"
    REQUEST_REPORTS = "agency-reports/request"
    SUBMIT_REPORT = "agency-reports/report"
    JUDGE_REPORT = "agency-reports/accept"
    SUBMIT_DRAFT = "report/draft"
    QUALITY_ASSURE = "report/quality"
    SIGN_REPORT = "sign-off/report"
    PLAN_PUBLICATION = "publication/plan"
    SIGN_PUBLICATION = "sign-off/publication"
    PRE_SEND = "publication/pre-send"
    PUBLISH = "publication/publish"
    PUBLISH_IMPROVEMENTS = "publication/improvements"
    AGREE_PLAN = "learning/plan"
    UPDATE_ACTIONS = "learning/action"
    SIGN_PLAN = "sign-off/plan"
    CLOSE = "learning/close"
    SETTLE_LETTERS = "letters/settle"


@dataclass(frozen=True, slots=True)
class TodoSpec:
    """Who must do it, at which step, and how a person's list says it."""

    step: Step
    role: Role
    what: str
    path: str
    each_seat: bool = False


_MANAGER = Role.BUSINESS_MANAGER
_PARTNER = Role.SAFEGUARDING_PARTNER
_AGENCY = Role.AGENCY_LEAD
_CHAIR = Role.REVIEW_GROUP_CHAIR
_LEAD = Role.LEAD_REVIEWER

_ROWS: Final = (
    (Todo.RECORD_AWARENESS, Step.NOTIFY, Role.NOTIFIER, "Record when you became aware"),
    (Todo.DECIDE_TO_NOTIFY, Step.NOTIFY, Role.NOTIFIER, "Decide whether to notify the Panel"),
    (Todo.GIVE_VIEW, Step.NOTIFY, _PARTNER, "Give your view on notifying the Panel"),
    (Todo.RECORD_NOTIFICATION, Step.NOTIFY, Role.NOTIFIER, "Notify the Panel and record it"),
    (
        Todo.RECORD_LOOKED_AFTER_DEATH,
        Step.NOTIFY,
        Role.NOTIFIER,
        "Notify the Secretary of State and Ofsted of the death",
    ),
    (Todo.CLOSE_OR_REOPEN, Step.NOTIFY, _MANAGER, "Close the case, or reopen it on new facts"),
    (Todo.REQUEST_RETURNS, Step.SCOPE, _MANAGER, "Send the scoping forms"),
    (Todo.SUBMIT_RETURN, Step.SCOPE, _AGENCY, "Return the scoping form"),
    (Todo.ACCEPT_PACK, Step.SCOPE, _MANAGER, "Accept the meeting pack"),
    (Todo.SET_MEETING, Step.MEET, _MANAGER, "Set the date of the rapid review meeting"),
    (Todo.HOLD_MEETING, Step.MEET, _CHAIR, "Hold the meeting and record it"),
    (Todo.WRITE_RECORD, Step.SUBMIT, _CHAIR, "Write the rapid review record"),
    (Todo.ANSWER_CRITERIA, Step.SUBMIT, _CHAIR, "Answer the eight criteria"),
    (Todo.PROPOSE_DECISION, Step.SUBMIT, _CHAIR, "Propose the decision, with grounds"),
    (Todo.SIGN_RAPID_REVIEW, Step.SUBMIT, _PARTNER, "Sign off the rapid review"),
    (Todo.SUBMIT, Step.SUBMIT, _MANAGER, "Submit the rapid review to the Panel"),
    (Todo.RECORD_PANEL_ANSWER, Step.SUBMIT, _MANAGER, "Record the Panel's answer"),
    (Todo.END_NATIONAL_REVIEW, Step.SUBMIT, _MANAGER, "Record the end of the national review"),
    (Todo.AGREE_TERMS, Step.COMMISSION, _CHAIR, "Draw up the terms of reference"),
    (Todo.SIGN_TERMS, Step.COMMISSION, _PARTNER, "Endorse the terms of reference"),
    (Todo.APPOINT_REVIEWER, Step.COMMISSION, _MANAGER, "Appoint the lead reviewer"),
    (Todo.DECLARE, Step.COMMISSION, _LEAD, "Declare conflicts and agree confidentiality"),
    (Todo.REQUEST_REPORTS, Step.COMMISSION, _MANAGER, "Ask the agencies for reports"),
    (Todo.SUBMIT_REPORT, Step.COMMISSION, _AGENCY, "Send the agency's report"),
    (Todo.JUDGE_REPORT, Step.COMMISSION, _LEAD, "Accept or return an agency's report"),
    (Todo.SUBMIT_DRAFT, Step.COMMISSION, _LEAD, "Submit the draft report"),
    (Todo.QUALITY_ASSURE, Step.COMMISSION, _CHAIR, "Quality-assure the draft report"),
    (Todo.SIGN_REPORT, Step.COMMISSION, _PARTNER, "Endorse and sign off the report"),
    (Todo.PLAN_PUBLICATION, Step.PUBLISH, _MANAGER, "Plan publication, or decide against it"),
    (Todo.SIGN_PUBLICATION, Step.PUBLISH, _PARTNER, "Approve the publication plan"),
    (Todo.PRE_SEND, Step.PUBLISH, _MANAGER, "Send the report before publication"),
    (Todo.PUBLISH, Step.PUBLISH, _MANAGER, "Publish the report"),
    (
        Todo.PUBLISH_IMPROVEMENTS,
        Step.PUBLISH,
        _MANAGER,
        "Publish the information about improvements",
    ),
    (Todo.AGREE_PLAN, Step.EMBED, _CHAIR, "Agree the action plan"),
    (Todo.UPDATE_ACTIONS, Step.EMBED, _AGENCY, "Report progress on your actions"),
    (Todo.SIGN_PLAN, Step.EMBED, _PARTNER, "Sign off the completed action plan"),
    (Todo.CLOSE, Step.EMBED, _PARTNER, "Close the case at the Executive"),
    # Of no step: a letter waits whatever the case does, so no step's standing tells of it.
    (Todo.SETTLE_LETTERS, Step.NOTIFY, _MANAGER, "Settle letters that could not be sent"),
)

_EACH_SEAT: Final = frozenset(
    {
        Todo.GIVE_VIEW,
        Todo.SIGN_RAPID_REVIEW,
        Todo.SIGN_TERMS,
        Todo.SIGN_REPORT,
        Todo.SIGN_PUBLICATION,
        Todo.SIGN_PLAN,
    }
)

TODO: Final[Mapping[Todo, TodoSpec]] = {
    todo: TodoSpec(step, role, what, todo.value, todo in _EACH_SEAT)
    for todo, step, role, what in _ROWS
}
