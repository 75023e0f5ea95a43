"""One file per command of ``makina``."""
