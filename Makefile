bin := .venv/bin
notebooks := $(wildcard source/*/*.ipynb release/*/*.ipynb docs/*.ipynb)
benches := $(wildcard bench/*.py)
# On all cores, a file at a time and in their order: the browser's come last, since a browser in a process upsets others.
parallel := -n logical --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup setup-grading setup-dev demo test quick verdicts lab teach bench kills postgresql redteam clean

help: ## say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

setup: ## make .venv, with what the course runs on (every target below does this first)
	@sh tools/setup.sh

setup-grading: ## ... and with the sandbox in which submissions are graded
	@sh tools/setup.sh grading

setup-dev: ## ... and with what its tests need
	@sh tools/setup.sh dev

demo: setup-grading ## simulate a class, grade it, and print the result
	@$(bin)/examiner demo

lab: setup ## open the released course in JupyterLab, as a student sees it
	@$(bin)/examiner lab

teach: setup-grading ## open the course in JupyterLab with nbgrader's tools, as an instructor sees it
	@$(bin)/examiner teach

test: setup-dev ## check everything, the cheap things first
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/lint-imports --no-cache
	$(bin)/mypy
	$(bin)/python tools/js.py check
	$(bin)/python tests/widgets/golden.py --check
	$(if $(notebooks),$(bin)/nbstripout --keep-id --verify $(notebooks))
	$(bin)/examiner release --check
	$(bin)/python tools/pictures.py --check
	$(bin)/pytest $(parallel)

quick: setup-dev ## only the fast tests
	$(bin)/pytest -m "not slow"

verdicts: setup-dev ## grade strangers' answers (ANSWERS=folder), and count how many are told what is wrong
	$(bin)/python tests/course/verdicts.py --graded

redteam: setup-dev ## attack nbgrader and the examiner, and write the table in docs/attacks.md
	$(bin)/python tests/redteam/run.py

kills: setup-dev ## kill graders at 50 random moments of a class of 100, on SQLite and PostgreSQL, and compare the gradebooks
	@$(bin)/python tests/examiner/kills.py

postgresql: setup-dev ## run the tests of grading with their gradebooks in a real PostgreSQL
	GRADEBOOKS=postgresql $(bin)/pytest $(parallel) $(addprefix tests/examiner/,commands pipeline report feedback)

bench: setup-dev ## measure every figure that the README quotes
	@set -e; for bench in $(benches); do echo "== $$bench"; $(bin)/python "$$bench"; done

clean: ## remove what commands made in build/, never submissions or grades
	rm -rf build
