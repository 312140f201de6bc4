"""The record of what one of our parties signed in a joint review, or of what we published in it.

It is filed in our own case with the digest of the words and every position, dissents among them, as
they stood at that moment; no revocation, expiry or leaving takes it away (rules.md 4, GOV-11).
"""

from services.casework.acts import act_of
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    on_day,
    parts,
)
from services.casework.document_builders.filed import as_filed, filed_round, newest_of_each
from services.casework.document_builders.sign_offs import signatures
from services.casework.steps.publication.publishing import Publish
from services.database.history import Entry
from services.database.joint_reviews import FiledWords
from services.database.shown import known_partnerships
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.plain_text import capital
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date


def signed_record(context: BuilderContext) -> DocumentContent:
    """Build the record as of the signature, or as of our own publication."""
    entry = context.history.newest
    if entry.entry_type is not EntryType.SIGNED_OFF:
        return _published(context, entry)
    code, round_ = entry.subject.split(":")[:2]
    matter = SignOffMatter(code)
    filed = filed_round(context, matter, int(round_))
    assert entry.seat is not None  # noqa: S101 - only a person with a seat signs
    seat = party_name(entry.seat, entry.authority, context.work.partnership.authorities)
    return DocumentContent(
        sections=_sections(context, filed),
        details=_details(context, filed)
        | {"Signed for": capital(seat), "Signed on": on_day(london_date(entry.at))},
        about=f"{label(matter)}, round {round_}, {seat}",
        subject=matter,
    )


def _published(context: BuilderContext, entry: Entry) -> DocumentContent:
    said = Publish.model_validate(entry.command)
    plan = filed_round(context, SignOffMatter.PUBLICATION)
    report = filed_round(context, SignOffMatter.REPORT)
    return DocumentContent(
        sections=(*_sections(context, plan), *_sections(context, report)),
        details=_details(context, plan)
        | {"Published on": on_day(said.published_on), "Published at": said.address},
        about="as it was published",
        subject=SignOffMatter.PUBLICATION,
    )


def _sections(context: BuilderContext, filed: FiledWords) -> tuple[PaperSection, ...]:
    """Return the words that were put, then every position that was given by this moment."""
    told, work = as_filed(filed), context.work
    words = (
        section
        for one in newest_of_each(told.history)
        for section in parts(
            capital(label(one.entry_type)),
            act_of(one).content.model_validate(one.command),
            told.names,
        )
    )
    until = context.history.newest.at
    return (*words, *signatures(work, context.case, filed.matter, filed.round, until=until))


def _details(context: BuilderContext, filed: FiledWords) -> dict[str, str]:
    known = known_partnerships(context.work.session)
    return {
        "Matter": capital(label(filed.matter)),
        "Round": str(filed.round),
        "Carried by": known.get(filed.carried_by, ""),
        "SHA-256 of the words": filed.sha256,
    }
