"""A delivery status notification, as a mail service writes one (RFC 3464)."""

_NOTIFICATION = """\
From: MAILER-DAEMON@relay.example
To: keyline@keyline.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain

Your message could not be delivered to one or more recipients.

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; ofsted@national-bodies.invalid
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <script>User unknown</script>

--part
Content-Type: {returned}

Message-ID: {message_id}
Subject: A notice

--part--
"""


def notification(
    message_id: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    returned: str = "text/rfc822-headers",
) -> bytes:
    """Return the raw notification about an email, of which it returns the headers."""
    text = _NOTIFICATION.format(
        message_id=message_id, action=action, status=status, returned=returned
    )
    return text.encode()
