//! What the leak test saw: the lines of `assets/leaks.js`, from the page and from the worker, as one table.

use std::collections::BTreeMap;

/// What was seen of each way, in the page and in the worker.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attempts(BTreeMap<String, Cells>);

/// In the page and in the worker; `None` where the way does not exist there.
pub type Cells = [Option<(Outcome, String)>; 2];

impl Attempts {
    /// Reads the page's lines, and behind an empty one the worker's.
    pub fn read(lines: &str) -> Self {
        let mut seen = Self::default();
        for (place, lines) in lines.split("\n\n").enumerate() {
            for line in lines.lines() {
                let mut words = line.split('\t');
                let way = words.next().unwrap_or_default().to_owned();
                let outcome = Outcome::of(words.next().unwrap_or_default());
                let told = words.next().unwrap_or_default().to_owned();
                if let Some(cell) = seen.0.entry(way).or_default().get_mut(place) {
                    *cell = Some((outcome, told));
                }
            }
        }
        seen
    }

    /// How many attempts ended so.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.cells().filter(|seen| *seen == outcome).count()
    }

    /// Every way; those that were not stopped come first.
    pub fn worst_first(&self) -> Vec<(&String, &Cells)> {
        let stopped = |cells: &Cells| !cells.iter().flatten().any(|(outcome, _)| *outcome == Outcome::Open);
        let mut rows: Vec<_> = self.0.iter().collect();
        rows.sort_by_key(|(_, cells)| stopped(cells));
        rows
    }

    /// How every attempt ended.
    pub fn cells(&self) -> impl Iterator<Item = Outcome> {
        self.0.values().flatten().flatten().map(|(outcome, _)| *outcome)
    }
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The browser said that the policy forbids it.
    Refused,
    /// The page's lock prevented it.
    Held,
    /// There is no such thing to send with.
    Absent,
    /// It cannot be tried without leaving the page.
    Untried,
    /// None of these.
    Open,
}

impl Outcome {
    /// From the best to the worst.
    pub const ALL: [Self; 5] = [Self::Refused, Self::Held, Self::Absent, Self::Untried, Self::Open];

    /// An unknown word is no proof of anything.
    fn of(id: &str) -> Self {
        Self::ALL.into_iter().find(|outcome| outcome.id() == id).unwrap_or(Self::Open)
    }

    /// The word of the script.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Held => "held",
            Self::Absent => "absent",
            Self::Untried => "untried",
            Self::Open => "open",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_page_and_worker_become_one_row_and_an_unknown_word_proves_nothing() {
        let seen = Attempts::read("fetch\trefused\tconnect-src\nnew\tsplendid\t\n\nfetch\tabsent\t");
        let cells = &seen.0["fetch"];
        assert_eq!(cells[0], Some((Outcome::Refused, "connect-src".to_owned())));
        assert_eq!(cells[1], Some((Outcome::Absent, String::new())));
        assert_eq!(seen.0["new"], [Some((Outcome::Open, String::new())), None]);
        assert_eq!(seen.worst_first()[0].0, "new");
        assert_eq!(Outcome::ALL.map(|outcome| seen.count(outcome)), [1, 0, 1, 0, 1]);
    }
}
