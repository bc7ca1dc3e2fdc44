# `make` alone lists what there is. PORT= chooses the port, PYTHON= the interpreter of .venv.

SHELL := /bin/sh
.PHONY: help run doctor content test lint format lock browser drills screenshots install

PORTAL_ENV ?= development
PORT ?= 8000
export PORTAL_ENV PORT

VENV := .venv
PY := $(VENV)/bin/python
LOCK := portal/requirements.lock
CODE := manage.py portal careers quiz tests benchmarks

SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

ifndef PYTHON
# A version manager puts names in the path that do not run: try each.
PYTHON := $(shell for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$name -c '$(SUPPORTED)' 2>/dev/null && echo $$name && break; done)
endif

# The environment holds its own path, so that of a moved or copied clone is made anew.
PLACE := $(CURDIR) $(shell $(PYTHON) -V 2>&1)
WANTED := $(PLACE) $(shell cksum <$(LOCK))
INSTALLED := $(shell cat $(VENV)/installed 2>/dev/null)

define stage
@echo "== $(1)"
@$(2) || { echo "make $@: $(1) failed" >&2; exit 1; }
endef

define static_checks
$(call stage,ruff check,$(PY) -m ruff check --quiet $(CODE))
$(call stage,ruff format,$(PY) -m ruff format --quiet --check $(CODE))
$(call stage,djade,find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 --check {} +)
$(call stage,django-upgrade,find $(CODE) -name '*.py' -exec $(PY) -m django_upgrade --target-version 5.2 --check {} +)
$(call stage,import layers,$(PY) -c 'from importlinter.cli import lint_imports_command as c; c()' --no-logo --no-cache)
$(call stage,types,$(PY) -m mypy --no-error-summary)
endef

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: install ## Serve the site at http://127.0.0.1:8000 (another port: PORT=8001)
	@exec $(PY) manage.py dev

doctor: install ## Say what is wrong with this set-up, and the cure
	@$(PY) manage.py doctor

content: install ## Load what changed in portal/content
	@$(PY) manage.py load_content

test: install browser ## Run every check, then every test
	$(static_checks)
	$(call stage,messages,$(PY) manage.py compilemessages --verbosity 0)
	$(call stage,migrations,$(PY) manage.py makemigrations --check --dry-run)
	$(call stage,templates,$(PY) manage.py check_templates)
	$(call stage,pytest,$(PY) -m pytest -n auto)

lint: install ## Check style, layers and types
	$(static_checks)

format: install ## Put code and templates in the one form
	@$(PY) -m ruff check --quiet --fix $(CODE); $(PY) -m ruff format $(CODE)
	@find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 {} + || true

drills: install ## Run the tests that are slow or reach outside the clone
	@$(PY) -m pytest -m drill

screenshots: install browser ## Take the pictures of the README
	@$(PY) manage.py screenshots

browser: ## Install the Chromium of the browser tests (as root, where there is apt-get)
	@for name in "$$CHROMIUM" $(BROWSERS); do command -v "$$name" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium"; \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
			apt-get -qq install -y --no-install-recommends chromium >/dev/null && exit 0; \
	fi; \
	echo "No Chromium: browser tests cannot run. Install it (Debian: apt-get install chromium)" \
		"or set CHROMIUM=/path/of/it" >&2; \
	[ -z "$$REQUIRE_BROWSER" ]

lock: install ## Write the lock anew from pyproject.toml (UPGRADE=1: to the newest versions)
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --group dev $(if $(UPGRADE),--upgrade) \
		pyproject.toml --output-file $(LOCK) >/dev/null
	@! grep -n '://' $(LOCK) || { echo "The lock holds an address." >&2; exit 1; }

install:
ifneq ($(INSTALLED),$(WANTED))
	@[ -n "$(PYTHON)" ] && $(PYTHON) -c '$(SUPPORTED)' || { \
		echo "Jalon needs Python 3.11 to 3.14. Install one, or say where: make PYTHON=/path" >&2; \
		exit 1; }
	@echo "Installing into $(VENV)"
	@case "$(INSTALLED)" in "$(PLACE) "*) ;; *) \
		$(PYTHON) -m venv --clear $(VENV) >/dev/null || \
		$(PYTHON) -m venv --clear --without-pip $(VENV);; esac
	@# Debian's Python lacks the pip of environments, but its own can install into one.
	@pip="$(PY) -m pip"; $$pip --version >/dev/null 2>&1 || pip="$(PYTHON) -m pip --python $(PY)"; \
	pip="$$pip --disable-pip-version-check install --quiet --require-hashes"; \
	awk '/^[^ #]/ {uv = /^uv==/} uv' $(LOCK) >$(VENV)/uv.lock; \
	{ $$pip -r $(VENV)/uv.lock && \
		$(PY) -m uv pip install --quiet --python $(PY) --require-hashes -r $(LOCK); } \
	|| { echo "uv cannot install here: trying pip" >&2; $$pip -r $(LOCK); }
	@echo "$(WANTED)" >$(VENV)/installed
else
	@:
endif
