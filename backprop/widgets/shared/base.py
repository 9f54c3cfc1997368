"""What all widgets share: traits that the browser may change, the line of code, and what is shown without a kernel.

A widget is a Python class with its state as traits, a `.js` file that draws, and a static picture for whoever reads the
notebook where nothing can move. Making and showing one never waits for a browser. Derived values (a cost, a path) are
computed on both sides from the state, and never sent.
"""

from __future__ import annotations

import base64
import inspect
from html import escape
from pathlib import Path

import anywidget
import traitlets
from IPython.display import display

from ...errors import BackpropError
from .as_code import literal
from .bundle import bundle

HERE = Path(__file__).parent
VIEW = "application/vnd.jupyter.widget-view+json"
STATIC_CSS = (HERE / "static.css").read_text(encoding="utf-8")
STILL = "This is a still picture of it: run the cell to make it move."


class WidgetError(BackpropError, ValueError):
    """A widget cannot be made of these arguments; the message says which, and what would do."""


def state(trait: traitlets.TraitType, code: bool | str = True) -> traitlets.TraitType:
    """Mark a trait as what the user changes: synced without echo, and, unless `code` is False, part of `as_code()`.

    With `code="if set"` it is left out of the line where it is None, False, or empty, as it is when nobody sets it.
    """
    # With an echo, an older value would come back while the user drags on, and the point would jump.
    return trait.tag(sync=True, echo_update=False, code=code)


def fixed(trait: traitlets.TraitType) -> traitlets.TraitType:
    """Mark a trait as what Python alone sets, such as the data: synced, and never part of the state."""
    return trait.tag(sync=True)


class LessonWidget(anywidget.AnyWidget):
    """Base of the course's widgets; subclasses give `static_svg`, `described`, and, if need be, `fixed_code`."""

    _captioned = True

    notice = fixed(traitlets.Unicode(""))  # one sentence, shown in the widget's place of honour when something is wrong

    _code_name = fixed(traitlets.Unicode())
    _code_fixed = fixed(traitlets.List(traitlets.Unicode()))
    _code_state = fixed(traitlets.List(traitlets.Unicode()))
    _code_if_set = fixed(traitlets.List(traitlets.Unicode()))

    def __init_subclass__(cls, **kwargs):
        # anywidget makes a subclass of its own for each instance, with these as traits; a base class has no view.
        script = Path(inspect.getfile(cls)).with_name("view.js")
        if "_esm" not in cls.__dict__ and script.is_file():
            styles = [HERE / "theme.css", script.with_name("style.css")]
            cls._esm = bundle(script)
            cls._css = "\n".join(path.read_text(encoding="utf-8") for path in styles if path.exists())
        super().__init_subclass__(**kwargs)

    def __init__(self, **traits):
        for name in traits:
            if not self.has_trait(name):
                raise WidgetError(f"{type(self).__name__} takes no argument `{name}`.")
        try:
            super().__init__(**traits)
        except traitlets.TraitError as error:
            raise WidgetError(f"{type(self).__name__} cannot be made: {error}") from None
        self._code_name = type(self).__name__
        self._code_fixed = self.fixed_code()
        self._code_state = list(self._in_code())
        self._code_if_set = [name for name, when in self._in_code().items() if when == "if set"]

    @classmethod
    def _in_code(cls) -> dict[str, bool | str]:
        """Return the state that `as_code()` writes, in the order in which the class lists it, and when it does."""
        listed = {name: trait for kind in reversed(cls.__mro__) for name, trait in vars(kind).items()}
        traits = {name: trait for name, trait in listed.items() if isinstance(trait, traitlets.TraitType)}
        return {name: trait.metadata["code"] for name, trait in traits.items() if trait.metadata.get("code")}

    # What a subclass says of itself

    def static_svg(self) -> str:
        """Return the picture of the present state as an SVG document, made in a few milliseconds."""
        raise NotImplementedError

    def described(self) -> str:
        """Return one or two sentences on what the picture shows, for readers who do not see it."""
        raise NotImplementedError

    def caption(self) -> str:
        """Return what stands below the still picture: what it shows, and that it does not move."""
        return f"{self.described()} {STILL}" if self._captioned else ""

    def fixed_code(self) -> list[str]:
        """Return the arguments of `as_code()` that are no state, as source: `["training_set", "eta=1"]`."""
        return []

    # What every widget can do

    def as_code(self) -> str:
        """Return one line of Python that makes this widget in its present state; "Copy as code" copies the same."""
        values = {name: getattr(self, name) for name in self._code_state}
        written = [f"{n}={literal(value)}" for n, value in values.items() if value or n not in self._code_if_set]
        return f"{self._code_name}({', '.join([*self._code_fixed, *written])})"

    def __repr__(self) -> str:
        return self.as_code()

    def still(self) -> dict[str, str]:
        """Return the static picture and its sentence as a MIME bundle: what is shown where nothing can move."""
        says = self.caption()
        svg = self.static_svg()
        # As an image, and not as tags of its own: JupyterLab leaves it in a notebook that it does not trust.
        source = base64.b64encode(self._without_caption().encode()).decode()
        html = (
            f'<style>{STATIC_CSS}</style><figure class="lesson-static">'
            f'<img alt="{escape(self.described())}" src="data:image/svg+xml;base64,{source}">'
            f"<figcaption>{escape(says)}</figcaption></figure>"
        )
        words = f"{type(self).__name__}: {self.described()}"  # where these are all there is, there is no picture
        return {"text/plain": words, "image/svg+xml": svg, "text/html": html}

    def _without_caption(self) -> str:
        """Return the still picture for a page that has its words already."""
        self._captioned = False
        try:
            return self.static_svg()
        finally:
            self._captioned = True

    def _live(self) -> tuple[dict, dict]:
        """Return the bundle of the living widget alone, and its metadata."""
        bundle = super()._repr_mimebundle_()
        assert bundle is not None  # anywidget's own returns None only where widgets are switched off
        return bundle

    def _repr_mimebundle_(self, **kwargs):
        live = super()._repr_mimebundle_(**kwargs)
        if live is None:
            return None
        data, metadata = live
        return {**data, **self.still()}, metadata

    def _ipython_display_(self) -> None:
        """Show the still picture, and the live widget beside it; where that comes to life, it hides the picture."""
        data, metadata = self._live()
        display(self.still(), raw=True)
        display({VIEW: data[VIEW], "text/plain": ""}, metadata=metadata, raw=True)
