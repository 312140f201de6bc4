"""The checks at the end of a journey."""

import hashlib
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from services.domain.clocks.telling import TOLD
from services.domain.documents import DocumentKind
from services.domain.emails import SENDINGS, EmailTrigger
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.workflow import Stage, Step, StepState
from tests.acceptance.case_pages import told_at
from tests.acceptance.database import DocumentRow, EmailRow
from tests.acceptance.prefect_runs import FlowRun
from tests.acceptance.story import UNDER_WAY, Story
from tests.acceptance.table import MARKED

SENT: Final = "sent"
KEPT: Final = "kept"
MARKED_FOR_ITS_READER: Final = "meeting_pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedEnd:
    """The expected end of a branch: its stage, the steps that were not needed, its documents."""

    stage: Stage = Stage.CLOSED
    not_needed: frozenset[Step] = frozenset()
    documents: Mapping[DocumentKind, int]
    runs: int = 1

    @property
    def steps(self) -> Mapping[str, str]:
        """Return the expected state of each task run."""
        return {
            step.value: label(
                StepState.NOT_NEEDED if step in self.not_needed else StepState.COMPLETED
            )
            for step in Step
        }


# Which cases end how.
Ends: TypeAlias = Sequence[tuple[Story, ExpectedEnd]]


def check(story: Story, expected: ExpectedEnd) -> None:
    """Check the case, its flow run, its documents, its emails and its pages."""
    case = story.connections.database.case(story.case)
    if case.stage != expected.stage:
        story.differs(f"the case ends at “{case.stage}”, expected “{expected.stage}”")
    check_flow(story, expected)
    check_documents(story, expected)
    check_emails(story)
    check_pages(story, case.reference, expected)


def check_flow(story: Story, expected: ExpectedEnd) -> None:
    """Check that one flow run carried the case, with one task run for each step."""
    prefect, case_id = story.connections.prefect, story.case
    runs = prefect.runs_of(case_id)
    if len(runs) != expected.runs:
        story.differs(f"Prefect has {len(runs)} flow runs for the case, expected {expected.runs}")
    wanted = {f"case:{case_id}:{number}" for number in range(1, expected.runs + 1)}
    if (keys := {run.idempotency_key for run in runs}) != wanted:
        story.differs(f"the flow runs are keyed {sorted(keys)}, expected {sorted(wanted)}")
    tag = f"tenant:{story.connections.database.partnership_id}"
    if any(tag not in run.tags for run in runs):
        story.differs(f"a flow run is not tagged {tag}")
    last = story.run()
    if last is None:
        story.differs("the case has no flow run")
        return
    _check_steps(story, expected, last)


def _check_steps(story: Story, expected: ExpectedEnd, run: FlowRun) -> None:
    """Check the run and its task runs, once the screen has caught up with the record."""
    prefect = story.connections.prefect
    until = time.monotonic() + story.connections.patience
    while (shown := dict(prefect.steps_of(run.id))) != expected.steps and time.monotonic() < until:
        time.sleep(0.5)
    for step, state in expected.steps.items():
        if shown.get(step) != state:
            story.differs(f"Prefect shows step {step} as {shown.get(step)}, expected {state}")
    counted = prefect.task_runs_of(run.id)
    if counted != dict.fromkeys((step.value for step in Step), 1):
        story.differs(f"the flow run has the task runs {dict(counted)}, expected one a step")
    now = story.run()
    if now is None or now.kind != "COMPLETED":
        story.differs(f"the flow run ends as {now.name if now else 'nothing'}, expected Completed")


def check_documents(story: Story, expected: ExpectedEnd) -> None:
    """Check that each document exists, and that its downloaded bytes have its hash."""
    documents = story.connections.database.documents(story.case)
    counted = Counter(document.kind for document in documents)
    if counted != {str(kind): many for kind, many in expected.documents.items()}:
        story.differs(f"documents are {dict(counted)}, expected {dict(expected.documents)}")
    for document in documents:
        _check_bytes(story, document)


def _check_bytes(story: Story, document: DocumentRow) -> None:
    if document.standing != KEPT:
        story.differs(f"the {document.kind} is {document.standing}")
        return
    content = story.browser("manager").fetch(f"/cases/{story.case}/documents/{document.id}")
    if document.kind == MARKED_FOR_ITS_READER:
        if hashlib.sha256(content).hexdigest() == document.sha256:
            story.differs(f"the {document.kind} as downloaded is not marked for who opened it")
        story.downloaded[document.id] = MARKED
        return
    story.downloaded[document.id] = hashlib.sha256(content).hexdigest()
    if story.downloaded[document.id] != document.sha256:
        story.differs(f"the {document.kind} as downloaded has another hash than its record")


# Whom the rules of the clocks name (rules.md 2.2), for the emails that name nobody themselves.
NAMED_BY_CLOCKS: Final = {one for told in TOLD.values() for one in told.recipients(is_missed=True)}


def check_emails(story: Story) -> None:
    """Check that each email was sent, to a recipient of its event, and caught exactly once."""
    emails = _settled_emails(story)
    story.caught = story.connections.database.caught([email.message_id for email in emails])
    for message_id, times in Counter(email.message_id for email in emails).items():
        if times > 1:
            story.differs(f"{times} emails have the Message-ID {message_id}")
    for email in emails:
        _check_email(story, email, story.caught.get(email.message_id, 0))


def _settled_emails(story: Story) -> list[EmailRow]:
    """Return the emails of the case, once the courier has come by for what a round ordered."""
    until = time.monotonic() + story.connections.patience
    while True:
        emails = story.connections.database.emails(story.case)
        is_settled = not any(email.delivery in UNDER_WAY for email in emails)
        if is_settled or time.monotonic() > until:
            return emails
        time.sleep(0.5)


def _check_email(story: Story, email: EmailRow, times: int) -> None:
    if email.delivery != SENT:
        story.differs(f"the email “{email.event}” is {email.delivery} ({email.last_error})")
    event = EmailTrigger(email.event)
    recipients = {recipient.value for recipient in SENDINGS[event].recipients or NAMED_BY_CLOCKS}
    # It takes the place of an email of any event, to a person who has yet to declare.
    if event is not EmailTrigger.DECLARATION_NEEDED and email.recipient not in recipients:
        story.differs(f"the email “{email.event}” went to {email.recipient}")
    if story.connections.mail_is_caught and times != 1:
        story.differs(f"the email “{email.event}” to {email.recipient} was caught {times} times")


def check_pages(story: Story, reference: str, expected: ExpectedEnd) -> None:
    """Check what people and operators read of the case at the end."""
    overview = told_at(story.browser("manager"), f"/cases/{story.case}")
    for words in (reference, label(expected.stage)):
        if words.lower() not in overview.lower():
            story.differs(f"the case's page does not say “{words}”")
    for clock in story.connections.database.clocks(story.case):
        on = clock.met_on or clock.due
        if clock.how_met != "ended" and weekday_day_month_year(on) not in overview:
            story.differs(f"the case's page does not show {on} for {clock.clock}")
    watched = story.browser("operations").open(f"/operations/runs/{story.case}").text
    if reference not in watched:
        story.differs("the operations page does not show the case's flow run")
    _check_walls(story)


def _check_walls(story: Story) -> None:
    """Check that the case is open to its own people only."""
    path = f"/cases/{story.case}"
    for who in ("second-reviewer", "operations"):
        if (status := story.browser(who).status_of(path)) not in {403, 404}:
            story.differs(f"{who} gets {status} for the case, expected 403 or 404")
