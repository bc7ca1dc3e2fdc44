"""Charts as SVG and text: no script, a table behind each, all geometry worked out here.

Bars are drawn in per cent of the width without a viewBox, so that text keeps its size at any width.
Each function gives the context of one template of `components/charts/`; `{% load charts %}` has
them as tags. Items are mappings or objects.
"""
