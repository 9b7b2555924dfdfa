"""Contract obligation tracker: contract terms in, the right deadlines out, explained, reminded and never lost.

The rooms and who may know whom are told in ``docs/architecture.md``; the words in ``docs/glossary.md``.
"""
