"""Pages of gates G4 and G5: the record, the criteria, the decision, the submission."""

from services.casework.effects import governing
from services.casework.steps.rapid_review import (
    kept_passages,
    lateness,
    proposed_decision,
    rapid_review,
    record_writing,
    submission,
    submission_by_collection,
    unagreed,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.guidance import GuidedStep, in_a_note
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.dispatches import evidence
from services.web.act_pages.record_checks import passages_offered, remarks_on_record
from services.web.act_pages.record_length import length_to_decide


def _judged_by(_work: UnitOfWork, case: Case) -> str:
    """Say by which guidance the criteria are judged: that of the notification's day (GOV-03)."""
    return in_a_note(governing(case, GuidedStep.RAPID_REVIEW))


def _judged_by_and_length(work: UnitOfWork, case: Case) -> str:
    return f"{_judged_by(work, case)} {length_to_decide(work, case)}".strip()


PAGES = (
    ActPage(
        act=record_writing.WRITE_RECORD,
        path="rapid-review/record",
        title="Write the rapid review record",
        button="Keep the record",
        done="The rapid review record is written.",
        prefill=record_writing.record_on_file,
        remarks=remarks_on_record,
    ),
    ActPage(
        act=kept_passages.KEEP_PASSAGE,
        path="rapid-review/kept",
        title="Keep a passage of the record, with its reason",
        button="Keep it",
        done="The reason is on record. Who signs reads it.",
        narrow=passages_offered,
    ),
    ActPage(
        act=rapid_review.ANSWER_CRITERIA,
        path="rapid-review/criteria",
        title="Answer the eight criteria",
        button="Keep the answers",
        done="The criteria are answered.",
        note=_judged_by,
    ),
    ActPage(
        act=rapid_review.PROPOSE_DECISION,
        path="rapid-review/decision",
        title="Propose the decision to the partners",
        button="Put it to the partners",
        done="The decision is with the partners.",
        prefill=proposed_decision.decision_on_record,
        note=_judged_by_and_length,
    ),
    ActPage(
        act=submission.SUBMIT,
        path="rapid-review/submit",
        title="Submit the rapid review to the Panel",
        button="Record the submission",
        done="The rapid review is recorded as sent to the Panel.",
        narrow=evidence,
    ),
    ActPage(
        act=submission_by_collection.SUBMIT_BY_COLLECTION,
        path="rapid-review/collection",
        title="Have the Panel collect the rapid review",
        button="Send the address to the Panel",
        done="The address is on its way to the Panel. Give the code by telephone.",
    ),
    ActPage(
        act=lateness.TELL_LATENESS,
        path="rapid-review/lateness",
        title="Tell the Panel that the rapid review will be late",
        button="Make the notice to the Panel's secretariat",
        done="The notice is being made. It is sent once you have read and confirmed it.",
    ),
    ActPage(
        act=unagreed.INFORM_OF_UNAGREED,
        path="rapid-review/not-agreed",
        title="Send a rapid review that is not agreed to the Panel, for information",
        button="Make the record that is not agreed",
        done="The record is being made. Send it once it stands under “What was sent”.",
    ),
)
