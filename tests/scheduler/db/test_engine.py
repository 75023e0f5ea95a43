"""What an engine does to the machine it runs on."""

from __future__ import annotations

from pathlib import Path

from scheduler.db.engine import create_engine_for


def test_a_folder_made_for_a_sqlite_database_is_closed_to_other_users_of_the_machine(tmp_path: Path) -> None:
    engine = create_engine_for(f"sqlite:///{tmp_path}/var/makina.db")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE pay (cents INTEGER)")
    engine.dispose()
    assert (tmp_path / "var" / "makina.db").is_file()
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_there_stays_as_its_owner_made_it(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir(mode=0o750)
    create_engine_for(f"sqlite:///{tmp_path}/var/makina.db").dispose()
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o750
