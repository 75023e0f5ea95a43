"""The kinds of files, grouped by the room whose records they hold."""
