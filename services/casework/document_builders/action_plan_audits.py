"""What papers say of the reviews of a plan and of the audits of its effect (Doc 18)."""

from services.casework.answers_as_text import text_of
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    on_day,
    parts,
)
from services.casework.steps.plan_said import AskForAudit, AuditRecorded, ReviewPlan
from services.casework.steps.plan_standing import ratings
from services.casework.steps.practice_seen import RecordPractice
from services.database.actions import actions
from services.domain.actions import AuditFinding, Rating
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital


def audit_report(context: BuilderContext) -> DocumentContent:
    """Build the report of an audit: the action, what was looked at, what was found (EMB-09)."""
    audit = AuditRecorded.model_validate(context.history.newest.command)
    plan = actions(context.work.session, context.case.id)
    (action,) = (one for one in plan if one.number == audit.number)
    said_above = frozenset({"number", "audited_on", "recheck_on", "again_by"})
    details = {
        "Action": f"{audit.number}: {action.action}",
        "Owner": context.names.get(action.agency_id, ""),
        "Completed on": on_day(audit.audited_on),
        "Looked at again on": on_day(audit.recheck_on),
        "To be done again by": on_day(audit.again_by),
    }
    return DocumentContent(
        sections=parts("What the audit says", audit, context.names, without=said_above),
        details={name: text for name, text in details.items() if text},
    )


def rated(history: CaseHistory) -> dict[int, str]:
    """Return how each action is rated, with the reason, by its number (Doc 18)."""
    found = history.all(EntryType.ACTION_UPDATED, EntryType.PLAN_REVIEWED)
    return {
        number: f"{capital(label(one.rating))}. {one.reason}"
        for number, one in ratings(found).items()
    }


def opened_again(history: CaseHistory) -> dict[int, AuditRecorded]:
    """Return the audit by which an action is open again, where nothing was reported since."""
    found: dict[int, AuditRecorded] = {}
    for entry in history.all(EntryType.ACTION_UPDATED, EntryType.ACTION_AUDITED):
        if entry.entry_type is EntryType.ACTION_UPDATED:
            found.pop(int(entry.subject), None)
            continue
        audit = AuditRecorded.model_validate(entry.command)
        if audit.finding is AuditFinding.NOT_SUSTAINED:
            found[audit.number] = audit
    return found


def reviews_and_audits(history: CaseHistory) -> tuple[PaperSection, ...]:
    """Return the reviews of the plan, the audits asked for and those recorded, if there are any."""
    tables = {
        "Reviews of the plan": _reviews(history),
        "Audits asked for": _asked(history),
        "Audits of the effect": _audits(history),
        "What was seen in practice": _seen(history),
    }
    return tuple(
        PaperSection(heading=heading, table=table)
        for heading, table in tables.items()
        if table.rows
    )


def _reviews(history: CaseHistory) -> Table:
    found = (ReviewPlan.model_validate(one.command) for one in history.all(EntryType.PLAN_REVIEWED))
    return Table(
        caption="",
        columns=("Reviewed on", "Open actions", "What was found and decided", "Next by"),
        rows=tuple(
            (
                on_day(one.reviewed_on),
                ", ".join(f"{row.number}: {_colour(row.rating)}" for row in one.ratings),
                one.decided,
                on_day(one.next_on),
            )
            for one in found
        ),
    )


def _colour(rating: Rating) -> str:
    return label(rating).partition(":")[0]


def _asked(history: CaseHistory) -> Table:
    found = (AskForAudit.model_validate(one.command) for one in history.all(EntryType.AUDIT_ASKED))
    return Table(
        caption="",
        columns=("Action", "Audit", "What it should find out", "By"),
        rows=tuple(
            (str(one.number), text_of(one.audit, {}), one.question, on_day(one.by_when))
            for one in found
        ),
    )


def _audits(history: CaseHistory) -> Table:
    found = (
        AuditRecorded.model_validate(one.command) for one in history.all(EntryType.ACTION_AUDITED)
    )
    return Table(
        caption="",
        columns=(
            "Action",
            "Audit",
            "Sample",
            "What was found, or why it was not carried out",
            "Sustained",
            "What follows",
        ),
        rows=tuple(
            (
                str(one.number),
                ", ".join(filter(None, (text_of(one.audit, {}), on_day(one.audited_on)))),
                one.sample or "",
                one.found,
                text_of(one.finding, {}),
                _follows(one),
            )
            for one in found
        ),
    )


_OF_PRACTICE = (EntryType.PRACTICE_SEEN, EntryType.PRACTICE_LACKING)


def _seen(history: CaseHistory) -> Table:
    """Return what was seen in practice of each action, and by what (EMB-12)."""
    found = (RecordPractice.model_validate(one.command) for one in history.all(*_OF_PRACTICE))
    return Table(
        caption="",
        columns=("Action", "Seen by", "What was seen", "Whether practitioners work so"),
        rows=tuple(
            (
                str(one.number),
                ", ".join(filter(None, (text_of(one.looked_by, {}), on_day(one.seen_on)))),
                one.seen,
                text_of(one.found, {}),
            )
            for one in found
        ),
    )


def _follows(audit: AuditRecorded) -> str:
    """Say when it is looked at again, why not, or by when it is done again."""
    if audit.finding is AuditFinding.NOT_SUSTAINED:
        return f"To be done again by {on_day(audit.again_by)}"
    if audit.recheck_on is not None:
        return f"Looked at again on {on_day(audit.recheck_on)}"
    is_withdrawn = audit.finding is AuditFinding.NOT_CARRIED_OUT
    return "This audit is owed no more" if is_withdrawn else audit.no_recheck or ""
