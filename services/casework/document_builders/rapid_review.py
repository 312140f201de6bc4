"""The documents from the meeting to submission: what each of them says."""

from services.casework.answers_as_text import (
    Names,
    as_section,
    ids_in,
    names_for,
)
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    notified_elsewhere,
    on_day,
    parts,
)
from services.casework.document_builders.sign_offs import opinions, signatures
from services.casework.labels import label
from services.casework.steps.decision_grounds import AnswerCriteria
from services.casework.steps.rapid_review.kept_passages import PassageKept, kept_in
from services.casework.steps.rapid_review.meeting import HoldMeeting
from services.casework.steps.rapid_review.proposed_decision import ProposeDecision
from services.casework.steps.rapid_review.record_writing import WriteRecord
from services.casework.steps.rapid_review.unagreed import UnagreedSent
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter


def meeting_record(context: BuilderContext) -> DocumentContent:
    """Build the record of the meeting as those who attended are asked to agree it (RR-47)."""
    case, history, names = context.case, context.history, context.names
    held, people = _meeting(context)
    written = history.command(EntryType.RECORD_WRITTEN, WriteRecord)
    return DocumentContent(
        sections=(
            *parts("The meeting", held, people),
            as_section("The record", written, names),
        ),
        details=key_dates(context) | {"Meeting held": on_day(case.met_on)},
    )


def _meeting(context: BuilderContext) -> tuple[HoldMeeting, Names]:
    """Return what the meeting found, with the names of those who took part (GOV-12)."""
    held = context.history.command(EntryType.MEETING_HELD, HoldMeeting)
    return held, context.names | names_for(context.work, *ids_in(held))


def rapid_review_record(context: BuilderContext) -> DocumentContent:
    """Build the rapid review's record as it is put to the partners, or as sent (RR-49, Doc 4).

    The record that is put to them shows no positions on it yet, however late it is made.
    """
    case, history, names = context.case, context.history, context.names
    round_ = history.rounds(SignOffMatter.RAPID_REVIEW)
    is_put = history.newest.entry_type == EntryType.DECISION_PROPOSED
    unagreed = history.newest.entry_type == EntryType.UNAGREED_SENT
    written = history.command(EntryType.RECORD_WRITTEN, WriteRecord)
    until = history.newest.at if unagreed or is_put else None
    positions = signatures(context.work, case, SignOffMatter.RAPID_REVIEW, round_, until=until)
    return DocumentContent(
        sections=(
            *parts("The meeting", *_meeting(context)),
            *parts("The record", written, names),
            *_kept(context, written),
            *parts(
                "The criteria", history.command(EntryType.CRITERIA_ANSWERED, AnswerCriteria), names
            ),
            *_decision(context),
            *(
                positions[1:]
                if is_put
                else (*positions, *opinions(history, SignOffMatter.RAPID_REVIEW, round_))
            ),
        ),
        details=(_not_agreed(history) if unagreed else {})
        | key_dates(context)
        | notified_elsewhere(history)
        | {"Meeting held": on_day(case.met_on)},
    )


def _not_agreed(history: CaseHistory) -> dict[str, str]:
    """Say on the face of a record that is sent for information who does not agree (GOV-11)."""
    sent = history.command(EntryType.UNAGREED_SENT, UnagreedSent)
    return {
        "Not agreed by": sent.not_agreed_by,
        "Sent for information": "It is no submission: nothing is decided until every partner "
        "agrees.",
        "Why it is sent": sent.reasons,
    }


def _kept(context: BuilderContext, written: WriteRecord) -> tuple[PaperSection, ...]:
    """Say what of the record was asked about and is kept, with the reasons (RR-23 to RR-26)."""
    standing = kept_in(context.work, context.case, written)
    kept = [
        PassageKept.model_validate(one.command)
        for one in context.history.all(EntryType.PASSAGE_KEPT)
        if one.subject in standing
    ]
    if not kept:
        return ()
    rows = tuple((one.part, capital(label(one.what)), one.reasons) for one in kept)
    table = Table(caption="", columns=("Part of the record", "Taken for", "Reason"), rows=rows)
    return (PaperSection(heading="Kept in the record, and why", table=table),)


def _decision(context: BuilderContext) -> tuple[PaperSection, ...]:
    decision = context.history.command(EntryType.DECISION_PROPOSED, ProposeDecision)
    return parts("The decision", decision, context.names)
