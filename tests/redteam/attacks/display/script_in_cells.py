"""Markdown and raw cells, cell ids, tags and titles carry scripts."""

from nbformat.v4 import new_markdown_cell, new_raw_cell

kind = "HTML and script in outputs"
aims = "act"


def change(nb):
    script = "<script>redteam()</script>"
    attachments = {"x.svg": {"image/svg+xml": f"<svg onload='redteam()'>{script}</svg>"}}
    nb.cells += [
        new_markdown_cell(f"{script}\n\n[x](javascript:redteam()) ![x](attachment:x.svg)", attachments=attachments),
        new_raw_cell(script, metadata={"format": "text/html", "raw_mimetype": "text/html"}),
        new_markdown_cell("x", metadata={"tags": ["'><img src=x onerror=redteam()>"]}),
    ]
    nb.metadata["title"] = f"</title>{script}"
    nb.metadata["authors"] = [{"name": script}]
    nb.metadata["language_info"] = {"pygments_lexer": f"'>{script}", "name": script}
    widgets = {"state": {"x": {"model_name": "HTMLModel", "state": {"value": f"</script>{script}"}}}}
    nb.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": widgets}
