"""A rapid review that waits to be collected at the pages, and the people who come to it."""

from dataclasses import dataclass, field

from fastapi import FastAPI

from services.bootstrap import Neighbours
from services.calendars import england
from services.casework.engine.email_delivery import deliver
from services.database.migrations.roles import SIGN_IN
from services.documents.making import KeylineDocuments
from services.domain.dispatches import DispatchState
from services.domain.mailboxes import mailboxes_for
from services.domain.roles import Role
from services.mail.memory import MemoryMailer
from services.web.app import create_app
from services.web.app_state import Site
from tests.bad_input.stage import PASSWORD
from tests.collecting import MONDAY, newest, signed_for_p7, token_in
from tests.driven import Driven
from tests.servers import QUICK_PASSWORDS, sibling
from tests.web.visitors import HOST, Answer, Visitor
from tests.world import World, at


@dataclass
class Place:
    """The application and the record around it, whose day is moved by hand."""

    world: World
    mailer: MemoryMailer = field(default_factory=MemoryMailer)
    when: str = MONDAY
    visitors: int = 0
    app: FastAPI = field(default_factory=FastAPI)

    def __post_init__(self) -> None:
        self.app = create_app(self.site())

    def site(self) -> Site:
        return Site(
            neighbours=self.neighbours(),
            sign_in_engine=sibling(self.world.engine, SIGN_IN),
            secret="s" * 32,
            is_demonstration=True,
            passwords=QUICK_PASSWORDS,
        )

    def neighbours(self) -> Neighbours:
        return Neighbours(
            engine=self.world.engine,
            store=self.world.store,
            mailer=self.mailer,
            mailboxes=mailboxes_for("demonstration"),
            sender="no-reply@keyline.invalid",
            base_url=HOST,
            documents=KeylineDocuments(),
            calendar=england(),
            now=lambda: at(f"{self.when} 12:00"),
        )

    def manager(self) -> Visitor:
        return self.person(Role.BUSINESS_MANAGER)

    def person(self, role: Role, agency: str | None = None) -> Visitor:
        visitor = Visitor(self.app)
        signed_in = visitor.sign_in(self.world.ours.email(role, agency=agency), PASSWORD)
        assert signed_in.status == 303, signed_in.text
        return visitor

    def deliver(self) -> None:
        while deliver(self.neighbours()):
            pass


@dataclass
class Posted:
    """What there is once the manager has sent: the case, the emails, their session and the code."""

    case: Driven
    mailer: MemoryMailer
    session: dict[str, str]
    code: str

    @property
    def world(self) -> World:
        return self.case.world


def posted_on_monday(world: World) -> Posted:
    """Send the review of P7 through the manager's pages, with a code made on its page."""
    case, place = signed_for_p7(world), Place(world)
    sent = Sent(place, case, place.manager())
    assert "Send it to be collected" in sent.manager.get(f"{sent.path}/sharing").text
    sent.submit()
    place.deliver()
    sent.make_code()
    return Posted(case, place.mailer, sent.manager.cookies, sent.code)


@dataclass
class Sent:
    """A rapid review that waits to be collected: what the email says, and the code."""

    place: Place
    case: Driven
    manager: Visitor
    code: str = ""

    @classmethod
    def of(cls, posted: Posted) -> "Sent":
        """Open the application around what was posted; the manager is signed in there."""
        place = Place(posted.world, posted.mailer)
        return cls(place, posted.case, Visitor(place.app, posted.session), posted.code)

    @property
    def token(self) -> str:
        return token_in(self.place.mailer)

    @property
    def path(self) -> str:
        return f"/cases/{self.case.case_id}"

    def stranger(self) -> Visitor:
        """Return a browser that was never here, from an address of its own."""
        self.place.visitors += 1
        return Visitor(self.place.app, place=f"192.0.2.{self.place.visitors}")

    def tries(self, code: str, token: str = "", **more: str) -> Answer:
        """Open the page of the address and post the code, as the recipient does."""
        return self.stranger().send(f"/collect/{token or self.token}", {"code": code, **more})

    def submit(self) -> None:
        """Read the papers, and have them collected."""
        for document in newest(self.case).document_ids:
            assert self.manager.get(f"{self.path}/documents/{document}").status == 200
        said = {"read_to_end": "yes", "late_reason": ""}
        assert self.manager.send(f"{self.path}/rapid-review/collection", said).status == 303

    def make_code(self) -> Answer:
        page = f"{self.path}/dispatches/collection-code"
        answer = self.manager.send(page, {"dispatch": newest(self.case).id})
        assert answer.status == 200, answer.problems
        self.code = "".join(
            answer.page.select_one("main strong.govuk-\\!-font-size-48").text.split()
        )
        return answer

    def state(self) -> DispatchState:
        return newest(self.case).state
