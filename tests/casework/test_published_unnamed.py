"""A report that the repository publishes without the partnership's name (PUB-27)."""

import pytest

from services.casework.engine.availability_rounds import check_published
from services.casework.steps.publication import (
    availability,
    pre_publication,
    publication,
    publishing,
)
from services.casework.steps.publication.availability import published_address
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.documents.making import KeylineDocuments
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused
from services.domain.publication_days import PublishedWhere
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.mail.writing import EmailContent, write
from tests import factories as say
from tests.casework.test_availability import Websites
from tests.communications_factories import tell_staff
from tests.dispatch_factories import confirm_available
from tests.driven import Driven
from tests.paper_text import text_of
from tests.papers import papers_of
from tests.post_office import Office

MANAGER, ON, PLANNED = Role.BUSINESS_MANAGER, "2026-07-03", "2026-06-08"
SHOWN_AT = "https://repository.example/reports/77"


def unnamed(case: Driven) -> Driven:
    plan = say.plan_publication(where=PublishedWhere.REPOSITORY_UNNAMED)
    case.do(publication.plan_publication, plan, MANAGER, PLANNED)
    tell_staff(case.present(PLANNED).sign(sign_off.sign_publication, PLANNED), PLANNED)
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-24")
    return case.send_out("2026-06-24")


def published(case_at) -> Driven:
    case = unnamed(case_at(Stage.PUBLICATION))
    case.do(publishing.publish, say.publish(published_on=ON, address=None), MANAGER, ON)
    return case


def words_of_paper(case: Driven, kind: DocumentKind) -> str:
    paper = [one for one in papers_of(case) if one.kind is kind][-1]
    return " ".join(text_of(KeylineDocuments().pdf(paper).content).split())


def address_of(case: Driven) -> str:
    with case.world.act(MANAGER, ON) as work:
        return published_address(work, get_case(work.session, case.case_id))


def test_the_partnership_is_hidden_and_the_reviewer_never_is(case_at):
    """PUB-27: the paper says its name nowhere; what was sent before says how it is published."""
    case = published(case_at)
    with case.world.act(MANAGER, ON) as work:
        partnership = work.partnership.name
    told = words_of_paper(case, DocumentKind.PUBLISHED_REPORT)
    assert partnership not in told
    assert "without the name of the safeguarding partnership" in told
    assert "Lead reviewer" in told
    before = words_of_paper(case, DocumentKind.PRE_PUBLICATION_DISPATCH)
    assert partnership in before
    assert "NSPCC's repository alone" in before


def test_no_address_of_ones_own_is_asked_for_and_the_repositorys_is_watched(case_at):
    """PUB-28, K13: it is told once the repository shows the report, and is asked from then on."""
    case = published(case_at)
    assert (address_of(case), case.clock("K13")["due"]) == ("", "2027-07-03")
    assert Todo.CONFIRM_AVAILABLE in {one.todo for one in case.turns()}
    look = confirm_available(looked_on="2026-07-06")
    with pytest.raises(AnswerRefused, match="at which the repository shows it"):
        case.do(availability.confirm_available, look, MANAGER, "2026-07-06")
    sites = Websites(there={SHOWN_AT})
    office = Office(case.world, links=sites)
    office.when = "2026-07-06 09:00"
    check_published(office)
    assert sites.asked == []
    found = confirm_available(looked_on="2026-07-06", address=SHOWN_AT)
    case.do(availability.confirm_available, found, MANAGER, "2026-07-06")
    assert address_of(case) == SHOWN_AT
    office.when = "2026-07-08 09:00"
    check_published(office)
    assert sites.asked == [SHOWN_AT]


def test_where_the_partnership_publishes_its_own_address_is_asked_for(case_at):
    """PUB-28, PUB-31: what is published under its name has an address from the first day."""
    case = case_at(Stage.PUBLICATION).plan()
    case.do(pre_publication.pre_send, say.pre_send(), MANAGER, "2026-06-24")
    case.send_out("2026-06-24")
    with pytest.raises(AnswerRefused, match="https"):
        case.do(publishing.publish, say.publish(published_on=ON, address=None), MANAGER, ON)


@pytest.mark.parametrize("is_unnamed", [True, False])
def test_the_repository_is_asked_to_leave_the_name_out(is_unnamed):
    """PUB-27: its email says so, and that the reviewer's name stays."""
    words = EmailContent(reference="NMR-1", partnership="X", link="", is_unnamed=is_unnamed)
    name = EmailTrigger.REPORT_TO_REPOSITORY.sending.template
    said = write(name, words, "a@nspcc.example", "k@keyline.example", "<1@keyline.example>")
    assert ("without the name of the partnership" in " ".join(said.body_text.split())) is is_unnamed
