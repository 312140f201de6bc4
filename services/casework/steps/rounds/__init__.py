"""What is put to the partners: its rounds, its text, and what waits because of a mark."""
