//! What the page knows after this and that happened.

use vpn_phone_doctor::source::At;

use super::*;
use crate::ui::export::Names;

const WHY: Text = Text::fixed("it is gone", "sie ist weg");

fn file(id: FileId, bytes: u64) -> File {
    File { id, name: format!("{id}.log"), bytes, said: None, again: false, progress: Progress::Reading(0) }
}

fn reading(byte: u8) -> Reading {
    Rc::new(vec![byte])
}

fn after(actions: impl IntoIterator<Item = Action>) -> State {
    actions.into_iter().fold(State::default(), |state, action| state.after(action))
}

#[test]
fn a_file_that_was_taken_out_can_be_put_back_at_its_place() {
    let state = after([
        Action::Added(vec![file(1, 10), file(2, 20), file(3, 30)]),
        Action::Read(1, reading(1)),
        Action::Read(2, reading(2)),
        Action::Removed(2),
    ]);
    let ids = |state: &State| state.files.iter().map(|file| file.id).collect::<Vec<_>>();
    assert_eq!(ids(&state), [1, 3]);
    let back = state.after(Action::PutBack(9));
    assert_eq!((ids(&back), back.readings().len()), (vec![1, 2, 3], 2), "its reading comes with it");
    assert!(back.generation > state.generation && back.taken_out.is_none());
    assert_eq!(ids(&back.after(Action::PutBack(9))), [1, 2, 3], "once");
    let unread = state.after(Action::Removed(3)).after(Action::PutBack(9));
    assert_eq!(ids(&unread), [1, 9], "it is read anew, and late news of the old one is no news");
    for over in [Action::Added(vec![file(4, 40)]), Action::Wiped] {
        assert!(state.after(over).taken_out.is_none());
    }
}

#[test]
fn a_second_drop_adds_and_readings_keep_the_files_order() {
    let state = after([
        Action::Added(vec![file(1, 10), file(2, 20)]),
        Action::Added(vec![file(3, 30)]),
        Action::Read(3, reading(3)),
        Action::Read(1, reading(1)),
    ]);
    assert_eq!(state.files.len(), 3);
    assert_eq!(state.readings(), [reading(1), reading(3)]);
    assert_eq!(state.read(), [1, 3]);
    assert_eq!(state.route, Route::Case);
}

#[test]
fn what_happens_together_happens_in_order() {
    let begun = after([Action::Added(vec![file(1, 10), file(2, 20)])]);
    let actions = [Action::Read(2, reading(2)), Action::Failed(1, WHY)];
    let together = begun.after(Action::Several(actions.to_vec()));
    assert_eq!(together, actions.into_iter().fold(begun, |state, action| state.after(action)));
    assert_eq!((together.read(), together.reading()), (vec![2], None));
}

#[test]
fn inputs_keep_their_files_until_the_next_diagnosis() {
    let none = Rc::new(vpn_phone_doctor::diagnose::diagnose(&[], &Said::new(), 0));
    let state = after([
        Action::Added(vec![file(1, 10), file(2, 20), file(3, 30)]),
        Action::Read(1, reading(1)),
        Action::Read(2, reading(2)),
        Action::Diagnosed(2, Rc::clone(&none)),
        Action::Removed(1),
        Action::Read(3, reading(3)),
    ]);
    assert_eq!(state.sources, [1, 2], "the diagnosis is still the one of these files");
    let state = state.after(Action::Diagnosed(state.generation, none));
    assert_eq!(state.sources, [2, 3]);
}

#[test]
fn progress_is_summed_over_what_still_runs() {
    let state = after([
        Action::Added(vec![file(1, 10), file(2, 20), file(3, 30)]),
        Action::Progressed(1, 4),
        Action::Progressed(2, 99),
        Action::Read(3, reading(3)),
    ]);
    assert_eq!(state.reading(), Some((24, 30)), "never more than a file has");
    assert_eq!(state.after(Action::Removed(1)).after(Action::Removed(2)).reading(), None);
}

#[test]
fn what_was_taken_out_stays_out() {
    let state = after([
        Action::Added(vec![file(1, 10), file(2, 10)]),
        Action::Removed(1),
        Action::Failed(2, WHY),
        Action::Read(1, reading(1)),
        Action::Read(2, reading(2)),
    ]);
    assert!(state.readings().is_empty());
    assert_eq!(state.files.len(), 1);
}

#[test]
fn the_example_never_mixes_with_a_persons_files() {
    let state = after([Action::Added(vec![file(1, 10)]), Action::ExampleOpened(vec![file(2, 10)])]);
    assert_eq!((state.files.len(), state.example), (1, true));
    let state = state.after(Action::Added(vec![file(3, 10)]));
    assert_eq!((state.files.len(), state.example), (1, false));
    assert_eq!(state.files[0].id, 3);
}

#[test]
fn a_file_read_again_keeps_its_place_and_old_news_of_it_is_none() {
    let read = after([
        Action::Added(vec![file(1, 10), file(2, 20)]),
        Action::Read(1, reading(1)),
        Action::Read(2, reading(2)),
    ]);
    let again = read.after(Action::ReadAgain(1, File { said: Some(Kind::PhoneLog), ..file(3, 10) }));
    assert_eq!(again.files.iter().map(|file| file.id).collect::<Vec<_>>(), [3, 2]);
    assert_ne!(again.generation, read.generation);
    let done = again.after(Action::Read(1, reading(1))).after(Action::Read(3, reading(9)));
    assert_eq!(done.readings(), [reading(9), reading(2)]);
}

