"""Pay codes, pay periods, pay lines."""
