"""What the checks of a rapid review's record find in texts as people write them, and what not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.record_checks.findings import MustNotHold, RecordFinding, find
from services.domain.record_checks.length import length_of
from services.domain.record_checks.names import names_asked_about
from services.domain.record_checks.passages import KnownForm, KnownOfCase, RecordText

INCIDENT = date(2025, 12, 10)
FORM = KnownForm(
    questions=("What happened, and how is it known?", "Who is at risk now?"),
    answers=(
        "The school rang the duty team at noon and said that she had not come in since Monday.",
        "Two younger brothers live at the same address and nobody has seen either of them yet.",
    ),
)
KNOWN = KnownOfCase(INCIDENT, frozenset({date(2017, 5, 12)}), (FORM,))
A_DATE = st.dates(date(1950, 1, 1), date(2025, 12, 31))
WRITTEN = (
    *("%d/%m/%Y", "%-d %B %Y", "%d.%m.%Y", "%Y-%m-%d", "%B %Y", "%d %b %Y"),
    *("%d/%m/%y", "%-d.%-m.%y"),
)


def found_in(text: str, **part: bool) -> dict[MustNotHold, tuple[str, ...]]:
    """Return what is found in one part, with the passages."""
    return {one.what: one.passages for one in find([RecordText("facts", text, **part)], KNOWN)}


CHRONOLOGY = "\n".join(f"{day}/11/2025 Health visitor called." for day in range(1, 11))
TURNS = "Chair: Who saw her last?\nSchool: On Monday.\nChair: And who rang?\nSchool: The head did."
RUN = (
    "The chair asked who had seen her. The head teacher said that it was on Monday. DC Hill "
    "stated that nobody rang. The health visitor replied that she did. The chair thanked them."
)


@pytest.mark.parametrize(
    "text",
    [
        "Serious incident referral form",
        "REFERRAL TO THE REVIEW GROUP\nReferral form: part 2",
        "Agency: Hill Hospital\n☐ Yes ☒ No",
        "[x] Neglect\n[ ] Physical harm",
        "Is the child known? (please tick)",
        "Name of referrer: A person\nJob title: Nurse\nDate of referral: 12/12/2025",
        "Name of referrer: A person\nJob title: Nurse\nDate of referral: 12/12/2025\n☐ Yes",
        "Who is at risk now? Nobody knows.\nWhat happened, and how is it known? See above.",
        " ".join(FORM.answers),
        "\n".join(FORM.answers).upper(),
    ],
)
def test_a_form_that_is_pasted_in_is_found(text):
    """RR-23: the internal form that refers a case to the review group is no part of the record."""
    assert list(found_in(text)) == [MustNotHold.REFERRAL_FORM]


@pytest.mark.parametrize(
    "text",
    [
        "The hospital sent its referral form on 12 December 2025.",
        "The referral was made by the hospital, and the school was told the same day.",
        FORM.answers[0],
        "Ethnicity: White British\nDate of birth: 12 May 2017\nDisability: none known",
        "Mother: 31, in work\nFather: 33, not at home",
    ],
)
def test_what_tells_of_a_form_or_of_a_person_is_no_form(text):
    """RR-23: one account that was taken over from a form is an account."""
    assert found_in(text) == {}


def test_each_form_of_the_case_is_found_by_itself_and_apart_from_what_looks_like_one():
    """RR-23: what one reads of the case's forms changes nothing of what else is found."""
    other = KnownForm(
        (),
        (
            "A neighbour had heard him cry at night for weeks and had told the landlord of it.",
            "The landlord wrote to the council twice and was told that it would look into it.",
        ),
    )
    text = "\n".join(("☐ Yes", *FORM.answers, *other.answers))
    found = [
        find([RecordText("facts", text)], KnownOfCase(INCIDENT, frozenset(), forms))
        for forms in ((), (FORM,), (FORM, other, other))
    ]
    of_case = [[one.is_of_case for one in each] for each in found]
    assert of_case == [[False], [False, True], [False, True, True]]
    assert (found[0][0], *found[1][1:]) == found[2][:2]
    assert len({one.id for one in found[2]}) == 3


def test_a_lengthy_chronology_is_found_with_its_entries():
    """RR-24: lengthy multi-agency chronologies; ten dated entries are asked about."""
    found = found_in(f"What each agency did is told in its order.\n{CHRONOLOGY}")
    assert found == {MustNotHold.LONG_CHRONOLOGY: tuple(CHRONOLOGY.splitlines())}
    assert found_in("\n".join(CHRONOLOGY.splitlines()[1:])) == {}


