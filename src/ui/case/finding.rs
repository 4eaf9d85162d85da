//! One finding: what is wrong, how sure, why, the proof and the fix; its echoes inside it.

use std::collections::HashSet;
use std::rc::Rc;

use vpn_phone_doctor::diagnosis::Diagnosis;
use vpn_phone_doctor::finding::{Conclusion, Target};
use vpn_phone_doctor::symptoms;
use vpn_phone_doctor::text::Text;
use yew::prelude::*;

use super::changes;
use super::comparison::Comparison;
use super::evidence::EvidenceList;
use crate::ui::export::{CopyExcerpt, Excerpt};
use crate::ui::page::{Page, use_page};
use crate::ui::route::Route;
use crate::ui::turns::{When, use_turns};
use crate::ui::widgets::{Copy, Fixes, Prose, Terms, fix, icon, states};

/// How much of it is open from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfolded {
    /// Proof and fix.
    All,
    /// Only what it says.
    Little,
}

/// Where it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// In the case, with a way to the wizard that it belongs to.
    #[default]
    InCase,
    /// At the end of a wizard.
    InWizard,
}

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, for names.
    pub diagnosis: Rc<Diagnosis>,
    /// The finding's place in it.
    pub index: usize,
    /// How much is open.
    pub unfolded: Unfolded,
    /// The element's id, where something leads to it.
    #[prop_or_default]
    pub id: Option<&'static str>,
    /// Where it is shown.
    #[prop_or_default]
    pub shown: Shown,
}

/// The finding.
#[function_component(FindingView)]
pub fn finding_view(props: &Props) -> Html {
    let page = use_page();
    let Some(finding) = props.diagnosis.findings.get(props.index) else {
        return html! { <article hidden=true /> };
    };
    let look = states::finding(finding);
    let open = props.unfolded == Unfolded::All;
    let when = if open { When::Next } else { When::InTurn };
    let tabs = format!("finding-{}", props.index);
    let same = told_before(props, finding);
    let above = props.id.is_some().then_some(&props.diagnosis.verdict);
    // Word for word in the verdict above: said once is enough.
    let new = |text: &&Text| above.is_none_or(|verdict| verdict.detail != **text);
    let explanation: Vec<&Text> = finding.explanation.iter().filter(new).collect();
    html! {
        <article class={classes!("finding", look.class)} data-testid="finding" data-rule={finding.rule.clone()}
            data-severity={finding.severity.id()} id={props.id} tabindex="-1">
            <header>
                <span class="sign-post">{ icon(look.icon) }</span>
                <h3><Prose text={finding.title.clone()} /></h3>
                <p class="meta">
                    <span>{ page.say(states::confidence(finding.confidence)) }</span>
                    <span>{ page.say(finding.stage.name()) }</span>
                    { changes::mark(&page, &props.diagnosis, props.index) }
                </p>
            </header>
            <div class="explanation" hidden={explanation.is_empty()}>
                { for explanation.into_iter().map(|text| html! { <p><Prose text={text.clone()} /></p> }) }
            </div>
            <Terms texts={[vec![finding.title.clone()], finding.explanation.clone()].concat()} />
            <p class="soft" hidden={finding.more_of_kind == 0}>{ page.say(MORE.number("left", finding.more_of_kind)) }</p>
            <div>{ finding.comparison.clone().map(|comparison| {
                html! { <Comparison diagnosis={props.diagnosis.clone()} {comparison} /> }
            }) }</div>
            <details {open}>
                <summary>{ page.say(EVIDENCE.number("count", finding.evidence.len())) }</summary>
                <EvidenceList diagnosis={props.diagnosis.clone()} evidence={finding.evidence.clone()}
                    more={finding.more_evidence} {when} />
            </details>
            { fix::phones(&page, finding) }
            <div>{ same.map(|first| same_fix(&page, first)) }</div>
            <details {open} hidden={same.is_some() || finding.fix.is_empty()}>
                <summary>{ page.say(FIX) }<span class="soft">{ targets(&page, finding) }</span></summary>
                <Fixes id={tabs} fixes={if same.is_some() { Vec::new() } else { finding.fix.clone() }} {when} />
            </details>
            <footer class="small soft">
                <span>{ page.say(RULE) }<code translate="no">{ finding.rule.clone() }</code></span>
                <span lang="en" translate="no">{ finding.sources.join(" · ") }</span>
                { wizard(&page, props, finding) }
                { props.id.filter(|_| !finding.fix.is_empty()).map(|_| html! { <Copy text={fix::as_text(finding, page.lang)} label={COPY_FIX} /> }) }
                <CopyExcerpt excerpt={Excerpt::Finding(u32::try_from(props.index).unwrap_or(u32::MAX))} />
            </footer>
            { echoes(&page, props, finding) }
        </article>
    }
}

/// A finding further up that is mended by just the same: what is to be done stands there, once.
fn told_before<'d>(props: &'d Props, finding: &Conclusion) -> Option<&'d Conclusion> {
    let before = props.diagnosis.findings.iter().take(props.index);
    let mut before = before.filter(|_| props.shown == Shown::InCase && !finding.fix.is_empty());
    before.find(|other| other.fix == finding.fix)
}

