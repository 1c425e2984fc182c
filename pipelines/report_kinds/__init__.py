"""Facts about each kind of report, as data: one TOML file a kind, what kinds share, and the scale of grades.

A new kind is a TOML file here, with the last day of the kind before it; a golden case in `tests/golden`; and, for the
sample, a writer in `sample/`. Tests name what is missing.
"""
