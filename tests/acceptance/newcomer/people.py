"""People are appointed by two, invited by email, and come in; one leaves with a seat."""

import re
from functools import partial
from typing import Final

from tests.acceptance.answers import Answers, Labelled
from tests.acceptance.browser import SEE_OTHER
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.newcomer.acts import SettingUp
from tests.acceptance.newcomer.browsers import (
    PASSWORD,
    OrganisationBrowser,
    answer_at,
    newest_link,
)
from tests.acceptance.newcomer.partnership import (
    BY_PROVIDER,
    MANAGER,
    NEWCOMBE,
    OTHERS,
    SCRUTINEER,
    SUCCESSOR,
    Appointed,
    Post,
)
from tests.acceptance.story import OK

HERE: Final = "/administration/people"
THERE: Final = f"/administration/partnerships/{NEWCOMBE.partnership_id}/people"
DECIDES: Final = "Every decision on rapid reviews and LCSPRs, by the scheme of delegation"


def appoint_everybody(setting: SettingUp) -> None:
    """The manager first, who enters the posts of the directory; then all others."""
    appoint(setting, MANAGER)
    posts = {one.post.address: one.post for one in OTHERS if one.post}
    enter_organisation(setting)
    for post in posts.values():
        enter_post(setting, post)
    for one in OTHERS:
        if one is SCRUTINEER:
            setting.is_asked_again("second platform", partial(appoint, setting, one))
        else:
            appoint(setting, one)


def appoint(setting: SettingUp, one: Appointed) -> None:
    """The administrator enters it, a second person confirms it, the person accepts it."""
    address = NEWCOMBE.email(one.who)
    before = setting.links_to(address)
    asked = setting.links_to(one.post.address) if one.post else 0
    setting.sends("administrator", f"{HERE}/appoint", _words(setting, one), f"appoints {one.who}")
    if one.post is None:
        confirmed_by(setting, "second platform", THERE, one.who)
    else:
        link = newest_link(setting.mailbox(one.post.address), asked)
        said = {"is_confirmed": True, "said_by": "A Director", "grounds": "By our scheme, part 3"}
        answer_at(setting.connections.site, link, said)
        setting.did(one.post.address, f"confirms {one.who} at a one-time address")
    joins(setting, one.who, before)


def confirmed_by(setting: SettingUp, second: str, people: str, who: str) -> None:
    """Another administrator confirms the appointment on the page of the people."""
    page = setting.browser(second).open(people)
    answer = page.link_to("/answer", NEWCOMBE.people[who])
    said = {"is_confirmed": True, "grounds": "Rang their office."}
    setting.sends(second, answer, said, f"confirms {who} as the second person")


def joins(setting: SettingUp, who: str, before: int) -> None:
    """The person accepts at the address that was sent, and signs in for the first time."""
    link = newest_link(setting.mailbox(NEWCOMBE.email(who)), before)
    browser = setting.browser(who)
    if isinstance(browser, OrganisationBrowser):
        browser.accept(link)
    else:
        said = {"name": NEWCOMBE.people[who], "password": PASSWORD}
        answer_at(setting.connections.site, link, said)
    if browser.status_of("/") not in {OK, SEE_OTHER}:
        raise JourneyStopped(f"{who} is not shown a first page.")
    by = "their organisation" if who in BY_PROVIDER else "a password and a code"
    setting.did(who, f"accepts the invitation, and signs in by {by}")


def enter_organisation(setting: SettingUp) -> None:
    """The manager enters the hospital, whose lead is appointed by its strategic lead."""
    said = {"kind": "relevant_agency", "name": NEWCOMBE.agency("hospital")}
    told = {**said, "valid_from": setting.today}
    path = "/directory/organisations/add"
    setting.sends("manager", path, told, "enters the hospital in the directory")


def enter_post(setting: SettingUp, post: Post) -> None:
    """The manager enters who holds a post, which is to say who appoints for the organisation."""
    page = setting.browser("manager").open("/directory")
    path = page.link_to("/contacts/add", post.organisation)
    said: Answers = {
        "holder": "A Director",
        "address": post.address,
        "verified_by": "rang the switchboard",
        "verified_on": setting.today,
        "role": post.role,
        "valid_from": setting.today,
    }
    setting.sends("manager", path, said, f"enters {post.address} in the directory")


def leaves(setting: SettingUp, who: str, seat: str) -> None:
    """Somebody leaves with a seat: what waits is listed, nothing falls empty, another takes it."""
    appoint(setting, SUCCESSOR)
    page = setting.browser("administrator").open(HERE)
    leaving = page.link_to("/leaving/", NEWCOMBE.people[who])
    setting.reads("administrator", leaving, "view", NEWCOMBE.people[SUCCESSOR.who])
    said = {"last_day": setting.today, "reasons": "They move to another post."}
    setting.sends("administrator", leaving, said, f"ends everything of {who}; {seat} goes on")


def may_not_leave_the_seat_empty(setting: SettingUp, who: str) -> None:
    """Without a successor it is refused, and what waits for the person is listed."""
    page = setting.browser("administrator").open(HERE)
    leaving = page.link_to("/leaving/", NEWCOMBE.people[who])
    said = {"last_day": setting.today, "reasons": "They move to another post."}
    answered = setting.browser("administrator").send(leaving, said)
    if "would fall empty" not in answered.page.errors.get("left_empty_because", ""):
        setting.differences.append(f"{who} may leave a seat empty: {answered.page.errors}")
    text = setting.browser("administrator").open(leaving).text
    if not re.search(rf"{NEWCOMBE.code}-\d", text):
        setting.differences.append(f"what waits for {who} is not listed: {text[:600]}")
    setting.did("administrator", f"is refused to let {who} go: the seat would fall empty")


def _words(setting: SettingUp, one: Appointed) -> Answers:
    said: dict[str, object] = {
        "address": NEWCOMBE.email(one.who),
        "name": NEWCOMBE.people[one.who],
        "role": one.role,
        "from_on": setting.today,
        "reasons": "On the word of their organisation.",
    }
    if one.seat:
        said |= {"seat": one.seat, "decides": DECIDES, "accountable_to": "the chief executive"}
    return said | ({"agency": Labelled(one.agency)} if one.agency else {})
