"""Frames and `sql/` become one DuckDB file: built beside the published one, checked, and published by rename."""
