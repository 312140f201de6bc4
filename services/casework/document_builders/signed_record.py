"""The record of what one of our parties signed in a joint review, or of what was published in it.

It is filed in our own case with the digest of the words, or of the published file, and every
position, dissents among them, as they stood at that moment; no revocation, expiry or leaving takes
it away (rules.md 4, GOV-11).
"""

from dataclasses import replace

from services.casework.acts import act_of
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    on_day,
    parts,
)
from services.casework.document_builders.filed import as_filed, filed_round, newest_of_each
from services.casework.document_builders.sign_offs import signatures
from services.casework.steps.joint.published import PublishingReceived
from services.casework.steps.publication.published_file import published_file
from services.casework.steps.publication.published_said import ReportPublished
from services.database.history import Entry
from services.database.joint_reviews import FiledWords, filed_words
from services.database.shown import known_partnerships
from services.domain.documents import DocumentKind, PaperSection
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.plain_text import capital
from services.domain.roles import Seat
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date


def signed_record(context: BuilderContext) -> DocumentContent:
    """Build the record as of the signature, or as of a publication: ours, or another's."""
    entry = context.history.newest
    if entry.entry_type is EntryType.PUBLISHER_PUBLISHED:
        return _published_by_another(context, entry)
    if entry.entry_type not in {EntryType.SIGNED_OFF, EntryType.POSITION_REPLACED}:
        return _published(context, entry)
    code, round_, of_seat, *authority = entry.subject.split(":")
    matter = SignOffMatter(code)
    filed = filed_round(context, matter, int(round_))
    authorities = context.work.partnership.authorities
    seat = party_name(Seat(of_seat), "".join(authority), authorities)
    return DocumentContent(
        sections=_sections(context, filed),
        details=_details(context, filed)
        | {"Signed for": capital(seat), "Signed on": on_day(london_date(entry.at))},
        about=f"{label(matter)}, round {round_}, {seat}",
        subject=matter,
    )


def _published(context: BuilderContext, entry: Entry) -> DocumentContent:
    said = ReportPublished.model_validate(entry.command)
    plan = filed_round(context, SignOffMatter.PUBLICATION)
    report = filed_round(context, SignOffMatter.REPORT)
    file = published_file(context.work, context.case, entry)
    return DocumentContent(
        sections=(*_sections_of(context, plan), *_sections_of(context, report)),
        details=_details(context, plan)
        | {
            "Published on": on_day(said.published_on),
            "Published at": said.address or "the NSPCC's national repository",
            **_of_the_file(file.kind, file.sha256),
        },
        about="as it was published",
        subject=SignOffMatter.PUBLICATION,
    )


def _published_by_another(context: BuilderContext, entry: Entry) -> DocumentContent:
    """Build the record where we decided and do not publish: what we signed, and what became of it.

    The report's words are ours as we signed them; where it was not published they stay out.
    """
    told = PublishingReceived.model_validate(entry.command)
    round_ = int(entry.subject.split(":")[1])
    positions = signatures(
        context.work, context.case, SignOffMatter.PUBLICATION, round_, until=entry.at
    )
    filed = filed_words(context.work.session, context.case.id, SignOffMatter.REPORT)
    report = filed_round(context, SignOffMatter.REPORT) if filed else None
    is_report = told.document is DocumentKind.PUBLISHED_REPORT
    return DocumentContent(
        sections=(
            *_of_matter(SignOffMatter.PUBLICATION, positions),
            *(_sections_of(context, report) if report and is_report else ()),
        ),
        details=(_details(context, report) if report and is_report else {})
        | {
            "Published by": told.partnership,
            "Published on": on_day(told.on),
            "Published at": told.address,
        }
        | (_of_the_file(told.document, told.sha256) if told.document else {}),
        about=f"as it was published by {told.partnership}",
        subject=SignOffMatter.PUBLICATION,
    )


def _of_the_file(kind: DocumentKind, sha256: str) -> dict[str, str]:
    return {"Published file": capital(label(kind)), "SHA-256 of the published file": sha256}


def _sections_of(context: BuilderContext, filed: FiledWords) -> tuple[PaperSection, ...]:
    return _of_matter(filed.matter, _sections(context, filed))


def _of_matter(
    matter: SignOffMatter, sections: tuple[PaperSection, ...]
) -> tuple[PaperSection, ...]:
    """Say of which of the matters in one record each part is."""
    return tuple(replace(one, heading=f"{one.heading}: {label(matter)}") for one in sections)


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
