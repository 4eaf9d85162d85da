//! Certificate hashes in any notation: read, convert, compare, and say why two differ.
