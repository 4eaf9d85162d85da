//! What to do: a tab for each place where something is done, with steps, commands, how to check and how to go back.
//!
//! What is behind a tab that is not chosen is in the document, too: on paper there is nothing to choose.

use vpn_phone_doctor::finding::{Concerned, Conclusion, Fix, Target};
use vpn_phone_doctor::text::{Class, Lang, Text};
use yew::prelude::*;

use super::copy::Copy;
use super::device::{Device, shown};
use super::prose::Prose;
use super::words;
use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::turns::{When, use_turn};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// A name for the tabs, different for each set of them.
    pub id: AttrValue,
    /// The blocks.
    pub fixes: Vec<Fix>,
    /// When they are made.
    #[prop_or_default]
    pub when: When,
}

/// The tabs.
#[function_component(Fixes)]
pub fn fixes(props: &Props) -> Html {
    let page = use_page();
    let made = use_turn(props.when);
    let shown = if made { props.fixes.as_slice() } else { &[] };
    let chosen = use_state_eq(|| 0_usize);
    let last = props.fixes.len().saturating_sub(1);
    let current = (*chosen).min(last);
    let tab_id = |index: usize| format!("{}-tab-{index}", props.id);
    let panel_id = |index: usize| format!("{}-panel-{index}", props.id);
    let tabs = shown.iter().enumerate().map(|(index, _)| {
        let onclick = {
            let chosen = chosen.clone();
            Callback::from(move |_: MouseEvent| chosen.set(index))
        };
        let onkeydown = {
            let (chosen, id) = (chosen.clone(), props.id.clone());
            Callback::from(move |event: KeyboardEvent| {
                let to = match event.key().as_str() {
                    "ArrowRight" => index.saturating_add(1).min(last),
                    "ArrowLeft" => index.saturating_sub(1),
                    "Home" => 0,
                    "End" => last,
                    _ => return,
                };
                event.prevent_default();
                chosen.set(to);
                effects::focus(&format!("#{id}-tab-{to}"));
            })
        };
        let selected = index == current;
        html! {
            <button key={index} type="button" role="tab" id={tab_id(index)} class="tab" {onclick} {onkeydown}
                aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }}
                aria-controls={panel_id(index)}>
                { page.say(tab_name(&props.fixes, index)) }
            </button>
        }
    });
    let panels = shown.iter().enumerate().map(|(index, fix)| {
        let away = (index != current).then_some("away");
        html! {
            <div key={index} class={classes!("panel", away)} role="tabpanel" id={panel_id(index)} aria-labelledby={tab_id(index)}>
                <h4 class="for-paper">{ page.say(tab_name(&props.fixes, index)) }</h4>
                { block(&page, fix) }
            </div>
        }
    });
    html! {
        <div class="fix" data-testid="fix">
            <div class="tabs" role="tablist" aria-label={page.say(FIX)}>{ for tabs }</div>
            <div class="panels">{ for panels }</div>
        </div>
    }
}

/// Every fix of a finding as text, to be pasted into a ticket.
pub fn as_text(conclusion: &Conclusion, lang: Lang) -> String {
    let mut lines = vec![conclusion.title.get(lang).into_owned()];
    lines.extend(concerned(conclusion).map(|phones| phones.get(lang).into_owned()));
    let heading = |text: &Text| format!("{}:", text.get(lang));
    for fix in &conclusion.fix {
        lines.extend([String::new(), heading(&fix.on.name())]);
        lines.extend(
            fix.steps.iter().zip(1_u32..).map(|(step, number)| format!("{number}. {}", step.get(lang))),
        );
        lines.extend(fix.commands.iter().cloned());
        for (name, items) in [(VERIFY, &fix.verify), (UNDO, &fix.undo)] {
            lines.extend((!items.is_empty()).then(|| heading(&name)));
            lines.extend(items.iter().map(|item| format!("- {}", item.get(lang))));
        }
    }
    lines.join("\n")
}

/// The phones that a fix is for, where there are several.
fn concerned(conclusion: &Conclusion) -> Option<Text> {
    let Concerned { names, more } = &conclusion.concerned;
    let form = if *more > 0 { FOR_MORE.number("more", more) } else { FOR };
    let form = form.number("count", conclusion.concerned.count());
    (names.len() > 1).then(|| form.list("names", Class::Phone, names))
}

