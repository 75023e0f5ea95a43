"""The file formats in words, made from what reads them."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.imports.kind import Kind
from scheduler.imports.kinds.order import KINDS


def formats_markdown() -> str:
    """Every kind of file with its columns, as Markdown: the reference part of `docs/import.md`."""
    return "\n".join(line for kind in KINDS for line in _section(kind))


def _section(kind: Kind) -> Iterator[str]:
    yield f"### {kind.title}: `{kind.name}.csv`"
    yield ""
    if kind.about:
        yield kind.about
        yield ""
    yield "| column | required | form | meaning |"
    yield "|---|---|---|---|"
    for column in kind.columns:
        required = "yes" if column.required else "no"
        yield f"| `{column.name}` | {required} | {column.form.says} | {column.meaning} |"
    yield ""
