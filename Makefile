# Each target calls one script of scripts/; the scripts can be called directly too.
# 'make' alone explains itself.

PREFIX ?= /usr/local
# make's own variable is not touched: SECONDS is only passed on, with this default.
SECONDS ?= 60

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check bench bench-peers fuzz docs install clean

help: ## print this list
	@scripts/help

setup: ## install the system packages that are missing (any number of times)
	@scripts/setup

demo: ## set up, build, and score three sample chats
	@scripts/demo

serve: ## build the moderation service and start it on this machine (http://127.0.0.1:8787/)
	@scripts/serve

test: ## everything that CI runs: format, imports, documents, lexicons, model, tests
	@scripts/test

check: ## the quick part of it: format, imports, documents, unit tests of the lower layers
	@scripts/check

bench: ## speed of every stage and of the whole program, instructions, allocations, memory
	@scripts/bench

bench-peers: ## speed beside fastText, scikit-learn, Vowpal Wabbit, simdjson and ICU, on the same messages
	@scripts/bench-peers

fuzz: ## run every fuzz target for SECONDS seconds each (default 60)
	@scripts/fuzz --seconds $(SECONDS)

docs: ## API reference pages into docs/
	@scripts/docs

install: ## copy the program and its model below PREFIX (default /usr/local)
	@scripts/install "$(PREFIX)"

clean: ## remove everything that was built
	@scripts/clean
