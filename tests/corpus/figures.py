"""The figures that Ofsted and others published, each with its source: `published_figures.csv`."""

import csv
from pathlib import Path

with Path(__file__).with_name("published_figures.csv").open(encoding="utf-8", newline="") as _file:
    FIGURES = list(csv.DictReader(_file))
