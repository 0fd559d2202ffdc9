# Every target sets up what it needs; only Python 3.11 or newer and make are asked for.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.installed
DEMO := build/demo.db
TRACKER := select ref, substr(text, 1, 60) || '…' as recommendation, decision, progress, rag, owners, deadline, \
	page_link from v_tracker order by file, page, ref
LOCK_FLAGS := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links --all-extras

.PHONY: help install demo test quick lint format lock golden bench clean

help: ## what can be asked for
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## (.*)/\1\t\2/' | expand -t 10

install: $(READY) ## the environment in .venv, every package checked against its hash

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY) ## read the sample papers into build/demo.db and print the tracker
	@mkdir -p build && rm -rf $(DEMO) $(DEMO)-wal $(DEMO)-shm build/demo.store
	$(BIN)/scrutiny ingest samples/*.pdf --db sqlite:///$(DEMO)
	$(BIN)/scrutiny ask "$(TRACKER)" --db sqlite:///$(DEMO)

test: lint ## tests, types, style and import contracts
	$(BIN)/python -m pytest -n auto --quiet

quick: $(READY) ## the tests that take no time
	$(BIN)/python -m pytest -n auto --quiet -m 'not slow'

lint: $(READY) ## types, style and import contracts
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy --no-error-summary

format: $(READY) ## write the code as the formatter would
	$(BIN)/ruff check --quiet --fix-only .
	$(BIN)/ruff format --quiet .

lock: ## pin every package with its hashes in requirements.lock (uses uv, fetched into build/ where it is missing)
	@command -v uv >/dev/null || test -x build/uv/bin/uv || \
		{ $(PYTHON) -m venv build/uv && build/uv/bin/python -m pip install --quiet uv; }
	PATH="$$PATH:build/uv/bin" uv pip compile $(LOCK_FLAGS) $(LOCK_OPTIONS) pyproject.toml lock-extra.in -o requirements.lock
	@! grep -nE '://|--(extra-)?index-url|--find-links|--trusted-host' requirements.lock

golden: $(READY) ## write the golden files and the schemas anew; look at the difference before you commit it
	$(BIN)/python -m pytest -n auto --quiet --write-golden
	@git --no-pager diff --stat -- tests docs samples

bench: $(READY) ## accuracy, speed and memory, side by side with other readers
	$(BIN)/python -m benchmarks

clean: ## forget the environment and everything a run made
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
