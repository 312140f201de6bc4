"""Which questions acts ask since release 1: one that is left unanswered leaves no key in an entry.

While a release comes up, the worker of the release before reads what these pages wrote, and its
models take no field that they do not know (decision 0055). It can read every entry in which none of
these was answered; what it cannot read waits for the worker of this code. The next release begins
with an empty list.
"""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel

# By the model that declares the question, as it is named in the code.
SINCE_RELEASE: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(questions.split())
    for name, questions in {
        "AcceptPack": "files order",
        "ActionOfPlan": "own",
        "BegunByDecision": "why_fifth",
        "CloseSaid": "assured",
        "DelaySaid": "arose_on group_on partners_on why_later learning overlap",
        "ExtraStepRecorded": "who_met advised",
        "InvitationReceived": "invited_by",
        "LiaisonKept": "had_by on_behalf_of on_behalf course",
        "PlanPut": "not_taken",
        "PlanSaid": "where public_name why_this_day timetable family_wishes",
        "PreSend": "family_told_how",
        "ProcessSaid": "days effects",
        "ProposePlan": "not_taken",
        "Publish": "file why_other_day",
        "QualityAssure": "terms_comment elsewhere",
        "Recommendation": "others addresses said_before came_of_it",
        "RecommendedOnRequest": "why_fifth",
        "RecordAnswer": "letter_file came_how",
        "RecordExtraStep": "who_met advised",
        "RecordLiaison": "course by_representative had_by on_behalf",
        "RecordPublicationQuery": "letter_file came_how",
        "ReplyReceived": "answered_by",
        "ReportPublished": "made_anew",
        "ReportSaid": "participants no_participant false_alarm recommendations",
        "ReportsRequested": "left_out heeded",
        "ReviewDecision": "why_fifth",
        "ReviewerAppointed": "why_none beside",
        "SubmitDraft": "one_alone detail_kept",
        "TermsKept": "why_fifth without_practitioners changed why_changed",
        "WithholdSaid": "why_this_day",
    }.items()
}


def kept_content(said: BaseModel) -> dict[str, Any]:
    """Return what an entry keeps of what was said, as JSON."""
    return said.model_dump(mode="json", exclude=_unanswered(said))


def asked_since(model: type[BaseModel]) -> frozenset[str]:
    """Return the questions of a model that it asks since the newest release."""
    return frozenset().union(*(SINCE_RELEASE.get(one.__name__, ()) for one in model.__mro__))


def _unanswered(said: BaseModel) -> dict[Any, Any]:
    """Return what is left out of a model and of what it holds, as pydantic takes it."""
    later = asked_since(type(said))
    left: dict[Any, Any] = {}
    for name in type(said).model_fields:
        value = getattr(said, name)
        if name in later and value in (None, ()):
            left[name] = True
        elif within := _unanswered_within(value):
            left[name] = within
    return left


def _unanswered_within(value: object) -> dict[Any, Any]:
    """Return the same of a model that is an answer, or of each row of one."""
    if isinstance(value, BaseModel):
        return _unanswered(value)
    if not isinstance(value, tuple):
        return {}
    rows = {number: _unanswered_within(row) for number, row in enumerate(value)}
    return {number: left for number, left in rows.items() if left}
