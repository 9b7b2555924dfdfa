"""Contract files for the tests of importing."""

GOOD = """\
format: contract/1
number: S-7
title: Customer service contract
kind: customer-service
language: en
owner: ana@acme.example
law: {counting: prc-civil-code, calendar: CN, zone: Asia/Shanghai}
parties:
  - name: Acme
    us: true
  - name: Hualong Trading
effect:
  when: 2026-01-05
term:
  length: 1 year
  first_day_counts: true
renewal:
  mode: automatic
  notice:
    - side: us
      at_least: 30 days
obligations:
  - code: payment
    due: 10 days after invoice_received
    amount: 1200.50 CNY
  - code: follow-up-visit
    side: us
    due: on period_end
    every: 3 months
facts:
  - kind: signed
    day: 2025-12-20
  - kind: invoice_received
    day: 2026-05-11
completions:
  - deadline: follow-up-visit/1
    done_on: 2026-04-03
    note: |
      by telephone
      第二行
"""


def changed(old: str, new: str) -> str:
    """The good file with one thing put differently."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)
