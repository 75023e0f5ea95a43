"""Tests of the search for shifts made of tasks."""
