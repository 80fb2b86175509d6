"""Every table, by the file that keeps it; one writer a file (DESIGN: §3).

Moments are BIGINT microseconds since 1970 UTC, documents JSON text, states msgpack bytes. Texts
that are compared are folded before they come here.
"""

import sqlalchemy as sa
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, Text

control = sa.MetaData()  # accounts, keys, definitions: the admin API writes
journal = sa.MetaData()  # the log and suppressions: any role appends, one at a time
people = sa.MetaData()  # persons, history, runs, decisions, feeds: live writes
outbox = sa.MetaData()  # messages on their way: deliver writes
sandbox = sa.MetaData()  # mails caught by the embedded SMTP server


def _text(name: str, **more: object) -> Column[str]:
    return Column(name, Text, nullable=bool(more.pop("nullable", False)), **more)  # type: ignore[arg-type]


def _number(name: str, **more: object) -> Column[int]:
    return Column(name, BigInteger, nullable=bool(more.pop("nullable", False)), **more)  # type: ignore[arg-type]


def _bytes(name: str, **more: object) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=bool(more.pop("nullable", False)), **more)  # type: ignore[arg-type]


# -- control ---------------------------------------------------------------------------------

accounts = sa.Table(
    "accounts",
    control,
    _text("id", primary_key=True),
    _text("email", unique=True),  # folded
    _text("name"),
    _text("password", nullable=True),  # argon2id; absent until the invitation is taken
    _text("language"),
    _number("created"),
    Column("disabled", Boolean, nullable=False, default=False),
)
members = sa.Table(
    "members",
    control,
    _text("account", primary_key=True),
    _text("workspace", primary_key=True),
    _text("role"),  # owner, editor, viewer
)
sessions = sa.Table(
    "sessions",
    control,
    _text("id", primary_key=True),  # SHA-256 of the cookie
    _text("account", index=True),
    _text("csrf"),
    _number("created"),
    _number("expires"),
    _text("agent"),
)
tickets = sa.Table(
    "tickets",  # one-time secrets by mail: invitations, password resets
    control,
    _text("id", primary_key=True),  # SHA-256 of the secret
    _text("purpose"),
    _text("account"),
    _text("workspace", nullable=True),
    _text("role", nullable=True),  # what an invitation makes of the account
    _number("expires"),
    _number("used", nullable=True),
)
workspaces = sa.Table(
    "workspaces",
    control,
    _text("id", primary_key=True),
    _text("name"),
    _text("settings"),  # JSON of definitions/workspace.py
    _text("secrets"),  # JSON: signing keys by name, newest first
    _number("created"),
)
keys = sa.Table(
    "keys",
    control,
    _text("id", primary_key=True),
    _text("workspace", index=True),
    _text("kind"),  # public, server, admin
    _text("hash", unique=True),  # SHA-256 of the key
    _text("shown"),  # the public key whole; of the others the first characters
    _text("name"),
    _text("scopes"),  # JSON list, admin keys only
    _text("created_by", nullable=True),
    _number("created"),
    _number("expires", nullable=True),
    _number("revoked", nullable=True),
)
documents = sa.Table(
    "documents",  # immutable, by the hash of their JSON: what publishing refers to
    control,
    _text("hash", primary_key=True),
    _text("body"),
)
definitions = sa.Table(
    "definitions",  # every version of every definition
    control,
    _text("workspace", primary_key=True),
    _text("kind", primary_key=True),  # journey, segment, trigger, template, catalogue
    _text("id", primary_key=True),
    Column("version", Integer, primary_key=True),
    _text("hash"),
    _text("state"),  # draft, published, paused, archived
    _text("author", nullable=True),
    _number("created"),
)
audit = sa.Table(
    "audit",
    control,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _text("workspace", nullable=True, index=True),
    _text("actor"),
    _text("act"),
    _text("about"),
    _text("detail"),  # JSON
    _number("moment"),
    _text("chain"),  # SHA-256 over the previous row's and this row: a changed row shows
)
stops = sa.Table(
    "stops",  # kill switches, read at each claim
    control,
    _text("workspace", primary_key=True),
    _text("scope", primary_key=True),  # all, channel:email, journey:cart-recovery
    _text("reason"),
    _text("actor"),
    _number("since"),
)
products = sa.Table(
    "products",  # the catalogue
    control,
    _text("workspace", primary_key=True),
    _text("id", primary_key=True),  # the shop's own
    _text("body"),  # JSON of catalogue/product.py
)
clock = sa.Table(
    "clock",  # how far the demo's clock was moved, microseconds
    control,
    Column("id", Integer, primary_key=True),
    _number("offset"),
)

