"""A partnership's own words for its bodies: said wherever Keyline says one, in bounds (E-10)."""

from dataclasses import replace

import pytest
from jinja2 import Environment

from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.clocks.policy_words import differences
from services.domain.errors import AnswerRefused, OutsidePolicy
from services.domain.labels import label
from services.domain.labels.own_words import (
    FRAMEWORK_WORDS,
    Body,
    framework_words_in,
    in_own_words,
    own_words_in,
    speak_with,
    spoken_with,
    template_in_own_words,
    words_in_use,
)
from services.domain.roles import Role

OWN = {
    Body.REVIEW_GROUP: "Improvement Circle",
    Body.REVIEW_TEAM: "Panel of Practice",
    Body.EXECUTIVE: "Safeguarding Executive",
    Body.SCRUTINEER: "critical friend",
    Body.BUSINESS_MANAGER: "DSCP Partnership Lead",
    Body.NEAR_MISS: "close call",
}


@pytest.mark.parametrize(
    ("said", "own"),
    [
        ("the review group's chair", "the Improvement Circle's chair"),
        ("Record a review group meeting", "Record an Improvement Circle meeting"),
        ("Review team meets.", "Panel of Practice meets."),
        ("closed at the Executive", "closed at the Safeguarding Executive"),
        ("the executive of the partnership", "the Safeguarding Executive"),
        ("the partners' executive", "the Safeguarding Executive"),
        ("the executive leads", "the executive leads"),
        ("scrutineer@place.example", "scrutineer@place.example"),
        ("An independent scrutineer", "A critical friend"),
        ("the scrutineers", "the critical friends"),
        ("Scrutineer", "Critical friend"),
        ("a business manager", "a DSCP Partnership Lead"),
        ("a near miss: it was close", "a close call: it was close"),
        ("phone the business unit", "phone the business unit"),
        ("review_group, /review group/", "review_group, /review group/"),
        ("the Safeguarding Executive", "the Safeguarding Executive"),
    ],
)
def test_each_body_is_called_by_the_own_word_and_what_is_none_stays(said, own):
    """E-10: with its article, its capital and its plural; twice is as once."""
    with spoken_with(OWN):
        assert in_own_words(said) == own
        assert in_own_words(own) == own
    assert in_own_words(said) == said


def test_labels_are_said_so_inside_only_and_a_page_learns_its_words_later():
    with spoken_with({}):
        assert label(Role.REVIEW_GROUP_CHAIR) == "review group chair"
        speak_with(OWN)
        assert label(Role.REVIEW_GROUP_CHAIR) == "Improvement Circle chair"
        assert label(Role.INDEPENDENT_SCRUTINEER) == "critical friend"
    assert label(Role.REVIEW_GROUP_CHAIR) == "review group chair"
    speak_with(OWN)
    assert words_in_use() == {}


def test_a_template_says_its_own_text_so_and_nothing_that_it_is_given():
    """E-10: what a person wrote stands as they wrote it."""
    source = (
        "<b data-label='Review group'>{{ said }} a review group</b>"
        "{{ x ~ 'Review team' }}{# review team #}"
    )
    page = Environment(autoescape=True)
    page.globals["in_own_words"] = in_own_words
    template = page.from_string(template_in_own_words(source))
    with spoken_with(OWN):
        made = template.render(said="the review group", x="")
    own = "<b data-label='Improvement Circle'>the review group an Improvement Circle</b>"
    assert made == f"{own}Panel of Practice"
    assert template.render(said="", x="").count("eview ") == 3


def test_a_template_with_a_dictionary_in_another_is_read_to_its_end():
    source = (
        "{{ say({'key': {'text': 'near miss %}'}, 'value': {'text': 'Review team'}}) }} {# }} #}"
    )
    page = Environment(autoescape=True)
    page.globals["in_own_words"] = in_own_words
    page.globals["say"] = lambda told: f"{told['key']['text']}, {told['value']['text']}"
    with spoken_with(OWN):
        made = page.from_string(template_in_own_words(source)).render()
    assert made == "close call %}, Panel of Practice "


def test_every_word_of_the_framework_can_be_another():
    for usual in FRAMEWORK_WORDS.values():
        assert framework_words_in(f"the {usual}.") == (usual,)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({Body.REVIEW_GROUP: "x" * 61}, "at most 60 characters"),
        ({Body.REVIEW_GROUP: "<b>Group</b>"}, "letters and figures"),
        ({Body.REVIEW_GROUP: "Group & Co"}, "letters and figures"),
        ({Body.REVIEW_GROUP: "Case  Group"}, "single spaces"),
        ({Body.REVIEW_GROUP: ""}, "letters and figures"),
        ({Body.REVIEW_GROUP: "the Group"}, "without “the”"),
        ({Body.REVIEW_TEAM: "Panel"}, "a national body"),
        ({Body.REVIEW_TEAM: "Review Group"}, "two bodies cannot both be called"),
        (
            {Body.REVIEW_TEAM: "Circle", Body.REVIEW_GROUP: "circle"},
            "two bodies cannot both be called",
        ),
    ],
)
def test_what_cannot_be_a_word_for_a_body_is_refused(words, says):
    """E-10, 5A: a length, letters, no HTML, and one word for each body."""
    with pytest.raises(OutsidePolicy, match=says):
        PartnershipPolicy(own_words=words)


def test_they_are_of_the_policy_kept_compared_and_read_again():
    """5A: versioned with the policy, and said in plain words where two are compared."""
    policy = replace(NATIONAL, own_words=OWN)
    kept = policy_to_json(policy)
    assert policy_from_json(kept) == policy
    assert own_words_in(kept) == OWN
    assert own_words_in(policy_to_json(NATIONAL)) == {}
    assert "own_words" not in policy_to_json(NATIONAL)
    told = differences(NATIONAL, policy)
    assert len(told) == len(OWN)
    assert told[0] == (
        "“Improvement Circle” instead of “review group”: the group that oversees reviews and "
        "advises the partners."
    )
    with pytest.raises(AnswerRefused, match="own_words must be one of"):
        policy_from_json({"own_words": {"chair": "Convener"}})
