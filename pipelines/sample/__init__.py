"""A small invented world of inspection reports, so that a first run needs no network."""

from pipelines.sample.make import make_sample

__all__ = ["make_sample"]
