"""The rapid review: its meeting, its record, its submission, and the Panel's answer."""
