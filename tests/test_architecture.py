"""The floors of ARCHITECTURE.md, checked: who may import whom, and how long things may be."""

import ast
from pathlib import Path

import pytest

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


def imported_modules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{name_of(path)}: relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_go_down(path: Path) -> None:
    folder = name_of(path).split("/")[0]
    ours = {module.split(".")[0] for module in imported_modules(path)} & set(FLOORS)

    assert ours <= FLOORS[folder] | {folder}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_libraries_stay_behind_their_fence(path: Path) -> None:
    roots = {module.split(".")[0] for module in imported_modules(path)}
    outside = [lib for lib in roots & set(FENCES) if not name_of(path).startswith(FENCES[lib])]

    assert outside == []


HANDLERS = [path for path in SOURCES if name_of(path).startswith("handlers/")]
ROUTERS = {
    name_of(path).removesuffix(".py").replace("/", ".")
    for path in HANDLERS
    if "Router(" in path.read_text(encoding="utf-8")
}


@pytest.mark.parametrize("path", HANDLERS, ids=name_of)
def test_routers_do_not_import_each_other(path: Path) -> None:
    """The list in handlers/__init__ names them all; nobody else names a router."""
    named = imported_modules(path) & ROUTERS

    assert named == (ROUTERS if name_of(path) == "handlers/__init__.py" else set())


@pytest.mark.parametrize("path", SOURCES + TESTS, ids=name_of)
def test_files_and_functions_fit_in_one_reading(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]

    assert len(text.splitlines()) <= LONGEST_FILE
    assert long == []
