"""Make the pages that show a student's work: what the templates say runs, and nothing else.

Each page has a policy which browsers keep (https://www.w3.org/TR/CSP3/): scripts run that carry a word drawn for this
page, or were loaded by one that does, and nothing is loaded but pictures, styles and MathJax. The word is put into the
templates before anything of a student's is, so that a hole in the filters runs nothing and calls nobody.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
import secrets
from collections.abc import Iterable

from jinja2 import BaseLoader, Environment
from nbconvert.exporters import HTMLExporter
from traitlets import Unicode

from . import safe_text

MATHJAX = "https://cdnjs.cloudflare.com/ajax/libs/mathjax/2.7.7/"
# nbconvert's, but set up before it is loaded: it would run what stands in the page as its configuration. `Safe` keeps
# formulas from carrying links, classes and styles.
MATHS = """{%- macro mathjax() -%}
<script>
window.MathJax = {
    TeX: {equationNumbers: {autoNumber: "AMS", useLabelIds: true}},
    tex2jax: {
        inlineMath: [["$", "$"], ["\\\\(", "\\\\)"]],
        displayMath: [["$$", "$$"], ["\\\\[", "\\\\]"]],
        processEscapes: true,
        processEnvironments: true
    },
    Safe: {allow: {URLs: "none", classes: "none", cssIDs: "none", styles: "none", require: "none"}},
    displayAlign: "center",
    messageStyle: "none",
    CommonHTML: {linebreaks: {automatic: true}}
};
</script>
<script src="HERE/MathJax.js?config=TeX-AMS_CHTML-full,Safe"></script>
{%- endmacro %}""".replace("HERE/", MATHJAX)
# What a template's own buttons do, where no name of anybody is in it; some are written `onClick`.
HANDLER = re.compile(r'\son[a-z]+="([^"{}]*)"', re.IGNORECASE)
NAMES = ("assignment_id", "notebook_id", "student", "last_name", "first_name", "notebook_path")


def new_word() -> str:
    """Return a word for one page, which nobody can know before it is made."""
    return secrets.token_urlsafe(16)


def policy(word: str, handlers: Iterable[str] = (), served: bool = False) -> str:
    """Return the policy of a page; `served` is one that Formgrader serves, with scripts that ask its own server."""
    hashes = [base64.b64encode(hashlib.sha256(said.encode()).digest()).decode() for said in sorted(set(handlers))]
    own = "'self' " if served else ""
    scripts = ["'strict-dynamic'", f"'nonce-{word}'"]
    scripts += ["'unsafe-hashes'", *(f"'sha256-{digest}'" for digest in hashes)] if hashes else []
    parts = {
        "default-src": "'none'",
        "script-src": " ".join(scripts),
        "style-src": f"{own}'unsafe-inline'",  # styles load nothing, since pictures and fonts have rules of their own
        "img-src": "'self' data:",
        "font-src": f"{own}data: {MATHJAX}",
        "connect-src": "'self'" if served else "'none'",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    return "; ".join(f"{name} {said}" for name, said in parts.items())


NO_LANGUAGE = re.compile(r"(<!doctype html>\s*)(?:<html>\s*|(?=<head>))", re.IGNORECASE)


class MarkedTemplates(BaseLoader):
    """Templates as another loader finds them, with the page's word in each script that they hold."""

    def __init__(self, loader: BaseLoader):
        self.loader = loader

    def get_source(self, environment: Environment, template: str):
        if template == "mathjax.html.j2":
            return marked(MATHS), None, None
        source, *rest = self.loader.get_source(environment, template)
        return marked(source), *rest

    def list_templates(self) -> list[str]:
        return self.loader.list_templates()


def marked(source: str) -> str:
    """Return the source of a template with the word in its scripts, the policy at its head, and its language said."""
    source = NO_LANGUAGE.sub(r'\1<html lang="en">\n', source, count=1)  # a screen reader goes by the language
    head = '<head>\n<meta http-equiv="Content-Security-Policy" content="{{ page_policy() }}">'
    source = source.replace("<head>", head, 1) if "<html" in source or "<!doctype" in source else source
    return source.replace("<script", '<script nonce="{{ page_word() }}"')


class SafePage(HTMLExporter):
    """nbconvert's pages, with a policy and with names that are text."""

    word = Unicode(help="The word that lets a template's script run; drawn for each page where it is not given")

    def __init__(self, config=None, served: bool = False, handlers: Iterable[str] = (), **more):
        self._served, self._handlers = served, tuple(handlers)
        super().__init__(config=config, **more)

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.loader = MarkedTemplates(environment.loader)
        environment.globals |= {"page_word": lambda: self.word, "page_policy": self._policy}
        environment.filters["ansi2html"] = safe_text.terminal
        return environment

    def register_filter(self, name, jinja_filter):
        if name == "highlight_code":
            jinja_filter = safe_text.uncoloured_where_marked(jinja_filter)
        return super().register_filter(name, jinja_filter)

    def _policy(self) -> str:
        return policy(self.word, self._handlers, self._served)

    def from_notebook_node(self, nb, resources=None, **more):
        if not self._served:
            self.word = new_word()
        names = {key: html.escape(str(said)) for key, said in (resources or {}).items() if key in NAMES and said}
        if resources is not None:
            resources.update(names)  # Formgrader's templates write them as they are
        return self._convert(nb, resources, **more)

    def _convert(self, nb, resources, **more):
        return super().from_notebook_node(nb, resources, **more)
