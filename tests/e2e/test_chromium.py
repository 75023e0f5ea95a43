"""The browser of this machine shows text and reports what is wrong with a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.accessibility import assert_accessible
from tests.e2e.chromium import find_chromium

PAGE = """data:text/html;charset=utf-8,<!doctype html><html lang="en"><title>Week</title>
<main><h1>{heading}</h1><p>Zażółć 07:00–15:00</p></main></html>"""


def test_text_is_drawn_with_a_real_font(page: Page):
    """Without fonts every text is as wide as any other and the picture stays white."""
    page.goto(PAGE.format(heading="Roster"))
    widths = page.evaluate(
        """() => ['iiii', 'WWWW'].map((text) => {
            const context = document.createElement('canvas').getContext('2d');
            context.font = '20px sans-serif';
            return context.measureText(text).width;
        })"""
    )
    assert 0 < widths[0] < widths[1]
    text = page.locator("h1").screenshot()
    page.evaluate("document.querySelector('h1').style.color = 'white'")
    assert text != page.locator("h1").screenshot()


def test_a_page_without_faults_is_accessible(page: Page):
    page.goto(PAGE.format(heading="Roster"))
    assert_accessible(page)


def test_a_picture_without_a_name_is_reported(page: Page):
    page.goto(PAGE.format(heading="<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>Roster"))
    with pytest.raises(AssertionError, match="image-alt"):
        assert_accessible(page)


def test_a_named_browser_that_does_not_exist_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("MAKINA_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError, match="MAKINA_CHROMIUM"):
        find_chromium()
