"""The kind of browser and machine in words of ours: what it says of itself is never kept."""

from typing import Final

_BROWSERS: Final = (
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("samsungbrowser", "Samsung Internet"),
    ("firefox", "Firefox"),
    ("fxios", "Firefox"),
    ("crios", "Chrome"),
    ("chrome", "Chrome"),
    ("chromium", "Chrome"),
    ("safari", "Safari"),
)
_MACHINES: Final = (
    ("iphone", "an iPhone"),
    ("ipad", "an iPad"),
    ("android", "Android"),
    ("windows", "Windows"),
    ("cros", "a Chromebook"),
    ("mac os", "a Mac"),
    ("linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """Return for example "Firefox on Windows"; what is not known is called a browser."""
    said = user_agent.lower()
    browser = next((name for mark, name in _BROWSERS if mark in said), "A browser")
    machine = next((name for mark, name in _MACHINES if mark in said), "")
    return f"{browser} on {machine}" if machine else browser
