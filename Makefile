# Every target only calls the launcher, which is the same on all platforms.
# Arguments: make reports ARGS="--lang en"
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help reports test test-all test-newest reproduce dist course-site lint lab notebooks bench soak clean setup

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

reports: ## data set, national notebooks, a report for every region
	@$(PYTHON) tasks.py reports $(ARGS)

test: ## tests, doctests, then every notebook against its saved outputs
	@$(PYTHON) tasks.py test $(ARGS)

test-all: ## the same and what is too long for every day: large generated runs, other suites
	@$(PYTHON) tasks.py test-all $(ARGS)

test-newest: ## tests with the newest dependencies, deprecations as errors
	@$(PYTHON) tasks.py test-newest $(ARGS)

reproduce: ## build twice in different circumstances and compare every byte
	@$(PYTHON) tasks.py reproduce $(ARGS)

dist: ## wheel and sdist into dist/, checked, installed and used
	@$(PYTHON) tasks.py dist $(ARGS)

course-site: ## the first lessons as a site that runs them in the browser (needs npm)
	@$(PYTHON) tasks.py course-site $(ARGS)

lint: ## ruff and mypy
	@$(PYTHON) tasks.py lint $(ARGS)

lab: ## JupyterLab on notebooks/
	@$(PYTHON) tasks.py lab $(ARGS)

notebooks: ## re-run the notebooks in place
	@$(PYTHON) tasks.py notebooks $(ARGS)

bench: ## time the build against papermill, nbconvert and others (about 12 minutes)
	@$(PYTHON) tasks.py bench $(ARGS)

soak: ## kill builds a hundred times at random, then compare their reports (6 minutes)
	@$(PYTHON) tasks.py soak $(ARGS)

clean: ## remove reports and caches
	@$(PYTHON) tasks.py clean $(ARGS)

setup: ## only make the environment
	@$(PYTHON) tasks.py setup $(ARGS)
