"""A joint review is set up on the pages of both sides, and seen until it is ended."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import make_url, text
from sqlmodel import Session, select

from deployments.demo.partnerships import PLACES
from services.bootstrap import wall_clock
from services.database.documents import Document, DocumentState
from services.database.joint_reviews import FiledWords, JointMembership
from services.domain.documents import DocumentKind
from services.domain.entry_types import Section
from services.domain.sign_off import SignOffMatter
from tests.servers import PlatformPostgres
from tests.web.answering import attempt, do
from tests.web.conftest import World, put_back
from tests.web.joining import HERE, THEM, THERE, US, invite, invited, join, settle
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor


@pytest.fixture(autouse=True)
def _today(world: World) -> None:
    """What is shared ends by the database's own clock, so the pages are on the same day."""
    world.now = wall_clock()


def shown_at(case: str) -> str:
    """Return where the other side reads our case."""
    return case.replace("/cases/", "/shown/")


@pytest.fixture(scope="module")
def joined_once(world: World, platform_postgres: PlatformPostgres) -> tuple[str, tuple[str, str]]:
    """The database in which the two have come to a joint review, and their cases there."""
    world.now = wall_clock()
    cases = join(world)
    world.engine.dispose()
    kept = platform_postgres.copy_of(str(world.engine.url.database))
    return str(make_url(kept.admin_url).database), cases


@pytest.fixture
def joined(world: World, platform_postgres: PlatformPostgres, joined_once) -> tuple[str, str]:
    """Our case and theirs in a joint review in which nothing more was done."""
    database, cases = joined_once
    put_back(platform_postgres, world.engine, database)
    return cases


def test_an_invitation_is_answered_by_manager_or_chair_and_both_are_shown_the_way(world: World):
    _ours, theirs = invited(world)
    for who, where in (("manager", ".govuk-task-list a"), ("chair", "#also a")):
        visitor = world.person(who, THERE)
        offered = {one["href"] for one in visitor.get(theirs).page.select(where)}
        assert f"{theirs}/joint/answer" in offered, who
        assert visitor.get(f"{theirs}/joint/answer").status == 200


def test_the_form_offers_others_and_preselects_no_lead_and_nothing_internal(world: World):
    manager = world.person("manager")
    form = manager.get(f"{refer(manager)}/joint/invite").page
    offered = {one["value"] for one in form.select("input[name=partnership]")}
    assert THEM in offered
    assert US not in offered
    assert not form.select("input[name=lead][checked]")
    told = form.select_one(".govuk-inset-text").get_text()
    for words in ("Framework", "The Panel's later answers", "1 September 2025", "our reading"):
        assert words in told
    assert "internal" not in {one["value"] for one in form.select("input[name=sections]")}


def test_an_invitation_waits_for_the_chair_and_is_not_the_managers_to_approve(world: World):
    manager, invited = world.person("manager"), invite(world)
    assert "waits to be approved" in manager.get(f"{invited}/sharing").text
    assert manager.get(f"{invited}/joint/approve").status == 403


def parts_of(seen: Answer) -> list[str]:
    """Return what the page of a shown case says from its inset on, but for its own links."""
    (main,) = seen.page.select("main")
    text = " ".join(main.get_text(" ").split())
    return text[text.index("Shown until") :].replace("Comment on what is shown to you", "").split()


def test_each_side_sees_what_the_other_shows_and_that_it_does(
    world: World, joined: tuple[str, str]
):
    case, theirs_case = joined
    manager, theirs, shown = world.person("manager"), world.person("manager", THERE), shown_at(case)
    own = theirs.get(f"{theirs_case}/sharing")
    assert "leads" in own.text
    assert own.page.find("a", href=shown)
    seen, preview = theirs.get(shown), manager.get(f"{case}/seen-by/{THEM}")
    assert parts_of(seen) == parts_of(preview)
    as_scrutineer = manager.get(f"{case}/seen-by/{THEM}?reader=independent_scrutineer")
    assert "the page as the independent scrutineer there has it" in as_scrutineer.text
    assert parts_of(as_scrutineer) != parts_of(preview), "what is said of the family is left out"
    assert parts_of(manager.get(f"{case}/seen-by/{THEM}?reader=nonsense")) == parts_of(preview)
    for page in (seen, preview):
        assert page.status == 200
        assert "Incident referred" in page.text
    assert manager.get(shown).status == 404


