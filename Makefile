# Everything a visitor or a contributor does. Needs Python 3.11 or later, make, and the Python package registry.

.DEFAULT_GOAL := help
SHELL := /bin/sh

# The first of these that is Python 3.11 or later; `make PYTHON=/path/to/python ...` overrides.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-from-lock
REPORTS ?=
PORT ?= 3000
DATA ?=
SAMPLE ?=
PARTIAL ?=

export DAGSTER_HOME := $(CURDIR)

.PHONY: help warehouse test test-all check format site ui release lock check-corpus bench clean

help: ## Show what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and none was found. Install one, or say where it is: make PYTHON=/path/to/python3.11 ..."; exit 1; }
	@$(PYTHON) scripts/install.py $(VENV)
	@touch $@

warehouse: $(STAMP) ## Make the sample reports and build data/warehouse/judgements.duckdb from them
	@echo "Building a warehouse from invented reports"
	@$(BIN)/judgements build --source sample

test: $(STAMP) ## Run the tests on every core, but for the slow ones: three minutes on two cores
	$(BIN)/pytest --numprocesses auto -m "not slow"

test-all: $(STAMP) ## Run every test: what CI runs
	$(BIN)/pytest --numprocesses auto

check: $(STAMP) ## Formatting, lint and strict types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(STAMP) ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

site: $(STAMP) ## Show the pages of the last build on http://127.0.0.1:8000
	$(BIN)/judgements serve

ui: $(STAMP) ## Open the pipeline in Dagster on http://127.0.0.1:3000, or another port: make ui PORT=3001
	@mkdir -p data/dagster
	$(BIN)/python -m pipelines.dagster_ui.services --port $(PORT)

release: $(STAMP) ## Write what is given to others into dist/: make release [DATA=folder] [SAMPLE=1] [PARTIAL=1]
	$(BIN)/python scripts/make_release.py $(if $(DATA),--data "$(DATA)") $(if $(SAMPLE),--sample) $(if $(PARTIAL),--partial)

lock: $(STAMP) ## Renew requirements.lock from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --upgrade --generate-hashes \
		--no-emit-index-url --no-annotate --no-header --output-file requirements.lock pyproject.toml

check-corpus: $(STAMP) ## Build from real reports and hold every word against a second reader: make check-corpus REPORTS=dir
	@test -n "$(REPORTS)" || { echo "Say where the reports are: make check-corpus REPORTS=path/to/reports"; exit 2; }
	$(BIN)/judgements build --source "$(REPORTS)"
	$(BIN)/python scripts/check_corpus.py

bench: $(STAMP) ## Measure the whole path on real reports, and how it grows on sample reports: make bench REPORTS=dir
	@test -n "$(REPORTS)" || { echo "Say where the reports are: make bench REPORTS=path/to/reports"; exit 2; }
	$(BIN)/python -m bench.whole_path "$(REPORTS)"
	$(BIN)/python -m bench.scale

clean: ## Remove everything that can be made again: the archive of reports and earlier warehouses stay
	rm -rf $(VENV) data/read data/parsed data/rows data/warehouse data/dagster
	find . -name __pycache__ -type d -prune -not -path './$(VENV)/*' -exec rm -rf {} +
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis
