"""The pure tasks on one report, from bytes to bytes, on a pool of processes or on a Dask cluster."""
