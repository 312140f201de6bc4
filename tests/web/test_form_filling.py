"""A long form: its parts have headings, and what is on record fills it in."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, ShortText, Under
from services.casework.steps.referral.referral_correction import CorrectReferral
from services.web.forms.fields import questions
from services.web.forms.filling import as_posted
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.forms.validation import understand
from tests import factories as say

ASKED = questions(CorrectReferral)


class Parted(Command):
    name: Annotated[ShortText, Under("Who")] = Field(title="Name")
    post: ShortText | None = Field(default=None, title="Post")
    place: Annotated[ShortText | None, Under("Where")] = Field(default=None, title="Place")


def test_the_parts_of_a_long_form_have_their_headings():
    assert [one.heading for one in show(questions(Parted), {}).fields] == ["Who", "", "Where"]


def test_what_is_on_record_fills_the_form_and_is_read_back_unchanged():
    two = (say.child(statuses=("looked_after", "child_in_need")), say.child(born_on=None, age=3))
    said = say.correct_referral(children=two, agency_aware_at="2025-12-11 16:05")
    posted = as_posted(said, ASKED)
    answers = read(ASKED, posted, {})
    assert understand(CorrectReferral, ASKED, answers) == said
    shown = {one.name: one for one in show(ASKED, {}, posted).fields}
    assert shown["agency_aware_at"].typed["agency_aware_at-time"] == "16:05"
    (statuses,) = [one for one in shown["children"].rows[0].fields if "statuses" in one.name]
    assert statuses.chosen == ("looked_after", "child_in_need")
