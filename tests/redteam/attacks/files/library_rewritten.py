"""The libraries that later submissions and the grader import are changed where they lie."""

kind = "writing what others run"
aims = "neighbour points prove"
cell = """
import backprop, numpy, os, site, sysconfig

folders = {os.path.dirname(module.__file__) for module in (backprop, numpy, os)}
for folder in {*folders, sysconfig.get_paths()["purelib"]}:
    try:
        path = os.path.join(folder, "redteam_was_here.pth")
        open(path, "w").write("")
        os.remove(path)
        print("<<proof>>")
    except OSError:
        pass
"""
