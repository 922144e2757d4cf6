# The commands of the register; `make help` lists them.

PYTHON ?= python3
PORT ?= 8000

BIN := .venv/bin
CATALOGUE := krakow_intl/locale/pl/LC_MESSAGES/django
PRODUCTION := SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(32))') \
	ALLOWED_HOSTS=register.example DATABASE_URL=postgres:///register DEBUG=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run dev drill test check soak load audit screenshots training lint bench grow bench-import messages requirements

help:  ## List these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: ready var/static/staticfiles.json  ## Serve the register at http://127.0.0.1:8000 as in production (PORT= changes it)
	@echo "The register: http://127.0.0.1:$(PORT)  (Ctrl-C ends it)"
	@SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} exec $(BIN)/gunicorn --bind 127.0.0.1:$(PORT)

dev: export DEBUG = 1
dev: ready  ## Serve it with reloading and error pages for developers
	@exec $(BIN)/python manage.py runserver $(PORT)

drill: ready  ## Back the register up, restore it elsewhere, compare every row and file, and ask 20 pages there
	@$(BIN)/python manage.py drill

test: export PYTHONDONTWRITEBYTECODE =  # what pytest makes of the tests is kept
test: .venv/dev $(CATALOGUE).mo  ## Run all tests on SQLite and PostgreSQL; ARGS="-k city" runs a few, quickly
ifdef ARGS
	@$(BIN)/python -m pytest --no-migrations -m "not browser and not slow" $(ARGS)
else
	@$(BIN)/python -m pytest -n 3 --dist worksteal
	@$(BIN)/python -m tests.postgres $(BIN)/python -m pytest -n 3 --dist worksteal
endif

check: lint  ## What CI runs: lint, format, settings fit for production, all tests, soaking on each database for a while
	@$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory soak SOAK=20

soak: export SOAK ?= 600
soak: .venv/dev $(CATALOGUE).mo var/static/staticfiles.json  ## Let eight clients use it as deployed, ten minutes on each database (SOAK= seconds)
	@$(BIN)/python -m tests.soak

load: SECONDS ?= 300
load: .venv/dev $(CATALOGUE).mo var/static/staticfiles.json  ## Let sixteen clients use it at once, five minutes on each database (SECONDS= CLIENTS=)
	@SOAK=$(SECONDS) CLIENTS=$(or $(CLIENTS),16) CUT_EVERY=0 $(BIN)/python -m tests.soak

screenshots: ready var/static/staticfiles.json .venv/dev  ## Picture every type of page: languages, widths, schemes (PAGES="home city")
	@$(BIN)/python -m tests.screenshots $(PAGES)

training: ready var/static/staticfiles.json .venv/dev  ## Picture a day of the staff for docs/staff.md, in both languages and two widths
	@$(BIN)/python -m tests.training

lint: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

bench: .venv/dev $(CATALOGUE).mo var/static/staticfiles.json  ## Time pages, cold and warm, beside a constant one, on both databases
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.postgres $(BIN)/python -m tests.bench

grow: .venv/dev $(CATALOGUE).mo var/static/staticfiles.json  ## Time pages, files and an import in registers of 30, 300 and 3 000 cities, on both databases
	@$(BIN)/python -m tests.grow
	@$(BIN)/python -m tests.postgres $(BIN)/python -m tests.grow

bench-import: .venv/dev  ## Time an import of 1 000 and 10 000 rows (SIZES=) beside stock django-import-export, on both databases
	@$(BIN)/python -m tests.bench_import
	@$(BIN)/python -m tests.postgres $(BIN)/python -m tests.bench_import

audit: .venv-audit/ready  ## Look for what is unsafe in our code and known of what it is made of; the list goes to var/sbom.json
	@$(AUDIT)/bandit --quiet --configfile pyproject.toml --recursive --severity-level medium .
	@mkdir -p var && PYTHONWARNINGS=ignore $(AUDIT)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-file var/sbom.json
	@$(AUDIT)/pip-audit --progress-spinner off --disable-pip --require-hashes --requirement requirements.txt
AUDIT := .venv-audit/bin

.venv-audit/ready: requirements-audit.txt
	@test -x $(AUDIT)/pip || $(PYTHON) -m venv .venv-audit
	@$(AUDIT)/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

messages: .venv/dev var/secret-key  ## Bring the Polish catalogue up to date with the sources
	@$(BIN)/python manage.py update_messages

requirements: .venv/dev  ## Pin what pyproject.toml asks for
	@$(BIN)/uv pip compile $(COMPILE) pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile $(COMPILE) --group dev -c requirements.txt -o requirements-dev.txt
	@$(BIN)/uv pip compile $(COMPILE) --group audit -o requirements-audit.txt
COMPILE := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.PHONY: ready
ready: .venv/product $(CATALOGUE).mo var/secret-key
	@$(BIN)/python manage.py prepare --demo-accounts

.venv/product: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The register needs Python 3.11 or newer: make PYTHON=...")'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/product
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

var/secret-key:
	@mkdir -p -m 700 var
	@umask 077 && $(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))' > $@

var/static/staticfiles.json: .venv/product var/secret-key $(shell find static)
	@$(BIN)/python manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@

%.mo: %.po .venv/product
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale pl
