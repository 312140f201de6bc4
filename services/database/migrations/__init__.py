"""How the schema came to be; run by `deployments.release`."""
