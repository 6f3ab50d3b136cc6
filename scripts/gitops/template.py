"""The templates of what gitops writes."""

from pathlib import Path

import jinja2


def template(name: str) -> jinja2.Template:
    """A file of `templates`; one for a browser escapes what it is given."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=name.endswith(".html.j2"),
    )
    return environment.get_template(name)
