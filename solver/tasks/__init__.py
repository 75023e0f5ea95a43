"""Shifts made of tasks: what is done when is drawn together with who works when."""
