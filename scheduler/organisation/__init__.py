"""Organisations (tenants), locations, departments, accounts, roles and permissions."""
