"""Engine, session, column types, tenant filter and migrations."""
