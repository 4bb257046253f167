# Two commands do everything on a fresh machine with Python 3.11+: `make audit` and `make test`.
VENV := .venv
PYTHON ?= python3
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

$(BIN)/tiktrack: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("tiktrack needs Python 3.11 or newer; set PYTHON=python3.12 or the like" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/dev: pyproject.toml $(BIN)/tiktrack
	@$(BIN)/python tools/dev_requirements.py > $(VENV)/dev-requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(VENV)/dev-requirements.txt
	@touch $@

audit: $(BIN)/tiktrack ## install into .venv, audit the sample account with faults, print the report
	@$(BIN)/tiktrack audit sample_data/broken --fail-on never

test: $(VENV)/dev ## install into .venv and run the tests, those in a browser where Chromium can be had
	@tools/browser.sh
	@$(BIN)/python -m pytest -q -n auto --dist loadfile

check: $(VENV)/dev ## what CI checks besides the tests: style, types, rules, generated docs
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/tiktrack rules lint
	@$(BIN)/tiktrack rules test
	@$(BIN)/python tools/docs.py --check

docs: $(VENV)/dev ## make docs/rules.md, docs/schema.md, docs/cli.md and docs/inputs.md anew
	@$(BIN)/python tools/docs.py

samples: $(BIN)/tiktrack ## make sample_data anew from its seeded maker
	@$(BIN)/python -m tools.samples

screenshots: $(VENV)/dev ## make docs/images anew: the report in a terminal and in a browser
	@tools/browser.sh
	@$(BIN)/python tools/screenshots.py

bench: $(VENV)/dev ## speed and memory as ratios, in one run (about ten minutes; EVENTS=1000000 for a short one)
	@$(BIN)/python bench/run.py --events $(or $(EVENTS),10000000)

bench-detection: $(VENV)/dev ## false alarms, recall and causes on simulated accounts beside baselines (an hour; ACCOUNTS=20 for a short one)
	@$(BIN)/python -m bench.detection --accounts $(or $(ACCOUNTS),200) --faults $(or $(FAULTS),$(or $(ACCOUNTS),150))

bench-intake: $(VENV)/dev ## a log of 1 GB with bad lines in its middle, read within 2 GB of memory
	@$(BIN)/python bench/intake.py

fuzz: $(VENV)/dev ## damaged files, every row accounted for (CASES=2000 SEED=1)
	@$(BIN)/python -m tests.fuzz --cases $(or $(CASES),2000) --seed $(or $(SEED),1)

clean: ## remove what was made here
	@rm -rf $(VENV) build dist bench/data .pytest_cache .mypy_cache .ruff_cache

.PHONY: help audit test check docs samples screenshots bench bench-detection bench-intake fuzz clean
