"""Employees, contracts, skills and certificates, availability, preferences."""
