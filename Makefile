# Préau: everything a newcomer runs. `make help` lists it.
# No tool has to be installed first: Python 3.11 or newer, make and git are enough.

PORT ?= 8000
PYTHON3 ?= python3
VENV_PYTHON = .venv/bin/python
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test check format bench mutate messages lock clean

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

setup: ## Install the locked dependencies and build the assets
	@$(PYTHON3) infra/bootstrap.py
	@$(VENV_PYTHON) infra/build_assets.py
	@$(VENV_PYTHON) infra/translations.py compile

demo: setup ## Start three towns with data (PORT=8000), until Ctrl-C
	@PORT=$(PORT) exec $(VENV_PYTHON) infra/demo.py

demo-reset: setup ## Forget the demo's data
	@$(VENV_PYTHON) infra/demo.py --reset

test: setup ## Run the tests, or some of them: make test ARGS="tests/catalog -k price"
	@$(VENV_PYTHON) infra/run_tests.py $(ARGS)

check: setup ## Check style, types, imports, templates, translations, migrations
	@$(VENV_PYTHON) infra/run_checks.py

format: setup ## Put the code in its usual shape
	@$(VENV_PYTHON) -m ruff check --fix --exit-zero --quiet
	@$(VENV_PYTHON) -m ruff format

bench: setup ## Measure ourselves beside the floors of the performance page
	@$(VENV_PYTHON) infra/run_benchmarks.py $(ARGS)

mutate: setup ## See which small changes of the price engine the tests miss
	@$(VENV_PYTHON) infra/mutate.py $(ARGS)

messages: setup ## Bring new sentences into the translation files
	@$(VENV_PYTHON) infra/translations.py extract

lock: setup ## Choose new versions of the dependencies
	@$(VENV_PYTHON) infra/lock.py

clean: ## Stop our servers and remove all that was built
	@if [ -x $(VENV_PYTHON) ]; then \
	  $(VENV_PYTHON) infra/postgres.py stop; \
	  $(VENV_PYTHON) infra/postgres.py reset --test; fi
	rm -rf build .venv node_modules platform/portal/static/build
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