/// The phones that a fix is for, folded, with a button that copies their names; hidden where there is only one.
pub fn phones(page: &Page, conclusion: &Conclusion) -> Html {
    let Concerned { names, more } = &conclusion.concerned;
    let count = words::number(conclusion.concerned.count(), page.lang);
    let summary = if conclusion.fix.is_empty() { CONCERNED } else { MENDS };
    let rest = (*more > 0).then(|| page.say(AND_MORE.number("count", *more)));
    html! {
        <details class="concerned" data-testid="concerned" hidden={names.len() < 2}>
            <summary>{ page.say(summary.with("count", Class::Words, count)) }</summary>
            <p><Device text={names.join(", ")} />{ rest }</p>
            <p class="buttons"><Copy text={names.join("\n")} label={COPY_NAMES} /></p>
        </details>
    }
}

/// Two blocks for one place are told apart by their number.
fn tab_name(fixes: &[Fix], index: usize) -> Text {
    let on = fixes.get(index).map_or(Target::Asa, |fix| fix.on);
    let name = on.name();
    if fixes.iter().filter(|fix| fix.on == on).count() < 2 {
        return name;
    }
    let number = fixes.iter().take(index.saturating_add(1)).filter(|fix| fix.on == on).count();
    Text::fixed("{name} {number}", "{name} {number}").nested("name", name.clone()).number("number", number)
}

/// Steps, what is typed, what is seen afterwards, and the way back.
pub fn block(page: &Page, fix: &Fix) -> Html {
    let steps = fix.steps.iter().map(|step| html! { <li><Prose text={step.clone()} /></li> });
    html! {
        <div class="fix-block">
            <ol class="steps" hidden={fix.steps.is_empty()}>{ for steps }</ol>
            <Commands lines={fix.commands.clone()} />
            <div class="after">
                { listed(page, VERIFY, &fix.verify) }
                { listed(page, UNDO, &fix.undo) }
            </div>
        </div>
    }
}

/// What to type.
#[derive(Properties, PartialEq)]
pub struct CommandsProps {
    /// Line by line.
    pub lines: Vec<String>,
}

/// Commands with a button that copies them as they are shown: they are typed into the person's own devices, so they have
/// real names whatever is saved and sent.
#[function_component(Commands)]
pub fn commands(props: &CommandsProps) -> Html {
    let text = props.lines.join("\n");
    html! {
        <div class="commands" hidden={text.is_empty()}>
            <pre class="device" translate="no" tabindex="0">{ for props.lines.iter().map(|line| command(line)) }</pre>
            <Copy {text} label={COPY_COMMANDS} />
        </div>
    }
}

/// A name that has to be filled in stands out.
fn command(line: &str) -> Html {
    let mut rest = line;
    let mut parts = Vec::new();
    while let Some((before, tail)) = rest.split_once('<') {
        let Some((name, after)) = tail.split_once('>') else { break };
        parts.push(html! { <span>{ shown(before) }</span> });
        parts.push(html! { <em class="fill-in">{ "<" }{ shown(name) }{ ">" }</em> });
        rest = after;
    }
    html! { <span class="command">{ for parts }<span>{ shown(rest) }{ "\n" }</span></span> }
}

fn listed(page: &Page, heading: Text, items: &[Text]) -> Html {
    let items_shown = items.iter().map(|item| html! { <li><Prose text={item.clone()} /></li> });
    html! {
        <div class="listed" hidden={items.is_empty()}>
            <h4>{ page.say(heading) }</h4>
            <ul>{ for items_shown }</ul>
        </div>
    }
}

const FIX: Text = Text::fixed("Fix", "Behebung");
const COPY_COMMANDS: Text = Text::fixed("Copy commands", "Befehle kopieren");
const MENDS: Text = Text::fixed("One fix for {count} phones", "Eine Behebung für {count} Telefone");
const CONCERNED: Text = Text::fixed("{count} phones are concerned", "{count} Telefone sind betroffen");
const COPY_NAMES: Text = Text::fixed("Copy the names", "Namen kopieren");
const AND_MORE: Text = Text::fixed(" and {count} more", " und {count} weitere");
const FOR: Text = Text::fixed("For {count} phones: {names}", "Für {count} Telefone: {names}");
const FOR_MORE: Text = Text::fixed(
    "For {count} phones: {names} and {more} more",
    "Für {count} Telefone: {names} und {more} weitere",
);
const UNDO: Text = Text::fixed("To undo it", "So machen Sie es rückgängig");
const VERIFY: Text = Text::fixed("What you see afterwards", "Das sehen Sie danach");
