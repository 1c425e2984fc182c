"""Dagster, and only Dagster: each asset a call of a plain function, with what people see of it.

Modules here do not postpone annotations: Dagster reads them at run time. Nothing here reads the environment when it is
imported: settings are asked for by a run or a sensor.
"""
