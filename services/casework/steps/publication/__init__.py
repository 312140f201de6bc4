"""What is sent ahead of publication, and publication itself, by each publisher."""
