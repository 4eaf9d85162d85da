//! What the group policies do to the phones of each tunnel group: every setting with its value, where that comes
//! from, and the line that says so.
//!
//! On a narrow screen the rows are stacked; a table whose display is changed keeps its roles only where they are named.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{Diagnosis, Origin, PolicySetting, PolicyView};
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Device, Icon, Line, Prose, icon, states, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
}

/// The policies.
#[function_component(PolicyTable)]
pub fn policy_part(props: &Props) -> Html {
    let page = use_page();
    let filter = use_state_eq(String::new);
    let policies = props.diagnosis.policies.iter().enumerate().map(|(index, policy)| {
        html! { <li key={index}>{ policy_of_phones(&page, &props.diagnosis, policy, &filter) }</li> }
    });
    let oninput = {
        let filter = filter.clone();
        Callback::from(move |event: InputEvent| filter.set(effects::entered(&event).unwrap_or_default()))
    };
    html! {
        <div>
            <div class="filter"><label><span>{ page.say(FILTER) }</span>
                <input type="search" class="entry-field" data-testid="policy-filter" autocomplete="off" spellcheck="false"
                    placeholder={page.say(FILTER_HINT)} value={(*filter).clone()} {oninput} /></label></div>
            <ul class="policies" data-testid="policies">{ for policies }</ul>
        </div>
    }
}

fn policy_of_phones(page: &Page, diagnosis: &Rc<Diagnosis>, policy: &PolicyView, filter: &str) -> Html {
    let wanted = policy.settings.iter().filter(|setting| is_wanted(setting, filter));
    // What nobody set and nothing objects to is told once for all.
    let plain = |setting: &&PolicySetting| {
        setting.origin == Origin::Default && setting.rule.is_none() && setting.place.is_none()
    };
    let (defaults, set): (Vec<_>, Vec<_>) = wanted.partition(plain);
    let none = set.is_empty();
    let rows = set.into_iter().map(|setting| row(page, diagnosis, setting));
    let names = defaults.iter().map(|setting| {
        let value = if setting.value.is_empty() { String::new() } else { format!(" {}", setting.value) };
        html! { <li data-testid="default" data-attribute={setting.attribute.clone()}><Device text={format!("{}{value}", setting.attribute)} /></li> }
    });
    let policy_name = if policy.group_policy.is_empty() {
        html! { <span class="soft">{ page.say(NOT_KNOWN) }</span> }
    } else {
        html! { <Device text={policy.group_policy.clone()} /> }
    };
    html! {
        <article class="effective" data-testid="policy" data-tunnel-group={policy.tunnel_group.clone()}>
            <h2><Device text={policy.tunnel_group.clone()} /><span class="soft">{ " → " }</span>{ policy_name }</h2>
            <p class="small soft"><Device text={words::name(diagnosis, policy.input)} /></p>
            <p hidden={policy.serves.is_empty()}><Prose text={SERVES.nested("why", policy.serves.clone())} /></p>
            <p hidden={policy.user.is_empty()}>{ page.say(USER) }<Device text={policy.user.clone()} /></p>
            <div class="path" hidden={policy.path.is_empty()}>
                <h3>{ page.say(PATH) }</h3>
                <ol class="steps">{ for policy.path.iter().map(|step| html! { <li><Prose text={step.clone()} /></li> }) }</ol>
            </div>
            <div class="scroll" tabindex="0" role="region" aria-label={page.say(SETTINGS)} hidden={none}>
                <table class="settings" role="table">
                    <thead role="rowgroup"><tr role="row">
                        <th scope="col" role="columnheader">{ page.say(ATTRIBUTE) }</th>
                        <th scope="col" role="columnheader">{ page.say(VALUE) }</th>
                        <th scope="col" role="columnheader">{ page.say(FROM) }</th>
                        <th scope="col" role="columnheader">{ page.say(LINE) }</th>
                    </tr></thead>
                    <tbody role="rowgroup">{ for rows }</tbody>
                </table>
            </div>
            <div class="defaults" hidden={defaults.is_empty()}>
                <h3>{ icon(Icon::Frame) }{ page.say(DEFAULTS) }</h3>
                <p class="small soft">{ page.say(DEFAULT) }</p>
                <ul class="badges">{ for names }</ul>
            </div>
            <div class="unproven" hidden={policy.unproven.is_empty()}>
                <h3>{ icon(Icon::Ring) }{ page.say(UNPROVEN) }</h3>
                <ul>{ for policy.unproven.iter().map(|text| html! { <li><Prose text={text.clone()} /></li> }) }</ul>
            </div>
        </article>
    }
}

/// Every word of the filter stands in the setting's name, its value or the policy that sets it.
fn is_wanted(setting: &PolicySetting, filter: &str) -> bool {
    let told = [&setting.attribute, &setting.value, &setting.from].map(|text| text.to_lowercase()).join(" ");
    filter.to_lowercase().split_whitespace().all(|word| told.contains(word))
}

