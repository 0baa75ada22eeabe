//! Text inputs: encoding found or given, line ends of any kind, pages parted by form feeds.
