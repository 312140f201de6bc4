"""PUB-16, G10: a report that tells of the case's own is not published before that is settled."""

import io
from uuid import UUID

import docx
import pytest

from services.casework.steps import report_checked, uploads
from services.casework.steps.anonymity.checks import newest_check, unsettled
from services.casework.steps.anonymity.report_said import AnonymityChecked, ReportHit
from services.casework.steps.file_checks import store_upload
from services.casework.steps.local_review import draft_report
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.local_review.terms_of_reference import agree_terms
from services.casework.steps.publication import pre_publication, publication, publishing
from services.casework.steps.publication.report_text import parts_of_report
from services.casework.steps.sign_off import sign_off
from services.casework.steps.uploads import AddFile
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.anonymity.known import HitKind
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages.report import files_laid_out as laid_out
from tests import factories as say
from tests.anonymity_factories import check_report, justify_hits
from tests.desk import Desk
from tests.driven import Driven
from tests.joint_publishing import LAST_DAY, Publishing
from tests.planted_reports import Plant, a_word_report
from tests.put_terms import advise
from tests.road_of_the_report import NAMED
from tests.sent_out import make_checks
from tests.settled_practitioners import assure_draft
from tests.settled_teams import settle_team
from tests.world import HOSPITAL, SCHOOL

CHAIR, MANAGER, REVIEWER = Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER
PLANNED_BY_BOTH = (
    Publishing,
    Publishing.begun,
    Publishing.sent_to_panel,
    Publishing.reviewed,
    Publishing.signed_and_planned,
)
DRAFTED, PLANNED, SENT = "2026-05-01", "2026-06-08", "2026-06-24"


def drafted(case: Driven, **said: str) -> Driven:
    """Submit a version of the report that says this, and have it checked."""
    command = say.submit_draft(**said)
    case.do(draft_report.submit_draft, command, REVIEWER, DRAFTED)
    make_checks(case.world, case.case_id, DRAFTED)
    return case


def found(case: Driven) -> AnonymityChecked:
    """Return what the newest check found."""
    with case.world.act(MANAGER, SENT) as work:
        checked = newest_check(work, get_case(work.session, case.case_id))
        assert checked is not None
        return checked


def open_hits(case: Driven) -> list[ReportHit]:
    """Return what is waited for and not settled."""
    with case.world.act(CHAIR, SENT) as work:
        hits = unsettled(work, get_case(work.session, case.case_id))
        return [one for one in hits if one.kind.is_waited_for]


def named_file(case: Driven, when: str) -> UUID:
    """Put a file that names the child forward, have it checked, and return which it is."""
    content = a_word_report(1, [Plant("Robin Example", "comment")])
    file = file_of(case, content, when=when)
    case.do(report_checked.check_report, check_report(file=file), MANAGER, when)
    make_checks(case.world, case.case_id, when)
    return file


def file_of(case: Driven, content: bytes, name: str = "report.docx", when: str = DRAFTED) -> UUID:
    """Add a file to the case, as its page does."""
    upload = store_upload(Desk(case.world), case.world.ours.partnership_id, (name, content))
    with case.world.act(MANAGER, when) as work:
        return uploads.add_file(work, case.case_id, AddFile(title="The report"), upload).id


def test_what_a_draft_holds_of_the_case_is_on_record_by_its_place(case_at):
    """PUB-16: each hit says where it stands and what it is taken for, and the chair settles it."""
    case = drafted(case_at(Stage.LOCAL_REVIEW).report(), overview=NAMED)
    checked = found(case)
    assert (checked.version, checked.certain) == (1, 2)
    told = {(one.place, one.kind, one.words) for one in checked.hits if one.kind.is_certain}
    assert told == {
        ("Overview and context", HitKind.BIRTH_DAY, "3 March 2024"),
        ("Overview and context", HitKind.CHILD_NAME, "Robin Example"),
    }
    assert ("settle_anonymity", CHAIR) in {(one.todo, one.role) for one in case.turns()}


def test_no_draft_goes_to_the_partners_while_a_hit_stands(case_at):
    """PUB-16: a version without it resolves the hit."""
    case = drafted(case_at(Stage.LOCAL_REVIEW).report(), overview=NAMED)
    with pytest.raises(RuleBroken, match="PUB-16"):
        assure_draft(case, DRAFTED)
    back = say.quality_assure(ready=False)
    drafted(case)
    assert found(case).certain == 0
    assert "settle_anonymity" not in {one.todo for one in case.turns()}
    case.do(quality_assure, back, CHAIR, DRAFTED)


