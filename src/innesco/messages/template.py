"""A template: what a message looks like and says, in every language, before it is for somebody.

The look is written once in MJML; the words stand beside it by language and are put in where the
look says `[[title]]`. Both may use Liquid: `Ciao{% if facts.name %} {{ facts.name }}{% endif %}`.
"""

from msgspec import Struct

from innesco.errors import InnescoError
from innesco.messages.asked import Class


class Words(Struct, frozen=True, forbid_unknown_fields=True):
    """What one language says."""

    subject: str
    preheader: str = ""  #: the line that mailboxes show beside the subject
    says: dict[str, str] = {}  #: what `[[name]]` in the look stands for
    text: str = ""  #: the plain-text part, when it should not be made from the look


class Template(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`cart-1`: a document that the editor changes and publishing freezes.

    `mjml` is either the inside of the body, and then gets the workspace's head and foot, or a
    whole `<mjml>` document, which must show the way to unsubscribe itself.
    """

    id: str
    name: dict[str, str]  #: for the list, by language
    kind: Class = Class.MARKETING
    mjml: str
    words: dict[str, Words]


class TemplateWrong(InnescoError):
    """The template cannot be used as it is; the message names the place and what is wrong."""


def words_of(template: Template, language: str, otherwise: str) -> tuple[str, Words]:
    """The language that will be spoken: hers, the shop's, or the first that there is.

    `it-CH` is served by `it`.
    """
    if not template.words:
        raise TemplateWrong(f"{template.id}: has no words in any language")
    for tongue in (language, language.partition("-")[0], otherwise):
        if tongue in template.words:
            return tongue, template.words[tongue]
    return next(iter(template.words.items()))
