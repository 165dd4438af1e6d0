# Vermilion. `make help` lists every target.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-deps --require-hashes
export PORT ?= 8000
export PYTHONDONTWRITEBYTECODE ?=

.DEFAULT_GOAL := help
.PHONY: help run test test-slow bench bench-gpu loop-experiment lint lock format clean cycles-pairs cycles-test

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/base.stamp ## Start the studio on this machine (PORT=8000); Ctrl-C stops it
	@$(BIN)/python manage.py run_studio

# A file's tests stay together (they share studios, browsers, pictures); tests/conftest.py says in which order the files come.
WORKERS ?= 2
PYTEST := OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test: $(VENV)/dev.stamp ## The fast tests; budget: 12 minutes on two cores (WORKERS=2)
	$(PYTEST) -m "not slow and not bench"

test-slow: $(VENV)/dev.stamp ## The rest of the tests; budget: 15 minutes (WORKERS=2)
	$(PYTEST) -m "slow and not bench"

bench: $(VENV)/dev.stamp ## Measure layout, text and time, and print the table
	$(BIN)/python -m bench

bench-gpu: $(VENV)/dev.stamp ## Measure the engine on a GPU, full-size models of random weights; run again while it exits with 3
	$(BIN)/python bench/bench_gpu.py $(BENCH_GPU)

loop-experiment: $(VENV)/dev.stamp ## The review loop with simulated reviewers, hours (LOOP="--seconds 3600"); run again while it exits with 3
	OMP_NUM_THREADS=1 $(BIN)/python bench/loop_experiment.py $(LOOP)

lint: $(VENV)/dev.stamp ## Style, types, import direction, lock files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	@! grep -nE '://|^ *--(index-url|extra-index-url|find-links|trusted-host)' requirements/*.lock || { echo 'Lock files carry names, versions and hashes, no addresses.'; exit 1; }

LOCK := uv pip compile pyproject.toml --generate-hashes --no-header --no-emit-index-url --override requirements/overrides.txt --python-version 3.11 --quiet
lock: ## Renew the lock files from pyproject.toml (needs uv, from PyPI)
	$(LOCK) -o requirements/base.lock
	$(LOCK) --extra dev -o requirements/dev.lock

format: $(VENV)/dev.stamp ## Format the code and mend what ruff can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove .venv, caches and built files; the studio's data in var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build var/static
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# The slow tier's renderer is another program under another licence (tools/cycles/README.md): a venv of its own, files in and out.
CYCLES := tools/cycles
PAIRS ?= 4000
FIRST ?= 0
DEVICE ?= CPU

cycles-pairs: $(VENV)/base.stamp $(CYCLES)/.venv/stamp ## Draw training pairs with Blender Cycles (PAIRS=4000 FIRST=0 DEVICE=CPU); goes on where it stopped
	@nice -n 10 $(BIN)/python -m generation.embedded.export_pairs var/embedded/pairs --from $(FIRST) --count $(PAIRS) \
		--renderer "$(CYCLES)/.venv/bin/python $(CYCLES)/render.py --device $(DEVICE)"

cycles-test: $(VENV)/dev.stamp $(CYCLES)/.venv/stamp ## Hold Cycles' silhouettes and colours against the fast tier's
	@$(BIN)/python -m pytest $(CYCLES)/tests -p no:cacheprovider

$(CYCLES)/.venv/stamp: $(CYCLES)/requirements.lock
	@command -v python3.11 >/dev/null || { echo 'Blender for Python needs python3.11.'; exit 1; }
	python3.11 -m venv $(CYCLES)/.venv
	@echo 'Installing Blender as a Python module (370 MB, once) …'
	@$(CYCLES)/.venv/bin/python -m pip --disable-pip-version-check install --no-deps --require-hashes -r $(CYCLES)/requirements.lock
	@touch $@

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] < (3, 13) else "Python 3.11 or 3.12 is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)

# A later install starts only when its lock file changed. The dev lock holds everything of the base lock.
$(VENV)/base.stamp: requirements/base.lock | $(VENV)/bin/python
	@test $(VENV)/dev.stamp -nt requirements/dev.lock || { echo 'Installing the locked dependencies (6.8 GB on disk, once) …'; $(PIP) -r requirements/base.lock; }
	@touch $@

$(VENV)/dev.stamp: requirements/dev.lock | $(VENV)/bin/python
	@echo 'Installing the locked dependencies (6.8 GB on disk, once) …'
	@$(PIP) -r requirements/dev.lock
	@touch $@
