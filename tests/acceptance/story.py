"""One incident as its people live it: days pass, people act, and the effects are checked."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final
from uuid import UUID

from deployments.demo.partnerships import (
    OPERATIONS,
    PASSWORD,
    SECOND_OPERATIONS,
    WITHOUT_ACCOUNT,
    Place,
)
from services.domain.workflow import Step
from tests.acceptance.acts import OPENING, example_answers, path_of, step_of, title_of
from tests.acceptance.answers import Answers
from tests.acceptance.browser import SEE_OTHER, Answered, Browser, Site
from tests.acceptance.case_pages import told_at
from tests.acceptance.database import DatabaseReader
from tests.acceptance.dates import moment
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.expectations import Expected, Refusal, differences
from tests.acceptance.guest_browser import PRACTITIONER, GuestBrowser, Mailbox
from tests.acceptance.prefect_runs import FlowRun, PrefectReader
from tests.acceptance.report import CaseSnapshot, Effects, Line

UNDER_WAY: Final = frozenset({"pending", "sending"})
KEYLINE: Final = "Keyline"
OPERATORS: Final = {"operations": OPERATIONS, "second operations": SECOND_OPERATIONS}
OK: Final = 200
NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """The site that a journey acts through, and what it reads beside it."""

    site: Site
    database: DatabaseReader
    prefect: PrefectReader
    say: Callable[[str], None]
    mail_is_caught: bool = True
    patience: float = 120.0
    before_act: Callable[[str], None] = lambda _act: None
    after_act: Callable[[str], None] = lambda _act: None


@dataclass
class Story:
    """The incident so far: its acts, their effects, and the differences from the expected.

    ``fellows`` are the other cases of a joint review: the machine's work on them is waited for too,
    and ``at_rest`` is called once all of it is done.
    """

    place: Place
    connections: Connections
    lines: list[Line] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    caught: dict[str, int] = field(default_factory=dict)
    downloaded: dict[UUID, str] = field(default_factory=dict)
    runs: list[FlowRun] = field(default_factory=list)
    case_id: UUID | None = None
    fellows: list["Story"] = field(default_factory=list)
    at_rest: Callable[[str], None] = lambda _after: None
    _now: str = ""
    _snapshot: CaseSnapshot = field(default_factory=CaseSnapshot)
    _browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def case(self) -> UUID:
        """Return the id of the incident's case."""
        if self.case_id is None:
            raise JourneyStopped("There is no case yet.")
        return self.case_id

    @property
    def reference(self) -> str:
        """Return the reference of the incident's case."""
        return self.connections.database.case(self.case).reference

    @property
    def today(self) -> str:
        """Return the day to which the practice clock was set, as branches write it."""
        return self._now

    def on(self, when: str) -> None:
        """Set the practice clock of each partnership to this moment, as its business manager."""
        for story in (self, *self.fellows):
            story._set_clock(when)

    def back_to_now(self) -> None:
        """Set the practice clock back to the real time."""
        self.browser("manager").send("/practice-clock", {})

    def does(
        self, who: str, act: str, changes: Answers | None = None, expected: Expected | None = None
    ) -> None:
        """Have the person do the act, wait for the machine, and check the effects.

        The answers are those of the act's valid command, with these changes.
        """
        self.connections.before_act(act)
        answered = self._send(who, act, changes or {})
        if answered.status != SEE_OTHER:
            errors = "; ".join(f"{name or 'page'}: {text}" for name, text in _errors(answered))
            raise JourneyStopped(
                f"{self._now}: {who} could not do “{title_of(act)}” ({answered.status}): {errors}"
            )
        if act in OPENING:
            self.case_id = UUID(answered.goes_to.removeprefix("/cases/").partition("?")[0])
        self.connections.after_act(act)
        self._take_stock(who, title_of(act), step_of(act), expected or Expected())

    def follows(self, what: str, step: Step, expected: Expected | None = None) -> None:
        """Check what followed on this case from acts on another case of the joint review."""
        self._take_stock(KEYLINE, what, step, expected or Expected())

    def is_refused(self, who: str, act: str, changes: Answers, refusal: Refusal) -> None:
        """Have the person try an act that must be refused, and check that no row changes."""
        # Their first visit may be the one on which they declare.
        self.browser(who).open(self._page(act))
        before = self.connections.database.digest(self.case_id)
        answered = self._send(who, act, changes)
        errors = dict(_errors(answered))
        where = f"{self._now}, {title_of(act)} by {self._named(who)}"
        text = errors.get(refusal.field, "")
        if answered.status != refusal.status:
            self.differs(f"{where}: answered {answered.status}, expected {refusal.status} {errors}")
        if refusal.says not in text:
            self.differs(f"{where}: “{refusal.says}” is not at “{refusal.field}”, but {errors}")
        if self.connections.database.digest(self.case_id) != before:
            self.differs(f"{where}: the refused act changed a row")
        line = Line(
            when=self._now,
            step=step_of(act),
            who=self._named(who),
            what=title_of(act),
            refused=f"{refusal.field or 'page'}: {text}",
        )
        self.lines.append(line)

    def all_open_the_case(self, *people: str) -> None:
        """Have these people open the case, as they do when an email tells them of it."""
        for who in people:
            self.browser(who).open(f"/cases/{self.case}")

    def shows(self, who: str, page: str, words: str) -> None:
        """Check that the person reads these words on a page of the case, or where it begins."""
        self.reads(who, f"/cases/{self.case}/{page}".rstrip("/"), words)

    def reads(self, who: str, path: str, *words: str) -> None:
        """Check that the person reads these words on the page."""
        text, reader = told_at(self.browser(who), path), self._named(who)
        for expected in words:
            if expected not in text:
                self.differs(f"{self._now}: {path} does not say “{expected}” to the {reader}")

    def opens(self, who: str, document_id: UUID) -> None:
        """Have the person download one document of the case."""
        path = f"/cases/{self.case}/documents/{document_id}"
        if (status := self.browser(who).status_of(path)) != OK:
            self.differs(f"{self._now}: {self._named(who)} gets {status} for {path}, expected 200")

    def may_not_open(self, who: str, path: str) -> None:
        """Check that the page answers this person as if it did not exist."""
        if (status := self.browser(who).status_of(path)) != NOT_FOUND:
            self.differs(f"{self._now}: {self._named(who)} gets {status} for {path}, expected 404")

    def running(self, clock: str) -> list[str]:
        """Return the dates of this clock where it runs on the case."""
        rows = self.connections.database.clocks(self.case)
        return [row.dates for row in rows if row.clock == clock and row.how_met == "runs"]

    def still_runs(self, clock: str, dates: str) -> None:
        """Check that a clock whose last day has passed runs on with the same dates."""
        rows = [row for row in self.connections.database.clocks(self.case) if row.clock == clock]
        if [(row.how_met, row.dates) for row in rows] != [("runs", dates)]:
            self.differs(f"{self._now}: {clock} does not run on, due {dates}: {rows}")

    def differs(self, how: str) -> None:
        """Add a difference from what is expected, and print it."""
        self.differences.append(how)
        self.connections.say(f"DIFFERS {how}")

    def browser(self, who: str) -> Browser:
        """Return the person's own browser."""
        if who in {*WITHOUT_ACCOUNT, PRACTITIONER} and who not in self._browsers:
            mailbox = Mailbox(self.connections.database, f"@{who}.{self.place.word}.example")
            self._browsers[who] = GuestBrowser(self.connections.site, mailbox)
        if who not in self._browsers:
            email = OPERATORS.get(who) or self.place.email(who)
            site = self.connections.site
            self._browsers[who] = Browser(site, email, PASSWORD, self.place.name)
        return self._browsers[who]

    def beside(self, case_id: UUID | None = None) -> "Story":
        """Return the story of another case of the same partnership, told in the same lines.

        Without an id the case is still to be opened.
        """
        return replace(
            self, case_id=case_id, fellows=[*self.fellows, self], _snapshot=CaseSnapshot()
        )

    def close(self) -> None:
        """Close each browser."""
        for browser in self._browsers.values():
            browser.close()

    def run(self) -> FlowRun | None:
        """Return the flow run that carries the case now."""
        linked = self.connections.database.case(self.case).flow_run_id
        runs = self.connections.prefect.runs_of(self.case)
        return next((run for run in runs if run.id == linked), None)

    def _send(self, who: str, act: str, changes: Answers) -> Answered:
        return self.browser(who).send(self._page(act), {**example_answers(act), **changes})

    def _page(self, act: str) -> str:
        return f"/{path_of(act)}" if act in OPENING else f"/cases/{self.case}/{path_of(act)}"

    def _set_clock(self, when: str) -> None:
        answered = self.browser("manager").send("/practice-clock", {"to": moment(when)})
        if answered.status != SEE_OTHER:
            raise JourneyStopped(f"The practice clock refused {when}: {answered.page.errors}.")
        self._now = when.rpartition(" ")[0]

    def _named(self, who: str) -> str:
        """Return who it is, of which partnership where there are several."""
        return f"{self.place.name} {who}" if self.fellows else who

    def _take_stock(self, who: str, what: str, step: Step, expected: Expected) -> None:
        """Wait for the machine, add the line of what followed, and compare it."""
        self._wait(what)
        before, self._snapshot = self._snapshot, self._take_snapshot()
        effects = Effects.between(before, self._snapshot)
        self._add_line(who, what, step, effects)
        for how in differences(effects, expected):
            self.differs(f"{self._now}, {self._named(who)}, {what}: {how}")
        self.at_rest(f"{self._now}, {what}")

    def _wait(self, after: str) -> None:
        """Wait until the machine's work is done and its emails are sent, on every case."""
        until = time.monotonic() + self.connections.patience
        while pending := [one for story in (self, *self.fellows) for one in story.pending()]:
            if time.monotonic() > until:
                raise JourneyStopped(
                    f"{self._now}: after “{after}” the machine's work was not done within "
                    f"{self.connections.patience:.0f} s; it waits for: {', '.join(pending)}."
                )
            time.sleep(0.3)

    def pending(self) -> list[str]:
        """Return what the machine has still to do on the case."""
        if self.case_id is None:
            return []
        database = self.connections.database
        pending = database.undone_work(self.case) + [
            f"email {row.event} ({row.delivery})"
            for row in database.emails(self.case)
            if row.delivery in UNDER_WAY
        ]
        if not pending:
            run = self.run()
            pending = [] if run and run.rests else [f"flow run ({run.name if run else 'none yet'})"]
        return pending

    def _take_snapshot(self) -> CaseSnapshot:
        database = self.connections.database
        return CaseSnapshot(
            {row.id: row for row in database.clocks(self.case)},
            {row.id: row for row in database.documents(self.case)},
            {row.id: row for row in database.emails(self.case)},
        )

    def _add_line(self, who: str, what: str, step: Step, effects: Effects) -> None:
        run = self.run()
        shown = self.connections.prefect.steps_of(run.id) if run else {}
        state = shown.get(step.value, "not shown yet")
        line = Line(
            when=self._now,
            step=step,
            who=self._named(who),
            what=what,
            clocks=effects.clock_lines(),
            prefect=f"{run.name}; {step.value}: {state}" if run else "",
            documents=effects.documents,
            emails=effects.emails,
        )
        self.lines.append(line)
        self.connections.say(f"{self._now}  {step.value:10} {self._named(who):18} {line.what}")


def _errors(answered: Answered) -> list[tuple[str, str]]:
    """Return each error with its field; a page without errors is one error of no field."""
    return list(answered.page.errors.items()) or [("", answered.page.text)]
