"""What a cell prints, shows and raises is recorded as a kernel would have recorded it: here both run the same cells."""

from __future__ import annotations

import json
import re

import nbformat
import pytest
from nbclient import NotebookClient

from examiner.runner.outputs import sizes

CELLS = {
    "a result": "1 + 1",
    "a result of several lines": "import numpy as np\nnp.eye(3)",
    "no result": "x = 3;",
    "printed text": "for n in range(3):\n    print('line', n)\nprint('no newline', end='')",
    "an error": "def f(x):\n    return 1 / x\n\nprint('before')\nf(0)",
    "an error of one's own": "class Mine(ValueError):\n    pass\n\nraise Mine('wörld', 3)",
    "an error after another": "try:\n    {}['a']\nexcept KeyError:\n    raise TypeError('b')",
    "an assertion": "assert 1 == 2, 'one is not two'",
    "a syntax error": "def f(:\n    pass",
    "a missing name": "print(nowhere)",
    "an unfinished answer": "def answer():\n    raise NotImplementedError()\nanswer()",
    "a warning": "import numpy as np\nnp.exp(np.array([1000.0]))",
    "leaving": "import sys\nsys.exit('bye')",
    "a figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\nprint('shown')",
    "a figure that is not asked for": "plt.plot([3, 1])",
    "a figure as the result": "figure, axes = plt.subplots()\nfigure",
    "two figures": "for n in (1, 2):\n    plt.figure()\n    plt.plot([n])\n    plt.title(f'figure {n}')",
    "inline figures by name": "%matplotlib inline\nplt.plot([1])\nplt.show()",
    "another format": "%config InlineBackend.figure_format = 'svg'\nplt.plot([1], marker='o')\nplt.show()",
    "display": "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>x</b>'), Markdown('**y**'), 3)",
    "a rich result": "class Table:\n    def _repr_html_(self):\n        return '<table></table>'\n\nTable()",
    "a representation that fails": "class Broken:\n    def __repr__(self):\n        raise ValueError('no')\n\nBroken()",
    "a picture of bytes": "from IPython.display import Image\nImage(data=bytes(40), format='png')",
    "JSON": "from IPython.display import JSON\nJSON({'a': [1, None, 2.5, True]})",
    "clear_output": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
    "clear_output that waits": "for n in range(3):\n    clear_output(wait=True)\n    print(n)",
    "a display that changes": "handle = display('first', display_id='one')\nhandle.update('second')",
    "a display of an earlier cell": "import IPython\nIPython.display.update_display('third', display_id='one')",
    "a line magic": "%precision 3\n3.14159",
    "a cell magic": "%%bash\necho from bash\necho to stderr >&2",
    "a captured cell": "%%capture seen\nprint('captured')\n1",
    "what was captured": "seen.show()",
    "a file": "%%writefile module_of_mine.py\nANSWER = 42",
    "a module beside the notebook": "from module_of_mine import ANSWER\nANSWER",
    "a command": "!echo hello && cat module_of_mine.py",
    "a command's output": "lines = !echo one; echo two\nlines",
    "help": "len?",
    "an unknown magic": "%no_such_magic",
    "top-level await": "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "earlier results": "_, In[1], Out[1]",
    "a widget": "import ipywidgets\nslider = ipywidgets.IntSlider(value=3)\nslider",
    "a widget with an output": "out = ipywidgets.Output()\nwith out:\n    pass\nslider.value = 5\nslider.value",
    "an empty cell": "",
    "a comment": "# nothing",
    "unicode": "print('σ(z) = ½ · 😀')",
    "threads": "import threading\nt = threading.Thread(target=print, args=('from a thread',))\nt.start(); t.join()",
    "processes": "import multiprocessing\nwith multiprocessing.Pool(2) as pool:\n    print(pool.map(abs, [-1, -2]))",
    "the environment": "import os\nos.environ['NBGRADER_EXECUTION'], plt.get_backend()",
}  # fmt: skip


