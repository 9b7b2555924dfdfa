"""Where the product's own pages are found from outside: in letters, calendars and files."""


def deadline_page(base_url: str, deadline_id: int) -> str:
    """The page of one deadline, which asks for sign-in."""
    return f"{base_url}/obligations/{deadline_id}"
