//! Each attempt as a ladder diagram: between whom what was said, in order, and where it breaks.
//!
//! ```text
//! Phone              ASA             CUCM
//!   |--- hello ------>|               |
//!   |<-- certificate -|               |
//!   |--- alert 48 --->X  here it breaks
//! ```
//! What several witnesses tell of one moment is one arrow that names them all. A witness alone is enough.
//!
//! Empty: no events. Quirks: an ASA's log tells of other clients, too; where a phone's log or a capture tells of attempts,
//! what only the ASA tells counts where the fault shows in it.

use std::collections::BTreeMap;

use crate::diagnosis::{Diagnosis, TimelineRow};
use crate::exchange::{End, Exchange, Fate, Moment};
use crate::stage::Stage;
use crate::text::Text;
use crate::views::in_order::{self, Lane, Timed};

const SECOND: i64 = 1_000_000;
/// A phone that begins anew after that begins another attempt, though nothing failed: microseconds.
const PAUSE: i64 = 30 * SECOND;
/// What is told so long after a failure belongs to the next attempt: microseconds.
const AFTER_FAILURE: i64 = 60 * SECOND;
/// Clocks that were put together may still differ by that: microseconds.
const SLACK: i64 = 3 * SECOND;

/// One attempt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attempt {
    /// When it begins, to the second; empty where no time is known.
    pub begins: String,
    /// What was said, in order.
    pub arrows: Vec<Arrow>,
    /// The arrow at which it breaks, as a place in the list.
    pub breaks: Option<usize>,
}

/// One arrow; from an end to the same end it is what that end does for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// From whom.
    pub from: End,
    /// To whom.
    pub to: End,
    /// What becomes of it.
    pub fate: Fate,
    /// Its stage.
    pub stage: Stage,
    /// Places in [`Diagnosis::timeline`] of what tells it, the first first.
    pub rows: Vec<usize>,
    moment: Option<Moment>,
    telling: bool,
}

impl Attempt {
    /// Who takes part, from left to right. The three are always there: who is never reached is part of the answer.
    pub fn ends(&self) -> Vec<End> {
        let network = self.arrows.iter().any(|arrow| [arrow.from, arrow.to].contains(&End::Network));
        let mut ends = vec![End::Phone, End::Network, End::Asa, End::Cucm];
        ends.retain(|end| *end != End::Network || network);
        ends
    }

    /// The stage at which it breaks.
    pub fn failed(&self) -> Option<Stage> {
        self.breaks.and_then(|at| self.arrows.get(at)).map(|arrow| arrow.stage)
    }
}

/// What an end is called.
pub const fn name(end: End) -> Text {
    match end {
        End::Phone => Text::fixed("Phone", "Telefon"),
        End::Network => Text::fixed("Network", "Netz"),
        End::Asa => Text::fixed("ASA", "ASA"),
        End::Cucm => Text::fixed("CUCM", "CUCM"),
    }
}

/// The attempt to look at first: the newest that failed, else the newest.
pub fn chosen(attempts: &[Attempt]) -> usize {
    let failed = attempts.iter().rposition(|one| one.breaks.is_some());
    failed.unwrap_or_else(|| attempts.len().saturating_sub(1))
}

/// Every attempt, the oldest first.
pub fn attempts(diagnosis: &Diagnosis) -> Vec<Attempt> {
    let events = in_order::of(diagnosis, &BTreeMap::new());
    let mut runs = runs(diagnosis, &events);
    runs.sort_by_key(|run| run.lane);
    let alone = runs.iter().all(|run| run.lane == Lane::Asa);
    let mut groups: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let fits = |group: &&mut Vec<Run>| group.iter().all(|other| run.goes_with(other));
        if let Some(group) = groups.iter_mut().find(fits) {
            group.push(run);
        } else if alone || run.lane != Lane::Asa || run.telling {
            groups.push(vec![run]);
        }
    }
    groups.sort_by_key(|group| group.first().and_then(|run| run.events.first().copied()));
    groups.iter().map(|group| attempt(diagnosis, &events, group)).collect()
}

/// What one witness tells of one attempt; events are places in the order of all.
struct Run {
    lane: Lane,
    key: (u32, u32),
    events: Vec<usize>,
    moments: Vec<Moment>,
    /// What a capture shows of its moments; another capture of the same packets shows the same.
    shown: Vec<(Moment, String)>,
    failed: bool,
    telling: bool,
    begins: Option<i64>,
    ends: Option<i64>,
}

impl Run {
    /// Two witnesses tell of one attempt: at one time, with a moment that both know, and with no alert that the other does
    /// not know. Two captures must show the same of each moment: they saw the same packets, or two attempts.
    fn goes_with(&self, other: &Self) -> bool {
        let alerts = |run: &Self| {
            let mut alerts = run.moments.clone();
            alerts.retain(|moment| matches!(moment, Moment::Alert(_)));
            alerts
        };
        let shared = |mine: &[Moment], theirs: &[Moment]| mine.iter().any(|moment| theirs.contains(moment));
        let (mine, theirs) = (alerts(self), alerts(other));
        let at_once = match (self.begins, self.ends, other.begins, other.ends) {
            (Some(begins), Some(ends), Some(other_begins), Some(other_ends)) => {
                begins <= other_ends + SLACK && other_begins <= ends + SLACK
            }
            _ => false,
        };
        let contradicts = |(moment, says): &(Moment, String)| {
            let mut theirs = other.shown.iter().filter(|(known, _)| known == moment).peekable();
            theirs.peek().is_some() && !theirs.any(|(_, known)| known == says)
        };
        self.key.0 != other.key.0
            && at_once
            && !self.shown.iter().any(contradicts)
            && shared(&self.moments, &other.moments)
            && (mine.is_empty() || theirs.is_empty() || shared(&mine, &theirs))
    }

