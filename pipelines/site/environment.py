"""Jinja2 as the site uses it: what is not marked as HTML is escaped, and a name that is missing is an error."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipelines.exports.version import ATTRIBUTION, LICENCE_URL
from pipelines.site import charts
from pipelines.site.shape import FUNCTIONS, csv_text, england_first, heading_level
from pipelines.site.words import FILTERS


def environment(is_invented: bool) -> Environment:
    """The templates, with the charts and filters that they use; `is_invented` for a site of the sample."""
    templates = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    templates.filters.update(FILTERS)
    templates.filters["csv"] = lambda rows: Markup(csv_text(rows))  # noqa: S704 -- CSV is no HTML
    templates.filters["england_first"] = england_first
    templates.globals.update({function.__name__: function for function in FUNCTIONS})
    templates.globals.update(
        charts=charts, h=heading_level, attribution=ATTRIBUTION, licence_url=LICENCE_URL, is_invented=is_invented
    )
    return templates
