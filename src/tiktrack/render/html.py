"""The report as one page that needs nothing else: no request, no script to read it, charts drawn as SVG."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from tiktrack.model.report import Report
from tiktrack.model.words import Outcome
from tiktrack.render import accepted, counts, text, tickets, view, words
from tiktrack.render.brief import brief
from tiktrack.render.impact import impact_lines
from tiktrack.render.plot import plot
from tiktrack.render.timeline import by_beginning, timeline

_QUIET = (Outcome.PASSED, Outcome.NOT_APPLICABLE)


def render(report: Report) -> str:
    """The page."""
    script = _asset("page.js")
    page = _environment().get_template("page.html.j2")
    return page.render(
        report=report,
        view=view,
        words=words,
        faults=view.faults(report),
        brief=brief(report),
        caps=view.binding_caps(report),
        accepted=view.accepted(report),
        suppressions=accepted,
        held=[item for item in report.suppressions if item.state == "active"],
        broken=view.having(report, Outcome.ERRORED),
        quiet=view.having(report, *_QUIET),
        timeline=timeline(report),
        incidents=by_beginning(report),
        incident_of={mark: i for i in report.incidents for mark in i.findings},
        cause_of=lambda incident: words.CAUSE.get(incident.cause) or words.label(incident.cause),
        witnesses=counts.witnesses(report),
        funnel=counts.funnel(report),
        ledger=counts.ledger(report),
        rule_anchors=_rule_anchors(report),
        titles={result.rule: result.title for result in report.results},
        style=Markup(_asset("page.css")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _rule_anchors(report: Report) -> dict[str, str]:
    """Rule → place of its first finding."""
    anchors: dict[str, str] = {}
    for item in view.ranked(report):
        anchors.setdefault(item.result.rule, item.anchor)
    return anchors


@cache
def _asset(name: str) -> str:
    return files("tiktrack.render").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    """Templates that escape everything and show hidden characters; a name that is missing is an error."""
    environment = Environment(
        loader=PackageLoader("tiktrack.render"),
        autoescape=True,
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        name=text.name,
        sentence=text.sentence,
        cell=tickets.cell,
        coded=_coded,
        impact=impact_lines,
        plot=plot,
        ticket=tickets.ticket,
        note=tickets.note,
        where=tickets.where,
    )
    return environment


def _coded(value: str) -> Markup:
    """A text of a rule with what stands between backticks set as code; all of it is escaped."""
    parts = text.paragraph(value).split("`")
    if len(parts) % 2 == 0:  # a backtick too many is no code
        return escape(text.paragraph(value))
    return Markup().join(Markup("<code>{}</code>").format(p) if at % 2 else escape(p) for at, p in enumerate(parts))


def _harmless(value: Any) -> Any:
    """What a template prints, with hidden characters made visible; line breaks stay."""
    return text.paragraph(value) if isinstance(value, str) and not isinstance(value, Markup) else value
