//! How many views of a kind are listed: a case of a thousand ASAs has a thousand policies, and each is a table.

/// Views listed of one kind.
pub const MOST: usize = 100;

/// All, or of too many the telling ones first, and of those the first.
pub(super) fn telling_first<T>(all: &[T], telling: impl Fn(&&T) -> bool) -> Vec<&T> {
    if all.len() <= MOST {
        return all.iter().collect();
    }
    let (first, others): (Vec<&T>, Vec<&T>) = all.iter().partition(telling);
    first.into_iter().chain(others).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_the_telling_ones_are_listed_and_of_few_all_in_their_order() {
        let numbers: Vec<usize> = (0..500).collect();
        let listed = telling_first(&numbers, |number| **number >= 490);
        assert_eq!(listed.len(), MOST);
        assert_eq!(
            listed[..12].iter().map(|number| **number).collect::<Vec<_>>()[..],
            [490, 491, 492, 493, 494, 495, 496, 497, 498, 499, 0, 1]
        );
        assert_eq!(telling_first(&numbers[..MOST], |number| **number > 9).first(), Some(&&0));
    }
}
