"""What is put to the partners, and their signatures."""
