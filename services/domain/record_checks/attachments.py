"""What is not in the text: embedded and attached documents, and what lies elsewhere (RR-26).

"Embedded documents. All relevant information should be included in the text of the rapid review."
The record is text, and no file goes to the Panel with it: what its text points to is not there.
"""

import re
from typing import Final

from services.domain.record_checks.passages import (
    KnownOfCase,
    RecordText,
    all_sentences,
)

_PAPER: Final = (
    r"(?:documents?|files?|reports?|chronolog(?:y|ies)|forms?|minutes|letters?|genograms?|"
    r"assessments?|statements?|spreadsheets?|tables?|summar(?:y|ies)|e-?mails?|papers?|"
    r"photographs?|pictures?|screenshots?|timelines?|objects?|icons?)"
)
# A child's attachment is no file, and an annexe may be where a family lives.
_POINTS_ELSEWHERE: Final = re.compile(
    rf"\b(?:attached|enclosed|embedded|appended) (?!(?:to|with|in|within|into|by|on)\b)"
    rf"(?:[\w-]{{1,30}} ){{0,3}}?{_PAPER}\b"
    rf"|\b{_PAPER} attached (?:to|here|below)\b"
    rf"|\b{_PAPER} (?:is|are|was|were) (?:also )?(?:attached|enclosed|embedded|appended)\b"
    r"|\b(?:see|find) (?:the )?(?:attached|enclosed|embedded)\b"
    r"|[(\[](?:see )?(?:attached|enclosed|embedded)[)\]]"
    r"|\bsee (?:the )?(?:attachments?|append(?:ix|ices)|annex(?:e|es)?)\b"
    r"|\b(?:in|at|to|per) (?:the )?append(?:ix|ices)\b"
    r"|\b(?:appendix|annexe?|attachment) (?:(?-i:[A-HJ-Z])|[0-9]{1,2})\b"
    r"|\b[\w()-]{1,80}\.(?:docx?|docm|xlsx?|xlsm|pptx?|pdf|msg|eml|rtf|odt|ods|csv|zip|jpe?g|png|"
    r"tiff?)\b"
    r"|\bcid:\w|\bdata:[\w/+.-]{1,40};base64|\ufffc"
    r"|\[(?:ole|image|object|picture|attachment)\b[^\]\n]{0,60}\]"
    r"|\bdouble[- ]click\b|\bfile://|(?<!\w)\\\\\w|\b[A-Z]:\\",
    re.I,
)
_LINK: Final = re.compile(r"\bhttps?://\w|\bwww\.\w", re.I)


def not_in_the_text(part: RecordText, _known: KnownOfCase) -> tuple[str, ...]:
    """Return the sentences that point to a document or a place outside the text (RR-26).

    The address of a published work is no missing text where such works are named (RR-18).
    """
    said = all_sentences(part.text)
    return tuple(
        one
        for one in said
        if _POINTS_ELSEWHERE.search(one) or (not part.cites and _LINK.search(one))
    )
