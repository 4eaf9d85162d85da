//! The one sentence on top.
//!
//! A case is clear where nothing was found, every input that could be evidence was understood, no log tells of a phone
//! that failed or that begins again and again without an end, and some stage is shown to be passed. Where one of these
//! is missing it is not known, and the sentence says which.

use super::first_wanted::first_wanted;
use super::gaps::{self, Gap};
use crate::case::Case;
use crate::diagnosis::{RuleRow, StageRow, Verdict, VerdictState, WaitingRow};
use crate::facts::failing_clients::FailingClient;
use crate::facts::logged_failures::LoggedFailure;
use crate::facts::open_attempts::OpenAttempts;
use crate::finding::{Conclusion, Confidence, Severity};
use crate::source::Place;
use crate::stage::StageState;
use crate::text::{Class, Text};

/// What the verdict looks at.
pub struct Outcome<'t> {
    /// The findings in order.
    pub findings: &'t [Conclusion],
    /// Rules that found nothing.
    pub passed: &'t [RuleRow],
    /// Rules that wait.
    pub waiting: &'t [WaitingRow],
    /// The ladder.
    pub stages: &'t [StageRow],
    /// Inputs that were not understood.
    pub gaps: &'t [Gap],
}

/// The verdict of a case.
pub fn verdict(case: &Case<'_>, told: &Outcome<'_>) -> Verdict {
    if let Some(found) = told.findings.iter().find(|found| found.severity != Severity::Notice) {
        return of_finding(found, told.findings);
    }
    let unknown = |sentence: Text, detail: Vec<Text>| Verdict {
        state: VerdictState::Unknown,
        rule: None,
        stage: None,
        sentence,
        detail: joined(&detail),
    };
    let gaps = (!told.gaps.is_empty()).then(|| sentence(&gaps::sentence_of(told.gaps)));
    let failure = case.logged_failures.iter().rfind(|failure| counts(failure));
    if let Some(failure) = failure {
        let (says, reason) = of_failure(case, failure);
        return Verdict {
            stage: Some(failure.stage),
            ..unknown(says, reason.into_iter().chain(gaps).collect())
        };
    }
    let checks = (!told.passed.is_empty()).then(|| checked(told.passed.len()));
    if case.is_without_asa()
        && let Some(found) = told.findings.iter().find(|found| found.rule == NOT_AN_ASA)
    {
        let mut verdict = unknown(found.title.clone(), vec![NOT_FOR_IT]);
        verdict.detail = joined(&[verdict.detail].into_iter().chain(gaps).chain(checks).collect::<Vec<_>>());
        return verdict;
    }
    if let Some(client) = case.failing_clients.first().filter(|_| case.said.given("phone").is_none()) {
        let detail = [ANSWER].into_iter().chain(gaps).collect();
        return unknown(of_client(case, client), detail);
    }
    let answered = case.said.given("phone").is_some();
    if let Some(open) = case.open_attempts.as_ref().filter(|open| open.is_phones || !answered) {
        return unknown(of_attempts(case, open), [LOST_ON_THE_WAY].into_iter().chain(gaps).collect());
    }
    if let Some(gaps) = gaps {
        return unknown(gaps, vec![checks.unwrap_or_else(|| first_wanted(case))]);
    }
    if told.passed.is_empty() {
        return unknown(NOTHING_CHECKED, vec![first_wanted(case)]);
    }
    if let Some(phone) = case.unseen_phones.first().filter(|_| case.said.given("phone").is_none()) {
        return unknown(
            of_unseen(phone.as_str(), case.unseen_phones.len() - 1),
            vec![checked(told.passed.len())],
        );
    }
    let open = still_open(told.waiting);
    if !told.stages.iter().any(|row| row.state == StageState::Passed) {
        return unknown(too_little(told.passed.len()), open.into_iter().collect());
    }
    Verdict {
        state: VerdictState::Clear,
        rule: None,
        stage: None,
        sentence: checked(told.passed.len()),
        detail: open.unwrap_or_default(),
    }
}

