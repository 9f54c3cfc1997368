"""Serve Formgrader's pages with a policy in the header, and never as a way into what students handed in.

nbgrader has no setting for any of this, so its handlers are given other methods; the course's configuration, which the
Jupyter server reads when it loads Formgrader, calls `use`.
"""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from nbgrader.server_extensions.formgrader import handlers
from nbgrader.server_extensions.formgrader.base import BaseHandler
from tornado import web

from .page_process import PageInTime
from .safe_page import HANDLER, MarkedTemplates, SafePage, new_word, policy

# A page or a drawing that was handed in is shown, and runs nothing.
OF_FILES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
OF_STUDENTS = {"submitted", "autograded", "feedback", "inbound", "outbound"}  # folders that hold their files


@cache
def own_handlers() -> tuple[str, ...]:
    """Return what the buttons of Formgrader's templates do, as their attributes say it."""
    templates = [path for path in Path(handlers.template_path).rglob("*") if path.suffix in (".tpl", ".j2")]
    return tuple(said for path in templates for said in HANDLER.findall(path.read_text(encoding="utf-8")))


def _word(handler: BaseHandler) -> str:
    """Return the word of the page that this handler serves."""
    if not hasattr(handler, "_examiner_word"):
        handler._examiner_word = new_word()
    return handler._examiner_word


def _set_default_headers(handler: BaseHandler) -> None:
    super(BaseHandler, handler).set_default_headers()
    kept = OF_FILES if isinstance(handler, handlers.SubmissionFilesHandler) else _policy(handler)
    handler.add_header("Content-Security-Policy", kept)  # beside Jupyter's own: browsers keep both


def _policy(handler: BaseHandler) -> str:
    return policy(_word(handler), own_handlers(), served=True)


def _exporter(handler: BaseHandler) -> PageInTime:
    config, word = handler.settings["nbgrader_formgrader"].config, _word(handler)
    exporter = partial(SafePage, config=config, served=True, handlers=own_handlers(), word=word)
    return PageInTime(config, exporter, handler.gradebook.find_submission_notebook_by_id)


def _render(handler: BaseHandler, name: str, **said) -> str:
    """Return one of the pages that list assignments and students, with names as text."""
    loader = MarkedTemplates(FileSystemLoader([handlers.template_path, f"{handlers.template_path}/formgrade"]))
    pages = Environment(loader=loader, autoescape=True)
    pages.globals |= {"page_word": lambda: _word(handler), "page_policy": lambda: _policy(handler)}
    return pages.get_template(name).render(**said)


def is_of_students(path: str) -> bool:
    """Whether a folder lies in one of those that hold what students handed in."""
    return bool(path) and bool(OF_STUDENTS & set(Path(path).resolve().parts))


def use() -> None:
    """Have Formgrader keep a policy, and open no course that lies in a submission."""
    if BaseHandler.set_default_headers is _set_default_headers:
        return
    show = handlers.FormgraderHandler.get

    def get(handler: BaseHandler):
        # A link can lead here, and to open a course is to run its configuration.
        if is_of_students(handler.get_argument("path", "")):
            raise web.HTTPError(403, "This folder holds what a student handed in; it is not a course.")
        return show(handler)

    BaseHandler.set_default_headers = _set_default_headers
    BaseHandler.exporter = property(_exporter)
    BaseHandler.render = _render
    handlers.FormgraderHandler.get = get
