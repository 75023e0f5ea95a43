from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.imports.formats import formats_markdown
from scheduler.imports.kinds.order import KINDS
from tests.scheduler.imports.company_files import COMPANY

PAGE = Path(__file__).parents[3] / "docs" / "import.md"


def test_the_page_on_imports_shows_the_formats_that_the_code_reads():
    page = PAGE.read_text(encoding="utf-8")
    shown = page.split("<!-- formats: begin -->\n")[1].split("<!-- formats: end -->")[0]
    assert shown.strip() == formats_markdown().strip(), (
        "put the output of `makina import --formats` between the marks"
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_is_described(kind):
    text = formats_markdown().split(f"`{kind.name}.csv`")[1].split("### ")[0]
    for column in kind.columns:
        assert f"| `{column.name}` | {'yes' if column.required else 'no'} |" in text
        assert column.meaning


def test_every_column_of_every_kind_is_in_the_files_of_the_tests():
    tried = {(kind.name, title) for kind in KINDS for title in COMPANY[kind.name].splitlines()[0].split(",")}
    assert tried == {(kind.name, column.name) for kind in KINDS for column in kind.columns}
