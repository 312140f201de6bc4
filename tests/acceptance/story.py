"""One incident as its people live it: days pass, people act, and the effects are checked."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from deployments.demo.partnerships import OPERATIONS, PASSWORD, Place
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.acts import REFER, example_answers, path_of, step_of, title_of
from tests.acceptance.answers import Answers
from tests.acceptance.browser import SEE_OTHER, Answered, Browser, Site
from tests.acceptance.database import DatabaseReader
from tests.acceptance.dates import moment
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.prefect_runs import FlowRun, PrefectReader
from tests.acceptance.report import CaseSnapshot, Effects, Line

UNDER_WAY: Final = frozenset({"pending", "sending"})
# Sent beside or in place of other emails: compared only where a branch expects them.
BESIDE_OTHERS: Final = frozenset(
    {
        EmailTrigger.DEADLINE_NEAR,
        EmailTrigger.DEADLINE_PASSED,
        EmailTrigger.DECLARATION_NEEDED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The expected effects of an act: clocks started and met, documents made, emails sent.

    No other clock may be met, and no other kind of document or email may appear.
    """

    starts: Mapping[str, str] = field(default_factory=dict)
    meets: Mapping[str, str] = field(default_factory=dict)
    documents: Sequence[DocumentKind] = ()
    emails: Sequence[EmailTrigger] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The expected refusal of an act: the field that shows it, its words, the status."""

    field: str = ""
    says: str
    status: int = 422


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
    """The incident so far: its acts, their effects, and the differences from the expected."""

    place: Place
    connections: Connections
    lines: list[Line] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    caught: dict[str, int] = field(default_factory=dict)
    downloaded: dict[UUID, str] = field(default_factory=dict)
    case_id: UUID | None = None
    _now: str = ""
    _snapshot: CaseSnapshot = field(default_factory=CaseSnapshot)
    _browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def case(self) -> UUID:
        """Return the id of the incident's case."""
        if self.case_id is None:
            raise JourneyStopped("There is no case yet.")
        return self.case_id

    def on(self, when: str) -> None:
        """Set the practice clock of the partnership to this moment, as its business manager."""
        answered = self.browser("manager").send("/practice-clock", {"to": moment(when)})
        if answered.status != SEE_OTHER:
            raise JourneyStopped(f"The practice clock refused {when}: {answered.page.errors}.")
        self._now = when.rpartition(" ")[0]

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
        if act == REFER:
            self.case_id = UUID(answered.goes_to.removeprefix("/cases/").partition("?")[0])
        self.connections.after_act(act)
        effects = self._effects(act)
        self._add_line(who, act, effects)
        self._compare(f"{self._now}, {title_of(act)}", effects, expected or Expected())

    def is_refused(self, who: str, act: str, changes: Answers, refusal: Refusal) -> None:
        """Have the person try an act that must be refused, and check that no row changes."""
        # Their first visit may be the one on which they declare.
        self.browser(who).open(self._page(act))
        before = self.connections.database.digest(self.case_id)
        answered = self._send(who, act, changes)
        errors = dict(_errors(answered))
        where = f"{self._now}, {title_of(act)} by {who}"
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
            who=who,
            what=title_of(act),
            refused=f"{refusal.field or 'page'}: {text}",
        )
        self.lines.append(line)

    def all_open_the_case(self, *people: str) -> None:
        """Have these people open the case, as they do when an email tells them of it."""
        for who in people:
            self.browser(who).open(f"/cases/{self.case}")

    def shows(self, who: str, page: str, words: str) -> None:
        """Check that the person reads these words on a page of the case, or on its first page."""
        path = f"/cases/{self.case}/{page}".rstrip("/")
        if words not in self.browser(who).open(path).text:
            self.differs(f"{self._now}: the page {page} does not say “{words}” to the {who}")

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
        if who not in self._browsers:
            email = OPERATIONS if who == "operations" else self.place.email(who)
            site = self.connections.site
            self._browsers[who] = Browser(site, email, PASSWORD, self.place.name)
        return self._browsers[who]

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
        return f"/{path_of(act)}" if act == REFER else f"/cases/{self.case}/{path_of(act)}"

    def _effects(self, act: str) -> Effects:
        """Wait until the machine's work is done and its emails are sent; return what is new."""
        until = time.monotonic() + self.connections.patience
        while pending := self._pending():
            if time.monotonic() > until:
                raise JourneyStopped(
                    f"{self._now}: after “{title_of(act)}” the machine's work was not done within "
                    f"{self.connections.patience:.0f} s; it waits for: {', '.join(pending)}."
                )
            time.sleep(0.3)
        before, self._snapshot = self._snapshot, self._take_snapshot()
        return Effects.between(before, self._snapshot)

    def _pending(self) -> list[str]:
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

    def _add_line(self, who: str, act: str, effects: Effects) -> None:
        run, step = self.run(), step_of(act)
        shown = self.connections.prefect.steps_of(run.id) if run else {}
        state = shown.get(step.value, "not shown yet")
        line = Line(
            when=self._now,
            step=step,
            who=who,
            what=title_of(act),
            clocks=effects.clock_lines(),
            prefect=f"{run.name}; {step.value}: {state}" if run else "",
            documents=effects.documents,
            emails=effects.emails,
        )
        self.lines.append(line)
        self.connections.say(f"{self._now}  {step.value:10} {who:18} {line.what}")

    def _compare(self, where: str, effects: Effects, expected: Expected) -> None:
        started = {row.clock: row.dates for row in effects.started}
        for clock, dates in expected.starts.items():
            if started.get(clock) != dates:
                self.differs(f"{where}: {clock} is {started.get(clock)}, expected {dates}")
        met = {row.clock: row.how_met for row in effects.met}
        if met != dict(expected.meets):
            self.differs(f"{where}: met {met}, expected {dict(expected.meets)}")
        made = {row.kind for row in effects.documents}
        if made != set(expected.documents):
            self.differs(f"{where}: made {sorted(made)}, expected {sorted(expected.documents)}")
        ignored = {event.value for event in BESIDE_OTHERS.difference(expected.emails)}
        sent = {row.event for row in effects.emails} - ignored
        if sent != {event.value for event in expected.emails}:
            self.differs(f"{where}: sent {sorted(sent)}, expected {sorted(expected.emails)}")


def _errors(answered: Answered) -> list[tuple[str, str]]:
    """Return each error with its field; a page without errors is one error of no field."""
    return list(answered.page.errors.items()) or [("", answered.page.text)]
