"""Tests of the pages without a browser; `tests/e2e` drives them in one."""
