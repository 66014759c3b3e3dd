"""The translation files: kept in step with the code, checked, compiled.

    python infra/translations.py extract|check|compile

French must be complete. Canadian French holds only what differs from it.
"""

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message as Entry
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from infra.messages import Message, all_messages
from infra.shell import ROOT, StopError, explained, say

FOLDER = ROOT / "platform" / "portal" / "languages"
COMPLETE, PARTIAL = "fr", "fr_CA"
HEADER = """\
msgid ""
msgstr ""
"Language: {locale}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: {plural_forms}\\n"

"""
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}|(%[sdif])")


def main() -> None:
    """Read the command line and obey."""
    parser = argparse.ArgumentParser(description="The translation files.")
    actions = {"extract": extract, "check": check, "compile": compile_all}
    parser.add_argument("action", choices=actions)
    with explained():
        actions[parser.parse_args().action]()


def extract() -> None:
    """Bring new sentences into the files and forget those that are gone."""
    messages = all_messages()
    for locale in (COMPLETE, PARTIAL):
        old, new = read(locale), Catalog(locale=locale)
        for message in messages:
            known = old.get(message.singular, message.context)
            if locale == COMPLETE or is_translated(known):
                add(new, message, known)
        write(new, locale)
    say(f"  {len(messages)} sentences, {len(untranslated(messages))} without French.")


def check() -> None:
    """Stop with the list of what is missing or wrong."""
    messages = all_messages()
    known = {message.key for message in messages}
    faults = [f"not in French: {label(entry)}" for entry in untranslated(messages)]
    for locale in (COMPLETE, PARTIAL):
        for entry in entries(read(locale)):
            if (singular(entry), entry.context or "") not in known:
                faults.append(f"{locale}: no longer shown: {singular(entry)!r}")
            elif is_translated(entry) and not keeps_placeholders(entry):
                faults.append(f"{locale}: other placeholders in: {singular(entry)!r}")
    if faults:
        advice = "Run `make messages`, then complete platform/portal/languages."
        raise StopError("\n".join([*faults, "", f"{len(faults)} faults. {advice}"]))
    say(f"  {len(messages)} sentences, all of them in French.")


def compile_all() -> None:
    """Make the files that Django reads, where they are missing or old."""
    for locale in (COMPLETE, PARTIAL):
        sources = [path(each) for each in {COMPLETE, locale} if path(each).exists()]
        target = path(locale).with_suffix(".mo")
        if not path(locale).exists() or all(is_newer(target, s) for s in sources):
            continue
        with target.open("wb") as output:
            write_mo(output, whole(locale))
        say(f"  Compiled {target.relative_to(ROOT)}")


def whole(locale: str) -> Catalog:
    """Return a language with, from French, every sentence that it lacks.

    Django would look for those in the French of the libraries before ours.
    """
    catalog = read(locale)
    for entry in entries(read(COMPLETE)):
        if not is_translated(catalog.get(entry.id, entry.context)):
            catalog.add(entry.id, entry.string, context=entry.context)
    return catalog


def path(locale: str) -> Path:
    """Return the file of a language."""
    return FOLDER / locale / "LC_MESSAGES" / "django.po"


def read(locale: str) -> Catalog:
    """Return the translations of a language, none if there is no file yet."""
    if not path(locale).exists():
        return Catalog(locale=locale)
    with path(locale).open("rb") as source:
        return read_po(source, locale=locale)


def write(catalog: Catalog, locale: str) -> None:
    """Write a file that changes only where a sentence does: no date, no line number."""
    header = HEADER.format(locale=locale, plural_forms=catalog.plural_forms)
    path(locale).parent.mkdir(parents=True, exist_ok=True)
    with path(locale).open("wb") as output:
        output.write(header.encode())
        _write_entries(output, catalog)


def _write_entries(output: IO[bytes], catalog: Catalog) -> None:
    write_po(
        output,
        catalog,
        width=88,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
    )


def add(catalog: Catalog, message: Message, known: Entry | None) -> None:
    """Put a message of the code in a file, with the translation it already had."""
    translation = known.string if known else ""
    source: str | tuple[str, str] = message.singular
    if message.plural:
        source = (message.singular, message.plural)
        if isinstance(translation, str):
            translation = (translation, "")
    catalog.add(
        source,
        translation,
        locations=[(file, 0) for file in sorted(message.files)],
        flags=known.flags if known else (),
        context=message.context,
    )


def untranslated(messages: Iterable[Message]) -> list[Message]:
    """Return the messages that a French reader would see in English."""
    catalog = read(COMPLETE)
    return [
        message
        for message in messages
        if not is_translated(catalog.get(message.singular, message.context))
    ]


def entries(catalog: Catalog) -> Iterator[Entry]:
    """Yield the entries of a file without its header."""
    return (entry for entry in catalog if entry.id)


def singular(entry: Entry) -> str:
    """Return the first form of an entry's source."""
    return forms(entry.id)[0]


def forms(text: str | Sequence[str] | None) -> list[str]:
    """Return the singular and the plural of a sentence, or its only form twice."""
    return [text, text] if isinstance(text, str) else list(text or ("", ""))


def is_translated(entry: Entry | None) -> bool:
    """Say whether an entry has all its forms and nobody doubts them."""
    if entry is None or entry.fuzzy or not entry.string:
        return False
    return all(forms(entry.string))


def keeps_placeholders(entry: Entry) -> bool:
    """Say whether a translation names the same values as its source."""
    one, *_, many = map(placeholders, forms(entry.id))
    *few, most = map(placeholders, forms(entry.string))
    return most == many and all(form <= one | many for form in few)


def placeholders(text: str) -> frozenset[tuple[str, ...]]:
    """Return the values that a sentence leaves open."""
    return frozenset(PLACEHOLDER.findall(text))


def label(message: Message) -> str:
    """Return a sentence and one place where it is shown."""
    return f"{message.singular!r} ({min(message.files)})"


def is_newer(target: Path, source: Path) -> bool:
    """Say whether a compiled file is at least as recent as its source."""
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


if __name__ == "__main__":
    main()
