"""Pages of gate G11: the action plan, its progress, the close of the case."""

from services.casework.steps import closing
from services.casework.steps.embedding import action_plan, action_progress
from services.web.act_pages.act_page import ActPage

PAGES = (
    ActPage(
        act=action_plan.PROPOSE_PLAN,
        path="learning/plan",
        title="Propose the action plan",
        button="Put the plan to the partners",
        done="The action plan is put to the partners. It is in force once all of them agree on it.",
    ),
    ActPage(
        act=action_progress.UPDATE_ACTION,
        path="learning/action",
        title="Report progress on an action",
        button="Record the progress",
        done="The progress is recorded.",
    ),
    ActPage(
        act=closing.CLOSE,
        path="learning/close",
        title="Close the case",
        button="Close the case",
        done="The case is closed.",
    ),
)
