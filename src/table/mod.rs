//! Records → tidy tables, one file a table.
