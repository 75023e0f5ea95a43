"""Profiles: what comes with Makina is whole, and what is wrong with one is told at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from scheduler.kernel.errors import InvalidInput
from scheduler.payroll.library import FOLDER, builtin_profiles
from scheduler.payroll.profile_check import read_profile

SMALL: dict[str, Any] = {
    "code": "ours",
    "title": "Ours",
    "format": "delimited",
    "file_name": "ours.csv",
    "columns": [{"name": "Number", "field": "employee_number"}],
}
A_DAY = {"has": {"a": {"field": "day"}}}


def faults_of(document: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        read_profile(document)
    assert all(error.hint for error in refused.value.errors)
    return {error.field: error.problem for error in refused.value.errors}


def test_every_payroll_that_is_promised_has_a_profile():
    assert set(builtin_profiles()) == {
        "adp_workforce_now", "datev_lodas", "datev_lohn_und_gehalt", "generic_csv", "generic_json",
        "generic_parquet", "generic_xlsx", "gusto_time_sheets", "paychex_flex", "quickbooks_iif",
        "sage_50_ca", "sage_payroll_ie", "sap_infotype_2010", "surepayroll", "ukg", "xero_au", "xero_uk_nz",
    }  # fmt: skip


@pytest.mark.parametrize("code", builtin_profiles())
def test_every_profile_says_where_its_form_is_written(code: str):
    assert builtin_profiles()[code].sources
    if not code.startswith("generic"):
        assert builtin_profiles()[code].unverified, "nothing was ever imported into the real system"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_text_of_a_profile_ends_where_yaml_reads_a_comment(path: Path):
    for line in path.read_text(encoding="utf-8").splitlines():
        assert " #" not in re.sub(r'"[^"]*"', "", line), line


def test_a_profile_is_what_it_was_after_a_round_trip():
    for profile in builtin_profiles().values():
        assert read_profile(profile.model_dump(mode="json", exclude_none=True)) == profile


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"columns": []}, "columns", "at least one column"),
        ({"columns": [{"name": "A", "field": "wage"}]}, "columns[0].field", "there is no field “wage”"),
        ({"columns": [{"name": "A"}]}, "columns[0]", "in one way"),
        ({"columns": [{"name": "A", "literal": "x", "field": "day"}]}, "columns[0]", "in one way"),
        ({"columns": [{"name": "A", "computed": "hours > 1"}]}, "columns[0].computed", "true or false"),
        ({"columns": [{"name": "A", "setting": "client"}]}, "columns[0].setting", "there is no setting"),
        ({"columns": [{"name": "A", "field": "code", "slot": "x"}]}, "columns[0].slot", "needs rows"),
        ({"columns": [{"name": "A", "field": "day", "day_form": "YYYY-m"}]}, "columns[0].day_form", "form"),
        ({"columns": [{"name": "A", "field": "day", "style": "hundredths"}]}, "columns[0].style", "numbers"),
        ({"columns": [{"name": "A", "field": "day", "colour": "red"}]}, "columns[0].colour", "not part"),
        ({"group_by": ["minutes"]}, "group_by[0]", "nothing to group by"),
        ({"file_name": "../x.csv"}, "file_name", "no name of a file"),
        ({"file_name": "{employee_number}.csv"}, "file_name", "there is no field"),
        ({"file_name": "{first_day.csv"}, "file_name", "brace"),
        ({"before": ["{first_day|DAY}"]}, "before[0]", "no form"),
        ({"format": "pdf"}, "format", "should be"),
        ({"code": "Our Profile"}, "code", "should match"),
        ({"delimiter": ",", "decimal_mark": ",", "quote": "never"}, "delimiter", "decimal mark too"),
        ({"format": "fixed_width"}, "columns[0].width", "fixed width"),
        ({"format": "json", "columns": [], "body": {"each": ["hours"], "item": A_DAY}},
         "body.each[0]", "group by"),
        ({"body": {"each": ["day"], "item": {"has": {"a": {"field": "x"}}}}},
         "body.item.has.a.field", "no field"),
    ],
)  # fmt: skip
def test_a_fault_names_its_field_and_what_would_do(change: dict[str, Any], field: str, says: str):
    found = faults_of(SMALL | change)
    assert field in found, found
    assert says in found[field]


def test_every_fault_is_told_at_once():
    bad = SMALL | {
        "file_name": "a/b",
        "columns": [{"name": "A", "field": "wage"}, {"name": "B", "computed": "1 +"}],
    }
    assert set(faults_of(bad)) == {"columns[0].field", "columns[1].computed", "file_name"}