/// A blocker is a fault, whichever finding it rests on: its cause may be less grave by itself.
fn of_finding(found: &Conclusion, all: &[Conclusion]) -> Verdict {
    let blocked = all.iter().any(|found| found.severity == Severity::Blocker);
    Verdict {
        state: if blocked { VerdictState::Fault } else { VerdictState::Suspect },
        rule: Some(found.rule.clone()),
        stage: Some(found.stage),
        sentence: as_sure(found),
        detail: found.explanation.first().cloned().unwrap_or_default(),
    }
}

/// A title says outright what is wrong. Where that is only possible, the sentence on top says so.
fn as_sure(found: &Conclusion) -> Text {
    let Conclusion { title, confidence, .. } = found;
    match confidence {
        Confidence::Possible => POSSIBLY.nested("title", title.clone()),
        Confidence::Certain | Confidence::Likely => title.clone(),
    }
}

/// A failure that is more than possibly a phone's, and that no later attempt made good.
fn counts(failure: &LoggedFailure) -> bool {
    failure.is_current() && failure.confidence < Confidence::Possible
}

/// What a log tells of a phone's failure, and the device's words for it.
fn of_failure(case: &Case<'_>, failure: &LoggedFailure) -> (Text, Option<Text>) {
    let who = if failure.phone.is_empty() { &failure.address } else { &failure.phone };
    let stage = failure.stage.name();
    let (file, line) = spot(case, &failure.place);
    let who = match who.as_str() {
        "" => SOME_PHONE,
        who => NAMED_PHONE.with("phone", Class::Phone, who),
    };
    let says = FAILED.nested("who", who).nested("stage", stage).with("file", Class::File, file);
    let words = &failure.reason;
    let reason = (!words.is_empty()).then(|| DEVICE_SAYS.with("words", Class::Words, words.as_str()));
    (says.nested("line", line), reason)
}

/// One client fails, and nothing shows whether it is a phone.
fn of_client(case: &Case<'_>, client: &FailingClient) -> Text {
    let (file, line) = spot(case, &client.place);
    let times = Text::counted(client.failures as usize, ONCE, TIMES);
    let says = CLIENT_FAILED.with("name", Class::User, client.name.as_str()).nested("times", times);
    says.with("file", Class::File, file).nested("line", line)
}

/// A client begins again and again, and nothing says what becomes of it.
fn of_attempts(case: &Case<'_>, open: &OpenAttempts) -> Text {
    let (file, line) = spot(case, &open.last);
    let says = match open.name.as_str() {
        _ if !open.is_phones => CLIENT_BEGAN.with("name", Class::Host, open.name.as_str()),
        "" => BEGAN.nested("who", SOME_PHONE),
        name => BEGAN.nested("who", NAMED_PHONE.with("phone", Class::Phone, name)),
    };
    let times = Text::counted(open.times, ONCE, TIMES);
    says.nested("times", times).with("file", Class::File, file).nested("line", line)
}

/// The logs show other phones, and none of those that the case is about.
fn of_unseen(first: &str, more: usize) -> Text {
    let text = if more == 0 { UNSEEN } else { UNSEEN_ALL.number("more", more) };
    text.with("phone", Class::Phone, first)
}

fn spot<'c>(case: &'c Case<'_>, place: &Place) -> (&'c str, Text) {
    let name = case.documents.input(place.input).map(|input| input.name.as_str()).unwrap_or_default();
    let line = match place.at.line {
        0 => Text::default(),
        line => LINE.number("line", line),
    };
    (name, line)
}

fn checked(count: usize) -> Text {
    NOTHING_WRONG.nested("checks", Text::counted(count, CHECK, CHECKS))
}

fn too_little(count: usize) -> Text {
    TOO_LITTLE.nested("checks", Text::counted(count, CHECK, CHECKS))
}

fn still_open(waiting: &[WaitingRow]) -> Option<Text> {
    let open = waiting.iter().filter(|row| !row.needs.is_empty()).count();
    (open > 0).then(|| STILL_OPEN.number("count", open))
}

