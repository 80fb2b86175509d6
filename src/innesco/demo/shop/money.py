"""Money as people write it: integer cents in, `1.234,56 €` or `€1,234.56` out."""


def money(cents: int, language: str) -> str:
    """`money(123456, "it")` is `1.234,56 €`; the space before the sign does not break."""
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    english = f"{abs(cents) // 100:,}.{abs(cents) % 100:02d}"
    if language == "en":
        return f"{sign}€{english}"
    return f"{sign}{english.translate(str.maketrans(',.', '.,'))}\N{NO-BREAK SPACE}€"


def plain(cents: int) -> float:
    """The number that Segment's spec wants in events: 1234.56."""
    return cents / 100
