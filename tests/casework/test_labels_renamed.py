"""A wording is no key: with every label renamed in the middle of a case, every row stays the same.

The case is stopped with emails unsent and todos open. What is made afterwards, papers and emails,
says the new words; nothing else may differ from a case whose words stayed as they were.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import deepcopy

from sqlalchemy import Engine, text

from services.casework import labels as casework
from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps.rapid_review import submission
from services.casework.steps.sign_off import sign_off
from services.database.outbox import case_emails
from services.domain import labels as domain
from services.domain.message_ids import domain_of, in_domain, message_id_for
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from services.web.view_models.todos import of_case
from tests import factories
from tests.codes_said import codes_said
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import tenant_tables
from tests.post_office import Office
from tests.world import AGENCIES

NEW = "renamed"
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What the database's own clock writes, which no two runs share.
MOMENTS = {"ordered_at", "recorded_at", "done_at", "claimed_at", "until", "ended_at", "not_before"}
# Of an order or of words that name an agency by its id, and of a paper's bytes.
OF_IDS = {"digest", "words_sha256", "paper_sha256"}
EMPTY = {
    "audit_anchors",
    "audit_checks",
    "operator_acts",
    "caught_emails",
    "reading_grants",
    "refusal_runs",
}
EMPTY |= {"case_grants", "filed_words", "joint_invitations", "joint_memberships", "joint_replies"}
EMPTY |= {"collections", "drafts", "guest_links", "guests", "police_marks", "saved_views"}
EMPTY |= {"contact_confirmations", "contacts", "delegations", "directory_endings"}
EMPTY |= {"duty_turns", "organisations"}
EMPTY |= {"paper_template_answers", "paper_templates"}
EMPTY |= {"policy_adoptions", "policy_answers", "provider_partnerships"}
EMPTY |= {
    "email_settings",
    "learning_records",
    "lost_factors",
    "inspection_files",
    "inspection_steps",
}
EMPTY |= {"information_request_papers", "information_request_steps", "information_requests"}
EMPTY |= {"disposal_papers", "disposals", "disposed_files", "gone_runs", "legal_holds"}
EMPTY |= {"retention_answers", "retention_proposals"}
EMPTY |= {"appointment_answers", "appointment_links", "appointments", "membership_reviews"}
OPEN_AT_FIRST = (
    "Record when you became aware, and how children are kept safe now",
    "Give your view on notifying the Panel",
    "Send the scoping forms",
)
# What a made paper's own bytes decide.
OF_ITS_BYTES = {"key", "sha256", "size", "version_id"}
# What a salt decides, and the audit's own moments.
OF_A_SALT = {"salt", "hash", "prev"}
HASHES = re.compile("[0-9a-f]{64}")


@contextmanager
def every_label_renamed() -> Iterator[None]:
    """Rename every label where it stands, and restore all of them afterwards."""
    kept = deepcopy((domain.LABELS, casework.LABELS))
    for tables in (domain.LABELS, casework.LABELS):
        for table in tables.values():
            table.update({code: f"{NEW} {words}" for code, words in table.items()})
    try:
        yield
    finally:
        for tables, before in zip((domain.LABELS, casework.LABELS), kept, strict=True):
            for name, table in tables.items():
                table.update(before[name])


def put_to_the_partners(case: Driven) -> None:
    """Carry a case to its middle: three emails are unsent and three todos open."""
    Desk(case.world).carry(case.case_id)
    case.meet().propose()


class Run:
    """One case on its way to its close, with its machine work and its emails."""

    def __init__(self, case: Driven) -> None:
        self.case, self.world = case, case.world
        self.desk, self.office = Desk(case.world), Office(case.world)

    def to_the_end(self) -> None:
        self.case.sign(sign_off.sign_rapid_review, "2026-01-05", Seat.LOCAL_AUTHORITY, Seat.POLICE)
        self._send("2026-01-05")
        self.case.sign(sign_off.sign_rapid_review, "2026-01-05", Seat.INTEGRATED_CARE_BOARD)
        command = factories.submit()
        self.case.do(submission.submit, command, Role.BUSINESS_MANAGER, "2026-01-07 11:00")
        self.case.answer().commission().report().draft()
        self.case.sign(sign_off.sign_report, "2026-06-01").plan().publish().embed().close()
        self.desk.carry(self.case.case_id)
        self._send("2026-10-02")

    def _send(self, day: str) -> None:
        self.office.when = day
        remind_all(self.office)
        while self.office.deliver():
            pass

    def todos(self) -> set[str]:
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            return {line.what for line in of_case(work, self.case.row())}

    def unsent(self) -> Counter[str]:
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            emails = case_emails(work.session, self.case.case_id)
            return Counter(one.event.value for one in emails if one.sent_at is None)


def rows(admin: Engine, run: Run) -> dict[str, Counter[str]]:
    """Return every row of the partnership, table by table, without what chance decides."""
    tenant = {"tenant": run.world.ours.partnership_id}
    with admin.connect() as link:
        return {
            table: Counter(
                plain(table, row, run)
                for row in link.execute(
                    text(f"select to_jsonb(t) from {table} t where tenant_id = :tenant"),  # noqa: S608 -- names from the catalogue
                    tenant,
                ).scalars()
            )
            for table in tenant_tables(admin)
        }


def plain(table: str, row: dict[str, object], run: Run) -> str:
    """Write a row without ids, without the moments of the machine and without its code."""
    chance = MOMENTS | OF_IDS | OF_A_SALT | (OF_ITS_BYTES if table == "documents" else set())
    chance |= {"at"} if table.startswith("audit_") else set()
    kept = {name: None if name in chance and value else value for name, value in row.items()}
    if "message_id" in kept:
        made = message_id_for(run.world.ours.partnership_id, str(kept["key"]))
        assert kept["message_id"] in {made, in_domain(made, domain_of(run.office.sender))}
        kept["message_id"] = ""
    written = json.dumps(kept, sort_keys=True)
    for name, agency in {name: str(run.case.agency(name)) for name in AGENCIES}.items():
        written = written.replace(agency, name)
    written = HASHES.sub("a hash", written)
    return UUIDS.sub("an id", written).replace(run.world.ours.code, "CODE")


def carried(case: Driven, words: AbstractContextManager[None]) -> Run:
    """Carry a case from its middle to its end with these words."""
    run = Run(case)
    assert run.unsent()["sign_off_needed"] == 3
    assert "Sign off the rapid review" in run.todos()
    with words:
        run.to_the_end()
        assert run.unsent() == Counter()
    return run


def test_renaming_every_label_changes_no_row_and_breaks_no_unsent_email(case_at, admin_of):
    one, other = (case_at(Stage.RAPID_REVIEW, put_to_the_partners) for _twice in range(2))
    usual = carried(one, nullcontext())
    expected = rows(admin_of(one), usual)
    renamed = carried(other, every_label_renamed())
    for table, found in rows(admin_of(other), renamed).items():
        assert found - expected[table] == expected[table] - found, table
        assert bool(found) is (table not in EMPTY)
    assert said_anew(usual) == (0, 0)
    assert codes_said(" ".join((*papers_of(usual), *emails_of(usual)))) == set()
    papers, emails = said_anew(renamed)
    assert papers > 10
    assert emails > 5


def test_an_open_todo_says_its_new_label(case_at):
    run = Run(case_at(Stage.REFERRED))
    with every_label_renamed():
        assert run.todos() == {f"{NEW} {what}" for what in OPEN_AT_FIRST}


def papers_of(run: Run) -> list[str]:
    kinds = {row.kind for row in run.desk.rows(run.case.case_id)}
    return [text for kind in kinds for text in run.desk.read(run.case.case_id, kind)]


def emails_of(run: Run) -> list[str]:
    """Return what each email says, but for the address to which it leads."""
    links = re.compile(r"http://\S+")
    return [links.sub("", f"{one.subject}\n{one.body_text}") for one in run.office.mailer.emails]


def said_anew(run: Run) -> tuple[int, int]:
    """Return how many papers and how many emails of the run say a renamed label."""
    papers = sum(NEW in text for text in papers_of(run))
    return papers, sum(NEW in text for text in emails_of(run))


def test_the_labels_are_restored():
    before = deepcopy((domain.LABELS, casework.LABELS))
    with every_label_renamed():
        assert before != (domain.LABELS, casework.LABELS)
    assert before == (domain.LABELS, casework.LABELS)
