"""Addresses: one way to write an e-mail or a number, so that consent and suppression meet."""

from functools import lru_cache

from email_validator import EmailNotValidError, validate_email


@lru_cache(maxsize=50_000)
def email(text: str) -> str | None:
    """`Anna.Rossi@Example.COM ` is anna.rossi@example.com; None for what cannot be one.

    A domain is written as the net knows it: anna@bücher.example is anna@xn--bcher-kva.example
    (RFC 5891), so that both ways of writing it are one address. No mailbox tells upper from lower
    case any more, so the whole address is lower case; dots and `+tags` are kept, since only some
    providers ignore them.
    """
    if len(text) > 254 or any(ord(character) < 33 for character in text.strip()):
        return None
    try:
        said = validate_email(text.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return f"{said.local_part}@{said.ascii_domain}".lower()


def phone(text: str) -> str | None:
    """`+39 333 123 4567` is +393331234567; None without a country's code."""
    digits = "".join(character for character in text if character.isdigit())
    if not text.strip().startswith(("+", "00")) or not 8 <= len(digits.lstrip("0")) <= 15:
        return None
    return "+" + digits.removeprefix("00") if text.strip().startswith("00") else "+" + digits
