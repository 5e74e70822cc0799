# Confab's commands. Two are all that most people need: `make run` and `make test`.
# Every recipe goes through scripts/, which install what is missing; the scripts say what they do.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# With the project's tools on PATH.
TOOLS := . scripts/env.sh &&

# Everything that the built app depends on. cargo knows when to compile again; trunk always optimises again.
APP_SOURCES := $(shell find index.html build.rs Trunk.toml Cargo.toml Cargo.lock .cargo src style locales assets public \
	crates/protocol crates/call-core -type f 2>/dev/null)

.PHONY: help run build dev check test fuzz load weigh fmt size screenshots setup release deny

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Set up, build and start Confab, and print the address to open
	@exec target/release/confab

build: dist/index.html ## Set up and build: the app into dist/, the server with the app in it into target/release/confab
	@echo '==> Building the server'
	@$(TOOLS) cargo build --locked --release -p signaling-server

dist/index.html: $(APP_SOURCES) | setup
	@echo '==> Building the app'
	@$(TOOLS) env -u NO_COLOR trunk build --release --locked

deny: ## Check the dependencies: licences, sources, bans, advisories
	@scripts/deny.sh

release: dist/index.html ## Build a static program and pack it with its unit, licences and an example of settings
	@scripts/release.sh

setup:
	@scripts/setup.sh build

dev: setup ## Serve the app with live reload on port 8080, with a server on port 9000
	@exec scripts/dev.sh

check: setup ## Run the quick tests: core, wire, server, formatting, clippy, what dependencies may be
	@scripts/test.sh quick

test: ## Set up and run every test, in real browsers too
	@scripts/setup.sh test
	@scripts/test.sh all

fuzz: ## Fuzz the decoder and the registry, each for FUZZ_SECONDS (60)
	@scripts/setup.sh fuzz
	@scripts/fuzz.sh

load: build ## Measure how much one server carries: idle sockets, signals, many who join, sign-ins
	@$(TOOLS) cargo run --locked --release -p load

weigh: build ## Weigh what a call of four costs each page, over five rounds
	@$(TOOLS) cargo run --locked -p e2e --bin weigh

fmt: setup ## Format the code
	@$(TOOLS) cargo fmt --all

size: setup ## Build the app and print what it weighs
	@scripts/size.sh

screenshots: ## Take the pictures of the README from a real call
	@scripts/setup.sh test
	@$(MAKE) build
	@$(TOOLS) cargo run --locked -p e2e --bin screenshots
