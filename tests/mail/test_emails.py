"""Every email, written with canaries, says what it must and nothing else can get in."""

from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from uuid import UUID

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from services.casework.engine.appointment_addresses import OF_PEOPLE
from services.domain.email_classes import EmailClass
from services.domain.emails import SENDINGS, EmailMatter, EmailTrigger
from services.domain.errors import AnswerRefused
from services.domain.identifiers import PartnershipId
from services.domain.labels.own_words import Body, framework_words_in, spoken_with
from services.domain.mailboxes import PRODUCTION
from services.domain.message_ids import message_id_for
from services.mail import Email, one_address
from services.mail.writing import EMAILS, EmailContent, write
from tests.page_words import A_RULE, NEVER_SHORT, NOT_THE_FIELDS

NAMES = sorted(folder.name for folder in EMAILS.iterdir() if folder.is_dir())
TEMPLATES = sorted(str(path.relative_to(EMAILS)) for path in EMAILS.rglob("*.*"))
LINK = "https://keyline.example/cases/11111111-2222-3333-4444-555555555555"
CANARY = EmailContent(
    reference="CANARY-2026-014",
    partnership="Canary & <Sons> Partnership",
    link=LINK,
    due=date(2026, 7, 17),
    role="canary role",
    agency="Canary Trust",
    what=EmailMatter.ACTION_PLAN,
    code="12345678",
)
MESSAGE_ID = message_id_for(PartnershipId(UUID(int=1)), "key")
BARE = EmailContent(reference="NBL-2026-014", partnership="Northshire", link=LINK)


# What goes to national bodies, which have no account: no link that they cannot open.
NATIONAL = {
    event.value
    for event in EmailTrigger
    if any(PRODUCTION.address_of(one) for one in event.sending.recipients)
}

# The one that has a link all the same: a one-time address, which needs no account.
COLLECTED = {EmailTrigger.DOCUMENTS_TO_COLLECT.value}
WITHOUT_LINK = NATIONAL - COLLECTED
WITHOUT_LINK |= {EmailTrigger.ASKED_TO_DESTROY.value, EmailTrigger.GUEST_CODE.value}
WITHOUT_LINK |= {EmailTrigger.INFORMATION_REQUEST_PASSED.value}


def written(name: str, words: EmailContent = CANARY) -> Email:
    words = replace(words, link="") if name in WITHOUT_LINK else words
    return write(name, words, "person@agency.example", "keyline@northshire.example", MESSAGE_ID)


