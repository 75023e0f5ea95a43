"""Tests: a folder for each package, mirroring it, and folders about the whole."""
