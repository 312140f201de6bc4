"""The commands that start, stop, release and try out Keyline.

Everything here stands outside the product: it may know flows, tasks and services,
and none of them knows it. The local platform (`deployments/local`) starts one
process a part and only ever ends processes that it started itself.
"""

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VERSION = "0.1.0"
