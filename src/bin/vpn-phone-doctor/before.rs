//! `--before`: the report, or the reports, of an earlier run.
//!
//! A case is compared with the one report of the file. With ndjson each PATH is a case of its own, and is compared
//! with the earlier line of its name: the name of its first input. Of several of one name the first belongs to the
//! first, and so on.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;

use vpn_phone_doctor::changes;
use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::documents::earlier_report::EarlierReport;
use vpn_phone_doctor::formats::earlier_report;
use vpn_phone_doctor::lines::Encoding;
use vpn_phone_doctor::report::Form;

use crate::arguments::Check;
use crate::failed::Failed;
use crate::output;

/// What an earlier run said.
pub enum Before {
    /// Of a case.
    Case(Vec<EarlierReport>),
    /// Of a fleet, by name.
    Fleet { by_name: BTreeMap<String, VecDeque<EarlierReport>>, missing: u32 },
}

impl Before {
    /// Reads what `--before` names; why it cannot be, for the person.
    pub fn read(path: &Path, options: &Check) -> Result<Self, Failed> {
        // What the file is called may tell as much as what a redacted report leaves out.
        let file = if options.redact { "--before".to_owned() } else { path.display().to_string() };
        let named = |why: &str| format!("{file}: {why}");
        let bytes = std::fs::read(path).map_err(|problem| Failed::input(&file, &problem))?;
        let text = Encoding::of(&bytes).decode(&bytes);
        let (reports, problem) = earlier_report::parse(&text, usize::MAX);
        let problem = problem.map(|why| named(&why.get(options.lang)));
        match problem {
            Some(problem) if reports.is_empty() => return Err(Failed::usage(problem)),
            Some(problem) => output::complain(&problem),
            None => {}
        }
        if options.format != Form::Ndjson || (reports.len() == 1 && options.paths.len() == 1) {
            return Ok(Self::Case(reports));
        }
        if reports.iter().any(|report| report.redacted) {
            return Err(Failed::usage(named("in a redacted report no name tells which PATH it is of")));
        }
        let mut by_name: BTreeMap<String, VecDeque<EarlierReport>> = BTreeMap::new();
        for report in reports {
            let name = report.inputs.first().map(|input| input.name.clone()).unwrap_or_default();
            by_name.entry(name).or_default().push_back(report);
        }
        Ok(Self::Fleet { by_name, missing: 0 })
    }

    /// Adds the comparison to a diagnosis. `chosen` is the phone that it was narrowed to.
    pub fn compare(&mut self, diagnosis: &mut Diagnosis, chosen: Option<&str>) {
        diagnosis.since = match self {
            Self::Case(reports) => {
                let reports: Vec<&EarlierReport> = reports.iter().collect();
                changes::closest(&reports, diagnosis, chosen).map(|(_, since)| since)
            }
            Self::Fleet { by_name, missing } => {
                let name = diagnosis.inputs.first().map(|input| input.name.as_str()).unwrap_or_default();
                let earlier = by_name.get_mut(name).and_then(VecDeque::pop_front);
                *missing += u32::from(earlier.is_none());
                earlier.map(|earlier| changes::compare(&earlier, diagnosis, chosen))
            }
        };
    }

    /// What was not compared must not look like what did not change.
    pub fn finish(&self) {
        if let Self::Fleet { missing, .. } = self
            && *missing > 0
        {
            output::complain(&format!("not compared, because the earlier run does not name them: {missing}"));
        }
    }
}
