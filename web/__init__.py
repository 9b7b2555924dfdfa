"""The screens: Flask in, HTML out. Nothing here decides a date or what a person may see; it asks the actions."""
