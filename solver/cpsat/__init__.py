"""The exact model of every rule, and running CP-SAT on it."""
