"""Facts about each inspection framework, as data: one TOML file a framework, and the scale of grades."""
