"""What a review recommends: proposed, developed by the review group, endorsed by the partners."""
