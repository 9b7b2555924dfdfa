"""What every test stands on."""

import os

import pytest
from hypothesis import settings

pytest_plugins = [
    "tests.support.browser",
    "tests.support.databases",
    "tests.support.feeds",
    "tests.support.sink",
    "tests.support.desk",
    "tests.support.digests",
    "tests.support.office",
    "tests.support.remembered",
    "tests.support.token_server",
]

# Deadlines in milliseconds measure the machine, not the code.
settings.register_profile("quick", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("prove", deadline=None, max_examples=5_000)


def pytest_configure(config: pytest.Config) -> None:
    """Start from the same place on every machine: no setting of the person who runs the tests reaches them."""
    for name in [name for name in os.environ if name.startswith("TRACKER_")]:
        del os.environ[name]
    proving = config.getoption("markexpr") == "prove"
    settings.load_profile("prove" if proving else "ci" if in_ci() else "quick")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(NoSkippedTests(), "no-skipped-tests")


def in_ci() -> bool:
    return os.environ.get("CI") == "true"


class NoSkippedTests:
    """Fails a run in CI in which a test was skipped: nobody reads the list of what was not tested."""

    def __init__(self) -> None:
        self._skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._skipped.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._skipped.append(report.nodeid)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._skipped and in_ci():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._skipped and in_ci():
            terminalreporter.section("skipped, which fails in CI", red=True)
            for name in self._skipped:
                terminalreporter.line(name)
