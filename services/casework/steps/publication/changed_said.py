"""What is said of a text of the report that is changed after the partners have signed it."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, LongText, NeededWhen, ShortText
from services.casework.steps.local_review.draft_said import DraftSubmitted, SubmitDraft
from services.domain.report_changes import TextCourse


class ChangeSaid(Command):
    """Who changed the text and why, and whether it is sent again (PUB-26, K12)."""

    changed_by: ShortText = Field(title="Who changed the text, by post?")
    why_changed: LongText = Field(title="What is changed, and why after the partners signed it?")
    course: TextCourse = Field(
        title="If the Panel, Ofsted and the Secretary of State were sent the former text, what "
        "becomes of the changed one?",
        description="The partners decide it by their signatures: whoever sees it otherwise "
        "disagrees and says why. Sent again, the notice runs anew (PUB-26, K12).",
    )
    why_form: Annotated[
        LongText | None, NeededWhen("if it is a correction of form that is not sent again")
    ] = Field(default=None, title="Why is it no more than a correction of form?")


class ChangeReport(ChangeSaid, SubmitDraft):
    """A changed text of a report that the partners have signed, as its next version (PUB-02).

    It is checked for what tells of the case as every version is, and every partner signs it before
    it is published. Its recommendations, its terms of reference and who of the family took no part
    stay as they were signed.
    """


class ReportChanged(ChangeSaid, DraftSubmitted):
    """What is kept of it: the whole text, with what stays as it was signed."""

    former_version: int = Field(title="Version that it takes the place of")
