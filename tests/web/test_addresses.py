"""`next`, `Origin` and `Host` are read by one function, which never raises."""

from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.domain.errors import Unavailable
from services.web.addresses import SiteAddresses, page_here, parse, site_addresses

SITE = "https://keyline.example"
AWKWARD = ("//[", "http://[::1", "//a℀b", "//evil.example", "/\\evil.example", "/\t/evil", "\n/a")
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="/\\:@[]?#.%\t\r\n htpsevil℀"),
    st.builds("".join, st.lists(st.sampled_from([*AWKWARD, "/", "//", "https:", "?", "@", ".."]))),
)


def addresses(*base_urls: str) -> SiteAddresses:
    return site_addresses(base_urls or (SITE,))


def as_a_browser_reads_it(location: str) -> str:
    """Return where a browser goes: tabs and line ends are dropped, a backslash is a slash."""
    typed = location.strip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    return urljoin(f"{SITE}/sign-in", typed.replace("\\", "/"))


@given(TEXTS)
@example("//[")
@example("http://[::1")
@example("//a℀b")
@example("/\\[")
def test_what_is_read_never_raises_and_never_leads_off_the_site(text: str):
    page = page_here(text)
    assert page.startswith("/")
    assert page in (text, "/")
    assert urlsplit(as_a_browser_reads_it(page))[:2] == ("https", "keyline.example")


@given(TEXTS)
def test_a_header_is_answered_and_never_raises(text: str):
    ours = addresses()
    assert ours.has_host(text) == (text.lower() in {"keyline.example", "keyline.example:443"})
    assert ours.has_origin(text) == (text.lower() in {SITE, f"{SITE}:443"})


@pytest.mark.parametrize("page", ["/", "/cases", "/cases/1?done=refer&x=%5B#a", "/a b", "/a//b"])
def test_a_page_of_ours_stays_as_it_is(page: str):
    assert page_here(page) == page


@pytest.mark.parametrize(
    "text", [*AWKWARD, "", "cases", SITE, f"{SITE}/cases", "https:/cases", "javascript:a", "/ö"]
)
def test_anything_else_becomes_the_first_page(text: str):
    assert page_here(text) == "/"


@pytest.mark.parametrize("header", ["keyline.example", "KEYLINE.example:443"])
def test_the_configured_host_is_known_with_and_without_its_usual_port(header: str):
    assert addresses().has_host(header)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "keyline.example:80",
        "keyline.example.evil.example",
        "keyline.example/a",
        "keyline.example@evil.example",
        "\N{KELVIN SIGN}eyline.example",
        "127.0.0.1",
        "[",
    ],
)
def test_another_host_is_foreign(header: str):
    assert not addresses().has_host(header)


@pytest.mark.parametrize("header", ["127.0.0.1:8500", "localhost:8500", "[::1]:8500"])
def test_a_local_start_is_known_by_every_loopback_name(header: str):
    local = addresses("http://127.0.0.1:8500")
    assert local.has_host(header)
    assert local.has_origin(f"http://{header}")
    assert not local.has_origin(f"https://{header}")
    assert not local.has_host(header.replace("8500", "8501"))


def test_more_than_one_address_may_be_configured():
    both = addresses(SITE, "http://keyline.internal:8080/")
    assert both.has_host("keyline.internal:8080")
    assert both.has_origin(SITE)
    assert not both.has_origin("http://keyline.example")
    assert not both.has_origin("https://keyline.internal:8080")


@pytest.mark.parametrize("header", ["null", "", "http://[", "https://keyline.example/", "//"])
def test_what_is_no_origin_is_foreign(header: str):
    assert not addresses().has_origin(header)


@pytest.mark.parametrize("base_url", ["", "keyline.example", "/cases", "ftp://a.example", "//["])
def test_an_installation_without_an_address_does_not_start(base_url: str):
    with pytest.raises(Unavailable, match="is not an address"):
        addresses(base_url)


def test_a_port_is_a_number_of_at_most_five_figures():
    assert parse("//a.example:99999").port == 99999
    assert parse("//a.example:100000") is None
    assert parse("//a.example:٣") is None