/// A sentence of its own: what begins with a file's name stays as it is.
fn sentence(text: &Text) -> Text {
    NOT_ALL.nested("what", text.clone())
}

fn joined(texts: &[Text]) -> Text {
    Text::joined(texts.iter().filter(|text| !text.is_empty()).cloned(), " ")
}

const POSSIBLY: Text = Text::fixed("Possibly: {title}", "Möglicherweise: {title}");
const SOME_PHONE: Text = Text::fixed("A phone", "Ein Telefon");
const NAMED_PHONE: Text = Text::fixed("The phone {phone}", "Das Telefon {phone}");
const FAILED: Text = Text::fixed(
    "{who} failed ({stage}), and no check knows why: {file}{line}.",
    "{who} ist gescheitert ({stage}), und keine Prüfung kennt den Grund: {file}{line}.",
);
const DEVICE_SAYS: Text = Text::fixed("The device says: “{words}”.", "Das Gerät sagt dazu: „{words}“.");
const CLIENT_FAILED: Text = Text::fixed(
    "{name} failed {times}, last in {file}{line}, and nothing shows whether it is a phone.",
    "{name} ist {times} gescheitert, zuletzt in {file}{line}, und nichts zeigt, ob es ein Telefon ist.",
);
const BEGAN: Text = Text::fixed(
    "{who} began to connect {times} in a row, last in {file}{line}, and nothing shows that it succeeded.",
    "{who} hat {times} hintereinander begonnen, sich zu verbinden, zuletzt in {file}{line}, und nichts zeigt, dass es gelang.",
);
const CLIENT_BEGAN: Text = Text::fixed(
    "{name} began a TLS handshake {times} in a row, last in {file}{line}, and nothing shows that one was completed, nor whether it is a phone.",
    "{name} hat {times} hintereinander einen TLS-Handshake begonnen, zuletzt in {file}{line}. Nichts zeigt, dass einer gelang oder ob es ein Telefon ist.",
);
const LOST_ON_THE_WAY: Text = Text::fixed(
    "A device on the way may drop packets in one direction, large ones above all. A capture at the phone's site shows what comes back.",
    "Ein Gerät unterwegs verwirft vielleicht die Pakete einer Richtung, vor allem große. Ein Mitschnitt am Standort des Telefons zeigt, was zurückkommt.",
);
const UNSEEN: Text = Text::fixed(
    "The logs show other phones, but not {phone}: nothing shows whether it gets through.",
    "Die Protokolle zeigen andere Telefone, aber nicht {phone}: Nichts zeigt, ob es durchkommt.",
);
const UNSEEN_ALL: Text = Text::fixed(
    "The logs show other phones, but not {phone} and {more} more of this case: nothing shows whether they get through.",
    "Die Protokolle zeigen andere Telefone, aber nicht {phone} und {more} weitere dieses Falls: Nichts zeigt, ob sie durchkommen.",
);
const ONCE: Text = Text::fixed("1 time", "einmal");
const TIMES: Text = Text::fixed("{count} times", "{count}-mal");
const LINE: Text = Text::fixed(", line {line}", ", Zeile {line}");
const CHECK: Text = Text::fixed("{count} check", "{count} Prüfung");
const CHECKS: Text = Text::fixed("{count} checks", "{count} Prüfungen");
const NOTHING_WRONG: Text = Text::fixed(
    "Nothing wrong in what could be checked: {checks}.",
    "In dem, was geprüft werden konnte, ist kein Fehler: {checks}.",
);
const TOO_LITTLE: Text = Text::fixed(
    "Too little could be checked: {checks} found no fault, and no stage is shown to work.",
    "Es konnte zu wenig geprüft werden: {checks} ohne Fehler, und von keiner Stufe ist zu sehen, dass sie gelingt.",
);
const STILL_OPEN: Text = Text::fixed(
    "{count} more could not be checked yet: see what is still needed.",
    "{count} weitere konnten noch nicht geprüft werden: Siehe „Das fehlt noch“.",
);
const NOT_ALL: Text =
    Text::fixed("Not everything was understood: {what}.", "Nicht alles wurde verstanden: {what}.");
