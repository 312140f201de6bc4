"""One incident as its people live it: days pass, people act, and what follows is checked."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from deployments.demo.partnerships import OPERATIONS, PASSWORD, Place
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from tests.acceptance.answers import Answers
from tests.acceptance.browser import SEE_OTHER, Answered, Browser
from tests.acceptance.dates import moment
from tests.acceptance.engine import Engine, RunSeen
from tests.acceptance.record import Record
from tests.acceptance.telling import Followed, Line, Sight, step_of, what_is
from tests.acceptance.trouble import JourneyStopped

UNDER_WAY: Final = frozenset({"waiting to be sent", "being sent"})
REMINDERS: Final = frozenset({EmailTrigger.DEADLINE_NEAR.value, EmailTrigger.DEADLINE_PASSED.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """What must follow from an act: clocks begun and met, papers made, letters sent."""

    starts: Mapping[str, str] = field(default_factory=dict)
    meets: Mapping[str, str] = field(default_factory=dict)
    papers: Sequence[DocumentKind] = ()
    letters: Sequence[EmailTrigger] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How an act must be refused: where it says so, in which words, with which status."""

    field: str = ""
    says: str
    status: int = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the journey speaks to: the site, the record and Prefect beside it."""

    address: str
    record: Record
    engine: Engine
    say: Callable[[str], None]
    mail_is_caught: bool = True
    patience: float = 120.0
    before_act: Callable[[str], None] = lambda _path: None
    after_act: Callable[[str], None] = lambda _path: None


@dataclass
class Story:
    """The incident so far: what was done, what followed, and what differs from the expected."""

    place: Place
    around: Around
    lines: list[Line] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    caught: dict[str, int] = field(default_factory=dict)
    downloaded: dict[UUID, str] = field(default_factory=dict)
    case_id: UUID | None = None
    _now: str = ""
    _seen: Sight = field(default_factory=Sight)
    _browsers: dict[str, Browser] = field(default_factory=dict)

    @property
    def case(self) -> UUID:
        """Return the id of the incident's case."""
        if self.case_id is None:
            raise JourneyStopped("There is no case yet.")
        return self.case_id

    def on(self, when: str) -> None:
        """Let the partnership's time become this moment, as its business manager sets it."""
        answered = self.browser("manager").send("/practice-clock", {"to": moment(when)})
        if answered.status != SEE_OTHER:
            raise JourneyStopped(f"The practice clock refused {when}: {answered.page.errors}.")
        self._now = when.rpartition(" ")[0]

    def back_to_now(self) -> None:
        """Let the partnership live in the real time again."""
        self.browser("manager").send("/practice-clock", {})

    def does(self, who: str, path: str, answers: Answers, then: Then | None = None) -> None:
        """Have the person do the act on its page, and check what follows from it."""
        self.around.before_act(path)
        answered = self._send(who, path, answers)
        if answered.status != SEE_OTHER:
            said = "; ".join(f"{name or 'page'}: {text}" for name, text in _told(answered).items())
            raise JourneyStopped(
                f"{self._now}: {who} could not do “{what_is(path)}” ({answered.status}): {said}"
            )
        if path == "refer":
            self.case_id = UUID(answered.goes_to.removeprefix("/cases/").partition("?")[0])
        self.around.after_act(path)
        followed = self._settled(path)
        self._keep(who, path, followed)
        self._check(f"{self._now}, {what_is(path)}", followed, then or Then())

    def is_refused(self, who: str, path: str, answers: Answers, refusal: Refusal) -> None:
        """Have the person try what must be refused, and check that it changes nothing."""
        before = self.around.record.mark(self.case_id)
        answered = self._send(who, path, answers)
        said = _told(answered)
        where = f"{self._now}, {what_is(path)} by {who}"
        text = said.get(refusal.field, "")
        if answered.status != refusal.status:
            self.differs(f"{where}: answered {answered.status}, expected {refusal.status} {said}")
        if refusal.says not in text:
            self.differs(f"{where}: “{refusal.says}” is not at “{refusal.field}”, but {said}")
        if self.around.record.mark(self.case_id) != before:
            self.differs(f"{where}: what was refused changed the record")
        line = Line(
            when=self._now,
            step=step_of(path),
            who=who,
            what=what_is(path),
            refused=f"{refusal.field or 'page'}: {text}",
        )
        self.lines.append(line)

    def shows(self, who: str, page: str, words: str) -> None:
        """Check that the person reads these words on a page of the case."""
        if words not in self.browser(who).open(f"/cases/{self.case}/{page}").text:
            self.differs(f"{self._now}: the page {page} does not say “{words}” to the {who}")

    def still_runs(self, clock: str, dates: str) -> None:
        """Check that a clock whose day has passed runs on, late and with its first date."""
        seen = [one for one in self.around.record.clocks(self.case) if one.clock == clock]
        if [(one.how_met, one.dates) for one in seen] != [("runs", dates)]:
            self.differs(f"{self._now}: {clock} does not run on, due {dates}: {seen}")

    def differs(self, how: str) -> None:
        """Keep a difference from what is expected, and say it at once."""
        self.differences.append(how)
        self.around.say(f"DIFFERS {how}")

    def browser(self, who: str) -> Browser:
        """Return the person's own browser."""
        if who not in self._browsers:
            email = OPERATIONS if who == "operations" else self.place.email(who)
            self._browsers[who] = Browser(self.around.address, email, PASSWORD, self.place.name)
        return self._browsers[who]

    def close(self) -> None:
        """Let everybody leave."""
        for browser in self._browsers.values():
            browser.close()

    def run(self) -> RunSeen | None:
        """Return the flow run that carries the case now."""
        linked = self.around.record.case(self.case).flow_run_id
        runs = self.around.engine.runs_of(self.case)
        return next((run for run in runs if run.id == linked), None)

    def _send(self, who: str, path: str, answers: Answers) -> Answered:
        page = f"/{path}" if path == "refer" else f"/cases/{self.case}/{path}"
        return self.browser(who).send(page, answers)

    def _settled(self, path: str) -> Followed:
        """Wait until the machine's work is done and its letters are sent; say what is new."""
        until = time.monotonic() + self.around.patience
        while waits := self._waits_for():
            if time.monotonic() > until:
                raise JourneyStopped(
                    f"{self._now}: after “{what_is(path)}” the machine's work was not done within "
                    f"{self.around.patience:.0f} s; it waits for: {', '.join(waits)}."
                )
            time.sleep(0.3)
        before, self._seen = self._seen, self._look()
        return Followed.between(before, self._seen)

    def _waits_for(self) -> list[str]:
        record, case_id = self.around.record, self.case
        waits = record.undone_work(case_id)
        waits += [
            f"letter {one.event} ({one.delivery})"
            for one in record.letters(case_id)
            if one.delivery in UNDER_WAY
        ]
        if not waits:
            run = self.run()
            waits = [] if run and run.rests else [f"flow run ({run.name if run else 'none yet'})"]
        return waits

    def _look(self) -> Sight:
        record, case_id = self.around.record, self.case
        return Sight(
            {one.id: one for one in record.clocks(case_id)},
            {one.id: one for one in record.papers(case_id)},
            {one.id: one for one in record.letters(case_id)},
        )

    def _keep(self, who: str, path: str, followed: Followed) -> None:
        run, step = self.run(), step_of(path)
        shown = self.around.engine.steps_of(run.id).get(step.value, "not shown yet") if run else ""
        line = Line(
            when=self._now,
            step=step,
            who=who,
            what=what_is(path),
            clocks=followed.clock_lines(),
            prefect=f"{run.name}; {step.value}: {shown}" if run else "",
            papers=followed.papers,
            letters=followed.letters,
        )
        self.lines.append(line)
        self.around.say(f"{self._now}  {step.value:10} {who:18} {line.what}")

    def _check(self, where: str, followed: Followed, then: Then) -> None:
        started = {one.clock: one.dates for one in followed.started}
        for clock, dates in then.starts.items():
            if started.get(clock) != dates:
                self.differs(f"{where}: {clock} is {started.get(clock)}, expected {dates}")
        met = {one.clock: one.how_met for one in followed.met}
        if met != dict(then.meets):
            self.differs(f"{where}: met {met}, expected {dict(then.meets)}")
        papers = {one.kind for one in followed.papers}
        if papers != set(then.papers):
            self.differs(f"{where}: made {sorted(papers)}, expected {sorted(then.papers)}")
        letters = {one.event for one in followed.letters} - REMINDERS
        if letters != {event.value for event in then.letters}:
            self.differs(f"{where}: sent {sorted(letters)}, expected {sorted(then.letters)}")


def _told(answered: Answered) -> dict[str, str]:
    """Return the errors by field; a page that only says one thing says it at the top."""
    return answered.page.errors or {"": answered.page.text}
