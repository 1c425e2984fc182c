"""Facts become tables: what was published, read and parsed becomes typed, checked frames."""
