"""A file that is no problem: what is wrong with it is said in lines people can read."""

import pytest
from typer.testing import CliRunner

from api.cli import app


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1"),
        ("[1, 2", "line 1, column"),
        ("[]", "must be an object"),
        ("null", "must be an object"),
        ('{"origin": NaN}', "days"),
        ('{"origin": "2026-11-23T00:00:00+00:00", "days": [], "emploees": []}', "emploees"),
        ("[" * 100_000, "nested too deeply"),
        ('{"days": ' + "9" * 5000 + "}", "digits"),
        ('{"origin": "\\ud800", "days": []}', "origin"),
    ],
)
def test_a_file_that_is_no_problem_ends_the_command_with_status_2_and_readable_lines(tmp_path, text, told):
    path = tmp_path / "problem.json"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["solve", str(path)])
    assert result.exit_code == 2, result.output
    assert told in result.output
    assert "Traceback" not in result.output
    assert all(len(line) < 400 for line in result.output.splitlines())
