"""MathML, SVG and templates are nested so that a page is read again as another than was cleaned."""

from nbformat.v4 import new_markdown_cell

kind = "HTML and script in outputs"
aims = "act"
NESTED = (
    "<math href='javascript:redteam()'><mi>click</mi></math>",
    "<math><maction actiontype='statusline' xlink:href='javascript:redteam()'><mi>x</mi></maction></math>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror=redteam()></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=redteam()>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=redteam()&gt;'>",
    "<svg></p><style><a title='</style><img src=x onerror=redteam()>'>",
    "<svg><title><template><style><img title='</style><img src=x onerror=redteam()>'>",
    "<noscript><p title='</noscript><img src=x onerror=redteam()>'>",
    "<xmp><p title='</xmp><img src=x onerror=redteam()>'>",
    "<textarea><p title='</textarea><img src=x onerror=redteam()>'>",
    "<!--><img src=x onerror=redteam()>-->",
    "<![CDATA[><img src=x onerror=redteam()>]]>",
    "<?x ><img src=x onerror=redteam()>?>",
    "<b<img src=x onerror=redteam()>",
    "<img src=x onerror=redteam()//",
    "<p/onmouseover=redteam()/style=font-size:99px>x",
)
cell = f"""
from IPython.display import HTML, Markdown, display

for nested in {NESTED!r}:
    display(HTML(nested))
    display(Markdown(nested))
"""


def change(nb):
    nb.cells[1:1] = [new_markdown_cell(nested) for nested in NESTED]
