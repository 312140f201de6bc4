"""What every request passes on its way to a page, one concern a module.

`services.web.app` puts them in order, the outermost first: request ids, headers, access log,
server errors, hosts, body limits.
"""
