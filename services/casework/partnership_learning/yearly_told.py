"""How the yearly report's section is told: parts that its page and its papers share (EMB-10).

A sentence, a table and a picture of a part are made of the same numbers, so that none says another.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from services.casework.partnership_learning.yearly_report import WordsOfYear, YearlyReport
from services.domain.bar_charts import bar_chart
from services.domain.labels.own_words import in_own_words
from services.domain.paper_parts import PaperSection, Table
from services.domain.plain_dates import day_month_year
from services.domain.plain_text import capital
from services.domain.trends import FEWEST_TOLD
from services.domain.yearly_report import NumberOfYear, in_a_sentence

TITLE: Final = "Learning from serious child safeguarding incidents"
NOT_COUNTED: Final = (
    "What the partnership did before it kept it in Keyline.",
    "Cases whose records are disposed of.",
    "Cases that are not open to whoever made this section, such as one of an interest of theirs.",
    "Incidents that were referred and not notified to the Panel.",
    "Deaths of looked-after children and care leavers that were notified for that alone.",
    "National reviews by the Panel of incidents here.",
    "Whether a notification was withdrawn later, or a report taken down.",
    "That other partnerships count a review that is carried out with them as well.",
    "Actions that were opened again by the end of the year, and those agreed for a review's time.",
    "Audits that were not carried out.",
    "Cases of the year of which no theme is on record.",
)
_SMALL: Final = (
    f"A number from 1 to {FEWEST_TOLD - 1} is told as fewer than {FEWEST_TOLD}, since it may tell "
    "of one family. A number that would give such a one away beside another is not told."
)


def introduced(report: YearlyReport) -> tuple[str, ...]:
    """Return what stands before the parts: which year, how numbers are told, what is left out."""
    on = day_month_year(report.made_on)
    said = (f"This tells of {report.year.told}, as it is on record on {on}.", _SMALL)
    return said if report.is_over else (*said, "The year is not over: the numbers may still rise.")


def left_out(report: YearlyReport) -> str:
    """Return what whoever makes the section is told of words that it does not hold, if of any."""
    many = report.said.left_out
    what = "One text" if many == 1 else f"{many} texts"
    whose = in_own_words("of the review group left out")
    said = f"{what} {whose}: it may hold a name, a day or a place of a case."
    return said if many else ""


def parts_of(report: YearlyReport) -> tuple[PaperSection, ...]:
    """Return the parts of the section, in their order; one of which nothing is told is left out."""
    counted = report.counted
    return (
        _numbers("Notifications, reviews and reports", ("What", "How many"), counted.cases),
        _numbers("Themes of the cases of the year", ("Theme", "Cases"), counted.themes),
        _numbers("Actions, and whether they last", ("Actions", "How many"), counted.actions),
        *_said(report.said),
        PaperSection(heading="What is not counted", items=NOT_COUNTED),
    )


def _numbers(
    heading: str, columns: tuple[str, str], numbers: Sequence[NumberOfYear]
) -> PaperSection:
    """Return one part with its numbers in a sentence, in a table and in a picture."""
    if not numbers:
        return PaperSection(heading=heading, paragraphs=("No case of the year names a theme.",))
    return PaperSection(
        heading=heading,
        paragraphs=(in_a_sentence(numbers),),
        table=Table(
            caption=heading,
            columns=columns,
            rows=tuple((capital(one.what), capital(one.number.told)) for one in numbers),
        ),
        drawing=bar_chart(heading, [(one.what, one.number) for one in numbers]),
    )


def _said(said: WordsOfYear) -> Iterator[PaperSection]:
    nothing = in_own_words("No look of the review group at the trends is on record for the year.")
    yield PaperSection(
        heading=in_own_words("What the review group found and decided on the trends"),
        paragraphs=said.trends or (nothing,),
    )
    answered = (
        ("What they mean here", said.considered),
        ("Where there was nothing to do, and why", said.nothing_to_do),
        ("What was done because of them", said.done),
    )
    parts = tuple(PaperSection(heading=one, items=items) for one, items in answered if items)
    none = () if parts else ("No national review was considered in the year.",)
    yield PaperSection(heading="National reviews", paragraphs=none, parts=parts)
