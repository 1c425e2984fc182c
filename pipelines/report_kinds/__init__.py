"""Facts about each kind of report, as data: one TOML file a kind, what kinds share, and the scale of grades."""
