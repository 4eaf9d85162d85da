//! What a side is: a phone or a file of the case, all of the case, or other files.

use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::model::{Chosen, Compared};
use super::work;
use crate::ui::browser::{drops, effects};
use crate::ui::page::{Page, use_page};
use crate::ui::state::{Action, State};
use crate::ui::widgets::{Device, Icon, icon};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What the page knows.
    pub state: State,
    /// The second side.
    pub second: bool,
    /// What the side is.
    pub chosen: Option<Chosen>,
}

/// The choice.
#[function_component(Choice)]
pub fn choice(props: &Props) -> Html {
    let page = use_page();
    let (state, second) = (&props.state, props.second);
    let all = all(state);
    let onchange = {
        let (page, all) = (page.clone(), all.clone());
        Callback::from(move |event: Event| {
            let at = effects::entered(&event).and_then(|value| value.parse::<usize>().ok());
            if let Some((chosen, _)) = at.and_then(|at| all.get(at)) {
                page.act(Action::Comparing(Compared::Chose(second, chosen.clone())));
            }
        })
    };
    let options = all.iter().enumerate().map(|(at, (chosen, name))| {
        let selected = props.chosen.as_ref() == Some(chosen);
        let name = match chosen {
            Chosen::Case => page.say(CASE),
            Chosen::Others => page.say(OTHERS),
            Chosen::Phone(_) | Chosen::File(_) => name.clone().into(),
        };
        let own = matches!(chosen, Chosen::Phone(_) | Chosen::File(_));
        html! { <option key={at} value={at.to_string()} {selected} translate={own.then_some("no")}>{ name }</option> }
    });
    let (id, name) = if second { ("side-b", B) } else { ("side-a", A) };
    let others = (props.chosen == Some(Chosen::Others)).then(|| others(&page, state, second));
    html! {
        <div class="side-choice" data-testid="compare-side" data-side={if second { "b" } else { "a" }}>
            <label for={id}>{ page.say(name) }</label>
            <select {id} class="entry-field" {onchange}>{ for options }</select>
            <div>{ others }</div>
        </div>
    }
}

/// Everything that a side can be, with what the case calls it.
fn all(state: &State) -> Vec<(Chosen, String)> {
    let phones = state.diagnosis.iter().flat_map(|case| &case.phones);
    let phones = phones.filter(|phone| !phone.name.is_empty()).take(MOST);
    let mut all: Vec<(Chosen, String)> =
        phones.map(|phone| (Chosen::Phone(phone.name.clone()), phone.name.clone())).collect();
    let files = state.read_files();
    all.extend(files.into_iter().take(MOST).map(|(file, _)| (Chosen::File(file.id), file.name)));
    if !state.files.is_empty() {
        all.push((Chosen::Case, String::new()));
    }
    all.push((Chosen::Others, String::new()));
    all
}

/// Files of this side alone.
fn others(page: &Page, state: &State, second: bool) -> Html {
    let [of_a, of_b] = &state.comparing.others;
    let names = (if second { of_b } else { of_a }).iter().take(SHOWN);
    let names = names.map(|(name, _)| html! { <li><Device text={name.clone()} /></li> });
    let onchange = {
        let page = page.clone();
        Callback::from(move |event: Event| {
            if let Some(taken) = drops::chosen(&event) {
                work::bring(&page, second, taken);
            }
        })
    };
    html! {
        <div class="file-choice" data-drop={if second { "side-b" } else { "side-a" }}>
            <label class="button"><input type="file" multiple=true class="unseen" autocomplete="off" onchange={onchange.clone()} />
                { icon(Icon::Drop) }<span>{ page.say(FILES) }</span></label>
            <label class="button"><input type="file" webkitdirectory=true class="unseen" autocomplete="off" {onchange} />
                { icon(Icon::Folder) }<span>{ page.say(FOLDER) }</span></label>
            <ul class="small">{ for names }</ul>
        </div>
    }
}

/// A longer list helps nobody.
const MOST: usize = 500;
const SHOWN: usize = 20;

const A: Text = Text::fixed("Side A", "Seite A");
const B: Text = Text::fixed("Side B", "Seite B");
const CASE: Text = Text::fixed("all files of this case", "alle Dateien dieses Falls");
const OTHERS: Text = Text::fixed("other files …", "andere Dateien …");
const FILES: Text = Text::fixed("Choose files", "Dateien auswählen");
const FOLDER: Text = Text::fixed("Choose a folder", "Ordner auswählen");
