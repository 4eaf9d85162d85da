//! Rows by name: of users, of addresses.
//!
//! A log asks for a row with each of its lines, and a name is compared with a dozen others before it is found among
//! thousands. So the place of each name that was asked for is remembered by a short sum of its bytes. Two names of one
//! sum only push each other out: whoever chooses names can make this no slower than the search that it saves.

use std::collections::BTreeMap;

/// Rows by name, at most [`MOST_ROWS`].
#[derive(Debug)]
pub(super) struct Rows<T> {
    places: BTreeMap<String, u32>,
    rows: Vec<(String, T)>,
    /// Places of names by the sum of their bytes, counted from 1; 0 where none was asked for yet.
    recent: Vec<u32>,
    /// A further name found no room.
    pub full: bool,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { places: BTreeMap::new(), rows: Vec::new(), recent: Vec::new(), full: false }
    }
}

impl<T: Default> Rows<T> {
    /// The row of a name, if there is one.
    pub fn get(&mut self, name: &str) -> Option<&mut T> {
        let place = self.place(name)?;
        self.rows.get_mut(place as usize).map(|(_, row)| row)
    }

    /// The row of a name; a new one where there is none yet, and `None` where there is no room for another.
    pub fn room(&mut self, name: &str) -> Option<&mut T> {
        let place = match self.place(name) {
            Some(place) => place,
            None => self.add(name)?,
        };
        self.rows.get_mut(place as usize).map(|(_, row)| row)
    }

    fn add(&mut self, name: &str) -> Option<u32> {
        if self.rows.len() >= MOST_ROWS {
            self.full = true;
            return None;
        }
        let place = u32::try_from(self.rows.len()).ok()?;
        self.places.insert(name.to_owned(), place);
        self.rows.push((name.to_owned(), T::default()));
        Some(place)
    }

    fn place(&mut self, name: &str) -> Option<u32> {
        if self.recent.is_empty() {
            self.recent = vec![0; SUMS];
        }
        let recent = self.recent.get_mut(sum(name))?;
        if let Some(place) = recent.checked_sub(1)
            && self.rows.get(place as usize).is_some_and(|(known, _)| known == name)
        {
            return Some(place);
        }
        let place = *self.places.get(name)?;
        *recent = place + 1;
        Some(place)
    }

    /// The rows by name, in the order of the names.
    pub fn into_sorted(self) -> impl Iterator<Item = (String, T)> {
        let mut rows = self.rows;
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        rows.into_iter()
    }
}

/// A sum of a name's bytes in which their order counts.
fn sum(name: &str) -> usize {
    let (eights, rest) = name.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    let mut sum = 0_u64;
    for eight in eights.iter().chain([&last]) {
        sum = (sum.rotate_left(5) ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    (sum >> 49) as usize
}

/// Users and addresses of one log, each.
pub(super) const MOST_ROWS: usize = 20_000;
/// As many as [`sum`] has values.
const SUMS: usize = 1 << 15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_by_its_name_whatever_was_asked_for_before() {
        let mut rows: Rows<u32> = Rows::default();
        assert_eq!(rows.get("a"), None);
        let names: Vec<String> = (0..MOST_ROWS).map(|number| format!("CP-7962G-SEP{number:012X}")).collect();
        for round in 0..3 {
            for name in &names {
                *rows.room(name).unwrap() += 1;
                assert_eq!(rows.get(name).copied(), Some(round + 1), "{name}");
            }
        }
        assert!(!rows.full);
        assert_eq!(rows.room("b"), None);
        assert!(rows.full);
        assert_eq!(rows.get("b"), None);
        let sorted: Vec<String> = rows.into_sorted().map(|(name, _)| name).collect();
        assert_eq!(sorted, names);
    }
}
