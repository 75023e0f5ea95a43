"""What a payroll file looks like, as data: what every profile is, built in or an organisation's own."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00\r\n]*$")]
Text = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Head = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00\r\n]*$")]


class Part(BaseModel):
    """A part of a profile; a word it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FileFormat(StrEnum):
    """Kinds of file."""

    DELIMITED = "delimited"
    FIXED_WIDTH = "fixed_width"
    WORKBOOK = "workbook"
    JSON = "json"
    PARQUET = "parquet"


class NumberStyle(StrEnum):
    """How a number is written."""

    PLAIN = "plain"
    """7.50"""
    HOURS_MINUTES = "hours_minutes"
    """7:30; the number is hours."""
    HUNDREDTHS = "hundredths"
    """750"""
    SIGN_LAST = "sign_last"
    """7.50-"""


class Letters(StrEnum):
    """What a text may consist of."""

    DIGITS = "digits"
    LETTERS_DIGITS = "letters_digits"
    """A to Z, a to z, 0 to 9."""


class InstantForm(StrEnum):
    """How an instant is written."""

    UTC = "utc"
    """2026-11-02T07:00:00Z"""
    OFFSET = "offset"
    """2026-11-02T08:00:00+01:00, of the location's clock."""
    CLOCK = "clock"
    """08:00, of the location's clock."""


class Cell(Part):
    """Where a value comes from, what it must be, and how it is written.

    Exactly one of ``field``, ``literal``, ``setting`` and ``computed`` says where it comes from.
    """

    field: str | None = None
    """A name of `scheduler.payroll.rows.FIELDS` or ``BATCH_FIELDS``."""
    literal: Line | None = None
    setting: str | None = None
    computed: Text | None = None
    """An expression; see `scheduler.payroll.expressions`."""

    slot: str | None = None
    """Only what belongs in this slot of a row of several lines; blank where there is nothing."""
    required: bool = False
    letters: Letters | None = None
    max_length: int | None = Field(default=None, ge=1, le=1000)
    minimum: int | None = None
    maximum: int | None = None
    cut: bool = False
    """Longer text is cut instead of refused."""
    blank_zero: bool = False
    """Zero is written as nothing."""
    decimals: int | None = Field(default=None, ge=0, le=6)
    """Numbers are rounded half up to so many; 2 where nothing is said, none for what is whole."""
    style: NumberStyle = NumberStyle.PLAIN
    day_form: str | None = None
    instant_form: InstantForm = InstantForm.OFFSET
    pad_to: int | None = Field(default=None, ge=1, le=200)
    pad_with: Annotated[str, StringConstraints(min_length=1, max_length=1, pattern=r"^[^\x00\r\n]$")] = " "
    pad_right: bool = False
    """Filled up at its right side instead of its left."""


class Column(Cell):
    """A column: its head and what stands in it."""

    name: Head
    width: int | None = Field(default=None, ge=1, le=500)
    """Of a file of fixed width."""
    align: Literal["left", "right"] = "left"
    quoted: bool = False
    """Always in quotes."""


class BodyValue(Cell):
    """A value in the body of a request."""

    omit_blank: bool = True
    """Left out where it is blank; otherwise null."""


class PerDay(Part):
    """A list with one number for each day of the period, 0 where there is nothing."""

    per_day: BodyValue


class BodyList(Part):
    """A list with one item for each different value of some fields."""

    each: list[str] = Field(min_length=1, max_length=8)
    item: BodyObject


class BodyObject(Part):
    """An object: names and what they hold."""

    has: dict[Head, BodyObject | BodyList | PerDay | BodyValue] = Field(min_length=1, max_length=60)


class Setting(Part):
    """Something that every target of the profile has to say once, such as a client number."""

    says: Text
    required: bool = True
    letters: Letters | None = None
    min_length: int = Field(default=0, ge=0, le=100)
    max_length: int = Field(default=60, ge=1, le=200)
    default: Line = ""


class Source(Part):
    """Where something about the format is written, and how far it was confirmed."""

    says: Text
    where: Text


class Profile(Part):
    """A whole description of a payroll file."""

    code: Slug
    title: Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
    about: Text = ""
    format: FileFormat
    file_name: Line
    """With ``{field}`` or ``{field|day form}`` for what changes from file to file."""
    settings: dict[Slug, Setting] = Field(default_factory=dict, max_length=30)
    slots: dict[Slug, Text] = Field(default_factory=dict, max_length=20)
    """Places of a row that a pay code can be mapped to, and what each is for."""

    columns: list[Column] = Field(default_factory=list, max_length=150)
    body: BodyList | None = None
    """Instead of columns, for JSON that is the body of a request."""
    group_by: list[str] = Field(default_factory=list, max_length=10)
    """Lines that are equal in these fields are one row; without any, each line is a row."""
    drop_zero: bool = False
    """Rows in which every sum is zero are left out."""

    header: bool = True
    before: list[Line] = Field(default_factory=list, max_length=40)
    """Lines before everything, with ``{field}`` as in the file name."""
    after: list[Line] = Field(default_factory=list, max_length=40)
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=3, pattern=r"^[^\x00\r\n\"]+$")] = (
        ","
    )
    quote: Literal["needed", "all", "text", "never"] = "needed"
    end_delimiter: bool = False
    """Each row ends with a delimiter too."""
    decimal_mark: Literal[".", ","] = "."
    day_form: str = "YYYY-MM-DD"
    encoding: Literal["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1250", "latin-1", "ascii"] = "utf-8"
    transliterate: bool = False
    """Letters that the encoding cannot hold are written with those it can (ł as l); otherwise refused."""
    line_end: Literal["crlf", "lf"] = "crlf"
    formulas: Literal["defuse", "refuse", "keep"] = "defuse"
    """Texts that a spreadsheet would run: an apostrophe in front, or refused, or as they are."""

    sources: list[Source] = Field(default_factory=list, max_length=20)
    unverified: list[Text] = Field(default_factory=list, max_length=20)


BodyList.model_rebuild()
BodyObject.model_rebuild()
