"""Dagster in the browser: its webserver behind a check of where requests come from, and what `make ui` starts.

    same_origin   which requests are answered; plain ASGI, knows nothing of Dagster
    webserver     `dagster-webserver` with that check, for `make ui` and for the unit in deploy/
    services      the code, the webserver and the daemon, started and ended together

What the pages show stands in `defs/`.
"""
