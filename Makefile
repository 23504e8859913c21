# The commands of this project; `make` lists them. CI calls the same targets.
SHELL := /bin/bash
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8189
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
BUILD := .build
SAMPLES := $(BUILD)/samples
PYTEST := $(PY) -m pytest -c tests/pytest.ini --rootdir .
RUST_SOURCES := $(shell find cozygen_core -name '*.rs' -o -name Cargo.toml) Cargo.toml Cargo.lock pyproject.toml
APP_SOURCES := $(shell find js/src js/public -type f 2>/dev/null) $(wildcard js/*.js js/*.html js/*.json)
# libjpeg-turbo needs NASM and CMake to build; without them JPEGs take the slower, all-Rust path.
TURBO := $(and $(shell command -v nasm),$(shell command -v cmake),$(shell grep '^turbojpeg = \[' cozygen_core/Cargo.toml))
CORE_FEATURES := python $(if $(TURBO),turbojpeg)

.DEFAULT_GOAL := help
.PHONY: help
help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(BUILD):
	@mkdir -p $@

# --- what the machine needs -------------------------------------------------

.PHONY: system
system: | $(BUILD) ## install Chromium, NASM and CMake where the system's package manager may do it
	@tests/install_system.sh $(BUILD)/system.done

# --- build ------------------------------------------------------------------

$(BUILD)/venv.done: tests/requirements.txt | $(BUILD)
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || $(PY) -m pip install --quiet --disable-pip-version-check uv
	$(UV) pip install --quiet --require-hashes -r tests/requirements.txt
	@touch $@

$(BUILD)/core.done: $(RUST_SOURCES) $(BUILD)/venv.done
	$(VENV)/bin/maturin develop --release --quiet --features "$(CORE_FEATURES)"
	@touch $@

$(BUILD)/npm.done: js/package.json js/package-lock.json | $(BUILD)
	cd js && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILD)/app.done: $(APP_SOURCES) $(BUILD)/npm.done
	cd js && npm run --silent build
	@touch $@

$(BUILD)/samples.done: $(wildcard tests/samples/*.py) cozygen/host/sketch/scenes.py $(BUILD)/venv.done
	$(PY) -m tests.samples.draw $(SAMPLES)
	@touch $@

.PHONY: core app samples
core: $(BUILD)/core.done ## build the Rust core into the virtual environment
app: $(BUILD)/app.done ## build the browser app
samples: $(BUILD)/samples.done ## draw the small sample library

# --- use --------------------------------------------------------------------

.PHONY: run
run: core app samples ## build what is missing and serve the sample library (HOST=0.0.0.0 for a phone)
	@echo "The pictures are samples, drawn by tests/samples/draw.py. Your own: make run OUTPUT=/path/to/output"
	$(VENV)/bin/cozygen serve --host $(HOST) --port $(PORT) --output-dir "$(or $(OUTPUT),$(SAMPLES)/output)" --input-dir "$(SAMPLES)/input" --workflows-dir "$(SAMPLES)/workflows" --data-dir "$(BUILD)/data"

# --- check and test ---------------------------------------------------------

.PHONY: check check-python check-contract check-rust check-app
check: check-python check-contract check-rust check-app ## every linter and type checker

check-python: core
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --config tests/importlinter.ini
	$(PY) -m mypy.stubtest cozygen_core --mypy-config-file pyproject.toml

check-contract: core $(BUILD)/npm.done
	$(PY) -m tests.contract.write $(BUILD)/openapi.json --check
	cd js && node scripts/apiTypes.mjs ../$(BUILD)/openapi.json --check

check-rust: | $(BUILD)
	cargo fmt --check
	cargo clippy --quiet --release --features "$(CORE_FEATURES)" --all-targets -- -D warnings

check-app: $(BUILD)/npm.done
	cd js && npm run --silent lint && npm run --silent typecheck && npm run --silent knip

.PHONY: test test-python test-rust test-app test-e2e test-long
test: system ## everything, as CI runs it
	@$(MAKE) --no-print-directory check test-rust test-python test-app test-e2e test-wheel

test-rust: | $(BUILD)
	cargo test --release --quiet $(if $(TURBO),--features cozygen_core/turbojpeg)

test-python: core app samples
	$(PYTEST) -n auto

test-app: $(BUILD)/npm.done app
	cd js && npm run --silent test && npm run --silent size

test-e2e: core app samples ## the journeys in headless Chromium
	cd js && npm run --silent e2e

.PHONY: screens
screens: core app samples ## a picture of every page and state, both sizes and themes, into .build/screens
	cd js && npm run --silent screens

test-long: core app samples ## what is too long for `make test`
	$(PYTEST) -m long

# Checked with the profile of the tests, so that nothing is compiled twice; released with `dist` (`make wheel`).
WHEEL_PROFILE ?= dist
.PHONY: wheel test-wheel
wheel: core app ## build the wheel into dist/
	@rm -rf dist
	$(PY) -m tests.wheel.bundle
	$(VENV)/bin/maturin build --profile $(WHEEL_PROFILE) --quiet --features "$(CORE_FEATURES)" --out dist; \
		status=$$?; rm -rf cozygen/_bundled; exit $$status

test-wheel: core app ## the wheel's contents, alone in a fresh environment, and beside ComfyUI's requirements
	@$(MAKE) --no-print-directory wheel WHEEL_PROFILE=release
	$(PYTEST) -m wheel tests/wheel

.PHONY: bench-tags
bench-tags: core ## tag search beside SQLite, rapidfuzz and an FST on the real lists (COZYGEN_TEST_DATA)
	$(UV) pip install --quiet lexindex
	for part in real peers synthetic memory recall served; do $(PY) -m benchmarks.tags.bench $$part || exit 1; done

.PHONY: bench-thumbs
bench-thumbs: core ## thumbnails beside Pillow, pyvips and sharp
	$(UV) pip install --quiet "pyvips[binary]" opencv-python-headless
	cd benchmarks/thumbs/sharp_peer && npm install --no-audit --no-fund --loglevel=error
	$(PY) -m benchmarks.thumbs

.PHONY: bench-thumbs-http
bench-thumbs-http: core ## cold and cached thumbnails over HTTP beside bare aiohttp, and the lag of the event loop
	$(PY) -m benchmarks.thumbs.http

.PHONY: bench-gallery
bench-gallery: core ## measure the gallery at FILES=100000 (or 1000000) files, all of it or ROWS="E9 F4"
	cargo bench --quiet -p cozygen_core $(if $(TURBO),--features turbojpeg) --bench apply --bench load -- $(or $(FILES),100000)
	$(PY) -m benchmarks.gallery.run --files $(or $(FILES),100000) $(if $(ROWS),--rows $(ROWS))

.PHONY: docs
docs: core ## write the generated parts of docs/
	$(PY) -m tests.house.write_docs

.PHONY: contract
contract: core $(BUILD)/npm.done ## write docs/api.md and the browser's types from the endpoint table
	$(PY) -m tests.contract.write $(BUILD)/openapi.json
	cd js && node scripts/apiTypes.mjs ../$(BUILD)/openapi.json

.PHONY: format clean
format: core ## format all code
	$(VENV)/bin/ruff format . && $(VENV)/bin/ruff check --fix .
	cargo fmt
	cd js && npx prettier --write --log-level warn .

clean: ## remove what was built (not the caches of cargo, pip and npm)
	rm -rf $(BUILD) $(VENV) target js/dist js/node_modules cozygen/_bundled
