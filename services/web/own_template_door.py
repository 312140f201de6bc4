"""What becomes of a template that is posted: looked at and tried first, and then proposed."""

from typing import Final

from fastapi import Request

from services.casework.alerts import raise_alert
from services.casework.commands import Kind
from services.casework.own_template_trial import tried_and_stored
from services.casework.own_templates import (
    ProposeTemplate,
    must_be_able_to_propose,
    propose_template,
)
from services.casework.steps.file_checks import FileIsHarmful
from services.domain.alerts import AlertCode
from services.domain.clocks.policy_json import stored_policy
from services.domain.documents import DocumentKind
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.dependencies import Transactions
from services.web.errors import status_of
from services.web.forms.fields import Question, questions
from services.web.forms.parsing import Problem, read
from services.web.forms.validation import refused, understand
from services.web.posted_form import Posted

FILE: Final = Question(
    name="file",
    asks="The Word template",
    helps="A .docx of up to 2 MB without macros, links to other files, comments or suggested "
    "changes. It is checked and tried with an invented paper. Leave it out to propose that "
    "Keyline's own template holds again.",
    kind=Kind.DOCUMENT,
    required=False,
)
ASKED: Final = (*questions(ProposeTemplate), FILE)


def tried(
    request: Request, transaction: Transactions, kind: DocumentKind, posted: Posted
) -> Again | None:
    """Propose it; return the form with what stands in the way, if anything does."""
    answers = read(ASKED, posted, {})
    file = answers.values.pop("file", None)
    command = understand(ProposeTemplate, ASKED, answers)
    if isinstance(command, list):
        return Again(posted, command, 422)
    try:
        sent = None if file is None else (file.name, file.content.read())
        _propose(request, transaction, kind, command, sent)
    except AlreadyDone:
        return None
    except AnswerRefused as error:
        if isinstance(error, FileIsHarmful):
            _alert_of_harm(transaction)
        problem = refused(error.field, str(error), ASKED, answers)
        return Again(posted, [problem], status_of(error))
    except RuleBroken as error:
        return Again(posted, [Problem("", str(error))], status_of(error))
    return None


def _alert_of_harm(transaction: Transactions) -> None:
    """Alert the manager that the scan found something in a file that was sent; it is of no case."""
    with transaction() as work:
        raise_alert(work, AlertCode.HARMFUL_FILE)


def _propose(
    request: Request,
    transaction: Transactions,
    kind: DocumentKind,
    command: ProposeTemplate,
    file: tuple[str, bytes] | None,
) -> None:
    """Ask first, look at the file and store it with no transaction open, then keep the row."""
    with transaction() as work:
        must_be_able_to_propose(work, kind, command)
        owner = work.actor.partnership_id
        is_demanded = stored_policy(work.partnership.policy).hold_until_scanned
    upload = None
    if file is not None:
        around = site_of(request).neighbours
        upload = tried_and_stored(around, kind, owner, file, is_scan_demanded=is_demanded)
    with transaction() as work:
        propose_template(work, kind, command, upload)
