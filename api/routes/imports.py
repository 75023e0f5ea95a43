"""Files that say people, rules and demand."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, UploadFile

from api.permissions import Access, allow
from api.schemas.base import Code, Day
from api.schemas.imports import ImportView
from api.transaction import WriteSession
from scheduler.imports.report import LineProblem
from scheduler.imports.run_import import ImportFile, import_files
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/imports", tags=["imports"])


@router.post("", summary="Import files")
def post_import(
    access: Annotated[Access, Depends(allow(Permission.IMPORTS_RUN))],
    session: WriteSession,
    files: Annotated[list[UploadFile], File(description="CSV files or workbooks, in any order.")],
    dry_run: Annotated[bool, Form(description="Only look: store nothing.")] = False,
    week: Annotated[
        Day | None, Form(description="The Monday that weekday names in columns of dates are counted from.")
    ] = None,
    location: Annotated[
        Code | None, Form(description="Code of the location that public files of hourly counts are about.")
    ] = None,
) -> ImportView:
    """Stores what the files say, all or nothing; the same files again change nothing.

    With one bad line nothing is stored, and every bad line is listed with its column, its value and what
    would do.
    """
    given = [ImportFile(file.filename or f"file {n}", file.file.read()) for n, file in enumerate(files, 1)]
    report = import_files(session, given, actor=access.actor, dry_run=dry_run, week=week, location=location)
    if report.errors:
        raise InvalidInput([_field_error(error) for error in report.errors], code="import_refused")
    return ImportView.model_validate(report)


def _field_error(error: LineProblem) -> FieldError:
    """A bad line as the problem document lists it."""
    field = error.file if error.column is None else f"{error.file}: {error.column}"
    return FieldError(field, error.value, error.problem, error.hint, error.line)
