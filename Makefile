# Two commands for a fresh machine with Python 3.11 or newer: `make bib` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

PLAIN := -m 'not browser and not cluster and not peers'
PYTHONS ?= 3.12 3.13

.PHONY: help bib test test-core test-lowest test-pythons code-lines check audit conformance bench docs dist fuzz pump clean

help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

bib: .venv/.installed ## Write references.bib from the shipped corpus
	@$(BIN)/tajikpeace-refs export data/references.yaml -o references.bib
	@echo "wrote references.bib from data/references.yaml; first entry:"
	@head -n 8 references.bib

test: .venv/.dev ## Run all tests that this machine can; what is skipped is named with its reason
	$(BIN)/python -m pytest

test-core: .venv/.dev ## Run the tests that need no browser, cluster or other program (about a minute)
	$(BIN)/python -m pytest $(PLAIN)

# Old versions call what newer ones of their own dependencies deprecate: that is not this package's to change.
test-lowest: .venv-lowest/.dev ## Run the same with the lowest versions that pyproject.toml allows of what users install
	.venv-lowest/bin/python -m pytest -W default::DeprecationWarning $(PLAIN)

test-pythons: ## Run the same with other Pythons, where this machine has them (PYTHONS="3.12 3.13")
	@set -e; for version in $(PYTHONS); do scripts/test_python.sh $$version; done

check: .venv/.dev audit ## Lint, types, known vulnerabilities, and all tests: the first of what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m scripts.plain_words
	$(BIN)/python -m pytest

fuzz: .venv/.dev ## Change files at random, read, lint, fix and write them: a minute (ARGS="3600 7": an hour, seed 7)
	$(BIN)/python -m scripts.fuzz $(ARGS)

pump: .venv/.dev ## Pump every field with every text through everything, and read 50 MB in one line (ARGS=16: a sample)
	$(BIN)/python -m scripts.pump $(ARGS)
	$(if $(ARGS),,$(BIN)/python -m scripts.one_line)

audit: .venv/.dev ## Look for known vulnerabilities of the dependencies, where PyPI's data can be reached
	$(BIN)/python scripts/audit.py

conformance: .venv/.dev ## Score against the rules and beside the peers
	$(BIN)/python -m conformance

bench: .venv/.dev ## Time against the peers, in one run (ARGS=--quick: 10,000 works, 4 minutes)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python -m benchmarks $(ARGS)

# With --quiet, mkdocs would count no warning.
docs: .venv/.dev ## Build the documentation into site/; a warning is an error
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[docs]'
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

dist: .venv/.dev ## Build the source distribution, and the wheel from it, into dist/, and check what they hold
	rm -rf dist
	$(BIN)/python -m build
	$(BIN)/python scripts/check_dist.py dist

code-lines: .venv/bin/python ## Count the lines of code of each package
	$(BIN)/python scripts/code_lines.py

clean: ## Remove what the other commands made
	rm -rf .venv .venv-* references.bib dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is %d.%d" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.installed: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/.dev: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ .venv/.installed

.venv-lowest/.dev: pyproject.toml scripts/lowest_versions.py | .venv/bin/python
	$(BIN)/python -m venv --clear .venv-lowest
	$(BIN)/python scripts/lowest_versions.py > .venv-lowest/constraints.txt
	.venv-lowest/bin/pip install --quiet --disable-pip-version-check -e '.[dev]' -c .venv-lowest/constraints.txt
	@touch $@
