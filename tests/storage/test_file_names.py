"""What of a file's name is kept, shown and put into a header."""

import pytest

from services.storage.file_names import clean_name, disposition, extension_of


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/x.pdf", "x.pdf"),
        ("C:\\Users\\tom\\x.pdf", "x.pdf"),
        ("a.pdf\r\nSet-Cookie: x", "a.pdf Set-Cookie x"),
        ("\u202efdp.exe", "fdp.exe"),
        ("-rf.pdf", "rf.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ('a"b;c.pdf', "abc.pdf"),
        ("a.pdf%00.exe", "a.pdf00.exe"),
        ("", "file"),
        ("///", "file"),
        ("naïve 报告.pdf", "naïve 报告.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_file_name_is_shown_without_anything_that_could_harm(name, shown):
    assert clean_name(name.replace("\r\n", " ")) == shown
    assert len(clean_name(name)) <= 120


def test_a_file_is_offered_under_a_name_that_no_header_can_be_broken_with():
    header = disposition('naïve "报告"\r\nX: y.pdf')
    assert header.isascii()
    assert "\n" not in header
    assert header.startswith(
        "attachment; filename=\"na_ve __X y.pdf\"; filename*=UTF-8''na%C3%AFve"
    )
    assert extension_of("A.b.PDF") == "pdf"
    assert extension_of(".pdf") == ""
