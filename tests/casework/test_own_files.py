"""An agency's own files with its scoping return: its own to read, and no other agency's (RR-40)."""

import pytest

from services.casework.access.documents import paper, papers_seen
from services.casework.steps.file_checks import store_upload
from services.casework.steps.kept_files import kept_files
from services.casework.steps.scoping import own_files, scoping, scoping_returns
from services.casework.steps.uploads import AddFile, must_be_able_to_add
from services.database.cases import get_case
from services.domain.documents import DocumentKind
from services.domain.entry_types import Section
from services.domain.errors import NotFound, NotPermitted
from services.domain.identifiers import DocumentId
from services.domain.roles import Role
from services.storage.memory import MemoryStore
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import emails, kept_of
from tests.matrix import PNG
from tests.world import HOSPITAL, PROBATION, SCHOOL

AGENCY, MANAGER, WHEN = Role.AGENCY_LEAD, Role.BUSINESS_MANAGER, "2025-12-16"


@pytest.fixture
def case(world) -> Driven:
    case = Driven(world).decide().notify()
    asked = say.request_returns(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-15")
    return case


def add(case: Driven, title: str = "Chronology", agency: str = HOSPITAL) -> None:
    """Add a file as the page does: asked first, stored with no transaction open, then linked."""
    command = AddFile(title=title)
    with case.world.act(AGENCY, WHEN, agency=agency) as work:
        act = own_files.ADD_OWN_FILE
        whose = must_be_able_to_add(work, case.case_id, command, PNG, act)
    upload = store_upload(Desk(case.world, MemoryStore()), whose, ("a.png", PNG))
    with case.world.act(AGENCY, WHEN, agency=agency) as work:
        own_files.add_own_file(work, case.case_id, command, upload)


def seen_by(case: Driven, who: Role, **where: str) -> list[str]:
    """Return the titles of the files that the person may open."""
    with case.world.act(who, WHEN, **where) as work:
        found = papers_seen(work, get_case(work.session, case.case_id))
        files = [one for one in found if one.kind is DocumentKind.UPLOAD]
        for one in files:
            assert paper(work, case.case_id, one.id) is one
        return [one.title for one in files]


def test_a_file_is_read_by_its_agency_and_by_who_reads_its_return_and_by_no_other_agency(case):
    """RR-40: it belongs to the return, and is kept in its section."""
    add(case)
    assert seen_by(case, AGENCY, agency=HOSPITAL) == ["Chronology"]
    assert seen_by(case, AGENCY, agency=SCHOOL) == []
    assert seen_by(case, MANAGER) == ["Chronology"]
    with case.world.act(MANAGER, WHEN) as work:
        found = papers_seen(work, get_case(work.session, case.case_id))
        (file,) = [one for one in found if one.kind is DocumentKind.UPLOAD]
        file_id = DocumentId(file.id)
        assert file.section is Section.SCOPING_RETURNS
        assert kept_files(work, get_case(work.session, case.case_id)) == []
    with case.world.act(AGENCY, WHEN, agency=SCHOOL) as work, pytest.raises(NotFound):
        paper(work, case.case_id, file_id)


def test_each_agency_has_as_many_as_it_adds_and_the_manager_is_told_of_what_comes_later(
    case, admin_engine
):
    add(case, "First")
    add(case, "Of the school", agency=SCHOOL)
    told = emails("return_corrected", "business.manager")[0]
    assert told not in kept_of(admin_engine, case).emails, "they come with the return"
    returned = say.submit_return()
    case.do(scoping_returns.submit_return, returned, AGENCY, WHEN, agency=HOSPITAL)
    add(case, "Second")
    assert told in kept_of(admin_engine, case).emails
    assert sorted(seen_by(case, AGENCY, agency=HOSPITAL)) == ["First", "Second"]
    assert seen_by(case, AGENCY, agency=SCHOOL) == ["Of the school"]


@pytest.mark.parametrize("agency", [HOSPITAL, PROBATION])
def test_an_agency_that_was_not_asked_adds_none(world, agency):
    case = Driven(world).decide().notify()
    with pytest.raises((NotPermitted, NotFound)):
        add(case, agency=agency)


def test_who_keeps_the_documents_of_a_case_adds_none_to_an_agencys_return(case):
    upload = store_upload(
        Desk(case.world, MemoryStore()), case.world.ours.partnership_id, ("a.png", PNG)
    )
    with pytest.raises(NotPermitted), case.world.act(MANAGER, WHEN) as work:
        own_files.add_own_file(work, case.case_id, AddFile(title="x"), upload)
