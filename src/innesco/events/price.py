"""Money as a shopper reads it: `1.234,56 €` in Italian, `€1,234.56` in English."""

from innesco.events.money import digits

SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CHF": "CHF", "PLN": "zł"}


def price(units: int, currency: str, language: str) -> str:
    """Minor units in words of the language; English habits for any but Italian's family."""
    places = digits(currency)
    whole, part = divmod(abs(units), 10**places)
    minus = "-" if units < 0 else ""
    sign = SIGNS.get(currency, currency)
    if language.partition("-")[0] == "en":
        shown = f"{whole:,}" + (f".{part:0{places}}" if places else "")
        return f"{minus}{sign}{'' if len(sign) == 1 else ' '}{shown}"
    shown = f"{whole:,}".replace(",", ".") + (f",{part:0{places}}" if places else "")
    return f"{minus}{shown} {sign}"
