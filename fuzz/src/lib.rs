//! Fuzzing of everything that reads what a stranger made; `entries` says what is done with the bytes.

pub mod entries;

#[cfg(feature = "fuzzing")]
pub use libfuzzer_sys;

/// The body of a target: its name is the name of its file.
#[cfg(feature = "fuzzing")]
#[macro_export]
macro_rules! target {
    ($name:literal) => {
        $crate::libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            assert!($crate::entries::run($name, bytes));
        });
    };
}
