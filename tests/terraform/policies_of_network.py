"""Policies of who reaches whom: security groups, load balancer, firewall, addresses.

Each function answers whether the resource breaks the policy that is its name.
"""

from collections.abc import Callable, Mapping
from typing import Final

from tests.terraform.plans import Plan, PlannedResource

EVERYWHERE: Final = {"0.0.0.0/0", "::/0"}
FOR_PEOPLE: Final = {80, 443}
MODERN_TLS: Final = "ELBSecurityPolicy-TLS13-1-2-Res"


def port_is_open_to_the_world(_plan: Plan, rule: PlannedResource) -> bool:
    """Tell whether another port than those of pages is open to everybody."""
    values = rule.values
    is_open = EVERYWHERE & {values["cidr_ipv4"], values["cidr_ipv6"]}
    return bool(is_open) and not {values["from_port"], values["to_port"]} <= FOR_PEOPLE


def all_ports_are_open(_plan: Plan, rule: PlannedResource) -> bool:
    """Tell whether a rule, in or out, is for every port or every protocol."""
    values = rule.values
    return values["ip_protocol"] != "tcp" or values["from_port"] != values["to_port"]


def rules_stand_in_the_group(_plan: Plan, group: PlannedResource) -> bool:
    """Tell whether a group has rules of its own beside the table of connections."""
    return bool(group.values.get("ingress") or group.values.get("egress"))


def pages_are_in_the_clear(_plan: Plan, listener: PlannedResource) -> bool:
    """Tell whether a listener shows pages without TLS, or with an old one."""
    if listener.values["protocol"] == "HTTP":
        redirect = (listener.first("default_action").get("redirect") or [{}])[0]
        return redirect.get("protocol") != "HTTPS"
    return not str(listener.values["ssl_policy"]).startswith(MODERN_TLS)


def balancer_lets_bad_headers_through(_plan: Plan, balancer: PlannedResource) -> bool:
    """Tell whether what is no header, or may be read in two ways, goes on to the application."""
    values = balancer.values
    said = (values["drop_invalid_header_fields"], values["desync_mitigation_mode"])
    return said != (True, "strictest")


def balancer_writes_no_log(_plan: Plan, balancer: PlannedResource) -> bool:
    """Tell whether nobody could tell afterwards who asked for what."""
    return not balancer.first("access_logs").get("enabled")


def balancer_has_no_firewall(plan: Plan, balancer: PlannedResource) -> bool:
    """Tell whether what the world reaches has no firewall before it."""
    guarded = {one.values["resource_arn"] for one in plan.of("aws_wafv2_web_acl_association")}
    return not balancer.values["internal"] and balancer.values.get("arn") not in guarded


def firewall_counts_nothing(_plan: Plan, firewall: PlannedResource) -> bool:
    """Tell whether it has no limit for one address, or keeps samples, in which cookies stand."""
    rules = firewall.values["rule"]
    limits = [rule for rule in rules if rule["statement"][0].get("rate_based_statement")]
    seen = [firewall.first("visibility_config"), *(rule["visibility_config"][0] for rule in rules)]
    return not limits or any(each["sampled_requests_enabled"] for each in seen)


def firewall_blocks_words(_plan: Plan, firewall: PlannedResource) -> bool:
    """Tell whether a managed rule may block a form for its words: what was typed would be lost."""
    groups = [
        found[0]
        for rule in firewall.values["rule"]
        if (found := rule["statement"][0].get("managed_rule_group_statement"))
    ]
    return any(
        group["name"] == "AWSManagedRulesCommonRuleSet"
        and not {"CrossSiteScripting_BODY", "SizeRestrictions_BODY"}
        <= {each["name"] for each in group["rule_action_override"]}
        for group in groups
    )


def subnet_gives_public_addresses(_plan: Plan, subnet: PlannedResource) -> bool:
    """Tell whether what is put there has a public address without anybody saying so."""
    return bool(subnet.values["map_public_ip_on_launch"])


POLICIES: Final[Mapping[Callable[[Plan, PlannedResource], bool], tuple[str, ...]]] = {
    port_is_open_to_the_world: ("aws_vpc_security_group_ingress_rule",),
    all_ports_are_open: (
        "aws_vpc_security_group_ingress_rule",
        "aws_vpc_security_group_egress_rule",
    ),
    rules_stand_in_the_group: ("aws_security_group", "aws_default_security_group"),
    pages_are_in_the_clear: ("aws_lb_listener",),
    balancer_lets_bad_headers_through: ("aws_lb",),
    balancer_writes_no_log: ("aws_lb",),
    balancer_has_no_firewall: ("aws_lb",),
    firewall_counts_nothing: ("aws_wafv2_web_acl",),
    firewall_blocks_words: ("aws_wafv2_web_acl",),
    subnet_gives_public_addresses: ("aws_subnet",),
}
