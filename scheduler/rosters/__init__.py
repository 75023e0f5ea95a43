"""Rosters and their versions: planning, publishing, changes."""
