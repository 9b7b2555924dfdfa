"""Every part of the web application."""

from flask import Blueprint

from web import (
    account,
    calculator,
    calendars,
    contract_edit,
    contracts,
    deadlines,
    feeds,
    health,
    help,
    kind_form,
    kind_shelf,
    kind_text,
    letters,
    metrics,
    people,
    preferences,
    settings,
    subscription,
    today,
    welcome,
)

SCREENS: tuple[Blueprint, ...] = (
    today.screen,
    contracts.screen,
    contract_edit.screen,
    kind_form.screen,
    kind_shelf.screen,
    kind_text.screen,
    deadlines.screen,
    calculator.screen,
    calendars.screen,
    feeds.screen,
    subscription.screen,
    account.screen,
    people.screen,
    settings.screen,
    letters.screen,
    welcome.screen,
    help.screen,
    preferences.screen,
    health.screen,
    metrics.screen,
)
