"""What happens on `python -m deployments`."""

from deployments.cli import main

main()
