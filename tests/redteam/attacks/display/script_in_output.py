"""Outputs carry scripts: in HTML, SVG, JavaScript, Markdown and LaTeX."""

kind = "HTML and script in outputs"
aims = "act"
cell = """
from IPython.display import HTML, SVG, Javascript, Latex, Markdown, display

display(HTML("<script>redteam()</script><img src=x onerror='redteam()'><iframe src='javascript:redteam()'></iframe>"))
display(HTML("<svg><a xlink:href='javascript:redteam()'><text>x</text></a></svg><details open ontoggle=redteam()>"))
display(HTML("<meta http-equiv=refresh content='0;url=//redteam'><form action='javascript:redteam()'><button>x"))
display(SVG("<svg xmlns='http://www.w3.org/2000/svg' onload='redteam()'><script>redteam()</script></svg>"))
display(Javascript("redteam()"))
display(Markdown("<script>redteam()</script> [x](javascript:redteam())"))
display(Latex("$\\\\href{javascript:redteam()}{x}$</script><script>redteam()</script>"))
"""
