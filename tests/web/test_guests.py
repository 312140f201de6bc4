"""A person without an account at the pages: the address, the code, the declaration, the answer."""

from dataclasses import dataclass

import pytest

from services.casework.steps.scoping.return_questions import SubmitReturn
from services.mail.memory import MemoryMailer
from services.web.act_pages.registry import ACT_PAGES
from services.web.act_pages.sections import sections_of
from services.web.forms.fields import questions
from services.web.forms.filling import as_posted
from tests import factories
from tests.driven import Driven
from tests.guest_factories import say_invite_guest
from tests.guests import address_for, ask_surgery, code_for, codes_sent
from tests.web.collections_sent import Place
from tests.web.visitors import HOST, Answer, Visitor
from tests.world import SURGERY, World

ASKED = "2025-12-16"
WHO = {"name": "Sam Field", "post": "Practice manager", "telephone": "01632 960002"}
NOTHING = "The code is not right, or nothing can be opened at this address any more."


@dataclass
class Asked:
    """A case on which an agency without an account is asked, and the emails that tell of it."""

    case: Driven
    mailer: MemoryMailer

    @property
    def world(self) -> World:
        return self.case.world


def asked_by_email(world: World) -> Asked:
    """Carry a case to where the surgery is asked for its return, and deliver what waits."""
    case, place = Driven(world).decide().notify(), Place(world, when=ASKED)
    ask_surgery(case, f"{ASKED} 09:00")
    place.deliver()
    return Asked(case, place.mailer)


@pytest.fixture
def asked(ready_by) -> Asked:
    return ready_by(asked_by_email)


@pytest.fixture
def case(asked) -> Driven:
    return asked.case


@pytest.fixture
def place(asked) -> Place:
    return Place(asked.world, asked.mailer, when=ASKED)


def stranger(place: Place) -> Visitor:
    place.visitors += 1
    return Visitor(place.app, place=f"192.0.2.{place.visitors}")


def ask(place: Place, visitor: Visitor) -> Answer:
    answer = visitor.send(f"/collect/{address_for(place.mailer)}", {"send": "1"})
    place.deliver()
    return answer


def come_in(place: Place, visitor: Visitor) -> Answer:
    """Type the code, and say who comes."""
    address, code = f"/collect/{address_for(place.mailer)}", code_for(place.mailer)
    who = visitor.send(address, {"code": f"{code[:4]} {code[4:]}"})
    assert who.status == 200, who.problems
    assert "Who are you?" in who.text
    return visitor.post(address, {**who.hidden, **WHO})


def test_a_guest_comes_in_declares_reads_and_answers(place, case):
    """U9: the agency that has no account answers in its own person; LC-01, G7 before anything."""
    visitor = stranger(place)
    told = ask(place, visitor)
    assert told.status == 200
    assert "one is on its way" in told.text
    let_in = come_in(place, visitor)
    assert (let_in.status, let_in.where) == (303, f"/cases/{case.case_id}")
    first = visitor.ask("GET", let_in.where)
    assert first.status == 303
    assert "/declaration" in first.where, "nothing is shown before they declare"
    page = visitor.get(let_in.where)
    assert page.status == 200, page.text
    assert SURGERY in page.text or "scoping" in page.text.lower()
    form = f"{let_in.where}/scoping/return"
    asked = questions(SubmitReturn)
    typed = as_posted(factories.submit_return(), asked).answers
    answer = visitor.send(form, {name: said[0] for name, said in typed.items()})
    assert (answer.status, answer.problems) == (303, []) if answer.page else answer.status == 303
    assert visitor.get("/directory").status in {403, 404}
    assert visitor.get("/refer").status in {403, 404}
    shown = place.manager().get(f"{let_in.where}/agencies").text
    assert "Sam Field, Practice manager" in shown
    assert "Guests without an account" in shown


def test_a_guest_answers_by_sections_too(place):
    """What they save in one section stands there, and the whole is sent once when they checked."""
    visitor = stranger(place)
    ask(place, visitor)
    where = come_in(place, visitor).where
    visitor.get(where)
    form = f"{where}/scoping/return/sections"
    typed = as_posted(factories.submit_return(), questions(SubmitReturn)).answers
    said = {name: words[0] for name, words in typed.items()}
    sections = sections_of(ACT_PAGES["submit_return"])
    for number, section in enumerate(sections, 1):
        stems = tuple(f"{name}-" for name in section.names)
        own = {one: words for one, words in said.items() if one in section.names}
        own |= {one: words for one, words in said.items() if one.startswith(stems)}
        saved = visitor.send(f"{form}?part={number}", own)
        assert saved.status == 303, saved.problems
    check = visitor.get(saved.where)
    assert check.page.h1.get_text() == "Check your answers"
    sent = visitor.post(saved.where, {**said, **check.hidden})
    assert sent.where == f"{where}?done=submit_return", sent.problems


