"""A compliance report as PDF that another library reads back."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from exports.compliance_pdf import CLOSE_HEADINGS, FINDING_HEADINGS, to_pdf
from tests.exports.printed_report import NAMES, close_call, finding, report


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def pages(content: bytes) -> list[str]:
    """The words of each page, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in read(content).pages]


def test_every_letter_of_a_name_comes_back_and_none_is_read_as_markup():
    (page,) = pages(to_pdf(report(findings=[finding(employee_name=name) for name in NAMES])))
    for name in (
        *NAMES,
        "Kraków, week of 2026-10-19",
        "Ann rests 10 h – not 11 h. Start later.",
        "art. 132 § 1",
    ):
        assert name in page, name


def test_a_finding_says_when_on_the_clock_of_the_place_and_by_how_much():
    (page,) = pages(to_pdf(report(findings=[finding(short_by=90)], close=[])))
    assert "breach 2026-10-25 00:00 to 2026-10-25 07:00 Ann rests" in page
    assert "1 h 30 min art. 132 § 1 (PL.DAILY_REST_11H)" in page


def test_who_checked_when_and_against_which_version_stands_at_the_head():
    (page,) = pages(to_pdf(report(shown="only Ann")))
    assert "Checked by Łucja Ñemo on 2026-11-22 10:05; all times are local: Europe/Warsaw." in page
    assert "Against pl (version 3+0123456789ab)." in page
    assert "Shown: only Ann." in page
    assert "1 finding, 1 kept with little to spare." in page


def test_each_page_of_a_long_report_has_the_head_of_the_table_and_its_number():
    content = to_pdf(
        report(findings=[finding(employee_name=f"Person {n}") for n in range(200)], close=[], notes=[])
    )
    found = pages(content)
    assert len(found) > 5
    for number, page in enumerate(found, start=1):
        assert " ".join(FINDING_HEADINGS) in page
        assert page.endswith(f"page {number} of {len(found)}")
    assert [sum(f"Person {n} breach" in page for page in found) for n in range(200)] == [1] * 200


def test_what_is_close_and_the_notes_follow_the_findings():
    (page,) = pages(to_pdf(report(close=[close_call(left=0)])))
    findings, close, notes = (
        page.index(text)
        for text in (" ".join(FINDING_HEADINGS), " ".join(CLOSE_HEADINGS), "• a note")
    )  # fmt: skip
    assert findings < close < notes
    assert "nothing art. 132 § 1" in page


def test_a_report_that_nobody_checked_says_so():
    (page,) = pages(to_pdf(report(findings=[], close=[], notes=[], packs={}, checked=False)))
    assert "Not checked against any law: there is no rule pack for this place." in page
    assert "Nothing was checked." in page
    assert "Findings" not in page


def test_the_file_is_tagged_for_screen_readers_and_knows_title_language_and_time():
    content = to_pdf(report())
    catalog = read(content).root_object
    marks = catalog["/MarkInfo"]
    assert isinstance(marks, DictionaryObject)
    assert str(marks["/Marked"]) == "True"
    assert str(catalog["/Lang"]) == "en"
    about = read(content).metadata
    assert about is not None
    assert (about.title, about.author) == ("Kraków, week of 2026-10-19", "Łucja Ñemo")
    assert about.creation_date == datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


def test_the_same_report_gives_the_same_bytes():
    assert to_pdf(report()) == to_pdf(report())
    assert to_pdf(report()) != to_pdf(report(notes=["another"]))
