"""The map in ``docs/tour.md``: one line for each folder and module, taken from its own first sentence.

``python -m tests.architecture.tour`` (``make tour``) writes it anew.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.sources import MIGRATIONS, PACKAGES, ROOT, files, text_of

TOUR = ROOT / "docs" / "tour.md"
BEGIN, END = "<!-- map: make tour -->\n", "<!-- end of map -->\n"
MAPPED = (*PACKAGES, "benchmarks", "tests", "web")

# Folders without a module whose docstring could tell.
FOLDERS = {
    "api/demo/company": "the files of the made-up company, as `api/demo/generate.py` writes them",
    "api/static": "our own style sheets and ES modules; `vendor/` is filled by the build",
    "api/templates": "the Jinja2 templates of the pages",
    "scheduler/db/migrations": "the schema's history, applied by Alembic",
    "scheduler/db/migrations/versions": "one file for each change of the schema, oldest first",
    "scheduler/law/calendars": "holidays whose classes no library tells apart, year by year",
    "scheduler/law/examples": "worked examples of each pack: rosters that break a rule and ones that keep it",
    "scheduler/law/packs": "one YAML file per jurisdiction: values, the dates they hold, and their citations",
    "scheduler/payroll/profiles": "one YAML file for each payroll system: its form, and its sources",
    "tests/scheduler/law/snapshots": "the rules that each pack compiles to, year by year",
    "tests/exports/golden": "payroll files that stay the same byte for byte",
    "web": "the pinned third-party assets that the build copies to `api/static/vendor/`",
}


def first_sentence(name: str) -> str:
    """The first paragraph of a module's docstring without its full stop; empty if there is none."""
    docstring = ast.get_docstring(ast.parse(text_of(name))) if name in files() else None
    if docstring is None:
        return ""
    return docstring.split("\n\n")[0].replace("\n", " ").replace("``", "`").strip().rstrip(".")


def entries() -> Iterator[tuple[str, str]]:
    """(path, what it is) of every mapped folder (ending in ``/``) and module, parents first."""
    mapped = [name for name in files() if name.split("/")[0] in MAPPED]
    folders = {str(folder) for name in mapped for folder in PurePosixPath(name).parents if str(folder) != "."}
    # What lies inside a folder of assets is one subject.
    folders = {
        folder for folder in folders if folder in FOLDERS or str(PurePosixPath(folder).parent) not in FOLDERS
    }
    modules = [name for name in mapped if name.endswith(".py") and not name.endswith("/__init__.py")]
    shown = [name for name in modules if not name.startswith(MIGRATIONS) and "/test_" not in name]
    for path in sorted([f"{folder}/" for folder in folders] + shown, key=lambda path: path.split("/")):
        if not path.endswith("/"):
            yield path, first_sentence(path)
        elif path[:-1] in FOLDERS:
            yield path, FOLDERS[path[:-1]]
        else:
            yield path, first_sentence(f"{path}__init__.py") or _mirrored(path)


def _mirrored(path: str) -> str:
    room = path.removeprefix("tests/")
    return f"tests of `{room}`" if room != path and (ROOT / room).is_dir() else ""


def map_of_repository() -> str:
    """The Markdown list between the two marks."""
    lines = []
    for path, what in entries():
        depth = path.rstrip("/").count("/")
        lines.append(
            f"{'  ' * depth}- `{path.rstrip('/').split('/')[-1]}{'/' * path.endswith('/')}` {what}\n"
        )
    return "".join(lines)


def rewritten(tour: str) -> str:
    """``tour`` with the map of today between the marks."""
    before, _, rest = tour.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{map_of_repository()}\n{END}{after}"


if __name__ == "__main__":
    TOUR.write_text(rewritten(TOUR.read_text(encoding="utf-8")), encoding="utf-8")
