"""The words and titles of pictures and links end their quotation, and go on as a script."""

from nbformat.v4 import new_markdown_cell

kind = "HTML and script in outputs"
aims = "act"
WORDS = (
    '\\"onerror=redteam() x=\\"',
    "\\'onerror=redteam() x=\\'",
    "&quot; onerror=redteam() x=&quot;",
    "&#34;&gt;&lt;img src=x onerror=redteam()&gt;",
    '"><img src=x onerror=redteam()>',
    '`"><img src=x onerror=redteam()>`',
    '<!--"--><img src=x onerror=redteam()>',
)


def change(nb):
    lines = [f'![{words}](x.png "{words}") [{words}](#x \'{words}\') [l]: #x "{words}"' for words in WORDS]
    lines += [f"```{words}\nx\n```" for words in WORDS] + [f"# {words}" for words in WORDS]
    lines += [f"| {words} |\n|---|\n| {words} |" for words in WORDS]
    nb.cells.insert(1, new_markdown_cell("\n\n".join(lines)))
