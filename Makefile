# Two commands do everything: `make run` starts the bot, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv || echo $(BIN)/uv)
export UV_LINK_MODE := copy
TESTS ?= tests

.PHONY: run setup test check lint types unit browser faults bench soak audit lock clean

run: setup
	@$(BIN)/oinp run

setup: .venv/.ready

.venv/.ready: requirements/dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@command -v uv >/dev/null || test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet "uv>=0.5"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

test: setup check unit

check: lint types

lint:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/deptry .

types:
	$(BIN)/mypy

unit:
	$(BIN)/pytest $(TESTS) -m "not faults"

# the development set is resolved first: the released set is a part of it, version for version
lock:
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements/dev.txt
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -c requirements/dev.txt -o requirements/run.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache build
