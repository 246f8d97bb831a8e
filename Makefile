# What a clone can do. Needs make and Python 3.11 or newer; everything else is installed into .venv.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# As many as there are cores: most tests wait for sockets and databases as much as they compute.
WORKERS ?= logical
TESTS ?=

# pyright: its own release, as constraints.txt names it, without a word about newer ones.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
# Tests start the bot dozens of times: whoever is first compiles it for all.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help play test check style imports types format pictures readme clean

help:
	@echo 'make play      start a small Slack and a small Discord on this machine, with the bot in both'
	@echo 'make test      run every test (make test TESTS=tests/domain: some of them)'
	@echo 'make check     look for mistakes in style, types and imports'
	@echo 'make format    lay out the code'
	@echo 'make bench     measure presses a second, and searches, each beside the least code that does the same'
	@echo 'make pictures  take the pictures of the README anew'
	@echo 'make readme    write the table of commands into the README anew'
	@echo 'make clean     remove .venv and what the tools left behind'

play: .venv/installed
	@$(BIN)/flashmob play

test: .venv/installed-dev
	$(BIN)/pytest -n $(WORKERS) --dist worksteal $(TESTS)

check: style imports types

style: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

imports: .venv/installed-dev
	$(BIN)/lint-imports

types: .venv/installed-dev
	$(BIN)/pyright

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/installed-dev
	$(BIN)/python -m benchmarks.desk
	$(BIN)/python -m benchmarks.search

pictures: .venv/installed-dev
	$(BIN)/python scripts/pictures.py

readme: .venv/installed-dev
	@PYTHONPATH=. $(BIN)/python scripts/readme.py

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# Each stamp says that what it stands for has been done, so that the second `make play` starts at once.
.venv/installed: pyproject.toml constraints.txt | .venv/made
	@echo 'Installing Flashmob into .venv …'
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

.venv/installed-dev: pyproject.toml constraints.txt | .venv/made
	@echo 'Installing Flashmob and what its tests need into .venv …'
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@ .venv/installed

.venv/made:
	@command -v '$(PYTHON)' >/dev/null || \
	  { echo 'There is no $(PYTHON): install Python 3.11 or newer, or name yours: make PYTHON=/path/to/python play' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo '$(PYTHON) is older than Python 3.11: name a newer one, such as: make PYTHON=python3.12 play' >&2; exit 1; }
	@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo 'Python cannot make a virtual environment: on Debian and Ubuntu, sudo apt install python3-venv mends that.' >&2; exit 1; }
	@'$(PYTHON)' -m venv .venv
	@touch $@
