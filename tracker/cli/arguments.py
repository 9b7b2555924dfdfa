"""Kinds of argument that several commands take."""

from datetime import date
from typing import Any

import click

from tracker.cli.desk import Desk
from tracker.cli.problems import said
from tracker.rules.dates import read_date
from tracker.rules.problems import Problem, Unfit


class _Day(click.ParamType[date]):
    """A day as people write it: 2026-03-05, 2026/3/5, 2026年3月5日."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return read_date(str(value))
        except Unfit as error:
            desk = ctx.find_object(Desk) if ctx else None
            problem = Problem.of("", error)
            self.fail(said(problem, desk.words) if desk else str(problem), param, ctx)


DAY = _Day()
