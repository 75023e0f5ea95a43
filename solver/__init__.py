"""Optimal rosters from plain data: no database, no web, no calendar.

Nothing heavy is loaded here: ``from solver.solve import solve`` is what loads OR-Tools.
"""
