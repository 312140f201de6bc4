"""The next migration, written from what the models and the grants say and a database has not."""
