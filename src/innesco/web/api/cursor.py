"""Where a page of a list ended, as text that a client hands back: `1763937600~p_9f`."""

from innesco.web.api.problem import Wrong, refused


def say(moment: int, name: str) -> str:
    return f"{moment}~{name}"


def read(text: str | None) -> tuple[int, str] | None:
    """Raises a 400 for what no page of ours ended with."""
    if text is None:
        return None
    moment, tilde, name = text.partition("~")
    digits = moment.removeprefix("-")
    if not tilde or not (digits.isascii() and digits.isdigit()) or abs(int(moment)) >= 2**62:
        raise refused(
            400, "This is not a page of the list", "Begin at the start.", Wrong("cursor", text)
        )
    return int(moment), name
