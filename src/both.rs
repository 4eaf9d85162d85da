//! Two pieces of work at a time, where there are threads and enough of it. In the page one comes after the other.

/// What both come to. A thread is worth it where each of them takes much longer than to begin one. What panics in either
/// panics here.
#[cfg(not(target_arch = "wasm32"))]
pub fn both<A, B: Send>(is_worth_it: bool, one: impl FnOnce() -> A, other: impl Fn() -> B + Sync) -> (A, B) {
    use std::panic::resume_unwind;
    use std::thread::{Builder, scope};

    if !is_worth_it {
        return (one(), other());
    }
    scope(|scope| {
        let beside = Builder::new().spawn_scoped(scope, &other).ok();
        let one = one();
        let other = match beside {
            Some(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // There is no other thread to be had.
            None => other(),
        };
        (one, other)
    })
}

/// What both come to.
#[cfg(target_arch = "wasm32")]
pub fn both<A, B>(_is_worth_it: bool, one: impl FnOnce() -> A, other: impl Fn() -> B) -> (A, B) {
    (one(), other())
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    #[test]
    fn both_are_done_whether_or_not_at_a_time() {
        for is_worth_it in [false, true] {
            let words = ["one", "other"];
            let (one, other) = both(is_worth_it, || words[0].len(), || words[1].to_owned());
            assert_eq!((one, other.as_str()), (3, "other"));
        }
    }

    #[test]
    fn what_panics_in_either_panics_here() {
        for is_worth_it in [false, true] {
            assert!(catch_unwind(|| both(is_worth_it, || 1, || -> u8 { panic!("other") })).is_err());
            assert!(catch_unwind(|| both(is_worth_it, || -> u8 { panic!("one") }, || 1)).is_err());
        }
    }
}