def normal(outputs: list) -> list:
    """Return outputs without what differs from run to run; neighbours in one stream are one, however they came."""
    merged = []
    for output in json.loads(json.dumps(outputs)):
        if "metadata" in output:  # of which grading keeps no more
            output["metadata"] = sizes(output["metadata"], output["data"])
        if merged and output["output_type"] == "stream" and merged[-1].get("name") == output["name"]:
            merged[-1]["text"] += output["text"]
        else:
            merged.append(output)
    text = json.dumps(merged, indent=1, sort_keys=True)
    for pattern, stable in (
        (r"0x[0-9a-f]{6,}", "0x…"),
        (r"/tmp/ipykernel_\d+/", "/tmp/ipykernel_N/"),
        (r'"model_id": "[0-9a-f]+"', '"model_id": "…"'),
        (r"<dc:date>.*?</dc:date>|id=\\\"[\w-]+\\\"|#\w{8,}", "…"),
        (r"/\S*(?:site-packages|/lib/python3\.\d+)/", "…/"),
    ):
        text = re.sub(pattern, stable, text)
    return json.loads(text)


@pytest.fixture(scope="module")
def both(forkserver, tmp_path_factory) -> dict[str, tuple[list, list]]:
    """What a kernel and a student's process recorded of each cell."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS.values()])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NBGRADER_EXECUTION", "autograde")
        patch.delenv("MPLCONFIGDIR")  # its file asks for another backend
        folder = str(tmp_path_factory.mktemp("kernel"))
        NotebookClient(
            notebook,
            allow_errors=True,
            store_widget_state=False,
            resources={"metadata": {"path": folder}},
            extra_arguments=["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=ERROR"],
        ).execute()
    with forkserver.student_process(tmp_path_factory.mktemp("student")) as student_process:
        ran = [student_process.run(source) for source in CELLS.values()]
    assert not [each.sentence for each in ran if each.ended]
    kernels = [normal(cell.outputs) for cell in notebook.cells]
    return dict(zip(CELLS, zip(kernels, (normal(each.outputs) for each in ran), strict=True), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", CELLS)
def test_a_cell_is_recorded_as_a_kernel_would(both, name):
    kernel, student_process = both[name]
    assert student_process == kernel


# ----------------------------------------------------------------------------------------- where kernels race
def text(ran) -> str:
    return "".join(output.get("text", "") for output in ran.outputs)


def test_what_programs_print_comes_between_what_the_cell_prints(student_process):
    ran = student_process.run("import os\nprint('one')\nos.system('echo two')\nprint('three')\nos.system('echo four');")
    assert text(ran) == "one\ntwo\nthree\nfour\n"


def test_what_a_descriptor_is_given_comes_between_too_however_fast(student_process):
    ran = student_process.run("import os\nfor i in range(300):\n    print(i)\n    os.write(1, b'%d.5\\n' % i);")
    assert text(ran) == "".join(f"{i}\n{i}.5\n" for i in range(300))


def test_what_goes_to_both_streams_stays_in_order(student_process):
    ran = student_process.run(
        "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c')\nos = sys.stderr.write('d')"
    )
    assert [(output.name, output.text) for output in ran.outputs] == [
        ("stdout", "a\n"), ("stderr", "b\n"), ("stdout", "c\n"), ("stderr", "d"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        *(
            f"%matplotlib {name}"
            for name in ("notebook", "nbagg", "widget", "ipympl", "qt", "qt5", "tk", "osx", "auto")
        ),
        "%matplotlib",
        "%gui qt",
        "import matplotlib\nmatplotlib.use('TkAgg')",
        "from matplotlib import use\nuse('Qt5Agg', force=True)",
        "import matplotlib\nmatplotlib.use('module://ipympl.backend_nbagg')",
        "import matplotlib.pyplot as plt\nplt.switch_backend('nbAgg')",
        "%pylab tk",
    ],
)
def test_a_window_that_cannot_be_opened_is_passed_over_and_figures_are_drawn_inline(student_process, asked):
    ran = student_process.run(
        f"{asked}\nimport numpy as np\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    )
    assert [output.output_type for output in ran.outputs] == ["stream", "display_data"]
    assert "image/png" in ran.outputs[-1].data
    asks_for_any = asked in ("%matplotlib", "%matplotlib auto")
    assert asks_for_any or "figures are drawn in the notebook" in text(ran)


@pytest.mark.parametrize("name", ["agg", "svg", "PDF"])
def test_a_back_end_that_draws_into_files_is_no_window(student_process, name):
    ran = student_process.run(f"import matplotlib\nmatplotlib.use('{name}')\nprint(matplotlib.get_backend().lower())")
    assert text(ran) == f"{name.lower()}\n"


@pytest.mark.parametrize("command", ["!{pip}", "%pip", "!{python} -m pip"])
def test_an_installation_fails_at_once_since_there_is_no_network(student_process, command):
    start = command.format(pip="pip", python="python")
    ran = student_process.run(
        f"{start} install --disable-pip-version-check no-such-library-at-all\nx = 1\nprint('after')"
    )
    assert "Retrying" not in text(ran)
    assert "after" in text(ran)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("input('Your name? ')", "raw_input was called, but this frontend does not support input requests."),
        ("import getpass; getpass.getpass()", "getpass was called, but this frontend does not support input requests."),
    ],
)
def test_questions_are_refused_in_a_kernels_own_words(student_process, asked, words):
    (output,) = student_process.run(asked).outputs
    assert (output.ename, output.evalue) == ("StdinNotImplementedError", words)


def test_a_cell_has_the_number_that_it_is_given(student_process):
    student_process.run("1", number=7)
    ran = student_process.run("2", number=9)
    assert (ran.count, ran.outputs[0].execution_count) == (9, 9)


def test_a_figure_is_not_carried_from_one_cell_into_another_notebook(forkserver, tmp_path):
    for _ in range(2):
        with forkserver.student_process(tmp_path) as student_process:
            ran = student_process.run("import matplotlib.pyplot as plt\nprint(plt.get_fignums(), plt.figure().number)")
            assert text(ran) == "[] 1\n"


def test_the_same_notebook_draws_the_same_numbers_each_time(forkserver, tmp_path):
    source = "import numpy as np, random\nprint(np.random.rand(), random.random(), {'a', 'b', 'c', 'd'})"
    found = set()
    for _ in range(2):
        with forkserver.student_process(tmp_path) as student_process:
            found.add(text(student_process.run(source)))
    assert len(found) == 1


def test_sums_are_made_by_one_thread(student_process):
    ran = student_process.run(
        "import threadpoolctl\nprint({pool['num_threads'] for pool in threadpoolctl.threadpool_info()})"
    )
    assert text(ran) == "{1}\n"


def test_checks_of_the_students_own_work_in_their_process(forkserver, course_root):
    with forkserver.student_process(course_root / "release" / "start_here") as student_process:
        student_process.run("import numpy as np\nfrom backprop import check, given, quiz")
        student_process.run("def squared_errors(a, y):\n    return (a - y) ** 2")
        right = student_process.run(
            "check('1', lambda: squared_errors(np.array([0.9, 0.2, 0.6]), np.array([1, 0, 0])))"
        )
        assert right.outputs[0].data["text/plain"].startswith("✓ Exercise 1")
        wrong = student_process.run("check('2', lambda: mean_squared_error(1, 2))")
        assert "is not answered" in wrong.outputs[0].data["text/plain"]
        assert wrong.outputs[1].ename == "CheckFailed"


@pytest.mark.slow
def test_tensorflow_works_where_a_notebook_imports_it(student_process):
    ran = student_process.run(
        "import tensorflow as tf\nx = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    y = x * x\n"
        "print(float(tape.gradient(y, x)))",
        seconds=200,
    )
    assert (ran.ended, text(ran).splitlines()[-1]) == ("", "6.0")
