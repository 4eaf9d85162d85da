//! The catalogue: every rule with what it looks for, what it needs, why it hurts and how it is fixed.

use yew::prelude::*;

use vpn_phone_doctor::finding::Target;
use vpn_phone_doctor::rules::{self, Rule, prose};
use vpn_phone_doctor::stage::Stage;
use vpn_phone_doctor::text::Text;

use crate::ui::app::{Page, use_page};
use crate::ui::icons::icon;
use crate::ui::parts::{Device, Prose, severity_look};
use crate::ui::words;

/// The catalogue.
#[function_component(Rules)]
pub fn rules() -> Html {
    let page = use_page();
    let count = COUNT.filled(&[("count", &rules::all().count().to_string())]);
    let stages = Stage::ALL.into_iter().map(|stage| {
        let rules: Vec<&'static Rule> = rules::all().filter(|rule| rule.stage == stage).collect();
        html! {
            <section key={stage.id()} hidden={rules.is_empty()}>
                <h2>{ page.say(stage.name()) }</h2>
                <ul>{ for rules.iter().map(|rule| html! { <li key={rule.id}><Row id={rule.id} /></li> }) }</ul>
            </section>
        }
    });
    html! {
        <div class="rules">
            <h1>{ page.say(TITLE) }</h1>
            <p class="lead">{ page.say(count) }</p>
            { for stages }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    id: &'static str,
}

/// The prose is taken apart when somebody opens it for the first time.
#[function_component(Row)]
fn row(props: &RowProps) -> Html {
    let page = use_page();
    let opened = use_state_eq(|| false);
    let ontoggle = use_callback(opened.setter(), |_: Event, opened| opened.set(true));
    let Some(rule) = rules::by_id(props.id) else { return html! { <details hidden=true /> } };
    let look = severity_look(rule.severity);
    html! {
        <details class={classes!("rule", look.class)} {ontoggle} data-rule={rule.id}>
            <summary>
                <span class="sign-post">{ icon(look.icon) }<span class="unseen">{ page.say(look.word) }</span></span>
                <span class="title"><Prose text={general(&prose::title(&rule.prose))} /></span>
                <code class="small soft" translate="no">{ rule.id }</code>
            </summary>
            <div class="body">{ opened.then(|| body(&page, rule)) }</div>
        </details>
    }
}

fn body(page: &Page, rule: &Rule) -> Html {
    let told = prose::parse(&rule.prose);
    let needs: Vec<String> = rule.needs.iter().map(|need| page.say(need.name()).to_string()).collect();
    let list = |heading: Text, items: &[Text]| {
        let shown = items.iter().map(|item| html! { <li><Prose text={general(item)} /></li> });
        html! { <div class="listed" hidden={items.is_empty()}><h5>{ page.say(heading) }</h5><ul>{ for shown }</ul></div> }
    };
    let fixes = told.fixes.iter().map(|fix| {
        html! {
            <div class="fix-block">
                <h4>{ page.say(heading(fix.on)) }</h4>
                <ol class="steps" hidden={fix.steps.is_empty()}>
                    { for fix.steps.iter().map(|step| html! { <li><Prose text={general(step)} /></li> }) }</ol>
                <div class="commands" hidden={fix.commands.is_empty()}>
                    <pre tabindex="0"><Device text={words::placeholders(&fix.commands.join("\n"))} /></pre></div>
                <div class="after">{ list(VERIFY, &fix.verify) }{ list(UNDO, &fix.undo) }</div>
            </div>
        }
    });
    html! {
        <>
            <p class="small soft">{ page.say(severity_look(rule.severity).word) }{ " · " }{ page.say(NEEDS) }{ needs.join(", ") }</p>
            { for told.paragraphs.iter().map(|text| html! { <p><Prose text={general(text)} /></p> }) }
            { for fixes }
            <p class="small soft">{ rule.sources.join(" · ") }</p>
        </>
    }
}

/// A text that no case has filled: its placeholders stand as they do where a value is missing.
fn general(text: &Text) -> Text {
    Text::made(words::placeholders(&text.en), words::placeholders(&text.de))
}

fn heading(on: Target) -> Text {
    let name = on.name();
    FIX.filled(&[("en", &name.en), ("de", &name.de)])
}

const TITLE: Text = Text::fixed("Rules", "Regeln");
const COUNT: Text = Text::fixed(
    "{count} known reasons why a phone’s VPN fails, in the order in which a phone meets them.",
    "{count} bekannte Gründe, aus denen das VPN eines Telefons scheitert, in der Reihenfolge, in der ein Telefon auf sie trifft.",
);
const NEEDS: Text = Text::fixed("seen in: ", "zu sehen in: ");
const FIX: Text = Text::fixed("Fix: {en}", "Behebung: {de}");
const VERIFY: Text = Text::fixed("What you see afterwards", "Das sehen Sie danach");
const UNDO: Text = Text::fixed("To undo it", "So machen Sie es rückgängig");
