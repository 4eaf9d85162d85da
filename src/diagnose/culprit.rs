//! Which file stops the diagnosis? Each is read alone, so a fault shows there; all are diagnosed together, and a fault
//! would take the whole case along. Then the shortest beginning of the files that fails is looked for, and its last
//! file is the one: it takes as many further tries as the number of files has binary digits.

/// The search for one culprit among so many files, of which all together fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
    /// So many of the first files do not fail.
    passes: usize,
    /// So many do.
    fails: usize,
}

impl Search {
    /// Begins, after all of so many files failed.
    pub const fn new(files: usize) -> Self {
        Self { passes: 0, fails: files }
    }

    /// How many of the first files to try next; `None` where the culprit is known.
    pub const fn next(&self) -> Option<usize> {
        if self.fails > self.passes + 1 { Some(self.passes + (self.fails - self.passes) / 2) } else { None }
    }

    /// What came of a try.
    pub const fn tried(&mut self, files: usize, failed: bool) {
        if failed {
            self.fails = files;
        } else {
            self.passes = files;
        }
    }

    /// The culprit's place; `None` where there are no files at all.
    pub const fn culprit(&self) -> Option<usize> {
        self.fails.checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_fails_is_found_in_few_tries() {
        for files in [1_usize, 2, 3, 8, 100, 10_000] {
            for culprit in [0, files / 3, files - 1] {
                let (mut search, mut tries) = (Search::new(files), 0);
                while let Some(first) = search.next() {
                    search.tried(first, first > culprit);
                    tries += 1;
                }
                assert_eq!(search.culprit(), Some(culprit), "{files}");
                assert!(tries <= files.ilog2() + 1, "{files} {tries}");
            }
        }
        assert_eq!((Search::new(0).next(), Search::new(0).culprit()), (None, None));
    }
}
