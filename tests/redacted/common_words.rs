//! Names that are words which every case holds anyway.

/// Words that devices and this program say themselves.
pub const COMMON: [&str; 16] = [
    "phones",
    "default",
    "license",
    "server",
    "login",
    "admin",
    "outside",
    "marketing",
    "test",
    "cisco",
    "office",
    "network",
    "backup",
    "telephone",
    "certificate",
    "client",
];
