"""Pages of the rapid review meeting: its day, its pack, its record."""

from services.casework.steps.rapid_review import meeting, meeting_pack
from services.web.act_pages.act_page import ActPage

PAGES = (
    ActPage(
        act=meeting.SET_MEETING,
        path="meeting/date",
        title="Set the date of the rapid review meeting",
        button="Set the date",
        done="The meeting is set.",
    ),
    ActPage(
        act=meeting_pack.ACCEPT_PACK,
        path="meeting/pack",
        title="Accept the meeting pack",
        button="Accept the pack",
        done="The pack is accepted and shared.",
    ),
    ActPage(
        act=meeting.HOLD_MEETING,
        path="meeting/record",
        title="Record the rapid review meeting",
        button="Record the meeting",
        done="The meeting is recorded.",
    ),
)
