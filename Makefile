# Only Python 3.11, make and a network to fetch packages are needed; everything else is installed below .venv.
PYTHON ?= python3.11
BIN := .venv/bin
STAMP := .venv/ready
WORKERS ?= 2
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
SERVE ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup demo test check format lint types contracts pytest coverage bench measure tour lock clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: $(STAMP) ## Virtual environment, locked dependencies, web assets

$(STAMP): requirements/dev.lock pyproject.toml hatch_build.py web/package-lock.json
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null || { \
	  echo "Makina needs Python 3.11, and '$(PYTHON)' is not it."; \
	  echo "Install it (Debian, Ubuntu: apt install python3.11 python3.11-venv; macOS: brew install python@3.11;"; \
	  echo "any system: pyenv install 3.11), or name the one you have: make setup PYTHON=/path/to/python3.11"; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
	  echo "This Python 3.11 cannot make virtual environments. Debian, Ubuntu: apt install python3.11-venv"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps --compile -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m solver.lns.compiling
	@touch $@

demo: $(STAMP) ## The demo company, planned and published, and its web pages; SERVE=0 exits instead of serving
	$(BIN)/makina demo $(if $(filter 0,$(SERVE)),--no-serve)

test: lint types pytest ## Every check and every test

check: test ## The same as test

format: $(STAMP) ## Put the code into its standard form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(STAMP) ## Form and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

contracts: $(STAMP) ## Which room may import which (part of pytest)
	$(BIN)/lint-imports

pytest: $(STAMP) ## All tests and doctests, on both databases and in a browser
	$(BIN)/python -m pytest -n $(WORKERS)

coverage: $(STAMP) ## The same tests with branch coverage
	$(BIN)/python -m pytest -n $(WORKERS) --cov --cov-report=term --cov-report=html

bench: $(STAMP) ## The tables of benchmarks/README.md: rosters of public and own instances, over an hour; BENCH="--only Instance5"
	$(BIN)/python -m benchmarks.rosters $(BENCH)

measure: $(STAMP) ## The small measurements of benchmarks/, with sizes and bounds
	$(BIN)/python -m benchmarks

tour: $(STAMP) ## Write the map in docs/tour.md and the table in docs/rules.md anew
	$(BIN)/python -m tests.architecture.tour
	$(BIN)/python -m tests.architecture.rules_table

lock: $(STAMP) ## Compile requirements/*.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml $(LOCK) -o requirements/runtime.lock
	$(BIN)/uv pip compile pyproject.toml $(LOCK) --group dev -c requirements/runtime.lock -o requirements/dev.lock
	$(BIN)/uv pip compile --group build $(LOCK) -c requirements/dev.lock -o requirements/build.lock

clean: ## Remove everything that can be made again; the demo's database in var/ stays
	rm -rf .venv build dist api/static/vendor tests/e2e/browser tests/e2e/.browser.lock test-results htmlcov .coverage* \
	  .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
