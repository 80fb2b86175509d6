"""Recognise: whose event is this? And may two profiles be one from here on?

The browser's write key is public, so a public caller may only add to the profile of its own
anonymous id and claim things about it; who somebody *is*, only a server, a signed token or we
ourselves can say (docs/identity.md). Two known people never merge: a second login on a shared
device starts anew, and the past stays where it was.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import Struct

from innesco.events.event import Says, Source

Who = tuple[str, str]
"""An identity: `("anonymous", "7f3…")`, `("user", "1001")`, `("email", "anna@example.com")`."""


class Known(NamedTuple):
    """Where an identity leads: the person's id, and what is surely known of who it is."""

    person: str
    user: str | None = None  #: the shop's customer id
    email: str | None = None  #: a verified address


class Recognised(Struct, frozen=True, omit_defaults=True, gc=False):
    """The person, the identities that lead to it from now on, the profile that joins it."""

    person: str
    bind: tuple[Who, ...] = ()
    joins: str | None = None  #: another profile, which is this person from now on
    leaves: str | None = None  #: whose device it was until now, when another one logs in on it
    sure: bool = False  #: said by a server, a signed token or us
    user: str | None = None  #: the customer's id, when it was said surely
    email: str | None = None  #: the address, when it was said surely


def recognise(
    workspace: str,
    seq: int,
    source: Source,
    says: Says,
    token: Mapping[str, str] | None,
    find: Callable[[Who], Known | None],
) -> Recognised | None:
    """Who it is; None for an event that says nothing about anybody.

    `token` is what a verified token carries (`person`, `user`, `email`), `find` answers who an
    identity belongs to as of this place in the log.
    """
    if says.person:
        named = find(("profile", says.person))
        return Recognised(named.person if named else says.person, sure=True)
    proof = token or {}
    trusted = source is not Source.PUBLIC
    user = proof.get("user") or (says.user if trusted else None)
    email = proof.get("email") or (says.email if trusted else None)
    meant = find(("profile", proof["person"])) if "person" in proof else None
    device: Who | None = ("anonymous", says.anonymous) if says.anonymous else None
    known = _known(find, meant, user, email)
    if not (user or email or known):
        device = device or _claim(says, trusted)
        return _stranger(workspace, seq, says, device, find) if device else None
    return _somebody(workspace, seq, user, email, device, known, meant, find)


def profile_id(workspace: str, who: Who, seq: int = 0) -> str:
    """The id of a new profile: the same wherever and however often the log is read."""
    text = f"{workspace}/{who[0]}/{who[1]}/{seq}" if seq else f"{workspace}/{who[0]}/{who[1]}"
    return "p" + hashlib.sha256(text.encode()).hexdigest()[:20]


def _claim(says: Says, trusted: bool) -> Who | None:
    """Of a public caller without a device its claim stands for one; nobody ever takes it over."""
    return ("claimed user", says.user) if says.user and not trusted else None


def _known(
    find: Callable[[Who], Known | None], meant: Known | None, user: str | None, email: str | None
) -> Known | None:
    """The known person meant: by token, else by customer id, else by address.

    A token that proves an address proves who has it, whichever profile the mail was sent to.
    """
    if meant:
        owner = find(("email", email)) if email and _nobody(meant) else None
        return owner or meant
    if user:
        found = find(("user", user))
        if found:
            return found
        guest = find(("email", email)) if email else None
        return guest if guest and guest.user is None else None  # a guest becomes a customer
    return find(("email", email)) if email else None


def _stranger(
    workspace: str, seq: int, says: Says, device: Who, find: Callable[[Who], Known | None]
) -> Recognised:
    """Nobody vouches: the device's profile, or a new one when another customer logs in on it."""
    owner = find(device)
    before = find(("anonymous", says.previous)) if says.previous else None
    if before and _nobody(before):
        return _renamed(before, owner, device)
    if owner is None:
        return Recognised(profile_id(workspace, device), bind=(device,))
    if says.user and owner.user and says.user != owner.user:
        anew = profile_id(workspace, device, seq)
        return Recognised(anew, bind=(device,), leaves=owner.person)
    return Recognised(owner.person)


def _renamed(before: Known, owner: Known | None, device: Who) -> Recognised:
    """A device that got another anonymous id: one nobody goes on as another nobody."""
    if owner is None:
        return Recognised(before.person, bind=(device,))
    if owner.person == before.person or not _nobody(owner):
        return Recognised(owner.person)
    return Recognised(owner.person, joins=before.person)


def _nobody(one: Known) -> bool:
    """Not surely known by anything: only such profiles may become one by the public key's word."""
    return one.user is None and one.email is None


def _somebody(
    workspace: str,
    seq: int,
    user: str | None,
    email: str | None,
    device: Who | None,
    known: Known | None,
    meant: Known | None,
    find: Callable[[Who], Known | None],
) -> Recognised:
    """Somebody vouched for: her profile; the device's, or the one that claimed her address, grows
    into hers or joins it."""
    owner = find(device) if device else None
    free = owner is not None and _may_join(owner, email, known)
    if known is None:
        first: Who = ("user", user) if user else ("email", email or "")
        person = owner.person if owner and free else profile_id(workspace, first)
    else:
        person = known.person
    joining = (one for one in (owner, meant) if one and _may_join(one, email, known))
    joins = next((one.person for one in joining if one.person != person), None)
    bind: list[Who] = [("user", user)] if user and find(("user", user)) is None else []
    if email and find(("email", email)) is None:
        bind.append(("email", email))
    if device and (owner is None or owner.person != person):
        bind.append(device)
    leaves = owner.person if owner and owner.person not in (person, joins) else None
    return Recognised(person, tuple(bind), joins, leaves, sure=True, user=user, email=email)


def _may_join(owner: Known, email: str | None, known: Known | None) -> bool:
    """Whether the device's profile can be hers: it is nobody yet, or says the same address."""
    if owner.user is not None:
        return False
    return owner.email is None or owner.email == email or (known is None and email is None)
