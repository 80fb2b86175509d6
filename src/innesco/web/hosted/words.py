"""What the hosted pages say, in Italian and English."""

from collections.abc import Mapping

WORDS: dict[str, dict[str, str]] = {
    "it": {
        "confirm_title": "Confermi l'iscrizione?",
        "confirm_what": "Vuoi ricevere le novità di {shop} all'indirizzo {email}?",
        "confirm_profiling": "Useremo anche quello che guardi nel negozio per scegliere cosa "
        "proporti.",
        "confirm_anytime": "Puoi disiscriverti quando vuoi, con un clic.",
        "confirm_button": "Sì, mi iscrivo",
        "confirmed_title": "Ci siamo",
        "confirmed_what": "Iscrizione confermata. A presto con le novità di {shop}.",
        "unsubscribe_title": "Vuoi disiscriverti?",
        "unsubscribe_what": "{email} non riceverà più messaggi da {shop}, tranne quelli che "
        "riguardano un tuo ordine.",
        "unsubscribe_button": "Disiscrivimi",
        "unsubscribed_title": "Fatto",
        "unsubscribed_what": "{email} non riceverà più messaggi da {shop}. Vale da subito.",
        "old_title": "Questo link non vale più",
        "old_what": "È scaduto, è già servito o è arrivato incompleto. Se volevi iscriverti, "
        "lascia di nuovo il tuo indirizzo sul sito.",
        "later_title": "Non ci siamo riusciti",
        "later_what": "Per un guasto non abbiamo potuto salvare la tua richiesta: non è cambiato "
        "nulla. Riprova tra qualche minuto.",
        "to_shop": "Vai a {shop}",
    },
    "en": {
        "confirm_title": "Confirm your subscription?",
        "confirm_what": "Would you like to get news from {shop} at {email}?",
        "confirm_profiling": "We will also use what you look at in the shop to choose what to "
        "show you.",
        "confirm_anytime": "You can unsubscribe whenever you like, with one click.",
        "confirm_button": "Yes, sign me up",
        "confirmed_title": "You are in",
        "confirmed_what": "Your subscription is confirmed. News from {shop} will be with you soon.",
        "unsubscribe_title": "Would you like to unsubscribe?",
        "unsubscribe_what": "{email} will get no more messages from {shop}, except about orders "
        "of yours.",
        "unsubscribe_button": "Unsubscribe me",
        "unsubscribed_title": "Done",
        "unsubscribed_what": "{email} will get no more messages from {shop}. It holds from now on.",
        "old_title": "This link does not work any more",
        "old_what": "It ran out, was used before, or arrived incomplete. If you wanted to sign "
        "up, leave your address on the site again.",
        "later_title": "That did not work",
        "later_what": "Something is broken and your request could not be kept: nothing has "
        "changed. Please try again in some minutes.",
        "to_shop": "Go to {shop}",
    },
}


def tongue(accepts: str, otherwise: str) -> str:
    """The first language of the browser that we speak; else the shop's, else English.

    `de-DE,it;q=0.8` is served in Italian.
    """
    for part in accepts.split(","):
        name = part.partition(";")[0].strip().lower().partition("-")[0]
        if name in WORDS:
            return name
    return otherwise if otherwise in WORDS else "en"


def say(language: str, name: str, about: Mapping[str, str]) -> str:
    """A sentence with the shop's name and the address in it."""
    text = WORDS.get(language, WORDS["en"])[name]
    for key, value in about.items():
        text = text.replace("{" + key + "}", value)
    return text
