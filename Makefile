# `make run` and `make test` need nothing but Python >= 3.11 and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test test-all fuzz lint bench pins clean

run: $(READY)
	$(BIN)/gongkai tag corpora/reports --out tags --format parquet,csv --force

test: $(READY)
	$(BIN)/python -m pytest -m "not slow" --numprocesses auto --dist worksteal

# Everything, also what takes minutes: killed runs, fuzzing, thousands of generated reports, the wheel by itself.
test-all: $(READY)
	$(BIN)/python -m pytest

# Guided by coverage: text, HTML, workbook, archive, model card, ledger, five minutes each. Needs `pip install atheris`.
fuzz: $(READY)
	$(BIN)/python -m tests.fuzzing all --seconds 300

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)
	$(BIN)/python tests/bench.py

$(READY): requirements.txt requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# New pins for every Python from 3.11 on, with hashes and without the address of an index.
pins:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --extra ocr --extra spark -c requirements-dev.txt pyproject.toml -o requirements-extras.txt

clean:
	rm -rf $(VENV) tags dist build
