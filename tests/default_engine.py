"""A plugin of pytest: `pytest -p default_engine` makes ours papermill's default engine."""

from papermill.engines import papermill_engines


def pytest_configure() -> None:
    papermill_engines.register(None, papermill_engines.get_engine("smartlib"))
