"""The log of what was agreed by email or one by one, without a meeting (RR-47, GOV-11)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from services.casework.document_builders.context import BuilderContext, DocumentContent, on_day
from services.casework.document_builders.sign_offs import signatures
from services.casework.joint.matters import positions_of
from services.casework.labels import label
from services.casework.steps.agreements_logged import LogAgreements
from services.casework.steps.attendance.record_agreement import AnswerRecord
from services.casework.steps.attendance.record_corrections import AnswerCorrection
from services.database.history import Entry
from services.database.people import names
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.meeting_record import ABOUT_RECORD, ANSWERS, version_answered
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date


def agreement_log(context: BuilderContext) -> DocumentContent:
    """Build it as of its act: of the record of the meeting, of what is signed, and of what else."""
    said = LogAgreements.model_validate(context.history.newest.command)
    return DocumentContent(
        sections=(*_of_the_record(context), *_signed(context), *_beside(said)),
        details={"As of": on_day(london_date(context.history.newest.at))},
    )


def _of_the_record(context: BuilderContext) -> Iterator[PaperSection]:
    """Yield who said what of the record of the meeting, and who was asked and did not answer."""
    history = context.history
    said = history.all(*ABOUT_RECORD)
    answers = [one for one in said if one.entry_type in ANSWERS]
    versions = [one.number for one in said if one.entry_type is EntryType.RECORD_WRITTEN]
    attendees = [UUID(one) for entry in _named(context) for one in entry.command["people"]]
    known = names(context.work.session, {*attendees, *(UUID(one.subject) for one in answers)})
    if answers:
        answered = {
            one.subject: AnswerCorrection.model_validate(one.command)
            for one in said
            if one.entry_type is EntryType.CORRECTION_ANSWERED
        }
        rows = tuple(
            (
                known.get(UUID(one.subject), "A person who has left"),
                str(versions.index(version_answered(said, one)) + 1),
                *_answer(one, answered),
                on_day(london_date(one.at)),
            )
            for one in answers
        )
        columns = ("Who", "Version", "Answer", "What became of it", "On")
        table = Table(caption="Each answered for themselves", columns=columns, rows=rows)
        yield PaperSection(
            heading="The record of the rapid review meeting", table=table.without_empty_columns
        )
    heard = {one.subject for one in answers}
    silent = [one for one in attendees if str(one) not in heard]
    if versions and silent:
        who = tuple(known.get(one, "A person who has left") for one in silent)
        yield PaperSection(heading="Asked about the record, and no answer by then", items=who)


def _named(context: BuilderContext) -> tuple[Entry, ...]:
    """Return the newest list of who attends the meeting, if there is one."""
    return context.history.all(EntryType.ATTENDEES_NAMED)[-1:]


def _answer(answer: Entry, answered: Mapping[str, AnswerCorrection]) -> tuple[str, str]:
    """Return what was said of the record, and what became of a request for a correction."""
    if answer.entry_type is EntryType.RECORD_AGREED:
        return "Agrees the record", ""
    asked = AnswerRecord.model_validate(answer.command).correction or ""
    became = answered.get(str(answer.number))
    course = f"{capital(label(became.course))}: {became.reasons}" if became else ""
    return f"Asks for a correction: {asked}", course


def _signed(context: BuilderContext) -> Iterator[PaperSection]:
    """Yield of each matter the newest round in which anybody had signed by then."""
    until = context.history.newest.at
    for matter in SignOffMatter:
        for round_ in range(context.history.rounds(matter), 0, -1):
            given = positions_of(context.work, context.case, matter, round_)
            if not any(one.at <= until for one in given):
                continue
            told = signatures(context.work, context.case, matter, round_, until=until)
            yield from (replace(one, heading=f"{one.heading}: {label(matter)}") for one in told)
            break


def _beside(said: LogAgreements) -> Iterator[PaperSection]:
    """Yield what was agreed in another way."""
    if said.beside:
        rows = tuple(
            (one.what, one.who, one.how, on_day(one.agreed_on), one.otherwise or "Nobody")
            for one in said.beside
        )
        columns = ("What", "Agreed to by", "How", "By", "Not agreed, or not answered")
        table = Table(caption="", columns=columns, rows=rows)
        yield PaperSection(heading="Agreed in another way", table=table)
