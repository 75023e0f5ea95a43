"""The pages of the packs in docs/law/."""

from pathlib import Path

import pytest

from scheduler.law.library import packs
from scheduler.law.pages import page

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("pack", sorted(packs()))
def test_the_page_of_a_pack_is_current(pack):
    written = (ROOT / "docs" / "law" / f"{pack}.md").read_text(encoding="utf-8")
    assert written == page(packs()[pack]), "run: makina law docs"


def test_every_page_has_its_pack():
    assert sorted(file.stem for file in (ROOT / "docs" / "law").glob("*.md")) == sorted(packs())


def test_a_page_says_what_is_recalled_and_what_is_not_covered():
    shown = page(packs()["pl"])
    assert "| `pl.break`<br>`PL.BREAK` |" in shown
    assert "15 min paid from 6 h | 2004-01-01 to 2023-04-26 |" in shown
    assert "**recalled**" in shown
    assert "## Not covered\n\n- Working-time systems other than" in shown


def test_a_page_counts_what_is_confirmed_and_what_waits():
    shown = page(packs()["gb"])
    assert "\nOf 23 values 16 are confirmed and 7 recalled; rules not checked yet: 0.\n" in shown
    assert "on the ground `opt_out`, opened by consent that ends 7 days after it is withdrawn:" in shown
