"""How a label stands at the beginning of a sentence, and in the middle of one."""


def capital(text: str) -> str:
    """Return the text with its first letter a capital, and nothing else changed."""
    return text[:1].upper() + text[1:]


def in_passing(text: str) -> str:
    """Return the text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]
