"""The partners' positions on a matter, as the papers about it tell them."""

from datetime import datetime
from typing import Final

from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import on_day
from services.casework.joint.matters import dissents_before, entries_said, positions_of
from services.casework.joint.signatories import Signatories, signatories
from services.casework.labels import label
from services.casework.steps.sign_off.dialogue import RecordDialogue
from services.casework.steps.sign_off.scrutineer_opinion import GiveOpinion
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.labels.own_words import in_own_words
from services.domain.parties import newest_positions
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter

_COLUMNS: Final = ("Partner", "Signed by", "Position", "Reasons or comments", "On")
HOW_RESOLVED: Final = "How the partners sought to resolve the disagreement"


def signatures(
    work: UnitOfWork,
    case: Case,
    matter: SignOffMatter,
    round_: int,
    *,
    until: datetime | None = None,
) -> tuple[PaperSection, ...]:
    """Return each party's position on the matter, with the dissents of earlier rounds (GOV-11).

    With `until`, the positions that had been given by that moment.
    """
    found = positions_of(work, case, matter, round_)
    given = [one for one in found if until is None or one.at <= until]
    signed = newest_positions(given)
    replaced = [one for one in given if one not in signed]
    before = list(dissents_before(work, case, matter, round_))
    named = signatories(work, case, matter, [*given, *before])
    rows, dissents = _positions(named, signed), _positions(named, before)
    now = PaperSection(
        heading="Sign-off by the safeguarding partners",
        table=Table(caption="Positions", columns=_COLUMNS, rows=rows) if rows else None,
        paragraphs=(_what_was_signed(signed),),
    )
    dialogue = _dialogues(work, case, matter, round_, until)
    now_and_how = (now, *_replaced(named, given, replaced), *dialogue)
    if not dissents:
        return now_and_how
    caption = "Disagreements with the versions that were put before this one"
    earlier = Table(caption=caption, columns=_COLUMNS, rows=dissents)
    return (*now_and_how, PaperSection(heading="Dissent on earlier versions", table=earlier))


def _replaced(
    named: Signatories, given: list[SignOff], replaced: list[SignOff]
) -> tuple[PaperSection, ...]:
    """Return the positions of this version that named leads replaced, each with what became of it.

    No dissent is lost: it stands on the face of the record with the day of the lead's (GOV-12).
    """
    if not replaced:
        return ()
    by = {one.replaces: one for one in given}
    rows = tuple(
        (*row, f"{capital(label(by[one.id].position))}, {on_day(by[one.id].signed_on)}")
        for one, row in zip(replaced, _positions(named, replaced), strict=True)
    )
    table = Table(
        caption="Each was given on this version, and stands no longer",
        columns=(*_COLUMNS, "Replaced by the named lead"),
        rows=rows,
    )
    return (PaperSection(heading="Positions that a named lead replaced", table=table),)


def _dialogues(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int, until: datetime | None
) -> tuple[PaperSection, ...]:
    """Return how the partners sought to resolve a disagreement, of each version up to this one."""
    held = [
        (one, RecordDialogue.model_validate(one.command))
        for one in entries_said(work, case, matter, EntryType.DIALOGUE_RECORDED)
        if until is None or one.at <= until
    ]
    rows = tuple(
        (
            one.subject.split(":")[1],
            on_day(said.held_on),
            said.took_part,
            said.account,
            "Yes" if said.scrutineer_supported else "No",
            capital(label(said.result)),
        )
        for one, said in held
        if said.matter is matter and int(one.subject.split(":")[1]) <= round_
    )
    scrutineer = in_own_words("Scrutineer")
    columns = ("Version", "On", "Who took part", "What was said", scrutineer, "What it came to")
    table = Table(caption="It decided nothing", columns=columns, rows=rows)
    return (PaperSection(heading=HOW_RESOLVED, table=table),) if rows else ()


def opinions(history: CaseHistory, matter: SignOffMatter, round_: int) -> tuple[PaperSection, ...]:
    """Return the scrutineer's opinion on what was signed, which is no position (GOV-13)."""
    found = [
        GiveOpinion.model_validate(one.command).opinion
        for one in history.all(EntryType.OPINION_GIVEN)
        if one.subject == f"{matter}:{round_}"
    ]
    heading = in_own_words("Opinion of the independent scrutineer, which counts for no seat")
    return (PaperSection(heading=heading, paragraphs=tuple(found)),) if found else ()


def _what_was_signed(signed: list[SignOff]) -> str:
    """Return the digests of what a round put to the partners, as each signature keeps them."""
    if not signed:
        return "Not yet signed."
    words = f"The words that were signed have the SHA-256 {signed[0].words_sha256}."
    papers = {one.paper_sha256 for one in signed} - {""}
    return " ".join([words, *(f"The paper made of them has the SHA-256 {one}." for one in papers)])


def _by_authority(name: str, signed: SignOff) -> str:
    """Return who signed, what they may decide, and to whom they answer for it (GOV-12).

    Of a named lead without an account it says who put the position on record.
    """
    if signed.named_lead:
        return f"{signed.named_lead} (named lead; put on record by {name})"
    if not signed.accountable_to:
        return name
    return f"{name} ({signed.decides}; accountable to {signed.accountable_to})"


def _positions(named: Signatories, signed: list[SignOff]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            capital(named.party(one.party)),
            _by_authority(named.person(one), one),
            capital(label(one.position)),
            one.reasons,
            on_day(one.signed_on),
        )
        for one in signed
    )
