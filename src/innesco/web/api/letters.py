"""The mails that Innesco writes to the people who run the shop, in their language."""

from msgspec import Struct

from innesco.settings import Settings


class Letter(Struct, frozen=True):
    subject: str
    text: str


def link(settings: Settings, page: str, secret: str) -> str:
    """The secret stands behind `#`: browsers send that part to no server, so no log has it."""
    return f"{settings.base_url}/{page}#{secret}"


def invitation(language: str, shop: str, inviter: str, address: str) -> Letter:
    """`Anna invites you to Botteguccia`, with the link."""
    if language == "it":
        return Letter(
            f"{inviter} ti invita in {shop}",
            f"{inviter} ti invita a lavorare in {shop} con Innesco.\n\n"
            f"Per entrare: {address}\n\nIl link vale sette giorni e una volta sola.\n",
        )
    return Letter(
        f"{inviter} invites you to {shop}",
        f"{inviter} invites you to work on {shop} with Innesco.\n\n"
        f"To join: {address}\n\nThe link holds for seven days and works once.\n",
    )


def reset(language: str, address: str) -> Letter:
    """A link to choose a new password."""
    if language == "it":
        return Letter(
            "Una nuova password per Innesco",
            f"Per scegliere una nuova password: {address}\n\n"
            "Il link vale un'ora e una volta sola. Se non l'hai chiesto, non serve fare nulla.\n",
        )
    return Letter(
        "A new password for Innesco",
        f"To choose a new password: {address}\n\n"
        "The link holds for one hour and works once. If you did not ask for it, do nothing.\n",
    )