fn same_fix(page: &Page, first: &Conclusion) -> Html {
    let (leads, rule) = (page.clone(), first.rule.clone());
    let onclick = Callback::from(move |_: MouseEvent| leads.lead(&rule));
    html! {
        <p data-testid="same-fix">{ page.say(SAME_FIX) }
            <button type="button" class="link" {onclick}><Prose text={first.title.clone()} /></button></p>
    }
}

/// The ways to the wizards that ask for it step by step.
fn wizard(page: &Page, props: &Props, finding: &Conclusion) -> Html {
    let symptoms = match props.shown {
        Shown::InCase => symptoms::leading_to(&finding.rule, &props.diagnosis),
        Shown::InWizard => Vec::new(),
    };
    let links = symptoms.iter().map(|symptom| {
        html! { <a href={Route::Symptom(symptom.id).address()} data-testid="to-wizard" data-symptom={symptom.id}>{ page.say(symptom.title.clone()) }</a> }
    });
    html! { <span class="wizards" hidden={symptoms.is_empty()}>{ page.say(STEPS) }{ for links }</span> }
}

/// Where something has to be done, each place once.
fn targets(page: &Page, finding: &Conclusion) -> String {
    let mut places: Vec<Target> = finding.fix.iter().map(|fix| fix.on).collect();
    places.dedup();
    places.into_iter().map(|place| page.say(place.name()).to_string()).collect::<Vec<_>>().join(" · ")
}

/// What the finding explains stands in the first one of its rule: each echo once, however many causes there are.
fn echoes(page: &Page, props: &Props, finding: &Conclusion) -> Html {
    let findings = &props.diagnosis.findings;
    let first = findings.iter().position(|other| other.rule == finding.rule);
    let indices: Vec<usize> = findings
        .iter()
        .enumerate()
        .filter(|_| first == Some(props.index))
        .filter(|(_, echo)| echo.caused_by.as_ref() == Some(&finding.rule) && echo.rule != finding.rule)
        .map(|(index, _)| index)
        .collect();
    html! {
        <div class="echoes" hidden={indices.is_empty()}>
            <h4>{ page.say(EXPLAINS) }</h4>
            <FindingList diagnosis={props.diagnosis.clone()} {indices} shown={props.shown} />
        </div>
    }
}

/// What to show.
#[derive(Properties, PartialEq)]
pub struct ListProps {
    /// The case.
    pub diagnosis: Rc<Diagnosis>,
    /// Places of the findings in it.
    pub indices: Vec<usize>,
    /// The one that the verdict rests on.
    #[prop_or_default]
    pub main: Option<usize>,
    /// Where they are shown.
    #[prop_or_default]
    pub shown: Shown,
}

/// Findings one under the other: the first of each rule, and of the others so many as the person asked for. A hundred
/// alike take the page seconds to lay out, and nobody reads them.
#[function_component(FindingList)]
pub fn finding_list(props: &ListProps) -> Html {
    let page = use_page();
    let most = use_state_eq(|| AT_ONCE);
    let mut rules = HashSet::new();
    let rule = |index: usize| props.diagnosis.findings.get(index).map(|finding| finding.rule.as_str());
    let listed: Vec<usize> = (0..)
        .zip(&props.indices)
        .filter(|(at, index)| rules.insert(rule(**index)) || at < &*most)
        .map(|(_, index)| *index)
        .collect();
    let made = use_turns(listed.len(), When::InTurn);
    let items = listed.iter().take(made).map(|&index| {
        let is_main = props.main == Some(index);
        let unfolded = if is_main { Unfolded::All } else { Unfolded::Little };
        let id = is_main.then_some("first-finding");
        html! { <li key={index}><FindingView diagnosis={props.diagnosis.clone()} {index} {unfolded} {id} shown={props.shown} /></li> }
    });
    let left = props.indices.len() - listed.len();
    let onclick = Callback::from(move |_| most.set(*most + AT_ONCE));
    html! {
        <>
            <ul>{ for items }</ul>
            <button type="button" class="link" data-testid="more-findings" hidden={left == 0} {onclick}>{ page.say(SHOW_MORE.number("left", left)) }</button>
        </>
    }
}

const EVIDENCE: Text = Text::fixed("Evidence ({count})", "Belege ({count})");
const MORE: Text = Text::fixed(
    "… and {left} more of this kind were found",
    "… und {left} weitere dieser Art wurden gefunden",
);
const FIX: Text = Text::fixed("Fix", "Behebung");
const COPY_FIX: Text = Text::fixed("Copy fix", "Behebung kopieren");
const SAME_FIX: Text = Text::fixed("One fix for both, see: ", "Eine Behebung für beides, siehe: ");
const EXPLAINS: Text = Text::fixed("It also explains", "Das erklärt auch");
const STEPS: Text = Text::fixed("Step by step: ", "Schritt für Schritt: ");
const RULE: Text = Text::fixed("Rule ", "Regel ");
const AT_ONCE: usize = 25;
const SHOW_MORE: Text = Text::fixed("Show more ({left} left)", "Mehr zeigen (noch {left})");
