"""What the migrations of release 1 read, as it was when that release was tagged: never changed."""