# -- journal ---------------------------------------------------------------------------------

log = sa.Table(
    "log",  # one row a request: its events take the places seq .. seq + events - 1
    journal,
    Column(
        "seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    Column("events", Integer, nullable=False),
    _text("workspace"),
    _text("source"),  # public, server, innesco, import
    _text("key"),  # id of the key it came with; doubles are told by (key, messageId)
    _text("kind"),  # events, clock, published, edition, import
    _number("received"),  # never less than the row before
    _text("network", nullable=True),  # hashed address prefix
    Column(
        "skew", BigInteger, nullable=False, default=0
    ),  # microseconds the client's clock is ahead
    _bytes("body"),  # as it came, inflated
    _bytes("sums"),  # CRC-32 of each event, 4 bytes each, little-endian
    _text("agent", nullable=True),
)
suppressions = sa.Table(
    "suppressions",  # written in the same commit as its event, read by every claim
    journal,
    _text("workspace", primary_key=True),
    _text("channel", primary_key=True),
    _text("address", primary_key=True),  # normalised
    _text("topic", primary_key=True),  # empty = everything that is not transactional
    _text("reason"),  # unsubscribed, complained, bounced, by hand
    _number("since"),
    _number("seq"),
)

# -- people ----------------------------------------------------------------------------------

cursors = sa.Table(
    "cursors", people, _text("name", primary_key=True), _number("position"), _number("moment")
)
persons = sa.Table(
    "persons",
    people,
    _text("workspace", primary_key=True),
    _text("id", primary_key=True),
    _number("next_at", nullable=True),  # when time alone may change something
    _number("seq"),  # last event folded
    _number("last_seen"),
    _text("label"),  # what the list shows and searches: address, user id, name; folded
    _text("level"),
    _bytes("state"),
    sa.Index("persons_due", "next_at", sqlite_where=sa.text("next_at IS NOT NULL")),
    sa.Index("persons_seen", "workspace", "last_seen"),
)
person_words = sa.Table(
    "person_words",  # by what the list of people is searched (storage/words.py)
    people,
    _text("workspace", primary_key=True),
    _text("word", primary_key=True),  # folded
    _text("person", primary_key=True),
    sqlite_with_rowid=False,
)
identities = sa.Table(
    "identities",
    people,
    _text("workspace", primary_key=True),
    _text("kind", primary_key=True),  # anonymous, user, email, phone
    _text("value", primary_key=True),
    _text("person"),
    _number("since"),
)
aliases = sa.Table(
    "aliases",
    people,
    _text("workspace", primary_key=True),
    _text("profile", primary_key=True),
    _text("person", index=True),
    _number("since"),
    _number("moment", nullable=True),  # when the log took that place
)
history = sa.Table(
    "history",  # the record after the log: each event with its seq and checksum
    people,
    _text("workspace", primary_key=True),
    _text("person", primary_key=True),
    _number("first_seq", primary_key=True),
    _number("last_seq"),
    Column("events", Integer, nullable=False),
    _bytes("chunk"),
    sqlite_with_rowid=False,
)
runs = sa.Table(
    "runs",
    people,
    _text("workspace", primary_key=True),
    _text("id", primary_key=True),
    _text("journey"),
    _text("version"),  # hash of the definition it entered by
    _text("person", index=True),
    _text("key"),
    _text("node", nullable=True),
    _number("entered"),
    _number("changed"),
    _number("left", nullable=True),
    _text("because", nullable=True),
    Column("holdout", Boolean, nullable=False, default=False),
    sa.Index("runs_journey", "workspace", "journey", "node", "because", "holdout"),
    sa.Index(
        "runs_held",
        "workspace",
        sqlite_where=sa.text("node IS NOT NULL AND because IS NOT NULL"),
    ),
)
arrivals = sa.Table(
    "arrivals",  # how often a run came to a node, its first excepted; waits were always counted
    people,
    _text("workspace", primary_key=True),
    _text("journey", primary_key=True),
    _text("node", primary_key=True),
    _number("runs"),
    sqlite_with_rowid=False,
)
ways = sa.Table(
    "ways",  # how often a run went on from a node, and which way
    people,
    _text("workspace", primary_key=True),
    _text("journey", primary_key=True),
    _text("node", primary_key=True),
    _text("way", primary_key=True),  # then, done, not_done, yes, no
    _number("runs"),
    sqlite_with_rowid=False,
)
decisions = sa.Table(
    "decisions",  # what was decided and why, kept for good
    people,
    _text("workspace", primary_key=True),
    _text("person", primary_key=True),
    Column("n", Integer, primary_key=True),
    _number("seq"),
    _number("moment"),
    _text("kind"),  # entered, refused, moved, left, asked, not asked, fired, joined …
    _text("about"),  # journey, segment, trigger, message
    _bytes("detail"),
    sqlite_with_rowid=False,
)
consents = sa.Table(
    "consents",  # the ledger: append only, the last row of an address and purpose counts
    people,
    _text("workspace", primary_key=True),
    _text("channel", primary_key=True),
    _text("address", primary_key=True),
    _text("purpose", primary_key=True),
    _number("seq", primary_key=True),
    _text("state"),  # pending, given, withdrawn
    _text("basis"),  # consent, soft opt-in
    _number("moment"),
    _text("evidence"),  # JSON: text shown, page, network, agent, mail that confirmed
    _text("person"),
)
effects = sa.Table(
    "effects",  # the feed that deliver copies from, by key
    people,
    Column("position", Integer, primary_key=True, autoincrement=True),
    _text("workspace"),
    _text("key", unique=True),
    _number("due"),
    _bytes("body"),
)
changes = sa.Table(
    "changes",  # the feed that columns follows: one row a batch and kind
    people,
    Column("position", Integer, primary_key=True, autoincrement=True),
    _text("kind"),  # history, persons, consents, memberships, aliases
    _text("workspace"),
    _number("seq"),
    _bytes("body"),
    sa.Index("changes_workspace", "workspace", "position"),
)
quarantine = sa.Table(
    "quarantine",
    people,
    _text("workspace", primary_key=True),
    _number("seq", primary_key=True),
    _text("reason"),
    _text("place"),
    _text("source"),
    _number("received"),
    _bytes("body"),  # first 32 kB
    sa.Index("quarantine_reason", "workspace", "reason", "seq", "received"),
)
published = sa.Table(
    "published",  # every word of publishing, by its place in the log
    people,
    _text("workspace", primary_key=True),
    _number("seq", primary_key=True),
    _text("kind"),
    _text("id"),
    _text("hash"),
    _text("state"),
    _number("moment", nullable=True),  # when the log took it; absent before version 0003
)
editions = sa.Table(
    "editions",  # segments, each time they were published: segments/edition.py
    people,
    _text("workspace", primary_key=True),
    _text("segment", primary_key=True),
    _number("seq", primary_key=True),  # where it was published, in the log
    _text("hash"),
    _number("published"),
    _number("built_seq", nullable=True),  # from where on the answers over everybody count
    _number("built_at", nullable=True),  # as of when everybody was asked
    _text("file", nullable=True),  # with the answers
    _number("rows"),  # of the file
    _number("taken"),  # of them, so far
    _number("whole_seq", nullable=True),  # since where it serves
    _number("whole_at", nullable=True),
    _number("ended_seq", nullable=True),
    _number("ended_at", nullable=True),
    _text("because", nullable=True),  # it ended: replaced, cancelled, archived
)
moves = sa.Table(
    "moves",  # who entered and left which edition, kept for good
    people,
    Column("position", Integer, primary_key=True, autoincrement=True),
    _text("workspace"),
    _text("person"),  # the profile it was then
    _text("edition"),
    _number("moment"),
    _number("seq"),
    Column("entered", Boolean, nullable=False),
    _text("because"),
    sa.Index("moves_person", "workspace", "person"),
)
loose = sa.Table(
    "loose_orders",  # orders of nobody we know: counted in totals only
    people,
    _text("workspace", primary_key=True),
    _text("id", primary_key=True),
    _number("value"),
    _text("currency"),
    _number("moment"),
    _number("seq"),
)

# -- outbox ----------------------------------------------------------------------------------

messages = sa.Table(
    "messages",
    outbox,
    _text("workspace", primary_key=True),
    _text("key", primary_key=True),  # of the effect that asked for it
    _text("person"),
    _text("journey"),
    _text("run"),
    _text("node"),
    _text("channel"),
    _text("class"),  # marketing, service, transactional
    _text("template"),
    _text("address"),
    _number("asked"),
    _number("due"),
    _number("next_at", nullable=True),  # when it may be claimed; absent once the outcome is known
    _text("state"),  # waiting, claimed, sent, skipped, failed, uncertain
    _text("reason"),
    Column("attempts", Integer, nullable=False, default=0),
    _text("worker", nullable=True),
    _number("claimed", nullable=True),
    _number("ended", nullable=True),
    _text("provider", nullable=True),  # the provider's id of it
    _text("subject", nullable=True),
    _bytes("body"),  # the effect: template, data, versions
    _bytes("gates"),  # JSON: each gate, passed or not, with its values at the last claim
    _bytes("content", nullable=True),  # what was sent, for the preview
    _text("network", nullable=True),  # whence a confirmation was asked for: a prefix, hashed
    Column("told", Boolean, nullable=False, default=False),  # its outcome is in the log
    sa.Index("messages_due", "next_at", sqlite_where=sa.text("next_at IS NOT NULL")),
    sa.Index("messages_untold", "told", sqlite_where=sa.text("told = 0 AND ended IS NOT NULL")),
    sa.Index("messages_sent", "workspace", "address", "ended"),
    # the lists of the UI, each newest first, and their counts, without reading the messages
    sa.Index("messages_asked", "workspace", "asked"),
    sa.Index("messages_person", "workspace", "person", "asked"),
    sa.Index("messages_state", "workspace", "state", "asked"),
    sa.Index("messages_journey", "workspace", "journey", "asked"),
    sa.Index("messages_node", "workspace", "journey", "state", "node"),
    sa.Index(
        "messages_reason",
        "workspace",
        "state",
        "reason",
        "asked",
        sqlite_where=sa.text("reason <> ''"),
    ),
    sa.Index("messages_network", "network", sqlite_where=sa.text("network IS NOT NULL")),
    # feedback, and mails in the sandbox, name a message by its provider's id
    sa.Index("messages_provider", "provider", sqlite_where=sa.text("provider IS NOT NULL")),
)
outbox_cursors = sa.Table(
    "cursors", outbox, _text("name", primary_key=True), _number("position"), _number("moment")
)
links = sa.Table(
    "links",  # a link in a message goes by a stored id: no address in a query, no open redirect
    outbox,
    _text("workspace", primary_key=True),
    _text("id", primary_key=True),
    _text("url"),
)

# -- sandbox ---------------------------------------------------------------------------------

mails = sa.Table(
    "mails",
    sandbox,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _number("received"),
    _text("sender"),
    _text("recipients"),  # JSON list
    _text("subject"),
    _text("message", index=True),  # our Message-ID
    _bytes("raw"),
)
