"""Payroll files of every profile: golden, read back by foreign readers, and refused rather than wrong."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastparquet
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import validator_for

from exports.payroll_files import file_name, media_type, preview, render
from scheduler.kernel.errors import InvalidInput
from scheduler.payroll.library import builtin_profiles
from scheduler.payroll.payroll_profile import FileFormat, Profile
from scheduler.payroll.profile_check import read_profile
from scheduler.payroll.rows import MappedCode, Person, Place, Row, Unit
from scheduler.payroll.samples import sample_facts, sample_rows
from scheduler.payroll.save_profile import profile_from_text

GOLDEN = Path(__file__).parent / "golden" / "payroll"
DOCUMENT = Path(__file__).parents[2] / "docs" / "payroll-file.md"
ANN = Person("17", "0017", "Ann", "Nowak")
BINARY = (FileFormat.WORKBOOK, FileFormat.PARQUET)
TEXT = [profile for profile in builtin_profiles().values() if profile.format not in BINARY]
EVERYTHING = list(builtin_profiles().values())


def rows_of(profile: Profile) -> list[Row]:
    """The sample week; QuickBooks takes no time that is negative."""
    rows = sample_rows(profile)
    return rows[:-1] if profile.code == "quickbooks_iif" else rows


def rendered(profile: Profile, rows: list[Row] | None = None) -> bytes:
    return b"".join(render(profile, rows_of(profile) if rows is None else rows, sample_facts(profile)))


def table(profile: Profile, rows: list[Row] | None = None) -> list[list[str]]:
    text = rendered(profile, rows).decode(profile.encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=profile.delimiter))


def own(**changes: Any) -> Profile:
    """A profile of an organisation: number, name and hours, changed."""
    document: dict[str, Any] = {
        "code": "ours",
        "title": "Ours",
        "format": "delimited",
        "file_name": "ours.csv",
        "columns": [
            {"name": "Number", "field": "employee_number"},
            {"name": "Name", "field": "employee_name"},
            {"name": "Hours", "field": "hours"},
        ],
    }
    return read_profile(document | changes)


def named(name: str, **line: Any) -> list[Row]:
    row = sample_rows(own())[0]
    first, _, last = name.partition(" ")
    person = Person("17", "0017", first, last)
    return [replace(row, person=person, line=row.line._replace(employee_name=name, **line))]


@pytest.mark.parametrize("profile", TEXT, ids=lambda profile: profile.code)
def test_the_file_is_byte_for_byte_the_golden_one(profile: Profile):
    assert rendered(profile) == (GOLDEN / f"{profile.code}.golden").read_bytes()


@pytest.mark.parametrize("profile", EVERYTHING, ids=lambda profile: profile.code)
def test_the_same_rows_give_the_same_bytes(profile: Profile):
    assert rendered(profile) == rendered(profile)


@pytest.mark.parametrize("profile", EVERYTHING, ids=lambda profile: profile.code)
def test_a_file_without_rows_is_a_whole_file(profile: Profile):
    assert rendered(profile, []) or profile.format is FileFormat.DELIMITED


def test_file_names_tell_what_changes():
    names = {code: file_name(each, sample_facts(each)) for code, each in builtin_profiles().items()}
    assert names["adp_workforce_now"] == "EPIABC1.csv"
    assert names["datev_lodas"] == "lodas_1234_123_202611_1.txt"
    assert names["sap_infotype_2010"] == "it2010_20261116_0001.csv"


@pytest.mark.parametrize("code", ["generic_csv", "generic_json", "generic_xlsx", "generic_parquet"])
def test_pandas_reads_the_same_from_every_generic_form(code: str, tmp_path: Path):
    profile = builtin_profiles()[code]
    content = rendered(profile)
    path = tmp_path / file_name(profile, sample_facts(profile))
    path.write_bytes(content)
    if code == "generic_csv":
        frame = pandas.read_csv(path, dtype={"employee_number": str}, parse_dates=["day"])
    elif code == "generic_json":
        frame = pandas.DataFrame(json.loads(content)).assign(day=lambda each: pandas.to_datetime(each["day"]))
    elif code == "generic_xlsx":
        frame = pandas.read_excel(path, engine="calamine", dtype={"employee_number": str})
    else:
        frame = fastparquet.ParquetFile(io.BytesIO(content)).to_pandas()
    assert list(frame.columns) == [column.name for column in profile.columns]
    assert frame["minutes"].tolist() == [475, 125, 480, 505, 60, -40]
    assert frame["quantity"].astype(float).tolist() == [7.92, 2.08, 8.0, 8.42, 1.0, -0.67]
    assert frame["amount"].astype(float).sum() == pytest.approx(840.01 - 0.06, abs=0.01)
    assert [str(each)[:10] for each in frame["day"]][-1] == "2026-11-13"
    assert frame["employee_name"].tolist()[-1] == "Bo O'Neill-Gómez"
    assert frame["reason"].tolist()[-1] == "left at 15:50, said the gate"


def test_parquet_holds_exact_money_and_real_days():
    from arro3.core import DataType
    from arro3.io import read_parquet

    schema = read_parquet(io.BytesIO(rendered(builtin_profiles()["generic_parquet"]))).schema
    kinds = {field.name: field.type for field in (schema.field(name) for name in schema.names)}
    assert kinds["amount"] == DataType.decimal128(18, 4)
    assert kinds["quantity"] == DataType.decimal128(18, 2)
    assert kinds["day"] == DataType.date32()


def test_a_workbook_has_numbers_as_numbers_and_no_formula():
    import zipfile

    profile = own(format="workbook")
    content = rendered(profile, named("=1+1"))
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "=1+1" in sheet
    (row,) = pandas.read_excel(io.BytesIO(content), engine="calamine").itertuples(index=False)
    assert (row.Name, row.Hours) == ("=1+1", 7.92)


def test_adp_has_regular_and_overtime_in_their_columns_and_other_hours_with_their_code():
    head, *rows = table(builtin_profiles()["adp_workforce_now"])
    told = [{name: cell for name, cell in zip(head, row, strict=True) if cell} for row in rows]
    assert {"File #": "000017", "Reg Hours": "15.92", "Co Code": "ABC", "Batch ID": "1", "Temp Dept": "10",
            "Temp Cost #": "4711"} in told  # fmt: skip
    assert [each["O/T Hours"] for each in told if "O/T Hours" in each] == ["2.08"]
    assert [(each["Hours 3 Code"], each["Hours 3 Amount"]) for each in told if "Hours 3 Code" in each] == [
        ("9", "1.00")
    ]


def test_lodas_is_read_by_what_its_own_description_says():
    text = rendered(builtin_profiles()["datev_lodas"]).decode("cp1252")
    assert text.count("\r\n") == text.count("\n")
    head, _, data = text.partition("[Bewegungsdaten]\r\n")
    description = head.split("[Satzbeschreibung]\r\n")[1].split("\r\n")[0].split(";")
    names = [part.removesuffix("#bwd") for part in description[2:-1]]
    rows = [dict(zip(names, line.split(";")[1:-1], strict=True)) for line in data.split("\r\n")[:-1]]
    by = {(row["pnr"], row["la_eigene"]): row for row in rows}
    assert by["17", "100"]["bs_wert_butab"] == "15,92"
    assert by["17", "100"]["kostenstelle"] == "4711"
    assert by["18", "100"]["bs_wert_butab"] == "7,75"
    assert {row["abrechnung_zeitraum"] for row in rows} == {"01.11.2026"}


GUSTO = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["entity_uuid", "entity_type", "job_uuid", "time_zone", "shift_started_at", "entries"],
        "additionalProperties": False,
        "properties": {
            "entity_uuid": {"type": "string"},
            "entity_type": {"enum": ["Employee", "Contractor"]},
            "job_uuid": {"type": "string"},
            "time_zone": {"type": "string"},
            "shift_started_at": {"type": "string", "format": "date-time"},
            "shift_ended_at": {"type": "string", "format": "date-time"},
            "entries": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["hours_worked", "pay_classification"],
                    "properties": {
                        "hours_worked": {"type": "number"},
                        "pay_classification": {"type": "string"},
                    },
                },
            },
        },
    },
}


def test_gusto_bodies_keep_to_the_schema_and_to_the_clock_of_the_place():
    bodies = json.loads(rendered(builtin_profiles()["gusto_time_sheets"]))
    assert not list(validator_for(GUSTO, validate_formats=True).iter_errors(bodies))
    first = next(body for body in bodies if body["entity_uuid"] == "17")
    assert first["shift_started_at"] == "2026-11-16T08:00:00+01:00"
    assert {entry["pay_classification"]: entry["hours_worked"] for entry in first["entries"]} == {
        "100": 7.92,
        "101": 2.08,
    }


def test_xero_au_has_a_number_for_each_day_and_a_correction_on_the_first():
    sheets = {each["EmployeeID"]: each for each in json.loads(rendered(builtin_profiles()["xero_au"]))}
    lines = {line["EarningsRateID"]: line["NumberOfUnits"] for line in sheets["18"]["TimesheetLines"]}
    assert lines["100"] == [-0.67, 0, 0, 0, 8.42, 0, 0]
    assert lines["9"] == [0, 0, 0, 0, 0, 1.0, 0]


def test_quickbooks_reads_hours_and_minutes_and_a_name_in_quotes():
    text = rendered(builtin_profiles()["quickbooks_iif"]).decode("cp1252")
    rows = [line.split("\t") for line in text.split("\r\n")[3:-1]]
    assert rows[0] == ["TIMEACT", "11/16/26", "J1", '"Nowak, Ann"', "", "100", "7:55", "", "", "Y", "0"]
    assert {len(row) for row in rows} == {11}


def test_time_that_is_taken_back_is_refused_where_the_target_has_no_negative_time():
    profile = builtin_profiles()["quickbooks_iif"]
    (fault,) = preview(profile, sample_rows(profile), sample_facts(profile))[1]
    assert fault.field.startswith("DURATION of Bo O'Neill-Gómez (0018)")
    assert "less than 0" in fault.problem


@pytest.mark.parametrize("text", ["=1+1", "+48 22", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_text_runs_as_a_formula_and_numbers_stay_numbers(text: str):
    _, row = table(own(), named(text, day=date(2026, 11, 16)))
    assert row[1] == f"'{text}"
    _, negative = table(own(), [replace(named("Ann Nowak")[0], minutes=-40)])
    assert negative[2] == "-0.67"
    with pytest.raises(InvalidInput) as refused:
        rendered(own(formulas="refuse"), named(text))
    assert "spreadsheet" in refused.value.errors[0].problem


def test_a_letter_that_the_encoding_cannot_hold_names_person_and_field():
    with pytest.raises(InvalidInput) as refused:
        rendered(own(encoding="cp1252"), named("Zoë Łęcka"))
    (error,) = refused.value.errors
    assert error.field == "Name of Zoë Łęcka (0017), 2026-11-16"
    assert "“Ł”, “ę”" in error.problem
    assert "transliterate" in error.hint
    assert b"?" not in rendered(own(encoding="cp1252", transliterate=True), named("Zoë Łęcka"))
    assert table(own(encoding="cp1252", transliterate=True), named("Zoë Łęcka"))[1][1] == "Zoë Lecka"
    assert table(own(encoding="cp1250"), named("Ola Łęcka"))[1][1] == "Ola Łęcka"
    with pytest.raises(InvalidInput):
        rendered(own(encoding="cp1252", transliterate=True), named("李 Wei"))


@pytest.mark.parametrize(
    ("encoding", "start"), [("utf-8-sig", b"\xef\xbb\xbfN"), ("utf-16", b"\xff\xfeN\x00"), ("utf-8", b"N")]
)
def test_a_mark_stands_once_at_the_beginning(encoding: str, start: bytes):
    many = named("Ola Łęcka") * 5000
    content = rendered(own(encoding=encoding), many)
    assert content.startswith(start)
    assert content.decode(encoding).count("\ufeff") == 0
    assert content.decode(encoding).count("Ola Łęcka") == 5000


def test_fixed_width_fills_up_and_refuses_what_is_too_long():
    columns = [
        {"name": "No", "field": "employee_number", "width": 6, "align": "right"},
        {"name": "Name", "field": "employee_name", "width": 10},
        {"name": "H", "field": "hours", "width": 7, "style": "hundredths", "pad_to": 6, "pad_with": "0"},
    ]
    profile = own(format="fixed_width", columns=columns, header=False, line_end="lf")
    assert rendered(profile, named("Ann Nowak")) == b"    17Ann Nowak 000792 \n"
    with pytest.raises(InvalidInput) as refused:
        rendered(profile, named("Annabella Nowak"))
    assert refused.value.errors[0].problem == "has 15 characters"
    columns[1]["cut"] = True
    assert (
        rendered(own(format="fixed_width", columns=columns, header=False), named("Annabella Nowak"))[6:16]
        == b"Annabella "
    )


def test_wide_rows_have_a_column_for_each_slot():
    columns = [
        {"name": "No", "field": "employee_number"},
        {"name": "Regular", "field": "quantity", "slot": "regular"},
        {"name": "Overtime", "field": "quantity", "slot": "overtime", "blank_zero": True},
    ]
    profile = own(columns=columns, group_by=["employee_number"], slots={"regular": "", "overtime": ""})
    assert table(profile, sample_rows(profile)) == [
        ["No", "Regular", "Overtime"], ["17", "15.92", "2.08"], ["18", "7.75", ""],
    ]  # fmt: skip


def test_two_values_in_one_row_are_refused_and_not_chosen_between():
    columns = [{"name": "No", "field": "employee_number"}, {"name": "Code", "field": "code"}]
    profile = own(columns=columns, group_by=["employee_number"])
    faults = preview(profile, sample_rows(profile), sample_facts(profile))[1]
    assert {(fault.value, fault.problem) for fault in faults} >= {
        ("100 and 101", "has two values in one row")
    }


def test_hours_are_rounded_once_after_they_are_summed():
    twenty = [replace(row, minutes=20) for row in named("Ann Nowak") * 3]
    profile = own(group_by=["employee_number", "employee_name"])
    assert table(profile, twenty)[1][2] == "1.00"


def test_a_quantity_counts_what_its_unit_says():
    base = named("Ann Nowak")[0]
    columns = [{"name": "q", "field": "quantity"}]
    for unit, factor, told in [
        (Unit.HOURS, "1.5", "11.88"), (Unit.MINUTES, "1", "475.00"), (Unit.DAYS, "0.125", "0.99"),
        (Unit.AMOUNT, "1", "248.58"), (Unit.LINES, "2", "2.00"),
    ]:  # fmt: skip
        row = replace(base, code=MappedCode("x", "", unit, Decimal(factor)))
        assert table(own(columns=columns), [row])[1] == [told]


def test_a_rate_finer_than_a_cent_is_written_with_all_its_digits():
    columns = [{"name": "exact", "field": "rate"}, {"name": "rounded", "field": "rate", "decimals": 2}]
    assert table(own(columns=columns), named("Ann Nowak", rate="31.4058"))[1] == ["31.4058", "31.41"]
    assert table(own(columns=columns), named("Ann Nowak"))[1] == ["31.40", "31.40"]


@pytest.mark.parametrize("more", [{}, {"pad_to": 6}, {"max_length": 9}])
def test_what_is_required_is_refused_where_it_is_empty(more: dict[str, Any]):
    columns = [{"name": "Centre", "field": "cost_centre", "required": True, **more}]
    profile = own(columns=columns)
    assert not preview(profile, named("Ann Nowak"), sample_facts(profile))[1]
    nowhere = [replace(row, place=Place("Europe/Warsaw"), person=ANN) for row in named("Ann Nowak")]
    (fault,) = preview(profile, nowhere, sample_facts(profile))[1]
    assert fault.problem == "must not be empty"
    assert "cost_centre" in fault.hint


def test_what_divides_by_nothing_is_a_fault_and_no_crash():
    profile = own(columns=[{"name": "x", "computed": "hours / (minutes - 475)"}])
    (fault,) = preview(profile, named("Ann Nowak"), sample_facts(profile))[1]
    assert "cannot be worked out" in fault.problem


def test_text_without_quotes_cannot_hold_a_delimiter():
    with pytest.raises(InvalidInput):
        rendered(own(quote="never"), named("Nowak, Ann"))
    assert rendered(own(quote="all"), named("Ann Nowak")).splitlines()[1] == b'"17","Ann Nowak","7.92"'
    assert rendered(own(quote="text"), named("Ann Nowak")).splitlines()[1] == b'"17","Ann Nowak",7.92'


def test_every_kind_of_file_says_what_it_is():
    assert media_type(own()) == "text/csv; charset=utf-8"
    assert media_type(own(encoding="cp1252")) == "text/csv; charset=cp1252"
    assert {media_type(each) for each in EVERYTHING if each.format in BINARY} == {
        "application/vnd.apache.parquet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


def test_the_profile_that_the_document_shows_makes_a_file():
    (text,) = re.findall(r"```yaml\n(.+?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)
    profile = profile_from_text(text)
    columns = {column.name for column in profile.columns}
    assert columns == {"Number", "Name", "Regular", "Overtime", "Kind"}
    head, *rows = table(profile, sample_rows(profile))[1:]
    assert head[0] == "Number"
    assert rows[0] == ["00017", "Nowak, Ann", "15,92", "2,08", "E"]


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_whatever_the_name_the_csv_module_reads_it_back(name: str, delimiter: str):
    profile = own(delimiter=delimiter, formulas="keep")
    assert table(profile, named(name or "x"))[1][1] == (name or "x")
