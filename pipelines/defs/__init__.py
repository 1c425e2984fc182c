"""Dagster, and only Dagster: one thin module a stage, each asset a call of a plain function.

Modules here do not postpone annotations: Dagster reads them at run time.
"""
