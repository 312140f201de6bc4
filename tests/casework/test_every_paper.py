"""Every kind of paper, read as text: what it must say, and what no paper may say (Docs 1 to 18)."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from services.casework.commands import Command
from services.documents.wording import has_contents
from services.domain.clocks.rules import RULES
from services.domain.documents import DocumentKind, Paper
from services.domain.labels import paper_title
from services.domain.labels.own_words import framework_words_in
from services.domain.labels.papers import PAPER_TITLES
from services.domain.plain_text import without_rules
from tests.paper_text import headings_of, said_in_order, squeezed, text_of
from tests.papers import OTHERWISE, PDF, ROADS, WORD, papers_of
from tests.told_numbers import numbers_told
from tests.world import HOSPITAL, make_world

pytestmark = pytest.mark.slow

CHILD, LATE, AGREED = "Robin Example", "Friday 9 January 2026", "Position"
SIGNED = "Yours faithfully, Example business.manager Partnership lead For the safeguarding partners"
LAW = "under section 16H of the Children Act 2004"  # INF-01
PENDING = "Significant information still pending"
PANEL = "To Child Safeguarding Practice Review Panel"
# NOT-20, NOT-21: any kind of impairment, whether it is likely to last, and why it is serious.
DEFINITION = ("Abuse or neglect", "Impairment", "Long-term impairment", "Why the harm is serious")
# A row for each kind that is made: what its readers look for in it.
SAYS: dict[DocumentKind, tuple[str, ...]] = {
    DocumentKind.REFERRAL: (CHILD, "Post and consultation", "Consultation", *DEFINITION),
    DocumentKind.REVIEW_REQUEST: (CHILD, "Conflict of interest of who asks No", f"From {HOSPITAL}"),
    DocumentKind.REQUEST_DECISION: ("What the partners considered", AGREED, "What follows"),
    DocumentKind.NOTIFICATION_RECORD: (
        *(CHILD, "SIN-1", "Duties with a last day"),
        *("Harmed, or the perpetrator", *DEFINITION),  # NOT-22
    ),
    DocumentKind.DEATH_IN_CARE_RECORD: (CHILD, "LAC-1", "Legal status"),
    DocumentKind.DECISION_NOT_TO_NOTIFY: (
        "The local authority notifies the Panel No",
        *DEFINITION,
    ),
    DocumentKind.CLOSING_RECORD: ("Local learning",),
    DocumentKind.SCOPING_LETTER: (
        *(SIGNED, CHILD, LAW),
        *("Secure your records", "Return by the end of"),
    ),
    DocumentKind.SCOPING_FORM: (CHILD, "Your agency", "Your records"),
    DocumentKind.SCOPING_RETURN: ("All records of the family secured Yes",),
    DocumentKind.MEETING_PACK: (CHILD, "SIN-1", f"Return: {HOSPITAL}"),
    DocumentKind.MEETING_RECORD: ("Immediate action", "How to answer"),
    DocumentKind.AGREEMENT_LOG: ("Agreed in another way", "Agrees the record", AGREED),
    DocumentKind.RAPID_REVIEW_RECORD: ("What must be taken into account", "Decision"),
    DocumentKind.COVERING_LETTER: (SIGNED, PANEL, "SIN-1", "Decision", PENDING, LATE),
    DocumentKind.CHALLENGE_RECORD: (SIGNED, PANEL, "The second report is in."),
    DocumentKind.PANEL_REPLY: (SIGNED, PANEL, "queries the decision", "All the safeguarding"),
    DocumentKind.SUPPLEMENT: (
        *(SIGNED, PANEL, "SIN-1", "What it means for the learning"),
        "What of it was pending",
    ),
    DocumentKind.LATENESS_NOTICE: (SIGNED, PANEL, LATE, "SIN-1"),
    DocumentKind.COMMISSIONING_NOTICE: (SIGNED, "Ofsted", "The grounds of the decision"),
    DocumentKind.PUBLICATION_NOTICE: (SIGNED, "Ofsted", "To be published on Friday 3 July 2026"),
    DocumentKind.TERMS_OF_REFERENCE: (
        *("Key lines of enquiry", "Methodology, and why it fits"),
        "What is required of the author",
    ),
    DocumentKind.AUTHOR_REQUIREMENTS: ("What is required", "Milestones", "Answer by"),
    DocumentKind.REVIEWER_NOTICE: (SIGNED, "Ofsted", "Lead reviewer Example"),
    DocumentKind.DRAFTING_GUIDANCE: (
        *("What the report says", "Recommendations", "How the report is checked"),
        "What the Learning Circle asks of a draft",
    ),
    DocumentKind.TEAM_MINUTES: ("Held on", "Immediate actions", "Key themes", "What follows"),
    DocumentKind.PROGRESS_REQUEST: ("Answer by the end of", "What is asked", "How to answer"),
    DocumentKind.PROGRESS_REPORT: ("What was asked", "What the reviewer reports", "Next report"),
    DocumentKind.DELAY_NOTICE: (SIGNED, "Secretary of State", "Publication now expected"),
    DocumentKind.LEARNING_INVITATION: (
        *(SIGNED, "Who is invited from your agency Health visitor", "Council House"),
        "What we ask of your agency",
    ),
    DocumentKind.LEARNING_BRIEFING: ("Why it matters that you come", "The key themes", "09:30"),
    DocumentKind.LEARNING_AGENDA: ("What we go through", "A break", "The key themes"),
    DocumentKind.LEARNING_WORKSHEETS: ("Before the event", "Key theme:", "After the event"),
    DocumentKind.FAMILY_LETTER: (f"To {CHILD}", "Your contact", "How you can take part"),
    DocumentKind.DISCLOSURE_SCHEDULE: ("Material of the review", "Not disclosed, or not yet"),
    DocumentKind.GENOGRAM: (
        "The family, drawn",
        "Is a brother or sister of",
        "It never stands in a report",
    ),
    DocumentKind.FAMILY_LEAFLET: ("What is a review?", "Your contact"),
    DocumentKind.REPORT_REQUEST: (
        *(SIGNED, "Send by the end of", "Key lines of enquiry", LAW),
        *(
            "The period Monday 1 January 2024 to",
            "What we ask you to send",
            "Release practitioners",
        ),
    ),
    DocumentKind.CHRONOLOGY_GUIDANCE: ("The period", "Child seen or heard", "Never give the name"),
    DocumentKind.FORMAL_NOTICE: (SIGNED, "First given until", "What ends this", LAW),
    DocumentKind.AGENCY_REPORT: ("Single point of contact", "Received on"),
    DocumentKind.MERGED_CHRONOLOGY: ("What happened", "The child", "4 March 2024", HOSPITAL),
    DocumentKind.RECOMMENDATIONS: (
        *("To be endorsed", "What the Learning Circle considered"),
        *("What was changed, and why", "Proposed", "Asked of"),
    ),
    DocumentKind.REPORT_VERSION: ("Overview and context", "Recommendations", "Asked of"),
    DocumentKind.PUBLICATION_STRATEGY: ("Who is told, in this order", "Spokespeople", "Risks"),
    DocumentKind.STAFF_CONFIRMATIONS: ("To be published on", "Told by", "Said by"),
    DocumentKind.PRESS_STATEMENT: ("Statement", "Questions and answers", "Not for release"),
    DocumentKind.PRE_PUBLICATION_DISPATCH: (SIGNED, "Ofsted", "To be published on"),
    DocumentKind.COMMENT_ANSWER: (SIGNED, "Ofsted", "Your comment of", "What was done with it"),
    DocumentKind.PUBLISHED_REPORT: ("Overview and context", "Lead reviewer", "Availability"),
    DocumentKind.IMPROVEMENT_INFORMATION: ("Improvements that should be made", "Availability"),
    DocumentKind.TAKEN_DOWN_NOTICE: (SIGNED, "Ofsted", "has become inappropriate", AGREED),
    DocumentKind.IMPROVEMENTS_IN_PLACE: ("Improvements that should be made", "Availability"),
    DocumentKind.REISSUE_NOTICE: (SIGNED, "Ofsted", "To be published on Monday 20 July 2026"),
    DocumentKind.REDACTION_NOTICE: (SIGNED, "Ofsted", "Changed on Tuesday 21 July 2026"),
    DocumentKind.REPOSITORY_LETTER: (SIGNED, "What the repository is asked to do"),
    DocumentKind.ACTION_PLAN: ("Actions", "Evidence", "Owner", "How the learning is shared"),
    DocumentKind.AUDIT_REPORT: ("Who audited", "What was looked at", "Owner", "What follows"),
    DocumentKind.LEAD_AGREEMENT: ("Why it leads", "Who agreed, and why", "Accepted by"),
    DocumentKind.PRACTICE_BRIEFING: ("What was learnt", "Questions for your team", "It is short"),
    DocumentKind.DISSEMINATION_PLAN: ("Every team", "Who sees to it", "reached practice"),
    DocumentKind.SIGNED_RECORD: ("SHA-256 of the words", "Signed for", "What happened in part 0?"),
}
OF_AN_AGENCY = {
    DocumentKind.REFERRAL,
    DocumentKind.REVIEW_REQUEST,
    DocumentKind.SCOPING_LETTER,
    DocumentKind.SCOPING_FORM,
    DocumentKind.SCOPING_RETURN,
    DocumentKind.REPORT_REQUEST,
    DocumentKind.LEARNING_INVITATION,
    DocumentKind.CHRONOLOGY_GUIDANCE,
    DocumentKind.FORMAL_NOTICE,
    DocumentKind.AGENCY_REPORT,
}
# The form and the worksheets ask who fills them in; the headings of the leaflet are what a family
# may ask.
ASKS = {
    DocumentKind.SCOPING_FORM,
    DocumentKind.FAMILY_LEAFLET,
    DocumentKind.LEARNING_WORKSHEETS,
}
OWN_TOO = {DocumentKind.REFERRAL}
SENT_BY_AN_AGENCY = OF_AN_AGENCY - {
    DocumentKind.SCOPING_LETTER,
    DocumentKind.SCOPING_FORM,
    DocumentKind.REPORT_REQUEST,
    DocumentKind.LEARNING_INVITATION,
    DocumentKind.CHRONOLOGY_GUIDANCE,
    DocumentKind.FORMAL_NOTICE,
}
# A return that came by telephone, until the agency confirms it (RR-40, RR-41).
ENTERED = ("How it came By telephone", "From whom Sam Field", "Confirmed by the agency Not yet")
NOWHERE = {
    "the code of a rule": re.compile(r"\b(?:[A-Z]{2,4}-\d\d|[KG]\d{1,2}b?|Doc \d+b?)\b"),
    "the code of an answer": re.compile(r"\b[a-z]+_[a-z_]+\b"),
    "an id": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-"),
    "an empty answer": re.compile(r"Not given|Nothing is recorded|Untitled|\((?:no \w+)\)"),
}
OWN = {OTHERWISE.length(one) for one in RULES} - {rule.length for rule in RULES.values()}
KEY_LINE = re.compile(r"What happened in part \d\?")  # what people typed may be a question


@pytest.fixture(scope="module")
def papers(app_engine) -> dict[DocumentKind, list[Paper]]:
    """Every paper of the roads on which all kinds are made, by its kind."""
    found = defaultdict(list)
    for road in ROADS:
        for paper in papers_of(road(make_world(app_engine, OTHERWISE))):
            found[paper.kind].append(paper)
    return found


def is_entered(paper: Paper) -> bool:
    """Tell whether the paper says what was entered for an agency, and nothing that it sent."""
    return "Entered on" in {one.label for one in paper.details}


def without_drawings(paper: Paper, said: str) -> str:
    """Return what a paper says but for the names within its drawings, which Word has not."""
    for one in (part.drawing for part in paper.sections if part.drawing is not None):
        within = "".join(re.findall(r"<text[^>]*>([^<]*)</text>", one.svg))
        assert squeezed(within) in said
        said = said.replace(squeezed(within), "", 1)
    return said


def without_contents(paper: Paper, said: str, word: str) -> str:
    """Return what a paper says but for its list of contents, one stretch that Word has not."""
    if not has_contents(paper.kind):
        return said
    pairs = enumerate(zip(said, word, strict=False))
    begin = next((at for at, (one, other) in pairs if one != other), len(word))
    return said[:begin] + said[len(said) - (len(word) - begin) :]


def faults(paper: Paper) -> Iterator[str]:
    """Yield what is wrong with the paper as its readers have it."""
    pdf, word = PDF(paper).content, WORD(paper).content
    text = text_of(pdf)
    said, plain = said_in_order(pdf), " ".join(text.split())
    says = ENTERED if is_entered(paper) else SAYS[paper.kind]
    yield from (f"{words} is missing" for words in says if squeezed(words) not in said)
    yield from (
        f"{what}: {bad[0]}" for what, form in NOWHERE.items() if (bad := form.search(plain))
    )
    yield from (f"the framework's word: {one}" for one in framework_words_in(plain))
    if "?" in KEY_LINE.sub("", plain) and paper.kind not in ASKS:
        yield f"a question: {KEY_LINE.sub('', plain).partition('?')[0][-80:]}?"
    yield from (f"a number: {one}" for one in numbers_told(plain, own=OWN))
    if (squeezed(SIGNED) in said) is not paper.kind.particulars.is_letter:
        yield "who signs it"
    if paper.kind.particulars.is_public and squeezed(paper.reference) in squeezed(plain):
        yield "the reference of the case on what anybody may read"
    yield from faults_of_headings(headings_of(word))
    in_word = said_in_order(word)
    if without_contents(paper, without_drawings(paper, said), in_word) != in_word:
        yield "its Word file has other words"


def faults_of_headings(headings: list[tuple[int, str, bool]]) -> Iterator[str]:
    """Yield each heading that has nothing under it, and each that stands twice."""
    names = [name.casefold() for _, name, _ in headings]
    yield from (f"empty: {name!r}" for _, name, is_empty in headings if is_empty or not name)
    yield from (f"twice: {name!r}" for name in set(names) if names.count(name) > 1)


def test_each_kind_that_is_made_has_its_row_and_is_made_on_one_of_the_roads(papers):
    made = {kind for kind in DocumentKind if kind.particulars.forms}
    assert set(SAYS) == made
    assert set(papers) == made


@pytest.mark.parametrize("kind", SAYS)
def test_each_paper_says_what_it_must_and_nothing_that_is_only_on_a_form(kind, papers):
    """E-10: nor does one call a body otherwise than the policy that its case follows."""
    found = [(one.title, one.version, sorted(set(faults(one)))) for one in papers[kind]]
    assert [one for one in found if one[-1]] == []


@pytest.mark.parametrize("kind", sorted(OF_AN_AGENCY))
def test_an_agencys_paper_is_named_for_it(kind, papers):
    """A corrected referral is the partnership's own, and is named for nobody."""
    of_agencies = [one for one in papers[kind] if one.subject or kind not in OWN_TOO]
    assert of_agencies
    for paper in of_agencies:
        made = (PDF(paper), WORD(paper))
        agency = paper.about
        assert agency.endswith("(example)")
        assert paper.title.endswith(f": {agency}")
        for one, ending in zip(made, (".pdf", ".docx"), strict=True):
            assert agency.partition(" (")[0].replace(" ", "-") in one.filename
            assert one.filename.endswith(ending)
        is_own = kind in SENT_BY_AN_AGENCY and not is_entered(paper)
        assert paper.sender == (agency if is_own else "")
    names = [make(one).filename for one in papers[kind] for make in (PDF, WORD)]
    assert len(set(names)) == len(names)