const NOT_AN_ASA: &str = "gateway-not-an-asa";
const NOT_FOR_IT: Text = Text::fixed(
    "These rules are for the ASA; what does not depend on the product is checked.",
    "Diese Regeln gelten für die ASA; geprüft wird, was nicht vom Produkt abhängt.",
);
const ANSWER: Text = Text::fixed(
    "If it is your phone, answer the question which phone it is.",
    "Ist es Ihr Telefon, beantworten Sie die Frage, welches Telefon es ist.",
);
const NOTHING_CHECKED: Text =
    Text::fixed("Nothing could be checked yet.", "Noch konnte nichts geprüft werden.");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Said;
    use crate::diagnose::ladder;
    use crate::need::Need;
    use crate::stage::Stage;
    use crate::testing::{conclusion, now, readings};
    use crate::text::Lang;

    /// What rules told of a case; its stages and gaps are those of its files.
    #[derive(Default)]
    struct ToldByRules<'t> {
        files: &'t [(&'t str, &'t str)],
        /// The phone that the person asks about.
        phone: &'t str,
        findings: Vec<Conclusion>,
        passed: Vec<RuleRow>,
        waiting: Vec<WaitingRow>,
    }

    impl ToldByRules<'_> {
        /// State, sentence and detail.
        fn verdict(self, lang: Lang) -> (VerdictState, String, String) {
            let mut said = Said::new();
            if !self.phone.is_empty() {
                said.say("phone", self.phone).unwrap();
            }
            let readings = readings(self.files);
            let case = Case::of(&readings, &said, now());
            let ToldByRules { findings, passed, waiting, .. } = &self;
            let stages = ladder::stages(&case, findings, passed, waiting);
            let gaps = gaps::of(&case.documents);
            let outcome = Outcome { findings, passed, waiting, stages: &stages, gaps: &gaps };
            let Verdict { state, sentence, detail, .. } = verdict(&case, &outcome);
            (state, sentence.get(lang).into_owned(), detail.get(lang).into_owned())
        }
    }

    fn files<'t>(files: &'t [(&'t str, &'t str)]) -> ToldByRules<'t> {
        ToldByRules { files, ..ToldByRules::default() }
    }

    fn a_finding(rule: &str, severity: Severity, confidence: Confidence) -> Conclusion {
        Conclusion {
            title: Text::fixed("It rains", "Es regnet"),
            explanation: vec![Text::fixed("A cloud.", "Eine Wolke.")],
            ..conclusion(rule, Stage::Tls, severity, confidence)
        }
    }

    /// A rule of the stage that can tell of a blocker, passed.
    fn passed() -> RuleRow {
        RuleRow { rule: "cert-hash-mismatch".to_owned(), stage: Stage::Trust, title: Text::default() }
    }

    fn waiting(needs: Vec<Need>) -> WaitingRow {
        WaitingRow { rule: "no-shared-cipher".to_owned(), stage: Stage::Tls, title: Text::default(), needs }
    }

    const CONNECTS: &str = "\
Sep 14 2026 09:00:00 edge : %ASA-6-716038: Group <DESK> User <CP-8845-SEP001122334455> IP <203.0.113.62> Authentication: successful, Session Type: WebVPN.
Sep 14 2026 09:00:02 edge : %ASA-5-722033: Group <DESK> User <CP-8845-SEP001122334455> IP <203.0.113.62> First TCP SVC connection established for SVC session.
";
    const FAILS: &str = "\
Sep 14 2026 08:59:02 edge : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = CP-8845-SEP001122334455 : user IP = 203.0.113.62
";
    const SOMEBODY_FAILS: &str = "\
Apr 07 2026 06:10:01 edge : %ASA-6-113015: AAA user authentication Rejected : reason = Invalid password : local database : user = jane : user IP = 198.51.100.46
";

    const CONFIGURATION: &str =
        "<device><vpnGroup><addresses><url1>https://192.0.2.1/P</url1></addresses></vpnGroup></device>";

    fn connects(user: &str) -> String {
        format!(
            "%ASA-5-722033: Group <P> User <{user}> IP <203.0.113.40> First TCP SVC connection established for SVC session.\n"
        )
    }

    #[test]
    fn that_other_phones_get_through_clears_nothing_of_this_one() {
        let state = |files: &[(&str, &str)], phone: &str| {
            let told = ToldByRules { files, phone, passed: vec![passed()], ..ToldByRules::default() };
            told.verdict(Lang::En)
        };
        let (own, other) = (connects("CP-8861-SEP001122334455"), connects("CP-8861-SEP001122334466"));
        let config = ("SEP001122334455.cnf.xml", CONFIGURATION);
        let second = ("SEP001122334477.cnf.xml", CONFIGURATION);
        let (unseen, sentence, _) = state(&[config, ("asa.log", &other)], "");
        assert_eq!(unseen, VerdictState::Unknown);
        assert_eq!(
            sentence,
            "The logs show other phones, but not SEP001122334455: nothing shows whether it gets through."
        );
        let (unseen, sentence, _) = state(&[config, second, ("asa.log", &other)], "");
        assert_eq!(unseen, VerdictState::Unknown);
        assert!(sentence.contains("SEP001122334455 and 1 more of this case"), "{sentence}");
        for (files, phone) in [
            (vec![config, ("asa.log", own.as_str())], ""),
            // A fleet is never whole.
            (vec![config, second, ("asa.log", own.as_str())], ""),
            // A phone that logs in with a person's name may be this one; so may the one that the person names.
            (
                vec![
                    config,
                    (
                        "asa.log",
                        "%ASA-6-722055: Group <P> User <desk> IP <203.0.113.40> Client Type: Cisco SVC IPPhone Client v1.0 (1.0)\n%ASA-5-722033: Group <P> User <desk> IP <203.0.113.40> First TCP SVC connection established for SVC session.\n",
                    ),
                ],
                "",
            ),
            (vec![config, ("asa.log", other.as_str())], "203.0.113.40"),
        ] {
            assert_eq!(state(&files, phone).0, VerdictState::Clear, "{files:?}");
        }
    }

    #[test]
    fn a_blocker_anywhere_makes_a_fault_and_what_is_only_possible_says_so() {
        let cause = a_finding("a", Severity::Warning, Confidence::Likely);
        let blocker = a_finding("b", Severity::Blocker, Confidence::Certain);
        let of =
            |findings: Vec<Conclusion>| ToldByRules { findings, ..ToldByRules::default() }.verdict(Lang::De);
        let says = |state, sentence: &str| (state, sentence.to_owned(), "Eine Wolke.".to_owned());
        assert_eq!(of(vec![cause.clone()]), says(VerdictState::Suspect, "Es regnet"));
        assert_eq!(of(vec![cause, blocker]), says(VerdictState::Fault, "Es regnet"));
        let possible = a_finding("c", Severity::Blocker, Confidence::Possible);
        assert_eq!(of(vec![possible]), says(VerdictState::Fault, "Möglicherweise: Es regnet"));
    }

    #[test]
    fn a_notice_is_no_fault_and_clears_nothing() {
        let findings = vec![a_finding("a", Severity::Notice, Confidence::Certain)];
        let (state, sentence, _) = ToldByRules { findings, ..ToldByRules::default() }.verdict(Lang::En);
        assert_eq!((state, sentence.as_str()), (VerdictState::Unknown, "Nothing could be checked yet."));
    }

    #[test]
    fn a_failure_that_no_rule_explains_is_told_with_its_line() {
        let told =
            |text| ToldByRules { passed: vec![passed()], ..files(&[("edge.log", text)]) }.verdict(Lang::En);
        let (state, sentence, detail) = told(FAILS);
        assert_eq!(state, VerdictState::Unknown);
        assert_eq!(
            sentence,
            "The phone CP-8845-SEP001122334455 failed (Login), and no check knows why: edge.log, line 1."
        );
        assert_eq!(detail, "The device says: “Invalid password”.");
        // It counts no more once the phone connects.
        assert_eq!(told(&format!("{FAILS}{CONNECTS}")).0, VerdictState::Clear);
    }

    #[test]
    fn a_failure_of_somebody_is_asked_about_unless_the_phone_is_known() {
        let logs = [("edge.log", SOMEBODY_FAILS)];
        let (state, sentence, detail) = files(&logs).verdict(Lang::En);
        assert_eq!(state, VerdictState::Unknown);
        assert_eq!(
            sentence,
            "jane failed 1 time, last in edge.log, line 1, and nothing shows whether it is a phone."
        );
        assert_eq!(detail, "If it is your phone, answer the question which phone it is.");
        let (_, sentence, _) = ToldByRules { phone: "SEP001122334455", ..files(&logs) }.verdict(Lang::En);
        assert_eq!(sentence, "Nothing could be checked yet.");
    }

    #[test]
    fn a_gateway_that_is_no_asa_is_named_where_its_rule_tells_it() {
        let router = "!\nversion 15.2\nhostname edge\n!\ncrypto pki trustpoint gw\n enrollment selfsigned\n!\nwebvpn gateway voice\n ip address 192.0.2.1 port 443\n inservice\n!\nwebvpn context phones\n gateway voice\n inservice\n!\nend\n";
        let notice = |rule| vec![a_finding(rule, Severity::Notice, Confidence::Certain)];
        let logs = [("edge.cfg", router)];
        let told = |rule| {
            ToldByRules { findings: notice(rule), passed: vec![passed()], ..files(&logs) }.verdict(Lang::En)
        };
        let (state, sentence, detail) = told("gateway-not-an-asa");
        assert_eq!((state, sentence.as_str()), (VerdictState::Unknown, "It rains"));
        assert!(detail.ends_with("Nothing wrong in what could be checked: 1 check."), "{detail}");
        assert_ne!(told("another").1, "It rains");
    }

    #[test]
    fn a_case_is_clear_where_a_stage_is_seen_to_pass_and_says_what_is_open() {
        let logs = [("edge.log", CONNECTS)];
        let told =
            |waiting| ToldByRules { passed: vec![passed()], waiting, ..files(&logs) }.verdict(Lang::En);
        let clear = "Nothing wrong in what could be checked: 1 check.";
        let says = |detail: &str| (VerdictState::Clear, clear.to_owned(), detail.to_owned());
        assert_eq!(told(Vec::new()), says(""));
        // What waits for nothing that anybody could bring is not open.
        assert_eq!(told(vec![waiting(Vec::new())]), says(""));
        let open = told(vec![waiting(vec![Need::AsaSsl]), waiting(vec![Need::Capture])]);
        assert_eq!(open, says("2 more could not be checked yet: see what is still needed."));
    }

    #[test]
    fn where_no_stage_is_seen_to_pass_too_little_was_checked() {
        let row = RuleRow { rule: "a-rule-that-tells-no-blocker".to_owned(), ..passed() };
        let (state, sentence, _) =
            ToldByRules { passed: vec![row.clone(), row], ..ToldByRules::default() }.verdict(Lang::En);
        assert_eq!(state, VerdictState::Unknown);
        assert_eq!(
            sentence,
            "Too little could be checked: 2 checks found no fault, and no stage is shown to work."
        );
    }

    #[test]
    fn what_was_not_understood_stands_before_what_was_checked() {
        let logs = [("edge.log", CONNECTS), ("letter.txt", "It was a dark and stormy night.\n")];
        let (state, sentence, detail) =
            ToldByRules { passed: vec![passed()], ..files(&logs) }.verdict(Lang::De);
        assert_eq!(state, VerdictState::Unknown);
        assert_eq!(sentence, "Nicht alles wurde verstanden: letter.txt wurde nicht erkannt.");
        assert_eq!(detail, "In dem, was geprüft werden konnte, ist kein Fehler: 1 Prüfung.");
    }
}