fn row(page: &Page, diagnosis: &Rc<Diagnosis>, setting: &PolicySetting) -> Html {
    let (picture, word) = origin(setting.origin);
    let objection = setting.rule.as_ref().map(|rule| objects(page, diagnosis, rule)).unwrap_or_default();
    let value = if setting.value.is_empty() {
        let none = if setting.origin == Origin::Default { NOT_SET } else { NOT_KNOWN };
        html! { <span class="soft">{ page.say(none) }</span> }
    } else {
        html! { <Device text={setting.value.clone()} /> }
    };
    // What the word does not say itself: which policy or user.
    let whose = !setting.from.is_empty() && !word.en().contains(&setting.from);
    html! {
        <tr role="row" class={classes!(setting.rule.as_ref().map(|_| "objected"))} data-testid="setting"
            data-attribute={setting.attribute.clone()} data-origin={origin_id(setting.origin)}>
            <th scope="row" role="rowheader"><Device text={setting.attribute.clone()} /></th>
            <td role="cell">{ value }{ objection }</td>
            <td role="cell"><span class={classes!("origin", format!("from-{}", origin_id(setting.origin)))}>{ icon(picture) }<span>{ page.say(word) }</span></span>
                <span class="whose" hidden={!whose}><Device text={setting.from.clone()} /></span></td>
            <td role="cell">{ setting.place.clone().map(|place| html! { <Line diagnosis={diagnosis.clone()} {place} /> }) }</td>
        </tr>
    }
}

/// The finding that objects to a setting; the rule alone where the finding is not there, as for a narrowed case.
fn objects(page: &Page, diagnosis: &Diagnosis, rule: &str) -> Html {
    let Some(finding) = diagnosis.findings.iter().find(|finding| finding.rule == rule) else {
        return html! {};
    };
    let look = states::severity(finding.severity);
    let onclick = {
        let (page, rule) = (page.clone(), rule.to_owned());
        Callback::from(move |_: MouseEvent| page.lead(&rule))
    };
    html! {
        <span class={classes!("objection", look.class)}>{ icon(look.icon) }
            <button type="button" class="link" data-testid="to-finding" {onclick}><Prose text={finding.title.clone()} /></button></span>
    }
}

/// The picture and the word of an origin: neither needs a colour.
const fn origin(origin: Origin) -> (Icon, Text) {
    match origin {
        Origin::Own => (Icon::Dot, Text::fixed("set in", "gesetzt in")),
        Origin::Inherited => (Icon::Down, Text::fixed("inherited from", "geerbt von")),
        Origin::User => (Icon::Person, Text::fixed("set for the user", "für den Benutzer gesetzt")),
        Origin::TunnelGroup => {
            (Icon::Dot, Text::fixed("set in tunnel group", "gesetzt in der Tunnelgruppe (tunnel-group)"))
        }
        Origin::Default => (Icon::Frame, Text::fixed("default", "Vorgabe")),
        Origin::Unknown => (Icon::Ring, Text::fixed("not shown here", "hier nicht zu sehen")),
    }
}

const fn origin_id(origin: Origin) -> &'static str {
    match origin {
        Origin::Own => "own",
        Origin::Inherited => "inherited",
        Origin::User => "user",
        Origin::TunnelGroup => "tunnel-group",
        Origin::Default => "default",
        Origin::Unknown => "unknown",
    }
}

const FILTER: Text = Text::fixed("Filter", "Filtern");
const FILTER_HINT: Text = Text::fixed("attribute, value, policy", "Attribut, Wert, Richtlinie");
const DEFAULTS: Text = Text::fixed("Default", "Vorgabe");
const NOT_SET: Text = Text::fixed("set nowhere", "nirgends gesetzt");
const DEFAULT: Text = Text::fixed(
    "No line of the files sets them: the ASA release's own defaults apply.",
    "Keine Zeile der Dateien setzt sie: Es gelten die Vorgaben der ASA-Version.",
);
const NOT_KNOWN: Text = Text::fixed("not known", "nicht bekannt");
const SERVES: Text = Text::fixed("For phones: {why}", "Für Telefone: {why}");
const USER: Text = Text::fixed("As user ", "Als Benutzer ");
const PATH: Text = Text::fixed("How this policy was found", "So ergibt sich diese Richtlinie");
const SETTINGS: Text = Text::fixed("Settings", "Einstellungen");
const ATTRIBUTE: Text = Text::fixed("Attribute", "Attribut");
const VALUE: Text = Text::fixed("Value", "Wert");
const FROM: Text = Text::fixed("Where from", "Woher");
const LINE: Text = Text::fixed("Line", "Zeile");
const UNPROVEN: Text =
    Text::fixed("What this configuration cannot prove", "Was diese Konfiguration nicht beweisen kann");
