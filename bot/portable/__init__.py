"""The record of a person in the form in which it travels: out as JSON and tables, and in again."""
