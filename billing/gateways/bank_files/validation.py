"""Check a bank file against the official schema before it leaves.

The schemas of ISO 20022 come with the `sepaxml` package; only the schemas are used.
A file from outside is read without network, entities or document type: reading it
can do nothing but tell what is wrong with it.
"""

import functools
from dataclasses import dataclass
from importlib import resources
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from lxml import etree

from billing.gateways.bank_files.records import PainVersion

_MOST_PROBLEMS: Final = 100


@dataclass(frozen=True, slots=True)
class BankFileProblem:
    """One thing that the bank would refuse, and where it stands."""

    line: int
    message: str


_NO_DOCTYPE: Final = BankFileProblem(1, "A bank file may not declare a document type.")


def validate_bank_file(
    source: Path | bytes, version: PainVersion
) -> list[BankFileProblem]:
    """Return the first hundred problems, none when the file fits its schema.

    A good file is validated while it is read and forgotten as it goes, so that its
    size does not matter.
    """
    if isinstance(source, bytes):
        return _validate(BytesIO(source), version)
    with source.open("rb") as stream:
        return _validate(stream, version)


@functools.cache
def schema_of(version: PainVersion) -> etree.XMLSchema:
    """Return the parsed schema of a version; parsed once per process."""
    path = resources.files("sepaxml").joinpath("schemas", f"{version}.xsd")
    with path.open("rb") as stream:
        return etree.XMLSchema(etree.parse(stream))


def _validate(stream: BinaryIO, version: PainVersion) -> list[BankFileProblem]:
    try:
        doctype = _read_through(stream, version)
    except etree.XMLSyntaxError:
        # Only a full tree knows the lines; a refused file is worth the memory.
        stream.seek(0)
        return _problems_of(stream, version)
    return [_NO_DOCTYPE] if doctype else []


def _read_through(stream: BinaryIO, version: PainVersion) -> str:
    """Validate while reading and return the document type, empty as it should be.

    Raises XMLSyntaxError when anything is wrong, schema included.
    """
    events = etree.iterparse(
        stream,
        events=("end",),
        tag="{*}DrctDbtTxInf",
        schema=schema_of(version),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
    )
    for _, element in events:
        _forget(element)
    return str(events.root.getroottree().docinfo.doctype)


def _problems_of(stream: BinaryIO, version: PainVersion) -> list[BankFileProblem]:
    """Return every problem with its line, from a tree of the whole file."""
    try:
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True
        )
        tree: Any = etree.parse(stream, parser)
        if tree.docinfo.doctype:
            return [_NO_DOCTYPE]
        schema_of(version).assertValid(tree)
    except etree.LxmlError as error:
        # The stubs do not know that a log is iterable, nor a document type.
        log: Any = error.error_log
        entries = islice(log, _MOST_PROBLEMS)
        problems = [BankFileProblem(entry.line, entry.message) for entry in entries]
        return problems or [BankFileProblem(0, str(error))]
    return [BankFileProblem(0, "This file cannot be read.")]


def _forget(element: etree._Element) -> None:
    """Free a debit already validated, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