def test_each_sides_audit_tells_of_a_look_at_what_is_shown_and_whose_person_it_was(
    world: World, joined: tuple[str, str]
):
    case, theirs_case = joined
    manager, theirs = world.person("manager"), world.person("manager", THERE)
    assert theirs.get(shown_at(case)).status == 200
    ours, told = (
        [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]
        for page in (manager.get(f"{case}/audit").page, theirs.get(f"{theirs_case}/audit").page)
    )
    look = "Looked at a case as one partnership shows it to another"
    (seen,) = [row for row in ours if look in row]
    assert f"A person of {PLACES[THERE].name}" in seen
    (own,) = [row for row in told if look in row]
    assert PLACES[THERE].people["manager"] in own
    assert any("A person of" in row and "answered" in row.lower() for row in ours)


def test_what_is_ended_answers_like_a_case_that_never_was(world: World, joined: tuple[str, str]):
    case, _theirs = joined
    manager, theirs = world.person("manager"), world.person("manager", THERE)
    assert theirs.get(shown_at(case)).status == 200
    do(world.person("chair"), f"{case}/joint/end", world.now.date())
    nothing = theirs.get(shown_at(case))
    unknown = theirs.get("/shown/00000000-0000-4000-8000-000000000000")
    assert (nothing.status, nothing.text) == (404, unknown.text)
    assert "sees nothing of" in manager.get(f"{case}/seen-by/{THEM}").page.h1.get_text()


def test_a_seat_that_reads_nothing_is_told_apart_from_what_is_not_shared(world: World, joined):
    case, theirs_case = joined
    scrutineer = world.person("scrutineer", THERE)
    scrutineer.declare(f"{theirs_case}/declaration", has_conflict="yes", particulars="A cousin.")
    told = world.person("manager").get(f"{case}/seen-by/{THEM}?reader=independent_scrutineer")
    assert told.page.h1.get_text() == "Nobody there reads it as the independent scrutineer"
    assert told.page.select_one('a[href="?reader=business_manager"]') is not None
    assert "This is the page as" not in told.text


def officer(world: World, place: int) -> Visitor:
    """Return the constabulary's officer, who sits in both partnerships, acting in one of them."""
    person = world.visitor()
    person.sign_in(PLACES[place].email("police"))
    choices = person.get("/roles").page.select("label")
    (mine,) = [one["for"] for one in choices if PLACES[place].name in one.get_text()]
    chosen = person.get("/roles").page.find(id=mine)["value"]
    person.send("/roles", {"membership": chosen})
    return person


def test_who_sits_in_both_and_declares_a_conflict_here_opens_neither_case(
    world: World, joined: tuple[str, str]
):
    case, theirs_case = joined
    here, there = officer(world, HERE), officer(world, THERE)
    assert there.get(theirs_case).status == 200
    assert there.get(shown_at(case)).status == 200
    here.declare(f"{case}/declaration", has_conflict="yes", particulars="A relative.")
    for person, own in ((here, case), (there, theirs_case)):
        for path in (own, f"{own}/timeline", f"{own}/declaration"):
            answer = person.get(path)
            assert answer.status == 403, path
            assert "You declared a conflict" in answer.text
        assert own not in person.get("/cases").response.text
    assert there.get(shown_at(case)).status == 404
    colleague = world.person("manager", THERE)
    assert colleague.get(theirs_case).status == 200


def test_an_invitation_of_nothing_is_refused_beside_its_question_and_keeps_what_was_typed(
    world: World,
):
    manager = world.person("manager")
    case = refer(manager)
    today = world.now.date()
    answer = attempt(manager, f"{case}/joint/invite", today, partnership=THEM, sections=[])
    assert answer.status == 422
    assert answer.beside("sections")
    assert answer.value("purpose") == "Said in the test."


def test_a_comment_is_made_answered_and_told_on_the_pages_of_both_sides(
    world: World, joined: tuple[str, str]
):
    case, theirs_case = joined
    today, theirs = world.now.date(), world.person("manager", THERE)
    assert theirs.get(shown_at(case)).page.find("a", href=f"{theirs_case}/joint/comment")
    said = {"section": "facts_and_family", "document": "", "comment": "The school saw the child."}
    do(theirs, f"{theirs_case}/joint/comment", today, **said)
    assert "It waits to be considered" in theirs.get(f"{theirs_case}/sharing").text
    settle(world, theirs_case)
    chair = world.person("chair")
    own = chair.get(f"{case}/sharing")
    assert "The school saw the child." in own.text
    assert own.page.find("a", href=f"{case}/joint/comment/answer")
    do(chair, f"{case}/joint/comment/answer", today, answer="not_taken_up", reasons="Known before.")
    settle(world, case)
    for page in (chair.get(f"{case}/sharing"), theirs.get(f"{theirs_case}/sharing")):
        assert "It is not taken up" in page.text or "it is not taken up" in page.text
        assert "Known before." in page.text


def test_what_was_withdrawn_since_is_said_beside_what_is_filed_and_stays(
    world: World, joined: tuple[str, str]
):
    case, theirs_case = joined
    _file_a_record(world, case, theirs_case)
    theirs, papers = world.person("manager", THERE), f"{theirs_case}/documents"
    before = theirs.get(papers).text
    assert "the rapid review, round 1" in before
    assert "Since withdrawn" not in before
    do(world.person("chair"), f"{case}/joint/end", world.now.date())
    after = theirs.get(papers).text
    assert "the rapid review, round 1" in after
    assert "Since withdrawn" in after
    assert "The record stays in this case." in after


def test_who_publishes_is_told_on_the_page_once_one_of_them_has_sent(
    world: World, joined: tuple[str, str]
):
    case, _theirs = joined
    manager = world.person("manager")
    assert "Who publishes" not in manager.get(f"{case}/publication").text
    sent = text("update cases set presented_on = current_date where id = :case")
    with world.admin.begin() as link:
        link.execute(sent, {"case": case[-36:]})
    told = manager.get(f"{case}/publication").text
    assert "Who publishes" in told
    assert "yet to publish" in told


def _file_a_record(world: World, case: str, theirs_case: str) -> None:
    """File over there, as its signature would have, what our case put to it."""
    whose = {"tenant_id": UUID(THEM), "case_id": UUID(theirs_case[-36:])}
    words = dict.fromkeys(("filename", "media_type", "key", "sha256"), "example")
    with Session(world.admin) as session:
        ours = select(JointMembership).where(JointMembership.case_id == UUID(case[-36:]))
        review = session.exec(ours).one().joint_review_id
        session.add(
            FiledWords(
                **whose,
                joint_review_id=review,
                matter=SignOffMatter.RAPID_REVIEW,
                round=1,
                carried_by=UUID(US),
                words=[],
                names={},
                sha256="",
                said=[],
                filed_at=world.now,
            )
        )
        session.add(
            Document(
                **whose,
                **words,
                kind=DocumentKind.SIGNED_RECORD,
                subject=SignOffMatter.RAPID_REVIEW,
                section=Section.INTERNAL,
                form="pdf",
                version=1,
                title="What was signed together: the rapid review, round 1",
                size=1,
                standing=DocumentState.KEPT,
                made_by=uuid4(),
                made_at=world.now,
                said=[],
            )
        )
        session.commit()