def test_what_a_guest_has_begun_to_type_is_kept_for_them(place):
    visitor = stranger(place)
    ask(place, visitor)
    where = come_in(place, visitor).where
    visitor.get(where)
    form = f"{where}/scoping/return"
    opened = visitor.get(form)
    kept = visitor.post(
        f"{where}/drafts/submit_return", {**opened.hidden, "key_events": "Seen in March."}
    )
    assert kept.status in {200, 303}
    back = stranger(place)
    ask(place, back)
    assert codes_sent(place.mailer) >= 1
    place.when = "2025-12-17"
    ask(place, back)
    assert come_in(place, back).where == where
    assert back.get(form).value("key_events") == "Seen in March."


def test_every_wrong_way_gets_the_same_page_and_no_code_goes_to_a_stranger(place):
    sent = codes_sent(place.mailer)
    visitor = stranger(place)
    nowhere = visitor.send(f"/collect/{'x' * 43}", {"send": "1"})
    place.deliver()
    here = ask(place, stranger(place))
    assert nowhere.text == here.text
    assert codes_sent(place.mailer) == sent + 1
    address = f"/collect/{address_for(place.mailer)}"
    wrong = [
        stranger(place).send(f"/collect/{'x' * 43}", {"code": "12345678"}),
        stranger(place).send(address, {"code": "12345678"}),
        stranger(place).send(address, {"code": "12345678", "document": "nothing"}),
    ]
    assert {one.status for one in wrong} == {403}
    assert len({one.text for one in wrong}) == 1
    assert NOTHING in wrong[0].text
    said = {"code": "", "who": "1", **WHO}
    nowhere, here = (stranger(place).send(one, said) for one in (f"/collect/{'x' * 43}", address))
    assert nowhere.status == here.status == 403
    assert nowhere.text == here.text


def test_who_comes_says_all_of_who_they_are(place):
    visitor = stranger(place)
    ask(place, visitor)
    address, code = f"/collect/{address_for(place.mailer)}", code_for(place.mailer)
    who = visitor.send(address, {"code": code})
    answer = visitor.post(address, {**who.hidden, **WHO, "telephone": " "})
    assert answer.status == 422
    assert answer.beside("telephone")
    assert answer.value("name") == "Sam Field"
    let_in = visitor.post(address, {**answer.hidden, **WHO})
    assert let_in.status == 303, "the code still works: nobody was let in with it"


@pytest.mark.parametrize("ended", ["wrong", "old"])
def test_nothing_that_was_typed_is_lost_when_the_code_ends_meanwhile(ended, place):
    """Another code is sent and typed, and who comes stands in the form as they typed it."""
    visitor = stranger(place)
    ask(place, visitor)
    address, code = f"/collect/{address_for(place.mailer)}", code_for(place.mailer)
    who = visitor.send(address, {"code": code})
    late = {**who.hidden, **WHO, "post": "<b>Manager</b> & nurse"}
    if ended == "wrong":
        late["code"] = "00000000" if code != "00000000" else "11111111"
    else:
        place.when = "2025-12-17"
    refused = visitor.post(address, late)
    assert refused.status == 403
    assert NOTHING in refused.text
    place.when = "2025-12-18"
    again = visitor.post(address, {**refused.hidden, "code": "", "send": "1"})
    assert again.status == 200
    place.deliver()
    who = visitor.post(address, {**again.hidden, "code": code_for(place.mailer)})
    assert who.status == 200
    assert [who.value(name) for name in WHO] == ["Sam Field", late["post"], WHO["telephone"]]
    assert visitor.post(address, {**who.hidden, **WHO}).status == 303


def test_the_manager_invites_a_guest_and_ends_their_access(place, case):
    manager = place.manager()
    where = f"/cases/{case.case_id}"
    said = say_invite_guest(case.agency(SURGERY)).model_dump(mode="json")
    assert manager.send(f"{where}/guests/invitation", said).status == 303
    place.deliver()
    robin = stranger(place)
    address = f"/collect/{address_for(place.mailer, 'robin.lake@')}"
    robin.send(address, {"send": "1"})
    place.deliver()
    let_in = robin.send(address, {"code": code_for(place.mailer, "robin.lake@")})
    assert let_in.where == where, "whom the address names says no name"
    assert robin.get(where).status == 200
    page = manager.get(f"{where}/guests/end")
    chosen = page.page.select_one("input[name=guest]")["value"]
    ended = manager.send(f"{where}/guests/end", {"guest": chosen, "reasons": "They have left."})
    assert ended.status == 303
    assert robin.ask("GET", where).status in {303, 403, 404}
    assert HOST not in robin.ask("GET", where).where
