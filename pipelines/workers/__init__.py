"""The pure tasks on one report, from bytes to bytes, run by processes of this machine or of a Dask cluster."""