def test_a_hit_stays_with_a_reason_and_a_name_with_who_agreed(case_at):
    """PUB-16: the reason is on record for these words in this text alone."""
    case = drafted(case_at(Stage.LOCAL_REVIEW).report(), overview=NAMED)
    hits = [one.id for one in open_hits(case)]
    with pytest.raises(AnswerRefused, match="who agreed"):
        case.do(report_checked.justify_hits, justify_hits(*hits), CHAIR, DRAFTED)
    agreed = justify_hits(*hits, family_agreed="Her mother, on 1 May.")
    with pytest.raises(NotPermitted):
        case.do(report_checked.justify_hits, agreed, REVIEWER, DRAFTED)
    case.do(report_checked.justify_hits, agreed, CHAIR, DRAFTED)
    assert open_hits(case) == []
    assert "settle_anonymity" not in {one.todo for one in case.turns()}
    drafted(case, overview=NAMED)
    assert open_hits(case) == [], "the same words in the same text"
    drafted(case, overview=f"{NAMED} Then nothing was done.")
    assert len(open_hits(case)) == 2, "another text is asked about anew"
    with pytest.raises(AnswerRefused, match="newest check"):
        case.do(report_checked.justify_hits, agreed, CHAIR, DRAFTED)


def test_a_file_that_is_put_forward_is_read_wherever_it_says_something(case_at):
    """PUB-16: a comment and hidden text of the file are checked as its text is."""
    case = drafted(case_at(Stage.LOCAL_REVIEW).report())
    plants = [Plant("Robin Example", "comment"), Plant("3 March 2024", "hidden text")]
    file = file_of(case, a_word_report(1, plants))
    case.do(report_checked.check_report, check_report(file=file), MANAGER, DRAFTED)
    make_checks(case.world, case.case_id, DRAFTED)
    assert {(one.place, one.words) for one in open_hits(case)} == {
        ("comment", "Robin Example"),
        ("text, hidden text", "3 March 2024"),
    }
    with pytest.raises(AnswerRefused, match="no longer put forward"):
        case.do(report_checked.check_report, check_report(), MANAGER, DRAFTED)
    dropped = check_report(why_other_file="It is laid out anew.")
    case.do(report_checked.check_report, dropped, MANAGER, DRAFTED)
    make_checks(case.world, case.case_id, DRAFTED)
    assert open_hits(case) == [], "the file is put forward no longer"
    case.draft()


def test_only_a_file_of_the_case_that_is_read_is_put_forward(case_at):
    """PUB-16: what cannot be read is not said to be checked."""
    case = drafted(case_at(Stage.LOCAL_REVIEW).report())
    other = docx.Document()
    written = io.BytesIO()
    other.save(written)
    file_of(case, written.getvalue())
    wrong = check_report(file=case.agency())
    with pytest.raises(AnswerRefused, match="added to this case"):
        case.do(report_checked.check_report, wrong, MANAGER, DRAFTED)
    theirs = check_report(file=file_of(case, a_word_report(1, [])))
    with pytest.raises(AnswerRefused, match="added to this case"):
        case.do(report_checked.check_report, theirs, Role.COMMUNICATIONS_LEAD, DRAFTED)
    with case.world.act(Role.COMMUNICATIONS_LEAD, DRAFTED) as work:
        assert laid_out(work, get_case(work.session, case.case_id)) == {"file": ()}


def test_there_is_nothing_to_check_before_a_draft(case_at):
    """PUB-16: the check is of a version of the report."""
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(RuleBroken, match="no draft"):
        case.do(report_checked.check_report, check_report(), MANAGER, DRAFTED)


def test_the_name_of_a_review_tells_nothing_of_the_case(case_at):
    """PUB-16: a report has a public name, which is no name of the case and no reference."""
    case = case_at(Stage.PUBLICATION)
    for name in ("Robin", None, case.row().reference, "The review of 10 December 2025"):
        plan = say.plan_publication(public_name=name)
        with pytest.raises(AnswerRefused, match="PUB-16"):
            case.do(publication.plan_publication, plan, MANAGER, PLANNED)


def test_nothing_is_published_that_was_not_checked_as_it_stands(case_at):
    """G10: the plan is checked too; until then the report waits."""
    case = case_at(Stage.PUBLICATION).plan()
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
    case.send_out(SENT)
    case.do(report_checked.check_report, check_report(), MANAGER, SENT)
    with pytest.raises(RuleBroken, match="not checked"):
        case.do(publishing.publish, say.publish(), MANAGER, "2026-07-03")
    make_checks(case.world, case.case_id, SENT)
    case.do(publishing.publish, say.publish(), MANAGER, "2026-07-03")


