"""The socket: how the other roles ask the owner, without a word of SQL.

One question a connection: four bytes of length, then msgpack of workspace and question. The
answer has the same frame: `T` and an Arrow stream, or `N` and the reason why not. The socket lies
in a folder that only this user may enter, so nobody else on the machine can ask.
"""

import asyncio
import hashlib
import os
import struct
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pyarrow as pa
import structlog
from msgspec import Struct

from innesco.columns.owner import Owner
from innesco.columns.questions import Question
from innesco.errors import InnescoError

LONGEST_QUESTION = 1 << 20
LONGEST_PATH = 100
"""Of a UNIX socket, in bytes; the system takes 107."""

log = structlog.get_logger()


class NotAnswered(InnescoError):
    """Columns could not answer; the message is its reason."""


class NotOurs(InnescoError):
    """The folder of the socket belongs to somebody else: remove it, or move INNESCO_DATA."""


class Asked(Struct, frozen=True, array_like=True):
    workspace: str
    question: Question


async def ask(data: Path, workspace: str, question: Question) -> pa.Table:
    """The answer of the running owner; raises `NotAnswered` when it has none."""
    try:
        reader, writer = await asyncio.open_unix_connection(str(socket_path(data)))
    except OSError as error:
        raise NotAnswered(f"the columns role is not running ({error.strerror})") from error
    try:
        await _send(writer, _asked_encoder.encode(Asked(workspace, question)))
        answer = await _receive(reader)
    except (asyncio.IncompleteReadError, ConnectionError) as error:
        raise NotAnswered("the columns role stopped before it answered") from error
    finally:
        writer.close()
    if answer[:1] != b"T":
        raise NotAnswered(answer[1:].decode())
    return pa.ipc.open_stream(answer[1:]).read_all()


@asynccontextmanager
async def answering(owner: Owner, data: Path) -> AsyncIterator[None]:
    """Answer questions as long as the block lasts."""
    path = socket_path(data)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.parent.stat().st_uid != os.getuid():
        raise NotOurs(f"{path.parent} belongs to another user")
    path.unlink(missing_ok=True)  # of an owner that was killed

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            body = await _receive(reader, LONGEST_QUESTION)
            await _send(writer, await asyncio.to_thread(_answer, owner, body))
        except (asyncio.IncompleteReadError, ConnectionError):
            log.info("columns.asker_left")
        finally:
            writer.close()

    server = await asyncio.start_unix_server(answer, path=str(path))
    path.chmod(0o600)
    async with server:
        yield
    path.unlink(missing_ok=True)


def socket_path(data: Path) -> Path:
    """In the data folder, or where that is too deep for a socket, in the system's."""
    path = data.resolve() / "columns" / "ask.sock"
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return path
    short = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"innesco-{os.getuid()}-{short}" / "ask.sock"


def _answer(owner: Owner, body: bytes) -> bytes:
    """In a thread of its own; whatever goes wrong with one question is said to who asked it."""
    try:
        asked = _asked_decoder.decode(body)
        with owner.cursor(asked.workspace) as cursor:
            table = asked.question.answer(cursor)
    except Exception as error:
        log.warning("columns.not_answered", reason=str(error))
        return b"N" + str(error).encode()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return b"T" + bytes(sink.getvalue())


async def _send(writer: asyncio.StreamWriter, body: bytes) -> None:
    writer.write(struct.pack(">I", len(body)) + body)
    await writer.drain()


async def _receive(reader: asyncio.StreamReader, most: int = 1 << 32) -> bytes:
    (length,) = struct.unpack(">I", await reader.readexactly(4))
    if length > most:
        raise ConnectionError(f"a frame of {length} bytes, where {most} are allowed")
    return await reader.readexactly(length)


_asked_encoder = msgspec.msgpack.Encoder()
_asked_decoder = msgspec.msgpack.Decoder(Asked)
