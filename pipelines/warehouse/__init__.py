"""Frames and `sql/` become one DuckDB file: built beside the old one, checked, and published by rename."""
