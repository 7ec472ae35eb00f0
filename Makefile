# Every target sets itself up; `make run` and `make test` are all that a newcomer needs.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: help setup run test check format lock calendar-proof daily-year bench screenshots slack-second-opinion

help:  ## what the targets are
	@sed -n 's/^\([a-z-]*\):.*  ## /\1\t/p' Makefile | expand -t 22

# The stamp is newer than the locks while the environment is what they say.
.venv/.stamp: .ci/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "lalabot needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the locked dependencies into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .ci/dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index --editable .
	@touch $@

setup: .venv/.stamp  ## the virtual environment, from the lock file

run: setup  ## the browser room on 127.0.0.1:8765; Discord and Slack too where their tokens are set
	@$(BIN)/lalabot run

test: setup  ## every test that is not slow
	@$(PYTEST)

check: setup  ## format, lint, strict types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup  ## lay the code out and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

calendar-proof: setup  ## every zone, every half hour, 2010-2040 (minutes)
	@$(BIN)/python -m tests.proofs.calendar_proof

daily-year: setup  ## a simulated year of daily posts, with crashes, outages and clock jumps (minutes)
	@$(BIN)/python -m tests.proofs.daily_year

bench: setup  ## the bars of speed, as ratios within one run
	@$(BIN)/python -m tests.bench

screenshots: setup  ## the README's pictures, from the real room in a real browser
	@$(BIN)/python -m tests.browser.screenshots

slack-second-opinion: setup  ## OAuth against another's Slack (needs npm)
	@$(BIN)/python -m tests.adapters.slack.emulate_check

lock:  ## pin the newest versions that pyproject.toml allows
	@$(PYTHON) -m pip install --quiet uv
	@uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --extra postgres pyproject.toml -o requirements.lock
	@uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --extra postgres --group dev -c requirements.lock pyproject.toml -o .ci/dev.lock
