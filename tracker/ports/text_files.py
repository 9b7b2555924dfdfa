"""Text as it comes from people's files."""


def decoded(data: bytes) -> str:
    """The text of a file: Chinese ones are not always UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors="replace")
