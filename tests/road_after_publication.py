"""A published report on a road: taken down, published again, and redacted at once."""

from collections.abc import Callable
from uuid import UUID

from services.casework.steps import report_checked, uploads
from services.casework.steps.after_publication import (
    dropping,
    proposing_down,
    proposing_reissue,
    redacting,
    reissue,
    taking_down,
)
from services.casework.steps.file_checks import store_upload
from services.casework.steps.sign_off.sign_off import sign_taking_down
from services.casework.steps.uploads import AddFile
from services.domain.dispatches import Notice
from services.domain.roles import Role
from tests import published_factories as say
from tests.anonymity_factories import check_report
from tests.desk import Desk
from tests.driven import Driven
from tests.planted_pdfs import a_pdf_report
from tests.planted_reports import Plant
from tests.sent_out import make_checks
from tests.words import SAID

MANAGER = Role.BUSINESS_MANAGER
PUT, BACK, CHANGED = "2026-07-06 12:00", "2026-07-20 12:00", "2026-07-21 12:00"


def propose_down(case: Driven, when: str) -> Driven:
    """Put it to the partners that the report is taken down, and have all agree."""
    said = say.propose_taking_down()
    case.do(proposing_down.propose_taking_down, said, MANAGER, when)
    return case.sign(sign_taking_down, when)


def take_down(case: Driven, when: str = say.DECIDED) -> Driven:
    """Have all agree that it is taken down, and take it down the same day."""
    done = say.take_down(taken_down_on=when[:10])
    propose_down(case, when).do(taking_down.take_down, done, MANAGER, when)
    return case


def propose_again(case: Driven, when: str, on: str, **but: object) -> Driven:
    """Put it to the partners that it is published again, have all agree, and its text sent."""
    case.send_out(when, Notice.REPORT_PUBLISHED)
    put_again(case, when, on, **but)
    return case.send_out(when, Notice.REISSUE_PRE_SENT)


def put_again(case: Driven, when: str, on: str, **but: object) -> Driven:
    """Put it to the partners that it is published again, and have all agree."""
    said = say.propose_reissue(publish_on=on[:10], **but)
    case.do(proposing_reissue.propose_reissue, said, MANAGER, when)
    return case.sign(sign_taking_down, when)


def down_and_to_be_back(case: Driven) -> None:
    """The published report is taken down, and all agree that it is published again."""
    propose_again(take_down(case, "2026-10-05"), "2026-10-05", "2026-11-02")


def put_file_forward(case: Driven, when: str, *plants: Plant) -> UUID:
    """Add a PDF as the changed report, and have it checked; return which it is."""
    file = ("report.pdf", a_pdf_report(1, [*plants]))
    upload = store_upload(Desk(case.world), case.world.ours.partnership_id, file)
    with case.world.act(MANAGER, when) as work:
        added = uploads.add_file(work, case.case_id, AddFile(title="Changed"), upload).id
    said = check_report(file=added, why_other_file="It was laid out anew.")
    case.do(report_checked.check_report, said, MANAGER, when)
    make_checks(case.world, case.case_id, when)
    return added


def taken_down_and_back(case: Driven, send: Callable[[str], object] | None = None) -> Driven:
    """Propose it and drop it; take it down; publish it again; and redact it at once.

    What leaves is sent by the post that is given, or else taken as sent.
    """
    post = send or case.send_out
    post(PUT)
    case.do(proposing_down.propose_taking_down, say.propose_taking_down(), MANAGER, PUT)
    dropped = say.drop_published_proposal()
    case.do(dropping.drop_published_proposal, dropped, MANAGER, PUT)
    take_down(case, PUT)
    post(PUT)
    put_again(case, PUT, BACK)
    post(PUT)
    case.do(reissue.reissue, say.reissue(published_on=BACK[:10]), MANAGER, BACK)
    post(BACK)
    changed = {"replaced_on": CHANGED[:10], "what_changed": SAID}
    redacted = say.redact_published(put_file_forward(case, CHANGED), **changed)
    case.do(redacting.redact_published, redacted, MANAGER, CHANGED)
    post(CHANGED)
    return case
