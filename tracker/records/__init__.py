"""What the product remembers: SQLAlchemy rows, the database that holds them and its migrations."""
