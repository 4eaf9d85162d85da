//! Which phones of a list are shown, and in which order: by the words of a filter and by the column chosen; and how many
//! of them came how far.

use std::cmp::Ordering;

use vpn_phone_doctor::diagnosis::PhoneRow;
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::Lang;

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Its name.
    Name,
    /// Its model.
    Model,
    /// The first address that it came from.
    Address,
    /// How often it tried.
    Attempts,
    /// How far it came.
    Furthest,
    /// Why it failed.
    Reason,
    /// When it was last seen.
    Last,
}

/// The order of a list: the diagnosis's own where no column was chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub by: Option<Column>,
    /// Largest first.
    pub descending: bool,
}

impl Order {
    /// The order after a column was chosen: ascending, then descending, then as it was.
    pub fn chosen(self, column: Column) -> Self {
        match self {
            Self { by: Some(by), descending: false } if by == column => {
                Self { by: Some(column), descending: true }
            }
            Self { by: Some(by), descending: true } if by == column => Self::default(),
            _ => Self { by: Some(column), descending: false },
        }
    }

    /// The word of `aria-sort` for a column.
    pub fn aria(self, column: Column) -> &'static str {
        match self {
            Self { by: Some(by), descending } if by == column => {
                if descending {
                    "descending"
                } else {
                    "ascending"
                }
            }
            _ => "none",
        }
    }
}

/// Places in `rows` of the phones that the filter lets through, in order. Every word of the filter has to be found.
pub fn arranged(rows: &[PhoneRow], filter: &str, order: Order, lang: Lang) -> Vec<usize> {
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let wanted =
        rows.iter().enumerate().filter(|(_, row)| words.iter().all(|word| has_word(row, word, lang)));
    let mut kept: Vec<(usize, &PhoneRow)> = wanted.collect();
    if let Some(column) = order.by {
        kept.sort_by(|(_, one), (_, other)| {
            let ascending = compare(column, one, other, lang);
            if order.descending { ascending.reverse() } else { ascending }
        });
    }
    kept.into_iter().map(|(index, _)| index).collect()
}

fn has_word(row: &PhoneRow, word: &str, lang: Lang) -> bool {
    let stages = [row.furthest, row.failed].into_iter().flatten().map(|stage| stage.name());
    let name = row.name.to_lowercase();
    name.contains(word)
        || digits_of_address(word).is_some_and(|digits| name.contains(&digits))
        || row.model.to_lowercase().contains(word)
        || row.addresses.iter().any(|address| address.contains(word))
        || row.reason.get(lang).to_lowercase().contains(word)
        || stages.into_iter().any(|stage| stage.get(lang).to_lowercase().contains(word))
}

/// `00:11:22:33:44:55` and `0011.2233.4455` are how others write the digits of a phone's name.
fn digits_of_address(word: &str) -> Option<String> {
    let digits: String = word.chars().filter(|character| !matches!(character, ':' | '.' | '-')).collect();
    let written = digits.len() >= 4 && digits.len() < word.len();
    (written && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(digits)
}

fn compare(column: Column, one: &PhoneRow, other: &PhoneRow, lang: Lang) -> Ordering {
    match column {
        Column::Name => blank_last(&one.name, &other.name),
        Column::Model => blank_last(&one.model, &other.model),
        Column::Address => addresses(one).cmp(&addresses(other)),
        Column::Attempts => one.attempts.cmp(&other.attempts),
        Column::Furthest => one.furthest.cmp(&other.furthest),
        Column::Reason => blank_last(&one.reason.get(lang), &other.reason.get(lang)),
        Column::Last => blank_last(&one.last, &other.last),
    }
}

fn blank_last(one: &str, other: &str) -> Ordering {
    one.is_empty().cmp(&other.is_empty()).then_with(|| one.cmp(other))
}

/// Addresses by their numbers: 192.0.2.9 stands before 192.0.2.10.
fn addresses(row: &PhoneRow) -> (bool, Option<std::net::IpAddr>, &str) {
    let first = row.addresses.first().map(String::as_str).unwrap_or_default();
    (first.is_empty(), first.parse().ok(), first)
}

/// How many of several phones came how far at one stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Their last attempt ended here.
    pub failed: usize,
    /// An attempt of theirs passed it.
    pub passed: usize,
    /// All phones.
    pub all: usize,
}

