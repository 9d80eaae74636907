# Every target sets up what it needs in .venv and is quick when repeated.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check format bench score clean lock

help:
	@echo "make run     set up and run Limber (open the link it shows, where no token is set)"
	@echo "make test    set up and run all tests"
	@echo "make check   format, lint, types, import directions, tests and coverage"
	@echo "make bench   run the benchmarks"
	@echo "make score   how well the phrases of the corpus are understood"
	@echo "make lock    resolve the dependencies afresh"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Limber needs Python 3.11 or newer; try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	@touch $@ $(VENV)/.base

run: $(VENV)/.base
	@exec $(BIN)/python -m bot run

test: $(VENV)/.dev
	$(BIN)/python -m pytest -q $(TEST_ARGS)

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.check_lines
	$(BIN)/python -m tools.audit requirements/dev.txt
	$(MAKE) --no-print-directory test TEST_ARGS="--cov --cov-report=term"
	$(BIN)/coverage report --include='bot/practice/*,bot/understanding/*,bot/safety/*' --fail-under=100

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

score: $(VENV)/.dev
	$(BIN)/python -m tests.understanding.score

lock: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile -q pyproject.toml --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements/base.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --universal --generate-hashes --no-header --no-annotate --python-version 3.11 -o requirements/dev.txt

clean:
	rm -rf $(VENV) .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
