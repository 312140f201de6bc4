"""What people do at each step of the guidance: who opens which page, and what they answer."""
