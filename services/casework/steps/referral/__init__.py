"""The first worry: what is logged and referred, corrected, joined, and told to other areas."""