@pytest.mark.parametrize(
    "text",
    [
        "A referral was made on 3 March 2019.",
        "In 2015 the family moved here.",
        "They were known to early help in 2014/15.",
        "On 04/06/21 a strategy meeting was held.",
        "She was born in 2010 and hurt in 2012.",
        "Ten years ago there was an assault.",
        "Over the past 8 years they had four addresses.",
        "This was not relevant to practice, and happened in March 2019.",
        "Relevant history\nIn 2015 the family moved here.",
        "The child protection plan of 2019 ended early.",
        "On 3.4.98 a referral was made.",
        "Until 2014, and again in early 2016, they had help.",
        "A referral (3 March 2019) was closed at once.",
        "The call of March 2019 is not considered to be relevant to this at all.",
        "It was in March 2019, and nobody thinks that it is relevant here.",
        "The relevance of the call in March 2019 is unclear.",
        "All relevant agencies were told of the call in March 2019.",
        "He was removed from the roll of his doctor in March 2019.",
        "In March 2019 no child was removed from the family.",
    ],
)
def test_events_of_years_back_are_found_where_no_relevance_is_stated(text):
    """RR-24: events going back years, unless there is a clear and stated relevance."""
    assert list(found_in(text)) == [MustNotHold.YEARS_BACK]


@pytest.mark.parametrize(
    "text",
    [
        "A referral was made on 11 December 2023.",
        "In 2024 the family moved here.",
        "A referral of 3 March 2019 is relevant because the same signs were missed then as now.",
        "In 2015 an older child was removed from the family. The court made orders in 2016.",
        "The older brother was born in 2010.",
        "Date of birth 3 March 2009; sister 12 May 2017.",
        "The duty stands in the Children Act 1989 and in Working Together 2018.",
        "It cost £2015 and 3000 people signed.",
        "The flat at 2015 Hill Road was searched, and the one in 2010 Long Lane.",
        "The log number was 1999, and the call ended at 2010 hours.",
        "The mother (12/03/1996) and Jo Grey (3.4.98) were seen.",
        "The trial is listed for 05/01/26.",
        "A referral in March 2019 was closed, and is relevant because the same signs were missed.",
        "No visit was made in March 2019; it is relevant to what was known of her.",
        "Two days before, and one year ago, she was seen.",
    ],
)
def test_recent_events_stated_relevance_births_and_laws_are_not_asked_about(text):
    """RR-24: what the guidance itself allows, and what is no event, is left alone."""
    assert found_in(text) == {}


def test_where_years_belong_they_are_not_asked_about():
    """RR-07, RR-18, RR-24: dates of birth, and published reviews with their addresses."""
    text = "Mother (3 March 1990). The national review of 2016 is at https://example.org/review."
    assert set(found_in(text)) == {MustNotHold.YEARS_BACK, MustNotHold.EMBEDDED_DOCUMENT}
    assert found_in(text, tells_years=True, cites=True) == {}
    text = "Of the household: 31 (3 March 1990), 12 (2013)."
    assert list(found_in(text)) == [MustNotHold.YEARS_BACK]
    assert found_in(text, tells_births=True) == {}


@pytest.mark.parametrize(
    "text",
    [
        TURNS,
        TURNS.replace("Chair:", "[10:05] Ms A. Hill (chair) \u2013").replace("School:", "JS —"),
        RUN,
        "1. Apologies\nNone.\n2. Matters arising\nNone.",
        "Present: the partners\nThe meeting closed at 12:00",
    ],
)
def test_verbatim_minutes_are_found(text):
    """RR-25: rapid reviews which are verbatim minutes of meetings."""
    assert list(found_in(text)) == [MustNotHold.VERBATIM_MINUTES]


@pytest.mark.parametrize(
    "text",
    [
        "Mother: in work\nFather: not at home\nSibling: at school\nSibling: at nursery",
        "The school asked for help. The duty team answered within a day. Nobody called again.",
        "Health: the visitor called\nEducation: she did not attend",
        "The meeting heard that nobody had rung, and found that each agency waited for another.",
    ],
)
def test_a_summary_is_no_minutes(text):
    """RR-25: focus on summaries and analyses."""
    assert found_in(text) == {}


