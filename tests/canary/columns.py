"""Whether each column that can hold words of a partnership's table held a canary, by the catalogue.

A column that was not planted would leave the scan blind to what leaks from it. What cannot hold
words is known from the catalogue itself: a check lets only codes in.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import Connection, text

_IDS: Final = "ids, codes and digests"
_OURS: Final = "words of our own code"
_AT_WORK: Final = "names of the people and agencies who act"
_SEALED: Final = "what a person has typed, under the partnership's key"
_ORGANISATION: Final = (
    "what the partnership says of itself, of its agencies and of whom it writes to"
)
_REQUESTS: Final = "requests for information, which are no acts on a case and on no journey of one"
_OF_NO_CASE: Final = "trends and national reviews: of no one case, and on no journey of one"
_PACKS: Final = "inspection packs: no acts on a case, and on no journey of one"
_LETTERS: Final = "emails that were sent: they are scanned as emails"
# Columns that hold no words of a case, and what they hold instead; they are scanned as a sink.
NO_WORDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (
            "appointment_answers.form_digest",
            "appointment_answers.salt",
            "appointment_links.address_sha256",
            "appointments.authority",
            "appointments.form_digest",
            "appointments.salt",
            "assignments.authority",
            "assignments.subject",
            "audit_anchors.hash",
            "audit_anchors.key",
            "audit_heads.hash",
            "audit_links.body",
            "audit_links.hash",
            "audit_links.prev",
            "case_grants.sections",
            "cases.reference",
            "collections.address_sha256",
            "collections.code_hash",
            "collections.openings",
            "contact_confirmations.form_digest",
            "contact_confirmations.salt",
            "contacts.form_digest",
            "contacts.salt",
            "delegations.form_digest",
            "delegations.salt",
            "directory_endings.form_digest",
            "directory_endings.salt",
            "disposal_papers.key",
            "disposal_papers.sha256",
            "disposal_papers.version_id",
            "disposals.links_sha256",
            "disposals.reference",
            "disposals.rows",
            "disposed_files.key",
            "duty_turns.form_digest",
            "duty_turns.salt",
            "dispatches.documents",
            "dispatches.part",
            "documents.form",
            "documents.key",
            "documents.media_type",
            "documents.salt",
            "documents.sha256",
            "documents.subject",
            "documents.template",
            "documents.version_id",
            "drafts.about",
            "drafts.act",
            "drafts.form_version",
            "saved_views.narrowed",
            "saved_views.of_list",
            "due_work.digest",
            "due_work.payload",
            "due_work.request_id",
            "due_work.step",
            "entries.act",
            "filed_words.sha256",
            "entries.authority",
            "entries.form_digest",
            "entries.salt",
            "entries.subject",
            "guest_links.address_sha256",
            "guest_links.code_hash",
            "information_request_papers.form_digest",
            "information_request_papers.salt",
            "information_request_papers.sha256",
            "information_request_steps.form_digest",
            "information_request_steps.salt",
            "information_requests.form_digest",
            "information_requests.reference",
            "information_requests.salt",
            "inspection_files.extension",
            "inspection_files.form_digest",
            "inspection_files.salt",
            "inspection_files.sha256",
            "inspection_steps.form_digest",
            "inspection_steps.salt",
            "joint_memberships.parties",
            "leases.holder",
            "learning_records.form_digest",
            "learning_records.salt",
            "paper_templates.key",
            "paper_templates.sha256",
            "paper_templates.version_id",
            "partnerships.counted_calendar",
            "lost_factors.form_digest",
            "lost_factors.salt",
            "membership_reviews.form_digest",
            "membership_reviews.salt",
            "memberships.authority",
            "organisations.form_digest",
            "organisations.salt",
            "outbox_emails.address",
            "outbox_emails.content",
            "outbox_emails.key",
            "outbox_emails.message_id",
            "outbox_emails.request_id",
            "police_marks.seats",
            "retention_proposals.years",
            "sign_offs.authority",
            "sign_offs.paper_sha256",
            "sign_offs.words_sha256",
            "viewings.act",
            "webhook_deliveries.tries",
            "webhooks.events",
            "webhooks.form_digest",
            "webhooks.salt",
        ),
        _IDS,
    ),
    **dict.fromkeys(
        (
            "audit_checks.finding",
            "cases.guidance",
            "due_work.last_error",
            "outbox_emails.last_error",
            "running_clocks.account",
            "running_clocks.force",
            "running_clocks.rule",
            "running_clocks.subject",
            "running_clocks.version",
        ),
        _OURS,
    ),
    **dict.fromkeys(
        (
            "agencies.address",
            "agencies.kind",
            "appointment_answers.grounds",
            "appointment_answers.said_by",
            "appointments.accountable_to",
            "appointments.address",
            "appointments.decides",
            "appointments.name",
            "appointments.reasons",
            "contacts.address",
            "contacts.holder",
            "contacts.telephone",
            "dispatches.address",
            "guest_links.address",
            "guests.address",
            "lost_factors.reasons",
            "membership_reviews.left_empty_because",
            "membership_reviews.reasons",
            "memberships.accountable_to",
            "memberships.decides",
            "organisations.name",
            "cases.policy",
            "policy_versions.policy",
            "running_clocks.title",
            "partnerships.authorities",
            "partnerships.code",
            "partnerships.name",
            "partnerships.policy",
            "provider_partnerships.provider",
            *(f"webhooks.{one}" for one in ("address", "ended_because", "grounds", "reasons")),
        ),
        _ORGANISATION,
    ),
    **dict.fromkeys(
        (
            "information_request_papers.content",
            "information_request_steps.words",
            "information_requests.contact",
            "information_requests.requester",
            "information_requests.wanted",
        ),
        _REQUESTS,
    ),
    "drafts.sealed": _SEALED,
    "inspection_files.content": _PACKS,
    "inspection_steps.words": _PACKS,
    **dict.fromkeys(("webhooks.sealed", "webhooks.sealed_before"), "a secret, under the key"),
    "saved_views.sealed": _SEALED,
    "learning_records.words": _OF_NO_CASE,
    "entries.names": _AT_WORK,
    "filed_words.names": _AT_WORK,
    "guests.name": _AT_WORK,
    **dict.fromkeys(
        (
            "legal_holds.reasons",
            "legal_holds.released_because",
            "retention_answers.reasons",
            "retention_proposals.agreed",
            "retention_proposals.reasons",
        ),
        "why a record is kept, held or disposed of: asked for without naming a child",
    ),
    **dict.fromkeys(
        ("paper_template_answers.reasons", "paper_templates.filename", "paper_templates.reason"),
        "why a template of papers changes: it is of no case",
    ),
    "operator_acts.because": "an operator's own reason, who reads no case",
    **dict.fromkeys(
        (
            "caught_emails.body",
            "caught_emails.message_id",
            "caught_emails.raw",
            "caught_emails.recipient",
            "caught_emails.sender",
            "caught_emails.subject",
        ),
        _LETTERS,
    ),
}
_COLUMNS: Final = text(
    "select c.relname as relation, a.attname as name, t.typname as type from pg_class c"
    " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
    " join pg_type t on t.oid = a.atttypid"
    " where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace"
    " and t.typname in ('text', 'varchar', 'bpchar', 'json', 'jsonb', 'bytea', '_text', '_varchar')"
    " and exists (select from pg_attribute p where p.attrelid = c.oid and p.attname = 'tenant_id')"
    " and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'"
    " and k.conkey = array[a.attnum]"
    " and position('^[A-Za-z0-9_]+$' in pg_get_constraintdef(k.oid)) > 0)"
    " order by 1, 2"
)


def columns(link: Connection) -> Iterator[tuple[str, str]]:
    """Yield each column that can hold words, as table and column, with how it is read as text."""
    for row in link.execute(_COLUMNS).all():
        read = f"encode(\"{row.name}\", 'escape')" if row.type == "bytea" else f'"{row.name}"::text'
        yield f"{row.relation}.{row.name}", f"{read} from {row.relation}"


def unplanted(link: Connection, stem: str) -> set[str]:
    """Return the columns that hold no canary of the run."""
    return {
        column
        for column, reading in columns(link)
        if not link.execute(
            text(f"select exists (select from (select {reading}) as t(it) where it ilike :it)"),  # noqa: S608 -- names from the catalogue
            {"it": f"%{stem}%"},
        ).scalar_one()
    }


def differences(link: Connection, stem: str) -> list[str]:
    """Return what is neither planted nor known to hold no words, and what is known no longer."""
    there = {column for column, _ in columns(link)}
    missing = sorted(unplanted(link, stem) - NO_WORDS.keys())
    gone = sorted(NO_WORDS.keys() - there)
    return [f"unplanted column: {one}" for one in missing] + [
        f"no longer a column for words: {one}" for one in gone
    ]
