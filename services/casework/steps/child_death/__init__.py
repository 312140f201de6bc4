"""The death of a child: its child death review, and the hold on the panel's last step (PAR-05)."""
