"""Rules of law that no roster is solved by: checked on rosters and on worked time, person by person."""