def test_improvements_that_name_a_child_are_not_sent_ahead(case_at):
    """PUB-16, PUB-25: what is published in place of a report is checked as a report is."""
    case = case_at(Stage.PUBLICATION)
    said = say.withhold_report(improvements="Robin Example was not seen.")
    case.do(publication.withhold_report, said, MANAGER, PLANNED)
    make_checks(case.world, case.case_id, PLANNED)
    (hit,) = open_hits(case)
    assert hit.place == "Information about improvements"
    case.do(publication.withhold_report, say.withhold_report(), MANAGER, PLANNED)
    make_checks(case.world, case.case_id, PLANNED)
    assert open_hits(case) == []
    with case.world.act(MANAGER, SENT) as work:
        checks = all_of(work.session, case.case_id, EntryType.ANONYMITY_CHECKED)
        assert len(checks) >= 2


def test_the_terms_and_their_amendments_are_checked_with_the_report_that_states_them(case_at):
    """PUB-16, LC-06: what a version prints before its first part is read as the rest is."""
    case = case_at(Stage.LOCAL_REVIEW).report()
    terms = say.agree_terms(
        *map(case.agency, (HOSPITAL, SCHOOL)),
        changed="The home of Robin Example is looked at.",
        why_changed="Heard on 1 April.",
        methodology="As the sibling of Robin Example told it.",
    )
    case.do(agree_terms, terms, CHAIR, DRAFTED)
    drafted(advise(case, DRAFTED).sign(sign_off.sign_terms, DRAFTED))
    assert {(one.place, one.words) for one in open_hits(case)} == {
        ("Terms of reference: Methodology", "Robin Example"),
        ("How the terms of reference were amended", "Robin Example"),
    }


def test_what_was_not_checked_does_not_go_to_the_partners(case_at):
    """PUB-16, G9: the gate takes no text of which nothing is known."""
    case = case_at(Stage.LOCAL_REVIEW).report()
    draft = say.submit_draft()
    case.do(draft_report.submit_draft, draft, REVIEWER, DRAFTED)
    settle_team(case, DRAFTED)
    with pytest.raises(RuleBroken, match="not checked"), case.world.act(CHAIR, DRAFTED) as work:
        quality_assure(work, case.case_id, say.quality_assure())


def test_what_was_not_checked_does_not_go_to_the_three_bodies(case_at):
    """PUB-16, G10: neither does it go ahead of publication."""
    case = case_at(Stage.PUBLICATION).plan()
    with pytest.raises(RuleBroken, match="not checked"), case.world.act(MANAGER, SENT) as work:
        pre_publication.pre_send(work, case.case_id, say.pre_send())


def test_a_report_that_is_withheld_blocks_what_is_published_instead_no_longer(case_at):
    """PUB-16, PUB-25: until then it is said what can be done; then only the improvements count."""
    case = case_at(Stage.PUBLICATION).plan()
    file = named_file(case, SENT)
    assert len(open_hits(case)) == 1
    with pytest.raises(RuleBroken, match="put a changed text of it to the partners"):
        case.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
    case.do(publication.withhold_report, say.withhold_report(), MANAGER, SENT)
    make_checks(case.world, case.case_id, SENT)
    assert (open_hits(case), found(case).file) == ([], None)
    with case.world.act(MANAGER, SENT) as work:
        (part,) = parts_of_report(work, get_case(work.session, case.case_id))
        assert part.passages[0].place == "Information about improvements"
    case.do(report_checked.check_report, check_report(file=file), MANAGER, SENT)
    make_checks(case.world, case.case_id, SENT)
    assert len(open_hits(case)) == 1, "what is laid out after the decision is checked"


def test_who_publishes_beside_the_lead_waits_until_the_report_is_settled(ready_by):
    """PUB-16, PUB-29: all have sent the text; what the lead must settle holds the others too."""
    several = ready_by(*PLANNED_BY_BOTH, Publishing.send)
    named_file(several.driven, LAST_DAY)
    (hit,) = open_hits(several.driven)
    several.send_theirs(LAST_DAY)
    assert several.driven.clock("K12")["met_on"] == LAST_DAY[:10]
    assert Todo.PUBLISH not in several.todos(several.own)
    stays = justify_hits(hit.id, family_agreed="Her mother, on 1 May.")
    several.do(report_checked.JUSTIFY_HITS, stays, CHAIR, LAST_DAY)
    assert Todo.PUBLISH in several.todos(several.own)
