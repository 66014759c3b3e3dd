"""The house rules that no other tool checks, about the code base itself."""

import ast
import json
import platform
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("tenants", "families", "catalog", "enrolment", "billing", "cms")
PRODUCT = ("platform/", *(f"{app}/" for app in APPS))

# Lines past which we talk about it. An exception is written here with its reason.
LONGEST = {
    "module": 300,
    "function": 25,
    "template": 120,
    "settings": 200,
    "test module": 400,
}
LONGER_WITH_REASON: dict[str, str] = {
    "families/domain/privacy.py": "one table of data, easier to compare whole",
}

# The storeys of an app, and what Django itself looks for in one.
STOREYS = {
    *("enums", "domain", "signals", "models", "gateways", "policies", "queries"),
    *("services", "forms", "admin", "api", "management", "receivers", "tasks"),
    *("templatetags", "views", "wagtail_hooks", "urls"),
    *("__init__", "apps", "migrations", "templates", "static"),
}
# The town's own settings are an application of the town's schema, inside `tenants`.
SUB_APPS = {"tenants": {"townhall"}}

# In pieces, so that this file does not break its own rule.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:root|home/\w+|work|Users/\w+)/\w")
CLOCK = re.compile(
    r"timezone\.now\b|local(?:date|time)\(\)|datetime\.(?:now|utcnow|today)\b"
    r"|date\.today\b|time\.time\b|auto_now"
)
# A lock is welcome anywhere; what runs beside the request loses its town.
THREADS = re.compile(
    r"^\s*(?:import|from) (?:concurrent|multiprocessing|asyncio|asgiref|_thread)\b"
    r"|\bthreading\.(?:Thread|Timer)\b|from threading import .*\b(?:Thread|Timer)\b",
    re.MULTILINE,
)
INLINE = re.compile(
    r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
UNEXPLAINED = re.compile(
    r"#\s*(?:noqa(?::[ A-Z0-9,]+)?|type: ignore(?:\[[\w, -]+\])?)$"
)


@cache
def files(suffix: str = "") -> list[str]:
    """Return the repository's files, those not committed yet included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return sorted(
        name for name in listed if name.endswith(suffix) and (ROOT / name).is_file()
    )


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def readable() -> Iterator[str]:
    """Yield the files that are text."""
    for name in files():
        if b"\0" not in (ROOT / name).read_bytes()[:8000]:
            yield name


def code() -> list[str]:
    """Return the product's own modules: no tests, no tools, no migrations."""
    return [
        name
        for name in files(".py")
        if name.startswith(PRODUCT) and "migrations" not in Path(name).parts
    ]


def is_mail(name: str) -> bool:
    """Mail programs know neither style sheets nor our policy: style stays inline."""
    return "mail" in Path(name).parts


def matches(pattern: re.Pattern[str], names: list[str]) -> list[str]:
    """Return each place where a pattern is found, as file:line: text."""
    return [
        f"{name}:{number}: {line.strip()}"
        for name in names
        for number, line in enumerate(text(name).splitlines(), start=1)
        if pattern.search(line)
    ]


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a body. A record written field by field counts as one."""
    has_docstring = ast.get_docstring(function) is not None
    body = function.body[1:] if has_docstring else function.body
    lines = {
        line
        for statement in body
        for line in range(statement.lineno, (statement.end_lineno or 0) + 1)
    }
    for node in ast.walk(function):
        if isinstance(node, ast.Dict | ast.List):
            lines -= set(range(node.lineno + 1, (node.end_lineno or 0) + 1))
    return len(lines)


def test_the_platform_folder_never_hides_the_standard_library():
    standard = Path(sysconfig.get_path("stdlib"))

    assert list((ROOT / "platform").glob("*.py")) == []
    assert Path(platform.__file__ or "").is_relative_to(standard)


def test_every_module_can_be_read_at_one_sitting():
    too_long = []

    for name in files(".py"):
        if "migrations" in Path(name).parts:
            continue
        kind = "module"
        if name.startswith("tests/"):
            kind = "test module"
        elif "/settings/" in name:
            kind = "settings"
        lines = len(text(name).splitlines())
        if lines > LONGEST[kind] and name not in LONGER_WITH_REASON:
            too_long.append(f"{name}: {lines} lines, at most {LONGEST[kind]}")

    assert too_long == []


def test_every_function_does_one_thing():
    too_long = []

    for name in files(".py"):
        if name.startswith("tests/") or "migrations" in Path(name).parts:
            continue
        for node in ast.walk(ast.parse(text(name))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            place = f"{name}::{node.name}"
            if (
                length_of(node) > LONGEST["function"]
                and place not in LONGER_WITH_REASON
            ):
                too_long.append(f"{place}: {length_of(node)} lines")

    assert too_long == []


def test_every_template_stays_short():
    too_long = [
        f"{name}: {len(text(name).splitlines())} lines"
        for name in files(".html")
        if len(text(name).splitlines()) > LONGEST["template"]
        and name not in LONGER_WITH_REASON
    ]

    assert too_long == []


def test_every_exception_to_the_lengths_still_exists():
    gone = [
        place
        for place in LONGER_WITH_REASON
        if not (ROOT / place.partition("::")[0]).exists()
    ]

    assert gone == []


def test_apps_have_no_storey_of_their_own_invention():
    strange = [
        entry.relative_to(ROOT).as_posix()
        for app in APPS
        for floor in (app, *(f"{app}/{sub}" for sub in SUB_APPS.get(app, ())))
        for entry in sorted((ROOT / floor).iterdir())
        if entry.stem not in STOREYS | SUB_APPS.get(floor, set())
        and entry.name != "__pycache__"
    ]

    assert strange == []


def test_no_file_names_a_package_registry():
    named = [
        f"{name}: {registry}"
        for name in readable()
        for registry in REGISTRIES
        if registry in text(name)
    ]

    assert named == []


def test_no_file_holds_a_path_of_somebodys_machine():
    assert matches(MACHINE_PATH, list(readable())) == []


def test_the_python_lock_has_a_hash_for_everything_and_no_address():
    blocks = re.split(r"\n(?=[a-z0-9])", text("requirements.lock"), flags=re.IGNORECASE)
    pinned = [block for block in blocks if "==" in block.splitlines()[0]]

    without_hash = [
        block.splitlines()[0] for block in pinned if "--hash=sha256:" not in block
    ]

    assert len(pinned) > 50
    assert without_hash == []
    assert "://" not in text("requirements.lock")


def test_the_node_lock_has_a_hash_for_everything_and_no_address():
    packages = json.loads(text("package-lock.json"))["packages"]
    installed = {name: facts for name, facts in packages.items() if name}

    assert installed
    assert [name for name, facts in installed.items() if "resolved" in facts] == []
    assert [name for name in installed if "integrity" not in installed[name]] == []


def test_no_address_holds_an_integer_identifier():
    assert matches(re.compile(r"<int:(?!year|month|day)"), code()) == []


def test_only_the_foundation_signs():
    signing = re.compile(r"django\.core\.signing|from django\.core import .*\bsigning")

    outside = [name for name in code() if not name.startswith("platform/foundation/")]

    assert matches(signing, outside) == []


def test_rules_and_records_never_read_the_clock():
    timeless = {"domain", "services", "queries", "models"}

    places = [
        name
        for name in code()
        if timeless & {part.removesuffix(".py") for part in Path(name).parts}
    ]

    assert len(places) > 20
    assert matches(CLOCK, places) == []


def test_nothing_starts_threads_outside_the_job_runner():
    outside = [
        name for name in code() if not name.startswith("platform/foundation/jobs/")
    ]

    assert [name for name in outside if THREADS.search(text(name))] == []


def test_no_template_holds_style_or_script():
    pages = [name for name in files(".html") if not is_mail(name)]

    assert pages
    assert matches(INLINE, pages) == []


def test_every_silenced_warning_says_why():
    assert matches(UNEXPLAINED, files(".py")) == []
