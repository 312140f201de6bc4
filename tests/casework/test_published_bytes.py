"""PUB-26: the file of a report goes ahead, and is published as the same bytes."""

from uuid import UUID

import pytest

from services.casework.steps import report_checked
from services.casework.steps.after_publication.reissued_text import public_text
from services.casework.steps.publication import pre_publication, publishing
from services.casework.steps.publication.published_file import published_file
from services.database.cases import get_case
from services.database.documents import get_document
from services.database.history import all_of
from services.domain.dispatches import BEFORE_PUBLICATION, DispatchState, Notice
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import DocumentId
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.anonymity_factories import check_report
from tests.casework.test_anonymity import file_of
from tests.changed_factories import change_and_sign
from tests.desk import Desk
from tests.driven import Driven
from tests.planted_reports import Plant, a_word_report
from tests.sent_out import dispatches_of, make_checks

MANAGER = Role.BUSINESS_MANAGER
LAID_OUT, SENT, DAY = "2026-06-15", "2026-06-24", "2026-07-03"
REPORT, OTHER = a_word_report(1, []), a_word_report(2, [Plant("Made later", "comment")])


def put_forward(case: Driven, content: bytes, when: str = LAID_OUT) -> UUID:
    """Put a file forward as the report is laid out, and have it checked."""
    file = file_of(case, content, when=when)
    case.do(report_checked.check_report, check_report(file=file), MANAGER, when)
    make_checks(case.world, case.case_id, when)
    return file


def send(case: Driven) -> None:
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
    case.send_out(SENT)


def publish(case: Driven, file: UUID | None) -> None:
    case.do(publishing.publish, say.publish(file=file), MANAGER, DAY)


def sent_with(case: Driven, *notices: Notice) -> set[str]:
    """Return the digests of what was sent with these notices."""
    with case.world.act(MANAGER, DAY) as work:
        found = [one for each in notices for one in dispatches_of(work.session, case.case_id, each)]
        return {document.get("sha256", "") for one in found for document in one.documents}


def test_the_file_that_was_sent_ahead_is_published_and_no_other(case_at):
    """PUB-26, PUB-30: its digest is compared; bodies and repository have the same bytes."""
    case = case_at(Stage.PUBLICATION).plan()
    file = put_forward(case, REPORT)
    send(case)
    with case.world.act(MANAGER, SENT) as work:
        digest = get_document(work.session, case.case_id, DocumentId(file)).sha256
    assert digest in sent_with(case, *BEFORE_PUBLICATION)
    for chosen, words in (
        (None, "Choose the file that is published"),
        (file_of(case, OTHER, when=SENT), "its bytes differ"),
        (case.agency(), "added to this case"),
    ):
        with pytest.raises(AnswerRefused, match=words):
            publish(case, chosen)
    publish(case, file_of(case, REPORT, "from-the-website.docx", when=DAY))
    assert digest in sent_with(case, Notice.REPORT_PUBLISHED)
    with case.world.act(MANAGER, DAY) as work:
        public = public_text(work, get_case(work.session, case.case_id)).sha256
    assert public == digest, "and if it is published again as it was"


def own_files(case: Driven, kind: str = "published_report") -> list[str]:
    """Return the digest of each file of the kind that Keyline made, the newest first."""
    return [one.sha256 for one in Desk(case.world).rows(case.case_id) if one.kind == kind]


def test_keylines_own_file_goes_ahead_and_is_published_as_those_bytes(case_at):
    """PUB-26, PUB-30: it is made once, with no day in it; the repository has the same bytes."""
    case = case_at(Stage.PUBLICATION).plan()
    send(case)
    (own,) = own_files(case)
    assert own in sent_with(case, *BEFORE_PUBLICATION)
    with pytest.raises(AnswerRefused, match="its bytes differ"):
        publish(case, file_of(case, OTHER, when=SENT))
    publish(case, None)
    assert (own_files(case), sent_with(case, Notice.REPORT_PUBLISHED)) == ([own], {own})
    with case.world.act(MANAGER, DAY) as work:
        (entry,) = all_of(work.session, case.case_id, EntryType.PUBLISHED)
        filed = published_file(work, get_case(work.session, case.case_id), entry)
        (to_confirm,) = dispatches_of(work.session, case.case_id, Notice.REPORT_PUBLISHED)
        assert to_confirm.state is DispatchState.TO_CONFIRM
        assert "made_anew" not in entry.command
    assert filed.sha256 == own


def test_a_file_that_was_put_forward_later_is_sent_first(case_at):
    """PUB-26, K12: what the bodies have is published, and no file that was laid out since."""
    case = case_at(Stage.PUBLICATION).plan()
    send(case)
    with pytest.raises(AnswerRefused, match="its bytes differ"):
        publish(case, file_of(case, REPORT, when=SENT))
    file = put_forward(case, REPORT, SENT)
    with pytest.raises(RuleBroken, match="was not sent to the Panel"):
        publish(case, file)
    send(case)
    publish(case, file)


def test_a_file_of_a_former_text_is_not_sent(case_at):
    """PUB-02, PUB-26: once the text is changed, it is laid out anew."""
    case = case_at(Stage.PUBLICATION).plan()
    put_forward(case, REPORT)
    change_and_sign(case, LAID_OUT)
    with pytest.raises(RuleBroken, match="former text"):
        send(case)
    put_forward(case, REPORT)
    send(case)
    case.do(report_checked.check_report, check_report(), MANAGER, SENT)
    make_checks(case.world, case.case_id, SENT)
    with pytest.raises(RuleBroken, match="put forward no more"):
        publish(case, None)
