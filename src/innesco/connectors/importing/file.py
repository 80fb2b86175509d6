"""Reading a file row by row: CSV, JSONL or Parquet, whatever its size, each row with its place."""

import codecs
import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec
import pyarrow.parquet as parquet
from msgspec import Struct

from innesco.errors import InnescoError

ROWS_AT_ONCE = 10_000
DELIMITERS = ",;\t|"


class Unreadable(InnescoError):
    """The file cannot be imported as it is; the message says what to change."""


class Row(Struct, frozen=True):
    """One row by our own names for its columns; `wrong` when it could not be read."""

    place: int  #: line of a CSV or JSONL file, row of a Parquet file, counted from 1
    said: dict[str, object] = {}
    wrong: str | None = None


class File(Struct, frozen=True):
    """A file that was looked at: how it is written, and which column is what."""

    path: Path
    kind: str  #: csv, jsonl, parquet
    columns: Mapping[str, str]  #: our name → the file's column
    encoding: str = "utf-8"
    delimiter: str = ","

    @property
    def written(self) -> str:
        """For the report: `CSV with ";", Latin-1`."""
        encoding = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 with BOM", "latin-1": "Latin-1"}
        match self.kind:
            case "csv":
                return f"CSV with {self.delimiter!r}, {encoding[self.encoding]}"
            case "jsonl":
                return f"JSON lines, {encoding[self.encoding]}"
            case _:
                return "Parquet"


Hear = Callable[[float], None]
"""Told from time to time which part of the file is read, 0 to 1."""


def look(path: Path, columns: Mapping[str, str]) -> File:
    """How the file is written; raises `Unreadable` when a column that is asked for lacks."""
    match path.suffix.lower():
        case ".parquet" | ".pq":
            file = File(path, "parquet", columns)
            _check(file, parquet.read_schema(path).names)
        case ".jsonl" | ".ndjson":
            file = File(path, "jsonl", columns, _encoding(path))
        case ".csv" | ".tsv" | ".txt":
            encoding = _encoding(path)
            file = File(path, "csv", columns, encoding, _delimiter(path, encoding))
            _check(file, _header(file))
        case other:
            raise Unreadable(f"{other or path.name}: name it .csv, .jsonl or .parquet")
    return file


def names(path: Path) -> list[str]:
    """The columns that a CSV or Parquet file says it has; none of JSON lines, which say them anew
    in each line."""
    file = look(path, {})
    match file.kind:
        case "parquet":
            return list(parquet.read_schema(path).names)
        case "jsonl":
            return []
        case _:
            return _header(file)


def rows(file: File, hear: Hear = lambda part: None) -> Iterator[Row]:
    """Every row in the order of the file."""
    match file.kind:
        case "parquet":
            yield from _parquet(file, hear)
        case "jsonl":
            yield from _jsonl(file, hear)
        case _:
            yield from _csv(file, hear)


# -- how it is written ---------------------------------------------------------------------------


def _encoding(path: Path) -> str:
    """UTF-8 when all of it is; else Latin-1, in which every byte is a character."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        bom = file.read(3) == codecs.BOM_UTF8
        file.seek(0)
        try:
            while piece := file.read(1 << 20):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "latin-1"
    return "utf-8-sig" if bom else "utf-8"


def _delimiter(path: Path, encoding: str) -> str:
    """The one that parts the header into most columns: rows may hold any of them in texts."""
    with path.open(encoding=encoding, newline="") as file:
        header = file.readline()
    return max(DELIMITERS, key=header.count)


def _header(file: File) -> list[str]:
    with file.path.open(encoding=file.encoding, newline="") as opened:
        return next(csv.reader(opened, delimiter=file.delimiter), [])


def _check(file: File, names: list[str]) -> None:
    lacking = [column for column in file.columns.values() if column not in names]
    if lacking:
        raise Unreadable(f"no column {', '.join(lacking)}; the file has {', '.join(names)}")


# -- row by row ----------------------------------------------------------------------------------


def _parquet(file: File, hear: Hear) -> Iterator[Row]:
    names, place = list(file.columns), 0
    with parquet.ParquetFile(file.path) as opened:
        total = opened.metadata.num_rows
        for batch in opened.iter_batches(ROWS_AT_ONCE, columns=list(file.columns.values())):
            columns = [batch.column(column).to_pylist() for column in file.columns.values()]
            for values in zip(*columns, strict=True):
                place += 1
                yield Row(place, dict(zip(names, values, strict=True)))
            hear(place / total)


def _csv(file: File, hear: Hear) -> Iterator[Row]:
    size = file.path.stat().st_size or 1
    with file.path.open("rb") as raw, codecs.getreader(file.encoding)(raw) as opened:
        lines = csv.reader(opened, delimiter=file.delimiter)
        header = next(lines, [])
        where = [(name, header.index(column)) for name, column in file.columns.items()]
        while True:
            try:
                values = next(lines, None)
            except csv.Error as error:
                yield Row(lines.line_num, wrong=str(error))
                continue
            if values is None:
                return
            if lines.line_num % ROWS_AT_ONCE == 0:
                hear(raw.tell() / size)
            if not values:
                continue  # an empty line says nothing
            if len(values) != len(header):
                wrong = f"{len(values)} columns, the header has {len(header)}"
                yield Row(lines.line_num, wrong=wrong)
                continue
            yield Row(lines.line_num, {name: values[n] or None for name, n in where})


def _jsonl(file: File, hear: Hear) -> Iterator[Row]:
    size = file.path.stat().st_size or 1
    decode = msgspec.json.Decoder(dict[str, object]).decode
    with file.path.open("rb") as opened:
        for place, line in enumerate(opened, 1):
            if place % ROWS_AT_ONCE == 0:
                hear(opened.tell() / size)
            if not line.strip():
                continue
            try:
                values = decode(line.decode(file.encoding))
            except (msgspec.DecodeError, UnicodeError) as error:
                yield Row(place, wrong=f"no JSON object: {error}")
                continue
            said = {name: values.get(column) for name, column in file.columns.items()}
            yield Row(place, said)
