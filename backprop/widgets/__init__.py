"""The widgets of the lessons, imported only when they are asked for, since anywidget takes a moment to load."""

from importlib import import_module

_HOME = {
    "ActivationExplorer": "activation_explorer",
    "BackpropSteps": "backprop_steps",
    "ChainExplorer": "chain_explorer",
    "CostContour": "cost_contour",
    "DigitGallery": "digit_gallery",
    "LearningCurves": "learning_curves",
    "NetworkCost": "network_cost",
}
__all__ = sorted(_HOME)


def __getattr__(name: str):
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}.widget"), name)


def __dir__() -> list[str]:
    return __all__