def test_the_referral_of_a_death_in_care_alone_promises_no_decision_and_no_review(papers):
    """NOT-05: the notice to the Secretary of State and Ofsted is owed, and nothing is decided."""
    said = [said_in_order(PDF(one).content) for one in papers[DocumentKind.REFERRAL]]
    assert not [one for one in said if squeezed("a child died or was seriously harmed") in one]
    (told,) = (one for one in said if squeezed("death of a looked-after child") in one)
    assert squeezed("no decision on notifying the Panel is asked for") in told
    for other in ("views of the safeguarding partners", "rapid review"):
        assert squeezed(other) not in told


def test_only_the_papers_of_agencies_are_named_for_one(papers):
    named = {
        kind for kind, found in papers.items() if any("(example)" in one.about for one in found)
    }
    assert named - {DocumentKind.SIGNED_RECORD} == OF_AN_AGENCY


def commands(kind: type[Command] = Command) -> Iterator[type[Command]]:
    for one in kind.__subclasses__():
        yield one
        yield from commands(one)


@pytest.mark.parametrize("name", PAPER_TITLES)
def test_each_answer_that_papers_tell_has_a_name_that_is_no_question(name):
    """Answers that were left out on the roads too: every field of a command that is told."""
    (told,) = {one for one in commands() if one.__name__ == name}
    assert set(PAPER_TITLES[name]) <= set(told.model_fields)
    lines = [one.__name__ for one in told.__mro__]
    for field, about in told.model_fields.items():
        shown = paper_title(lines, field) or without_rules(about.title or field)
        assert not shown.endswith("?"), field
        assert not NOWHERE["the code of a rule"].search(shown), field