#[test]
fn an_answer_asks_for_a_new_diagnosis_and_can_be_taken_back() {
    let said = after([Action::Answered("phone", " SEP001122334455 ".to_owned())]);
    assert_eq!((said.said.answer("phone"), said.generation), (Some("SEP001122334455"), 1));
    let refused = said.after(Action::Answered("phones-failing", "blue".to_owned()));
    assert_eq!(refused, said, "a value that the question does not take");
    let back = said.after(Action::TakenBack("phone".to_owned()));
    assert_eq!((back.said.answer("phone"), back.generation), (None, 2));
}

#[test]
fn a_wizard_keeps_its_answers_and_takes_files_where_it_stands() {
    let wizard = Route::Symptom("hash-mismatch");
    let state = after([
        Action::Followed(wizard),
        Action::Stepped("hash-mismatch", "refused", Some("yes")),
        Action::Stepped("can-it-work", "export", Some("restricted")),
        Action::Added(vec![file(1, 10)]),
    ]);
    assert_eq!(state.route, wizard);
    assert_eq!(state.said.answer("cucm-export"), Some("restricted"), "the rules hear it, too");
    assert_eq!(state.generation, 1);
    let symptom = symptoms::by_id("hash-mismatch").unwrap();
    assert_eq!(state.wizard_answers.given(&state.said, symptom).len(), 1);
    let left = state.after(Action::Went(Route::Rules)).after(Action::Went(wizard));
    assert_eq!(left, state);
    let back = state.after(Action::SteppedBack("hash-mismatch", "refused"));
    assert!(back.wizard_answers.given(&back.said, symptom).is_empty());
    assert_eq!(state.after(Action::Wiped).wizard_answers, WizardAnswers::default());
}

#[test]
fn a_way_to_a_finding_leads_past_the_chosen_stage() {
    let led = after([Action::StageChosen(Stage::Tls), Action::Led("dap-terminated".to_owned())]);
    assert_eq!((led.route, led.stage, led.led.as_deref()), (Route::Case, None, Some("dap-terminated")));
    assert_eq!(led.after(Action::Followed(Route::Case)), led, "the page's own step");
    assert_eq!(led.after(Action::Followed(Route::Rules)).led, None);
}

#[test]
fn a_line_is_looked_at_until_it_is_closed_or_the_case_changes() {
    let place = Place { input: 0, at: At::line(7, 0, "login failed") };
    let viewed = after([Action::Added(vec![file(1, 10)]), Action::Viewed(place.clone())]);
    assert_eq!(viewed.viewed, Some(place));
    for ends in [Action::ViewClosed, Action::Removed(1), Action::Went(Route::Rules), Action::Wiped] {
        assert_eq!(viewed.after(ends).viewed, None);
    }
    assert_eq!(after([Action::ViewStepped(1)]).viewed, None, "nothing was looked at");
}

#[test]
fn trouble_of_an_older_case_is_not_this_ones() {
    let state = after([Action::Added(vec![file(1, 10)]), Action::Read(1, reading(1))]);
    let late = state.after(Action::Undiagnosed(state.generation.wrapping_sub(1), WHY));
    assert_eq!(late.trouble, None);
    assert_eq!(state.after(Action::Undiagnosed(state.generation, WHY)).trouble, Some(WHY));
}

#[test]
fn a_file_that_stops_the_diagnosis_stays_listed_and_the_case_is_diagnosed_anew() {
    let read = after([
        Action::Added(vec![file(1, 10), file(2, 10)]),
        Action::Read(1, reading(1)),
        Action::Read(2, reading(2)),
    ]);
    let aside = read.after(Action::SetAside(read.generation, 2, reading(9)));
    assert_eq!((aside.files.len(), aside.readings()), (2, vec![reading(1), reading(9)]));
    assert_ne!(aside.generation, read.generation);
    assert_eq!(aside.after(Action::Removed(2)).readings(), [reading(1)]);
    for late in [read.generation.wrapping_sub(1), aside.generation] {
        let removed = aside.after(Action::Removed(2));
        assert_eq!(removed.after(Action::SetAside(late, 2, reading(9))), removed, "an older case");
    }
}

#[test]
fn forgetting_keeps_nothing_but_language_and_theme() {
    let state = after([
        Action::LanguageChosen(Lang::De),
        Action::ThemeChosen(Theme::Dark),
        Action::Added(vec![file(1, 10)]),
        Action::StageChosen(Stage::Trust),
        Action::Answered("cucm-export", "restricted".to_owned()),
        Action::Saving(Change::Names(Names::Real)),
        Action::Wiped,
    ]);
    let generation = state.generation;
    let kept = State { lang: Lang::De, theme: Theme::Dark, generation, ..State::default() };
    assert_eq!(state, kept);
}

#[test]
fn a_stage_is_chosen_and_let_go() {
    let chosen = after([Action::StageChosen(Stage::Trust)]);
    assert_eq!(chosen.stage, Some(Stage::Trust));
    assert_eq!(chosen.after(Action::StageChosen(Stage::Trust)).stage, None);
    assert_eq!(chosen.after(Action::StageChosen(Stage::Tls)).stage, Some(Stage::Tls));
}

#[test]
fn themes_go_round_and_keep_their_ids() {
    for theme in [Theme::System, Theme::Light, Theme::Dark] {
        assert_eq!(Theme::of(theme.id()), theme);
        assert_eq!(theme.next().next().next(), theme);
    }
}
