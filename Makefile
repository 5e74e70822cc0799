# Confab's commands. Most people need only `make run` and `make test`. Recipes call scripts/, which install
# what is missing; the comments in the scripts say what they do.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# A build that fails after trunk wrote the page must not look finished.
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# Puts the project's tools on PATH.
TOOLS := . scripts/env.sh &&

# All inputs of the app's build. cargo decides itself whether to compile; trunk optimises on every run.
APP_SOURCES := $(shell find index.html build.rs Trunk.toml Cargo.toml Cargo.lock .cargo src style locales assets public \
	crates/protocol crates/call-core crates/bundle scripts/split scripts/build-app.sh -type f 2>/dev/null)

.PHONY: help run build dev check test fuzz load bench fmt size screenshots setup release deny

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Set up, build and start Confab, and print the address to open
	@exec target/release/confab

build: dist/index.html ## Set up and build: the app in dist/, the server, with the app inside, in target/release/confab
	@echo '==> Building the server'
	@$(TOOLS) cargo build --locked --release -p signaling-server

dist/index.html: $(APP_SOURCES) | setup
	@echo '==> Building the app'
	@scripts/build-app.sh

deny: ## Check the dependencies: licences, sources, bans, advisories
	@scripts/deny.sh

release: dist/index.html ## Build a static program and pack it with its systemd unit, licences and example settings
	@scripts/release.sh

setup:
	@scripts/setup.sh build

dev: setup ## Serve the app with live reload on port 8080, with a server on port 9000
	@exec scripts/dev.sh

check: ## Run the quick tests, formatting, clippy and the checks of dependencies
	@scripts/setup.sh check
	@scripts/test.sh quick

test: ## Set up and run all tests, including those in real browsers
	@scripts/setup.sh test
	@scripts/test.sh all

fuzz: ## Fuzz the decoder and the registry, FUZZ_SECONDS each (default 60)
	@scripts/setup.sh fuzz
	@scripts/fuzz.sh

load: build ## Measure the capacity of one server: idle sockets, signals, many joins at once, sign-ins
	@$(TOOLS) cargo run --locked --release -p load

bench: ## Measure Confab beside a bare page without a framework, and write bench/RESULTS.md (25 minutes)
	@scripts/setup.sh test
	@$(MAKE) build
	@$(TOOLS) cargo build --locked --release -p load
	@$(TOOLS) cargo run --locked --release -p bench -- --out bench

fmt: ## Format the code
	@scripts/setup.sh check
	@$(TOOLS) cargo fmt --all

size: dist/index.html ## Build the app, print the sizes of its files and what takes the room, and compare with size-budget.toml
	@$(TOOLS) cargo run --quiet --locked -p bundle -- parts $${CARGO_TARGET_DIR:-target}/wasm32-unknown-unknown/wasm-release/confab-app.wasm
	@$(TOOLS) cargo run --quiet --locked -p bundle -- size dist size-budget.toml

screenshots: ## Take the screenshots for the README from real calls
	@scripts/setup.sh test
	@$(MAKE) build
	@$(TOOLS) cargo test --locked -p screenshots
	@$(TOOLS) cargo run --locked -p screenshots