@pytest.mark.parametrize(
    "text",
    [
        "See the attached chronology.",
        "The health chronology is attached.",
        "Please find enclosed the letter of the GP.",
        "A genogram is embedded (see Appendix B).",
        "Details: Chronology v2 final.docx",
        "See health_report.PDF for more.",
        "The plan (attached) was followed.",
        "All is told in attachment 1.",
        "See attachments.",
        "It is in the appendix.",
        "The plan stands in Annexe B.",
        "The statement attached to this record tells it.",
        "The plan is at https://partnership.sharepoint.example/plan",
        r"It lies on S:\cases\plan, and on \\server\share.",
        "\ufffc",
        "[OLE object: Word document]",
        "Double-click to open.",
    ],
)
def test_what_points_to_a_document_outside_the_text_is_found(text):
    """RR-26: embedded documents; all relevant information is in the text."""
    assert list(found_in(text)) == [MustNotHold.EMBEDDED_DOCUMENT]


@pytest.mark.parametrize(
    "text",
    [
        "She is securely attached to her grandmother, and attachment was assessed.",
        "The learning is embedded in practice, and the plan was reviewed.",
        "There were concerns in attachment between mother and baby.",
        "Work to attachment was offered, and the attachment I observed was warm.",
        "She is attached to both her parents and to her pictures.",
        "The change is embedded in all the forms.",
        "The father lived in the annexe of the house.",
        "The police report says so. The minutes were read to the group.",
        "He was seen at 10.30 and at 11.15 a.m. by the ward.",
    ],
)
def test_attachment_of_a_child_and_what_is_told_of_a_document_is_no_attachment(text):
    """RR-26: the words of safeguarding are not those of a mail program."""
    assert found_in(text) == {}


def test_a_finding_is_of_its_words_and_its_part():
    """RR-23 to RR-26: other words in the same place are asked about anew."""
    texts = ("See the attached letter.", "See the attached report.")
    one, other = (find([RecordText("facts", text)], KNOWN)[0] for text in texts)
    elsewhere = find([RecordText("health", texts[0])], KNOWN)[0]
    around = find([RecordText("facts", f"She was seen.\n{texts[0]}\nShe was well.")], KNOWN)[0]
    assert len({one.id, other.id, elsewhere.id}) == 3
    assert around == one
    assert one == RecordFinding(MustNotHold.EMBEDDED_DOCUMENT, "facts", (texts[0],))
    assert {one.rule for one in MustNotHold} == {"RR-23", "RR-24", "RR-25", "RR-26"}


def test_names_are_asked_about_and_no_finding_is_made_of_them():
    """LC-34 asks it of reports: a full name that is known, or a name after a title."""
    text = "Example School wrote. Jo  Hill-Smith saw her; Jo was there. DC 1234 Grey came. I read."
    assert names_asked_about(text, ["Jo Hill-Smith", "Jo"]) == (
        "Jo  Hill-Smith saw her; Jo was there.",
        "DC 1234 Grey came.",
    )
    assert found_in(text) == {}


def test_the_length_is_counted_and_never_a_finding():
    """RR-27: the guidance gives no number, so words and pages are told and nothing is refused."""
    parts = [
        RecordText("facts", "word " * 900),
        RecordText("health", "word"),
        RecordText("child", ""),
    ]
    length = length_of(parts)
    assert (length.words, length.pages, length.longest, length.longest_words) == (
        901,
        3,
        "facts",
        900,
    )
    assert length_of([]).pages == 1
    assert find(parts, KNOWN) == ()


@given(A_DATE, st.sampled_from(WRITTEN))
def test_an_event_is_asked_about_from_two_years_before_the_incident(day, written):
    """RR-24: however the day is written; of a month, its last day counts."""
    last = day
    if "%d" not in written and "%-d" not in written:
        last = (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    text = f"A visit was made, {day.strftime(written)}, by the nurse."
    is_asked = MustNotHold.YEARS_BACK in found_in(text)
    assert is_asked is (last <= date(2023, 12, 10) and last not in KNOWN.births)


@given(st.lists(st.sampled_from([*TURNS.splitlines(), *RUN.split(". ")]), max_size=12))
def test_minutes_stay_found_whatever_summary_stands_around_them(lines):
    """RR-25: what is found is not hidden by other words."""
    text = "\n".join(lines)
    around = f"The meeting weighed three matters.\n{text}\nIt found one for the partners."
    assert found_in(text).keys() <= found_in(around).keys()
