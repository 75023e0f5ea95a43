"""One file per family of rules: the parameters, the plain reading and the CP-SAT reading side by side."""
