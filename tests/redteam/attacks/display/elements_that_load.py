"""Frames, objects, forms, media, `meta` and `base` load pages, send what is typed, and lead elsewhere."""

from nbformat.v4 import new_markdown_cell

kind = "HTML that loads"
aims = "act connection"
THERE = "http://127.0.0.1:47631/loads"
ELEMENTS = f"""<meta http-equiv=refresh content="0;url={THERE}"><base href="{THERE}/">
<link rel=stylesheet href="{THERE}">

<iframe src="{THERE}" srcdoc="<script>parent.redteam()</script>"></iframe><frameset onload=redteam()></frameset>

<object data="{THERE}" type="text/html"></object><embed src="{THERE}"><applet code="{THERE}"></applet>

<form action="{THERE}"><input type=image src="{THERE}"><input autofocus onfocus=redteam()><button>x</button></form>

<video poster="{THERE}" src="{THERE}" autoplay></video><audio src="{THERE}" autoplay></audio><track src="{THERE}">

<table background="{THERE}"><tr><td background="{THERE}">x</td></tr></table><body background="{THERE}" onload=redteam()>

<script src="{THERE}"></script><link rel=prefetch href="{THERE}"><link rel=preconnect href="{THERE}">

<template shadowrootmode=open><img src="{THERE}"></template><portal src="{THERE}"></portal><noscript><img src={THERE}>
"""
cell = f"""
from IPython.display import HTML, Markdown, display

display(HTML({ELEMENTS!r}))
display(Markdown({ELEMENTS!r}))
"""


def change(nb):
    nb.cells.insert(1, new_markdown_cell(ELEMENTS))
