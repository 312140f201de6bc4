"""An agency reads what it is asked, and stays silent until the partners act formally (INF-06)."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.workflow import PanelAnswer
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.branches.wrong_mailbox import LEARNING
from tests.acceptance.chapters import meeting, panel, rapid_review, scoping, silence
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import PIMPERNEL
from tests.acceptance.story import Story

SILENT: Final = "schools"
UNANSWERED: Final = replace(
    without_lcspr.BRIEFED,
    incident=replace(without_lcspr.BRIEFED.incident, family=PIMPERNEL),
)


def drive(story: Story) -> ExpectedEnd:
    """More time helps nothing: review group, strategic lead, partners, formal action, answer."""
    shared_steps.refer_and_notify(story, UNANSWERED)
    shared_steps.send_forms(story, UNANSWERED)
    meeting.set_date(story, UNANSWERED.meets, UNANSWERED.met("K4"))
    story.all_open_the_case(SILENT, "chair", "member")
    story.on(UNANSWERED.returned)
    scoping.return_form(story, "hospital", "early")
    too_late = {"agency": silence.named(story, SILENT), "new_day": silence.AFTER_K10}
    story.is_refused("manager", "extend_day", too_late, Refusal(field="new_day", says="not move"))
    silence.give_more_time(story, SILENT, "Tue 8 Sep 2026")
    _up_the_ladder(story)
    story.on("Thu 10 Sep 2026 11:00")
    scoping.return_form(story, SILENT, "on the day")
    scoping.accept_pack(story)
    story.on(UNANSWERED.meets)
    expected = Expected(starts=UNANSWERED.starts("K8", "K9"), meets=UNANSWERED.met("K7"))
    meeting.hold(story, "Thu 10 Sep 2026", expected)
    rapid_review.write_record(story)
    rapid_review.answer_criteria(story)
    shared_steps.decide_and_submit(story, UNANSWERED)
    story.on("Mon 28 Sep 2026 10:00")
    panel.answers(story, "Mon 28 Sep 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(story, LEARNING)
    documents = {**without_lcspr.EXPECTED_END.documents, DocumentKind.FORMAL_NOTICE: 2}
    return replace(without_lcspr.EXPECTED_END, documents=documents)


def _up_the_ladder(story: Story) -> None:
    """Each step is asked for once its day has passed, of whoever takes it."""
    story.on("Wed 9 Sep 2026 09:00")
    school = story.place.agency(SILENT)
    silence.is_asked(story, "manager", f"or give it a later day: {school}, scoping return")
    silence.refer(story, SILENT, "Wed 9 Sep 2026")
    story.shows("chair", "", f"Resolve an agency's silence with its strategic lead: {school}")
    silence.reach_lead(story, SILENT, "Wed 9 Sep 2026")
    story.on("Thu 10 Sep 2026 09:00")
    silence.is_asked(story, "chair", "silence to the safeguarding partners")
    silence.put_to_partners(story, SILENT, "Thu 10 Sep 2026")
    silence.act_formally(story, SILENT, "Thu 10 Sep 2026")
    story.shows("manager", "", "Formal action by the safeguarding partners")
    story.shows(SILENT, "", "Formal notice of a request for information")
