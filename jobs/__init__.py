"""The door of time: when which chore runs, and in which process."""
