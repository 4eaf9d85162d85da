//! Rows by name: of users, of addresses.
//!
//! A log asks for a row with each of its lines, and a name is compared with a dozen others before it is found among
//! thousands. So the places of names that were asked for are remembered by a short sum of their bytes, two a sum. Three
//! names of one sum only push each other out: whoever chooses names can make this no slower than the search that it
//! saves.

use std::collections::BTreeMap;

/// Rows by name, at most [`MOST_ROWS`].
#[derive(Debug)]
pub(super) struct Rows<T> {
    places: BTreeMap<String, u32>,
    rows: Vec<Row<T>>,
    /// Places of names by the sum of their bytes, counted from 1; 0 where none was asked for yet.
    recent: Vec<[u16; 2]>,
    /// A further name found no room.
    pub full: bool,
}

/// A row with its name. Whoever finds a name wants the row: both come into a processor's cache together.
#[derive(Debug)]
struct Row<T> {
    near: Near,
    row: T,
    name: String,
}

impl<T> Row<T> {
    fn is_of(&self, name: &str, near: Near) -> bool {
        self.near == near && (near.is_whole() || self.name == name)
    }
}

/// The beginning of a name, and how long it is: numbers, which are compared where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Near {
    length: u64,
    bytes: [u64; NEAR / 8],
}

impl Near {
    fn of(name: &str) -> Self {
        let begin = name.as_bytes().get(..NEAR).unwrap_or(name.as_bytes());
        let (eights, rest) = begin.as_chunks::<8>();
        let last = last_of(rest);
        let mut bytes = [0; NEAR / 8];
        let eights = eights.iter().chain([&last]);
        bytes.iter_mut().zip(eights).for_each(|(to, eight)| *to = u64::from_le_bytes(*eight));
        Self { length: name.len() as u64, bytes }
    }

    /// It is all of the name.
    fn is_whole(&self) -> bool {
        self.length <= NEAR as u64
    }
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
        self.at(place)
    }

    /// The row of a name; a new one where there is none yet, and `None` where there is no room for another.
    pub fn room(&mut self, name: &str) -> Option<&mut T> {
        let place = match self.place(name) {
            Some(place) => place,
            None => self.add(name)?,
        };
        self.at(place)
    }

    /// The row at a place.
    pub fn at(&mut self, place: u32) -> Option<&mut T> {
        self.rows.get_mut(place as usize).map(|known| &mut known.row)
    }

    /// This name's row is at this place.
    pub fn is_at(&self, place: u32, name: &str) -> bool {
        self.rows.get(place as usize).is_some_and(|row| row.is_of(name, Near::of(name)))
    }

    /// The place of a new row for a name that has none; `None` where there is no room for it.
    pub fn add(&mut self, name: &str) -> Option<u32> {
        if self.rows.len() >= MOST_ROWS {
            self.full = true;
            return None;
        }
        let place = u32::try_from(self.rows.len()).ok()?;
        self.places.insert(name.to_owned(), place);
        self.rows.push(Row { near: Near::of(name), row: T::default(), name: name.to_owned() });
        Some(place)
    }

    /// The place of a name's row, if there is one.
    pub fn place(&mut self, name: &str) -> Option<u32> {
        if self.recent.is_empty() {
            self.recent = vec![[0; 2]; SUMS];
        }
        let Self { recent, rows, places, .. } = self;
        // The upper bits of a product depend on all of its factor.
        let recent = recent.get_mut((sum(name) >> SHORT) as usize)?;
        let near = Near::of(name);
        let is = |place: &u32| rows.get(*place as usize).is_some_and(|row| row.is_of(name, near));
        let mut known = recent.iter().filter_map(|place| u32::from(*place).checked_sub(1));
        if let Some(place) = known.find(is) {
            return Some(place);
        }
        let place = *places.get(name)?;
        *recent = [u16::try_from(place + 1).unwrap_or_default(), recent[0]];
        Some(place)
    }

    /// The rows by name, in the order of the names.
    pub fn into_sorted(self) -> impl Iterator<Item = (String, T)> {
        let mut rows = self.rows;
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        rows.into_iter().map(|Row { name, row, .. }| (name, row))
    }
}

/// A sum of a name's bytes in which their order counts.
pub(super) fn sum(name: &str) -> u64 {
    let (eights, rest) = name.as_bytes().as_chunks::<8>();
    let last = last_of(rest);
    let mut sum = 0_u64;
    for eight in eights.iter().chain([&last]) {
        sum = (sum.rotate_left(5) ^ u64::from_le_bytes(*eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    sum
}

/// Less than eight bytes, with zeros behind them.
fn last_of(rest: &[u8]) -> [u8; 8] {
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    last
}

/// Users and addresses of one log, each.
pub(super) const MOST_ROWS: usize = 20_000;
/// Bytes of a name that stand near: a user's of a phone, an address.
const NEAR: usize = 24;
/// Short sums, and the bits of a [`sum`] that they leave out.
const SUMS: usize = 1 << 15;
const SHORT: u32 = 49;

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
        let all = rows;
        let long = |end: &str| "x".repeat(NEAR) + end;
        let mut rows: Rows<u32> = Rows::default();
        for (name, number) in [(long(""), 1), (long("a"), 2), (long("b"), 3), (long(&"c".repeat(300)), 4)] {
            *rows.room(&name).unwrap() = number;
            assert_eq!(rows.get(&name).copied(), Some(number));
            assert_eq!(rows.get(&name).copied(), Some(number));
        }
        // Names of one length that begin alike, of which some have one short sum.
        let mut rows: Rows<u32> = Rows::default();
        for (round, number) in (1..=2).flat_map(|round| (0..2_000).map(move |number| (round, number))) {
            let name = long(&format!("{number:04}"));
            *rows.room(&name).unwrap() += number;
            assert_eq!(rows.get(&name).copied(), Some(round * number), "{name}");
        }
        let sorted: Vec<String> = all.into_sorted().map(|(name, _)| name).collect();
        assert_eq!(sorted, names);
    }
}
