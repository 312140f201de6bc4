"""Two versions of a text are compared paragraph by paragraph, and word by word in each."""

from services.domain.compared_texts import ComparedParagraph, Difference, Words, compared


def test_what_differs_is_told_and_what_stays_is_counted():
    before = {"Overview": "One stays.\nThe old words here.\nGone.", "Family": "As before."}
    after = {"Overview": "One stays.\nThe new words here.", "Family": "As before."}
    (part,) = compared(before, after)
    assert part.heading == "Overview"
    assert part.paragraphs == (
        ComparedParagraph(Difference.SAME, count=1),
        ComparedParagraph(
            Difference.CHANGED,
            before=(Words("The"), Words("old", is_changed=True), Words("words here.")),
            after=(Words("The"), Words("new", is_changed=True), Words("words here.")),
        ),
        ComparedParagraph(Difference.REMOVED, before=(Words("Gone."),)),
    )


def test_a_part_that_one_version_has_alone_is_added_or_taken_out():
    added, removed = compared({"Old": "Was."}, {"New": "Is."})
    assert (added.heading, added.paragraphs[0].difference) == ("New", Difference.ADDED)
    assert (removed.heading, removed.paragraphs[0].difference) == ("Old", Difference.REMOVED)


def test_spaces_and_empty_lines_are_no_difference_of_a_paragraph():
    (part,) = compared({"A": "One  two.\n\nThree."}, {"A": "One two.\nThree."})
    assert [one.difference for one in part.paragraphs] == [Difference.SAME]
    assert compared({"A": "One."}, {"A": "One."}) == ()
