"""The partners' positions on a matter, as the papers about it tell them."""

from datetime import datetime

from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import on_day
from services.casework.joint.matters import dissents_before
from services.casework.joint.matters import signatures as signed_in
from services.casework.joint.signatories import Signatories, signatories
from services.casework.labels import label
from services.casework.steps.sign_off.scrutineer_opinion import GiveOpinion
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter


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
    found = signed_in(work, case, matter, round_)
    signed = [one for one in found if until is None or one.at <= until]
    before = list(dissents_before(work, case, matter, round_))
    named = signatories(work, case, matter, [*signed, *before])
    rows, dissents = _positions(named, signed), _positions(named, before)
    columns = ("Partner", "Signed by", "Position", "Reasons or comments", "On")
    now = PaperSection(
        heading="Sign-off by the safeguarding partners",
        table=Table(caption="Positions", columns=columns, rows=rows) if rows else None,
        paragraphs=(_what_was_signed(signed),),
    )
    if not dissents:
        return (now,)
    caption = "Disagreements with the versions that were put before this one"
    earlier = Table(caption=caption, columns=columns, rows=dissents)
    return (now, PaperSection(heading="Dissent on earlier versions", table=earlier))


def opinions(history: CaseHistory, matter: SignOffMatter, round_: int) -> tuple[PaperSection, ...]:
    """Return the scrutineer's opinion on what was signed, which is no position (GOV-13)."""
    found = [
        GiveOpinion.model_validate(one.command).opinion
        for one in history.all(EntryType.OPINION_GIVEN)
        if one.subject == f"{matter}:{round_}"
    ]
    heading = "Opinion of the independent scrutineer, which counts for no seat"
    return (PaperSection(heading=heading, paragraphs=tuple(found)),) if found else ()


def _what_was_signed(signed: list[SignOff]) -> str:
    """Return the digests of what a round put to the partners, as each signature keeps them."""
    if not signed:
        return "Not yet signed."
    words = f"The words that were signed have the SHA-256 {signed[0].words_sha256}."
    papers = {one.paper_sha256 for one in signed} - {""}
    return " ".join([words, *(f"The paper made of them has the SHA-256 {one}." for one in papers)])


def _by_authority(name: str, signed: SignOff) -> str:
    """Return who signed, what they may decide, and to whom they answer for it (GOV-12)."""
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
