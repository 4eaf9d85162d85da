//! How fast files are read, and how long the rest takes.

/// Where reading stood when it was looked at first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    since_millis: i64,
    from: u64,
    all: u64,
}

impl Pace {
    /// Bytes a second and seconds that are left, once there is a second to go by; it begins anew where other files are
    /// read. `now_millis` is a clock in milliseconds.
    pub fn of(&mut self, done: u64, all: u64, now_millis: i64) -> Option<(u64, u64)> {
        if self.all != all || done < self.from || now_millis < self.since_millis {
            *self = Self { since_millis: now_millis, from: done, all };
        }
        let millis = u64::try_from(now_millis - self.since_millis).ok().filter(|millis| *millis >= 1000)?;
        let rate = (done - self.from).saturating_mul(1000) / millis;
        (rate > 0).then(|| (rate, all.saturating_sub(done).div_ceil(rate)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_and_rest_are_told_after_a_second_and_begin_anew_with_other_files() {
        let mut pace = Pace::default();
        let steps = [
            ((0, 4000, 50_000), None),
            ((500, 4000, 50_999), None),
            ((1000, 4000, 51_000), Some((1000, 3))),
            ((3000, 4000, 52_000), Some((1500, 1))),
            ((3000, 5000, 52_100), None),
            ((3000, 5000, 54_100), None),
            ((3500, 5000, 54_100), Some((250, 6))),
            ((100, 5000, 55_000), None),
            ((600, 5000, 54_000), None),
            ((4000, 3000, 60_000), None),
            ((4000, 3000, 59_000), None),
        ];
        for ((done, all, now), expected) in steps {
            assert_eq!(pace.of(done, all, now), expected, "{done} of {all} at {now}");
        }
    }
}
