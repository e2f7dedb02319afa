# Every command of the project in one place; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test check forms docs bench
help: ## This list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(VENV)/run.done: requirements/run.txt requirements/build.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q cluster_sheets
	@touch $@

$(VENV)/test.done: requirements/test.txt $(VENV)/run.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

demo: $(VENV)/run.done ## A whole round on invented requests, in demo-workspace/
	$(BIN)/python -m cluster_sheets demo

test: $(VENV)/test.done ## Every check: style, types, import directions, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest

check: $(VENV)/test.done ## The quick ones: no real programs
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -m "not real"

forms: $(VENV)/run.done ## The workbooks that ship, made again from schemas/
	$(BIN)/python -m cluster_sheets.register.ship workbooks workbooks

docs: $(VENV)/run.done ## The pages of docs/ that are made from schemas/
	$(BIN)/python -m cluster_sheets.register.ship pages docs
	$(BIN)/python -m cluster_sheets.cli.reference docs/cli.md

bench: $(VENV)/test.done ## Every promise of speed, side by side in one run (half an hour)
	$(BIN)/python -m benchmarks.run
