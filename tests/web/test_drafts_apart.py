"""A draft for each of several things on a case: which ends, which stays, and what is told of it."""

import pytest
from sqlalchemy import Engine, text

from services.casework.commands import Kind
from services.casework.steps.scoping import scoping, scoping_returns
from services.domain.roles import Role
from services.web.act_pages.registry import ACT_PAGES
from services.web.things_named import thing_named
from tests import factories as say
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.web.visitors import Visitor
from tests.world import HOSPITAL, SCHOOL, World

MANAGER = Role.BUSINESS_MANAGER


def asked_of_two(world: World) -> Driven:
    """Return a case on which two agencies are asked for their returns."""
    case = Driven(world).decide().notify()
    both = say.request_returns(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.do(scoping.request_returns, both, MANAGER, "2025-12-15")
    return case


@pytest.fixture
def asked(ready_by) -> Driven:
    return ready_by(asked_of_two)


@pytest.fixture
def place(asked) -> Place:
    return Place(asked.world, when="2025-12-16")


def save(visitor: Visitor, page: str, draft: str, **said: object) -> None:
    """Open the form anew, and save what is typed as the script does."""
    hidden = {**visitor.get(f"{page}?of=none").hidden, "begun": ""}
    typed = {name: str(one) for name, one in said.items()}
    assert visitor.post(draft, {**hidden, **typed}, accept="text/plain").status == 200


def ways(visitor: Visitor) -> list[str]:
    """Return where the first page says that work goes on."""
    return [one["href"] for one in visitor.get("/").page.select("#begun + ul a")]


@pytest.fixture
def forms(asked) -> tuple[str, str]:
    """Return where an agency's reason is recorded, and where a draft of that is saved."""
    case = f"/cases/{asked.case_id}"
    return f"{case}/scoping/excuse", f"{case}/drafts/excuse_return"


def test_a_draft_that_names_none_ends_with_the_form_that_was_opened_with_it(place, asked, forms):
    """U2: what was typed and not sent stays, and what was sent ends."""
    page, draft = forms
    manager, hospital = place.manager(), str(asked.agency(HOSPITAL))
    save(manager, page, draft, agency=hospital, reasons="It has closed.")
    save(manager, page, draft, reasons="Nobody there knows the family.")
    assert set(ways(manager)) == {f"{page}?of=-", f"{page}?of={hospital}"}
    form = manager.get(f"{page}?of={hospital}")
    sent = {"agency": hospital, "reasons": "It has closed."}
    assert manager.post(page, {**form.hidden, **sent}).status == 303
    assert ways(manager) == [f"{page}?of=-"]
    form = manager.get(f"{page}?of=-")
    assert form.value("reasons") == "Nobody there knows the family."
    sent = {"agency": str(asked.agency(SCHOOL)), "reasons": form.value("reasons")}
    assert manager.post(page, {**form.hidden, **sent}).status == 303
    assert ways(manager) == []


DONE = "This was done on the case on"


def test_only_what_was_done_for_the_same_thing_is_told(place, asked, forms):
    """U2: a draft for one agency is not told of what was done for another."""
    page, draft = forms
    manager, hospital = place.manager(), str(asked.agency(HOSPITAL))
    save(manager, page, draft, agency=hospital, reasons="It has closed.")
    for agency, told in ((SCHOOL, False), (HOSPITAL, True)):
        excused = say.excuse_return(asked.agency(agency))
        asked.do(scoping_returns.excuse_return, excused, MANAGER, "2025-12-16 12:30")
        form = manager.get(f"{page}?of={hospital}")
        assert form.value("reasons") == "It has closed."
        assert (DONE in form.text) is told


def kept_under(admin: Engine) -> set[str]:
    with admin.connect() as link:
        return set(link.execute(text("select about from drafts")).scalars())


@pytest.mark.parametrize("act", ["update_action", "excuse_return"])
def test_a_name_typed_for_the_thing_is_kept_encrypted_and_in_no_address(
    platform_postgres, place, asked, act
):
    """What says which thing is meant stands in the clear: it is an id, a number or a code only."""
    form, case, manager = ACT_PAGES[act], f"/cases/{asked.case_id}", place.manager()
    page, draft = f"{case}/{form.path}", f"{case}/drafts/{act}"
    hidden = manager.get(page).hidden
    admin = platform_postgres.admin_of(asked.world.engine)
    for name in ("robin", "robin-example", "12-robin", "\u0663"):
        typed = {**hidden, form.act.which: name, "evidence": "Seen."}
        if act == "excuse_return":
            typed["reasons"] = typed.pop("evidence")
        assert manager.post(draft, typed, accept="text/plain").status == 200
        assert kept_under(admin) == {""}
        assert ways(manager) == [f"{page}?of=-"]


def test_a_number_is_the_same_however_it_is_typed(place, asked):
    case, manager = f"/cases/{asked.case_id}", place.manager()
    page, draft = f"{case}/learning/action", f"{case}/drafts/update_action"
    hidden = manager.get(page).hidden
    for number in ("3", "03", " 3 "):
        typed = {**hidden, "number": number, "evidence": "Seen."}
        assert manager.post(draft, typed, accept="text/plain").status == 200
        assert ways(manager) == [f"{page}?of=3"]


def test_drafts_of_one_form_are_told_apart_by_what_each_is_about(place, asked, forms):
    page, draft = forms
    manager = place.manager()
    save(manager, page, draft, agency=asked.agency(HOSPITAL), reasons="It has closed.")
    save(manager, page, draft, agency=asked.agency(SCHOOL), reasons="It never knew them.")
    save(manager, page, draft, reasons="Nobody there knows the family.")
    links = manager.get("/").page.select("#begun + ul a")
    title = ACT_PAGES["excuse_return"].title
    begun = {one.find(string=True, recursive=False).strip() for one in links}
    assert begun == {title, f"{title}: {HOSPITAL}", f"{title}: {SCHOOL}"}
    told = manager.get(f"{page}?of={asked.agency(HOSPITAL)}").page.select_one("#drafts-of-others")
    begun = {one.get_text(" ", strip=True).partition(" on ")[0] for one in told.select("p")}
    assert begun == {
        "You began this form without saying for which agency",
        f"You began this form for another agency ({SCHOOL})",
    }


def test_a_thing_that_tells_of_a_family_is_named_only_on_its_case(asked):
    with asked.world.act(MANAGER) as work:
        for name, form in ACT_PAGES.items():
            question = next((one for one in form.questions if one.name == form.act.which), None)
            if question is not None and question.kind in {Kind.PROPOSAL, Kind.DISPATCH, Kind.ENTRY}:
                assert thing_named(work, form, str(asked.agency(HOSPITAL))) == "", name