    /// This event begins another attempt.
    fn is_over(&self, event: &Timed, exchange: &Exchange) -> bool {
        let pause = event.at.zip(self.ends).map_or(0, |(at, ends)| at - ends);
        let has = |moment: Moment| self.moments.contains(&moment);
        let again = match exchange.moment {
            Some(Moment::Name) => has(Moment::Connection) || has(Moment::TlsBegins),
            Some(moment @ (Moment::Connection | Moment::TlsBegins)) => has(moment),
            _ => false,
        };
        again && (self.failed || pause >= PAUSE) || self.failed && pause >= AFTER_FAILURE
    }
}

fn runs(diagnosis: &Diagnosis, events: &[Timed]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut current: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut last_client: BTreeMap<u32, u32> = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        let Some(row) = diagnosis.timeline.get(event.row) else { continue };
        // A line that names nobody is about the client of the line before it.
        let client = match row.exchange.client {
            0 => last_client.get(&row.input).copied().unwrap_or(0),
            client => client,
        };
        last_client.insert(row.input, client);
        let key = (row.input, client);
        let open = current
            .get(&key)
            .copied()
            .filter(|at| runs.get(*at).is_some_and(|run| !run.is_over(event, &row.exchange)));
        let at = open.unwrap_or(runs.len());
        if open.is_none() {
            current.insert(key, at);
            runs.push(Run {
                lane: event.lane,
                key,
                events: Vec::new(),
                moments: Vec::new(),
                shown: Vec::new(),
                failed: false,
                telling: false,
                begins: event.at,
                ends: None,
            });
        }
        let Some(run) = runs.get_mut(at) else { continue };
        run.events.push(index);
        run.moments.extend(row.exchange.moment);
        if let (Lane::Wire, Some(moment)) = (event.lane, row.exchange.moment) {
            run.shown.push((moment, row.says.en().into_owned()));
        }
        run.failed |= row.exchange.fate != Fate::Arrives;
        run.telling |= event.telling;
        run.ends = event.at;
    }
    runs
}

fn attempt(diagnosis: &Diagnosis, events: &[Timed], group: &[Run]) -> Attempt {
    let mut order: Vec<usize> = group.iter().flat_map(|run| run.events.iter().copied()).collect();
    order.sort_unstable();
    let rows: Vec<(&Timed, &TimelineRow)> = order
        .iter()
        .filter_map(|at| events.get(*at))
        .filter_map(|event| Some((event, diagnosis.timeline.get(event.row)?)))
        .collect();
    let mut arrows: Vec<Arrow> = Vec::new();
    let mut breaks = None;
    for (event, row) in &rows {
        let exchange = row.exchange;
        let tells_too = |arrow: &Arrow| {
            let others = arrow.rows.iter().filter_map(|other| diagnosis.timeline.get(*other));
            arrow.moment.is_some()
                && arrow.moment == exchange.moment
                && others.clone().all(|other| other.input != row.input)
        };
        let known = arrows.iter().position(tells_too);
        let at = known.unwrap_or(arrows.len());
        match known.and_then(|at| arrows.get_mut(at)) {
            Some(arrow) => {
                arrow.rows.push(event.row);
                arrow.telling |= event.telling;
                if arrow.from == arrow.to {
                    (arrow.from, arrow.to) = (exchange.from, exchange.to);
                }
                if arrow.fate == Fate::Arrives {
                    arrow.fate = exchange.fate;
                }
            }
            None => arrows.push(Arrow {
                from: exchange.from,
                to: exchange.to,
                fate: exchange.fate,
                stage: row.stage,
                rows: vec![event.row],
                moment: exchange.moment,
                telling: event.telling,
            }),
        }
        if event.breaks {
            breaks = Some(at);
        }
    }
    let begins = rows.first().map(|(_, row)| clock(row)).unwrap_or_default();
    let breaks = breaks.or_else(|| break_of(&arrows, diagnosis.verdict.stage));
    Attempt { begins, arrows, breaks }
}

/// Where the fault of the verdict shows last, else the first thing that fails and that nothing gets past.
fn break_of(arrows: &[Arrow], stage: Option<Stage>) -> Option<usize> {
    let of_verdict =
        |arrow: &Arrow| arrow.telling && Some(arrow.stage) == stage && arrow.fate != Fate::Arrives;
    let stuck = || {
        (0..arrows.len()).find(|at| {
            let Some(arrow) = arrows.get(*at).filter(|arrow| arrow.fate != Fate::Arrives) else {
                return false;
            };
            let past = |later: &Arrow| {
                later.fate == Fate::Arrives && later.from != later.to && later.stage > arrow.stage
            };
            !arrows.iter().skip(*at).any(past)
        })
    };
    arrows.iter().rposition(of_verdict).or_else(stuck)
}

/// `10:19:27` of a printed time.
fn clock(row: &TimelineRow) -> String {
    let time = row.aligned.as_deref().unwrap_or(&row.time);
    let time = time.split_once('T').map_or(time, |(_, time)| time);
    time.chars().take("10:19:27".len()).collect()
}