/// What became of several phones at a stage; `None` for a single phone, and where all of them passed or none came.
pub fn at_stage(phones: &[PhoneRow], stage: Stage) -> Option<Count> {
    let failed = phones.iter().filter(|phone| phone.failed == Some(stage)).count();
    let passed = phones.iter().filter(|phone| phone.furthest >= Some(stage)).count();
    let differ = failed > 0 || (1..phones.len()).contains(&passed);
    (phones.len() > 1 && differ).then_some(Count { failed, passed, all: phones.len() })
}

#[cfg(test)]
mod tests {
    use vpn_phone_doctor::stage::Stage;
    use vpn_phone_doctor::text::Text;

    use super::*;

    fn phone(name: &str, address: &str, attempts: u32, furthest: Option<Stage>) -> PhoneRow {
        PhoneRow {
            name: name.to_owned(),
            model: if attempts > 4 { "CP-8845" } else { "" }.to_owned(),
            addresses: vec![address.to_owned()],
            attempts,
            connected: 0,
            furthest,
            failed: Some(Stage::Trust),
            reason: Text::fixed("unknown CA", "unbekannte CA"),
            last: String::new(),
            place: None,
        }
    }

    fn phones() -> Vec<PhoneRow> {
        vec![
            phone("SEP001122334455", "192.0.2.10", 3, Some(Stage::Tls)),
            phone("SEPAABBCCDDEEFF", "192.0.2.9", 12, None),
            phone("", "198.51.100.7", 5, Some(Stage::Reach)),
        ]
    }

    #[test]
    fn every_word_of_a_filter_has_to_be_found() {
        for (filter, expected) in [
            ("", vec![0, 1, 2]),
            ("sep0011", vec![0]),
            ("00:11:22:33", vec![0]),
            ("AABB.CCDD.EEFF", vec![1]),
            ("192.0.2.", vec![0, 1]),
            ("8845 192.0.2", vec![1]),
            ("tls", vec![0]),
            ("unknown ca", vec![0, 1, 2]),
            ("unbekannte", vec![]),
            ("nothing", vec![]),
        ] {
            assert_eq!(arranged(&phones(), filter, Order::default(), Lang::En), expected, "{filter}");
        }
        assert_eq!(arranged(&phones(), "unbekannte", Order::default(), Lang::De).len(), 3);
    }

    #[test]
    fn columns_sort_by_what_they_mean() {
        for (by, ascending) in [
            (Column::Name, [0, 1, 2]),
            (Column::Model, [1, 2, 0]),
            (Column::Address, [1, 0, 2]),
            (Column::Attempts, [0, 2, 1]),
            (Column::Furthest, [1, 2, 0]),
            (Column::Reason, [0, 1, 2]),
        ] {
            let order = Order { by: Some(by), descending: false };
            assert_eq!(arranged(&phones(), "", order, Lang::En), ascending, "{by:?}");
        }
        let order = Order { by: Some(Column::Attempts), descending: true };
        assert_eq!(arranged(&phones(), "", order, Lang::En), [1, 2, 0]);
    }

    #[test]
    fn choosing_a_column_turns_the_order_round_and_then_gives_it_up() {
        let up = Order::default().chosen(Column::Name);
        assert_eq!((up.aria(Column::Name), up.aria(Column::Model)), ("ascending", "none"));
        let down = up.chosen(Column::Name);
        assert_eq!(down.aria(Column::Name), "descending");
        assert_eq!(down.chosen(Column::Name), Order::default());
        assert_eq!(down.chosen(Column::Model).aria(Column::Model), "ascending");
    }

    #[test]
    fn several_phones_are_counted_at_each_stage_and_one_is_not() {
        let phone = |furthest, failed| PhoneRow { furthest, failed, ..PhoneRow::default() };
        let crowd = [
            phone(Some(Stage::Tunnel), None),
            phone(Some(Stage::Tls), Some(Stage::Trust)),
            phone(Some(Stage::Tls), Some(Stage::Trust)),
            phone(None, None),
        ];
        let at = |stage| at_stage(&crowd, stage).map(|count| (count.failed, count.passed, count.all));
        assert_eq!(at(Stage::Tls), Some((0, 3, 4)));
        assert_eq!(at(Stage::Trust), Some((2, 1, 4)));
        assert_eq!(at(Stage::Registration), None, "none came so far");
        assert_eq!(at_stage(&crowd[..3], Stage::Tls), None, "all passed");
        assert_eq!(at_stage(&crowd[1..2], Stage::Trust), None, "one phone has a ladder of its own");
    }
}
