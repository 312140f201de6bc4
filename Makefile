.DEFAULT_GOAL := help
.PHONY: help setup check test fast lock migration sheets picture up down

UV ?= $(shell command -v uv || echo .tools/bin/uv)
COMPILE = $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

help: ## Show these words
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-9s %s\n", $$1, $$2}'

setup: ## Make the environment from the lock, with what the tests need
	./keyline test --help >/dev/null

test: ## Everything that CI runs
	./keyline test

check: ## A whole check, such as NAME=journeys; without a name they are listed
	./keyline check $(NAME)

fast: ## The tests that need no server: seconds
	./keyline test --fast

lock: ## Compile both lock files anew (add UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) requirements.in -o requirements.txt
	$(COMPILE) $(UPGRADE) -c requirements.txt requirements-dev.in -o requirements-dev.txt
	for tool in ministack checkov; do $(COMPILE) $(UPGRADE) deployments/terraform_trial/$$tool.in -o deployments/terraform_trial/$$tool.txt; done

migration: ## Write the next migration (NAME="What is new"), or put one behind the others (LAST=its file)
	.venv/bin/python -m deployments.migration $(if $(LAST),--last $(LAST),"$(NAME)")
	.venv/bin/ruff check -q --fix-only --select F401,I services/database/migrations/versions
	.venv/bin/ruff format -q services/database/migrations/versions

sheets: ## Draw the pages of every kind of paper into docs/papers, to be looked at
	.venv/bin/python -m tests.contact_sheets docs/papers

picture: ## Draw the sign-off page as a telephone shows it into docs, to be looked at (needs chromium)
	.venv/bin/python -m tests.sign_off_picture docs/sign-off-375.png

up: ## Start the platform and return when it answers
	./keyline up --detach

down: ## Stop the platform
	./keyline down
