# The commands that people and the continuous-integration script share. Python 3.11 or later and make are all they need.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

BIN := .venv/bin
INSTALLED := .venv/.installed
VENDOR := server/static/vendor/.stamp

.PHONY: help serve install assets test check format bench clean

help: ## Show these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(INSTALLED) $(VENDOR) ## Read documents/, publish what changed, and serve the site on HOST and PORT
	@$(BIN)/daumoi serve --read documents

install: $(INSTALLED) ## Make .venv with everything in it; .venv/bin/daumoi is the command

assets: $(INSTALLED) ## Fetch the editor, the API page and the layout engine from npm
	@$(BIN)/python -m server.assets && touch $(VENDOR)

test: $(INSTALLED) $(VENDOR) ## Run every test
	@$(BIN)/python -m pytest

check: $(INSTALLED) ## Look at format, lint and types
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(INSTALLED) ## Put the code in the house's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(INSTALLED) $(VENDOR) ## Measure reading, publishing and asking
	@$(BIN)/python -m benchmarks

clean: ## Remove what was built; the documents and the releases stay
	rm -rf .venv server/assets/node_modules server/static/vendor *.egg-info .mypy_cache .ruff_cache .pytest_cache

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; say which: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo 'The venv module is missing; on Debian: apt-get install python3-venv' >&2; rm -rf .venv; exit 1; }
	@echo 'Đang cài đặt / installing (a minute or two the first time) …' >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# Without a registry in reach the site works with plain forms, and starts as fast as with one: only `make assets` asks again.
$(VENDOR): server/assets/package.json server/assets/package-lock.json server/assets.py | $(INSTALLED)
	@$(BIN)/python -m server.assets || mkdir -p $(@D)
	@touch $@