class Words(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.links += [value for name, value in attrs if tag == "a" and name == "href"]

    def handle_data(self, data):
        self.words += data.split()


def test_every_event_has_one_email_and_every_email_one_event():
    assert set(SENDINGS) == set(EmailTrigger)
    assert sorted(sending.template for sending in SENDINGS.values()) == NAMES
    for name in NAMES:
        files = {path.name for path in (EMAILS / name).iterdir()}
        assert files == {"subject.txt", "body.jinja"}


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_template_can_use_a_word_that_is_not_allowed(template):
    found = meta.find_undeclared_variables(
        Environment(loader=FileSystemLoader(EMAILS), autoescape=True).parse(
            (EMAILS / template).read_text()
        )
    )
    assert found <= {field.name for field in fields(EmailContent)}


@pytest.mark.parametrize("name", NAMES)
def test_an_email_says_what_it_is_where_to_act_whom_to_phone_and_why_it_came(name):
    email = written(name)
    assert "CANARY-2026-014" in email.subject
    assert len(email.subject) <= 120
    assert email.body_text.count(LINK) == (name not in WITHOUT_LINK)
    assert ("attached" in email.body_text) == (name in NATIONAL)
    for said in ("phone the business unit of Canary & <Sons> Partnership", "Why you got this:"):
        assert said in email.body_text
    told = f"{email.subject} {email.body_text}"
    assert A_RULE.findall(told) + NEVER_SHORT.findall(told) == []
    assert [one for one in NOT_THE_FIELDS if one in told] == []
    assert "  " not in email.body_text.replace("\n", "")
    assert "\n\n\n" not in email.body_text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("words", [CANARY, BARE], ids=["every word", "as few words as may be"])
def test_the_two_bodies_say_the_same_and_the_page_has_one_link(name, words):
    email = written(name, words)
    assert email.body_html is not None
    page = Words(email.body_html)
    title = [words.reference]
    link = [] if name in WITHOUT_LINK else [words.link]
    assert page.links == link
    assert sorted(page.words + link) == sorted(email.body_text.split() + title)
    assert "{{" not in email.body_text + email.subject
    assert "None" not in email.body_text + email.subject


@pytest.mark.parametrize("name", NAMES)
def test_an_email_calls_each_body_as_its_partnership_does(name):
    """E-10: its subject and both bodies."""
    with spoken_with({body: f"zebra{body.replace('_', '')}" for body in Body}):
        email = written(name)
    told = f"{email.subject} {email.body_text} {email.body_html}"
    assert framework_words_in(told) == ()
    assert "phone the zebraunit of" in told


@pytest.mark.parametrize("name", ["last_day_near_told", "last_day_missed_told"])
def test_a_step_of_the_partnerships_own_is_told_by_its_policy_and_no_guidance(name):
    text = written(name, replace(CANARY, what=EmailMatter.STEP_OF_OUR_OWN)).body_text
    assert "a step that your partnership has set itself" in text
    assert "own policy has told of this day" in text
    assert "GOV-02" not in text
    assert "guidance" not in text
    assert "own policy" not in written(name).body_text


def test_a_case_that_ends_without_a_review_is_told_of_no_action_plan():
    """NOT-13, NOT-24: nobody signed a plan of a case that was never notified."""
    unreviewed, reviewed = written("closed_unreviewed"), written("case_closed")
    assert "closed without a review" in unreviewed.body_text
    assert "plan" not in unreviewed.body_text
    assert "finally signed off the action plan" in reviewed.body_text


@pytest.mark.parametrize("name", NAMES)
def test_names_of_partnerships_and_agencies_are_text_and_never_markup(name):
    email = written(name)
    assert email.body_html is not None
    assert "<Sons>" not in email.body_html
    assert "&lt;Sons&gt;" in email.body_html


# A person who has yet to declare is told no date.
NAME_NO_DATE = {
    EmailTrigger.DECLARATION_NEEDED,
    EmailTrigger.ON_DUTY_TO_DECLARE,
    EmailTrigger.GUEST_CODE,
    *OF_PEOPLE,
}


@pytest.mark.parametrize(
    "event",
    [
        event
        for event in EmailTrigger
        if event.sending.delivery is EmailClass.REMINDER and event not in NAME_NO_DATE
    ],
)
def test_a_reminder_says_by_when_in_its_subject(event):
    assert "Friday 17 July 2026" in written(event.value).subject


@pytest.mark.parametrize(
    "wrong",
    [
        {"reference": "Tom Smith, born 2 May"},
        {"reference": "NBL\r\nBcc: x"},
        {"link": "https://keyline.example/cases?name=tom"},
        {"link": "javascript:alert(1)"},
        {"link": "https://keyline.example/cases/tom smith"},
        {"partnership": "North\nshire"},
        {"agency": "x" * 121},
        {"telephone": "ask for Robin Example"},
        {"telephone": "01632"},
    ],
)
def test_words_that_are_not_what_they_should_be_are_refused(wrong):
    given = {"reference": "NBL-2026-014", "partnership": "Northshire", "link": LINK} | wrong
    with pytest.raises(ValueError, match=r"reference|link|name|telephone"):
        EmailContent(**given)


def test_an_email_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(LookupError):
        write("no_such", BARE, "a@b.example", "c@d.example", MESSAGE_ID)


@pytest.mark.parametrize(
    "address",
    [
        "a@x.gov.uk, evil@x.example",
        '"a@council.gov.uk" <evil@evil.example>',
        "a@x.example\nBcc: y@z.example",
        "a@x.example\r\n",
        "a@localhost",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a" * 310 + "@x.example",
        '"quoted local"@x.example',
        "",
        "a",
        "a@x.example;b@y.example",
        "a b@x.example",
        "a@x..example",
        ".a@x.example",
        "á@x.example",
        "a@x.example\x00",
    ],
)
def test_a_recipient_is_one_plain_address_or_is_refused(address):
    with pytest.raises(AnswerRefused) as refused:
        one_address(address)
    assert refused.value.field == "email"


@pytest.mark.parametrize("address", ["name@example.org", "o'neil.a+b@x-y.gov.uk", PRODUCTION.panel])
def test_ordinary_addresses_are_taken_as_they_are(address):
    assert one_address(f" {address} ") == address


def test_an_email_refuses_a_subject_or_an_id_that_would_break_its_head():
    good = written(NAMES[0])
    for wrong in ({"subject": "a\r\nBcc: b"}, {"subject": ""}, {"message_id": "x"}):
        with pytest.raises(ValueError, match=r"subject|Message-ID"):
            Email(
                **{
                    "message_id": good.message_id,
                    "sender": good.sender,
                    "recipient": good.recipient,
                    "subject": good.subject,
                    "body_text": good.body_text,
                }
                | wrong
            )


@pytest.mark.parametrize("name", ["agency_chased", "todo_reminded", "sign_off_needed"])
def test_an_email_about_a_day_that_has_passed_says_that_it_was_due(name):
    now, late = written(name), written(name, replace(CANARY, is_past=True))
    assert "was due" not in now.subject + now.body_text
    assert "was due" in late.subject
    assert "was due by 11:59pm on Friday 17 July 2026" in late.body_text
    assert "Do this by" not in late.body_text
