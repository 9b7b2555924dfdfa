"""Pure values and date logic: counting, terms, schedules. No clock, no session, no input or output."""
