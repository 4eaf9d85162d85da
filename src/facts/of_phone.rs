//! What of a list is one phone's?
//!
//! ```text
//! hashes, urls, matches:   0 0 0 1 1 2 4 4 4 …
//!                                └ 1 ┘             by the phone's place in the list of phones
//! ```
//! Such lists are made phone by phone, so one phone's part of them is found without looking at those of ten thousand
//! others.

use std::ops::Range;

/// Something of one phone, in a list in the order of the phones.
pub trait OfPhone {
    /// The phone's place in the list of phones.
    fn phone(&self) -> usize;
}

/// The part of a list that is one phone's.
pub fn of_phone<T: OfPhone>(list: &[T], phone: usize) -> &[T] {
    list.get(places(list, phone)).unwrap_or_default()
}

/// Where in the list that part stands.
pub fn places<T: OfPhone>(list: &[T], phone: usize) -> Range<usize> {
    let first = list.partition_point(|one| one.phone() < phone);
    let rest = list.get(first..).unwrap_or_default();
    first..first + rest.partition_point(|one| one.phone() == phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Of(usize);

    impl OfPhone for Of {
        fn phone(&self) -> usize {
            self.0
        }
    }

    #[test]
    fn a_phones_part_is_all_that_is_its_own_and_nothing_else() {
        let list = [0, 0, 0, 1, 1, 2, 4, 4, 4].map(Of);
        let parts: Vec<_> = (0..6).map(|phone| places(&list, phone)).collect();
        assert_eq!(parts, [0..3, 3..5, 5..6, 6..6, 6..9, 9..9]);
        assert!((0..6).all(|phone| of_phone(&list, phone).iter().all(|one| one.0 == phone)));
    }
}
