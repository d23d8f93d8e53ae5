"""The record of draws as data: one file a program, the occupation lists apart, each row with its source."""
