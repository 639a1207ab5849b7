"""The floors of ARCHITECTURE.md, checked: who may import whom, and how long things may be."""

import ast
from collections.abc import Mapping, Set
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

FLOORS = {  # folder -> the folders of ours it may import besides itself
    "knowledge": set(),
    "gateway": set(),
    "storage": {"knowledge"},
    "scheduler": {"knowledge", "storage"},
    "handlers": {"knowledge", "storage", "scheduler"},
    "web": {"knowledge", "storage", "scheduler"},
    "bot": {"knowledge", "gateway", "storage", "scheduler", "handlers", "web"},
}
FENCES = {  # library -> the places where it may be imported
    "aiogram": ("handlers/", "bot/"),
    "telegram": ("scheduler/delivery.py", "bot/"),
    "apscheduler": ("scheduler/jobs.py",),
    "sqlalchemy": ("storage/", "scheduler/outbox"),  # outbox.py and its parts
    "alembic": ("storage/",),
    "jieba": ("knowledge/",),
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40

SOURCES = [path for folder in FLOORS for path in sorted((ROOT / folder).rglob("*.py"))]
TESTS = sorted((ROOT / "tests").rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported_modules(path: Path) -> frozenset[str]:
    found = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{name_of(path)}: relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def roots_imported(path: Path) -> set[str]:
    return {module.split(".")[0] for module in imported_modules(path)}


def test_imports_go_down() -> None:
    upwards = {}
    for path in SOURCES:
        folder = name_of(path).split("/")[0]
        upwards[name_of(path)] = roots_imported(path) & set(FLOORS) - FLOORS[folder] - {folder}

    assert only_where_something_is(upwards) == {}


def test_libraries_stay_behind_their_fence() -> None:
    outside = {
        (name := name_of(path)): {
            library
            for library in roots_imported(path) & set(FENCES)
            if not name.startswith(FENCES[library])
        }
        for path in SOURCES
    }

    assert only_where_something_is(outside) == {}


def test_routers_do_not_import_each_other() -> None:
    """The list in handlers/__init__ names them all; nobody else names a router."""
    handlers = [path for path in SOURCES if name_of(path).startswith("handlers/")]
    routers = {
        name_of(path).removesuffix(".py").replace("/", ".")
        for path in handlers
        if "Router(" in path.read_text(encoding="utf-8")
    }
    named = {name_of(path): imported_modules(path) & routers for path in handlers}

    assert only_where_something_is(named) == {"handlers/__init__.py": routers}


def test_files_and_functions_fit_in_one_reading() -> None:
    long = {name_of(path): too_long_in(path) for path in SOURCES + TESTS}

    assert only_where_something_is(long) == {}


def too_long_in(path: Path) -> set[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    functions = {
        node.name
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    return functions | ({f"{lines} lines"} if lines > LONGEST_FILE else set())


def only_where_something_is(found: Mapping[str, Set[str]]) -> dict[str, Set[str]]:
    return {name: what for name, what in found.items() if what}
