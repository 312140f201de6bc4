"""Pages of the Panel's answer, of its challenge, and of the end of a national review."""

from services.casework.steps.rapid_review import panel
from services.web.act_pages.act_page import ActPage

PAGES = (
    ActPage(
        act=panel.RECORD_ANSWER,
        path="panel/answer",
        title="Record the Panel's answer",
        button="Record the answer",
        done="The Panel's answer is recorded.",
    ),
    ActPage(
        act=panel.LODGE_CHALLENGE,
        path="panel/challenge",
        title="Challenge the Panel's answer",
        button="Lodge the challenge",
        done="The challenge is lodged. The Panel's answer to it is recorded next.",
    ),
    ActPage(
        act=panel.END_NATIONAL_REVIEW,
        path="panel/national-review",
        title="Record the end of the national review",
        button="Record the end",
        done="The end of the national review is recorded.",
    ),
)
