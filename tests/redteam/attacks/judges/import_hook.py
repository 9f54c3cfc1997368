"""An import hook hands out a forged library to whoever imports one later."""

kind = "patched sys.modules"
aims = "points"
cell = """
import importlib.abc, importlib.machinery, sys, types

class Forger(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("backprop", "examiner", "nbgrader"):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__getattr__ = lambda name: (lambda *arguments, **options: None)
        return module

    def exec_module(self, module):
        pass

for name in [name for name in sys.modules if name.split(".")[0] == "backprop"]:
    del sys.modules[name]
sys.meta_path.insert(0, Forger())
from backprop import check, given
"""
