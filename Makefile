# Two commands do everything: `make run` starts the bot, `make test` runs every check.
PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv || echo $(BIN)/uv)
# a copy can be compiled to bytecode; without bytecode a start takes three times as long
export UV_LINK_MODE := copy
TESTS ?= tests

.PHONY: run setup test check lint types unit browser faults bench soak audit lock clean
.DELETE_ON_ERROR:

run: setup
	@PYTHONDONTWRITEBYTECODE= $(BIN)/oinp run

setup: .venv/.ready .venv/.compiled

.venv/.ready: requirements/dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@command -v uv >/dev/null || test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet "uv>=0.5"
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# content is compiled here, once, so that the bot does not parse it at every start
CONTENT := $(shell find rules/data knowledge -name '*.yaml' -o -name '*.csv' 2>/dev/null)

.venv/.compiled: .venv/.ready $(CONTENT)
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m compileall -q rules knowledge bot
	@$(BIN)/python -m knowledge
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
# Debian's Chromium where this may be installed, Playwright's own elsewhere
browser: .venv/.ready
	@sh tests/browser/install_chromium.sh

faults: setup
	$(BIN)/pytest tests -m faults --timeout 1800

bench: setup
	$(BIN)/python benchmarks/interview.py
	$(BIN)/python benchmarks/matching.py
	$(BIN)/python benchmarks/alerts.py
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/scaling.py

soak: setup
	$(BIN)/python benchmarks/soak.py

# needs an advisory feed, so it stands apart from `make test`
audit: setup
	@mkdir -p build
	$(UV) tool run pip-audit --strict --disable-pip --require-hashes -r requirements/run.txt
	$(UV) tool run --from cyclonedx-bom cyclonedx-py requirements requirements/run.txt -o build/sbom.json

lock:
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml -o requirements/dev.txt
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 pyproject.toml -c requirements/dev.txt -o requirements/run.txt
	$(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --group build -c requirements/dev.txt -o requirements/build.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache build
