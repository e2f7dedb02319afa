"""What all tests share: how many examples hypothesis tries, at home and where the tests must be the same each time."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("home", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
pytest_plugins = ("tests.servers.plugin",)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "home")
