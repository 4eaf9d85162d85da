//! The matrix: phones down, today and the changes across; a cell says by colour, sign and word how far a phone comes.

use std::rc::Rc;

use vpn_phone_doctor::plan::{Outcome, Plan, Row, Will};
use vpn_phone_doctor::text::{Class, Text};
use yew::prelude::*;

use super::field;
use super::model::{Columns, groups};
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::states::{Look, look};
use crate::ui::widgets::{Device, Icon, Prose, cited, fix, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// What was foretold.
    pub columns: Rc<Columns>,
    /// Inputs of the case: lines of those open in their files.
    pub of_case: usize,
}

/// The matrix, why each cell is what it is, and what to do.
#[function_component(Matrix)]
pub fn matrix(props: &Props) -> Html {
    let page = use_page();
    let columns = &props.columns;
    let plan = &columns.all;
    let rows = groups(columns);
    let changes = plan.changes.iter().map(|change| {
        let key = vpn_phone_doctor::plan::Change::key(&change.change).ok();
        let value = |value: &str| match value {
            "" => html! { <span>{ "–" }</span> },
            value => html! { <Device text={value.to_owned()} /> },
        };
        html! {
            <li><Prose text={key.map(field::name).unwrap_or_default()} />{ ": " }{ value(&change.old) }{ " → " }{ value(&change.new) }</li>
        }
    });
    let alone = columns.alone.iter();
    let heads = alone.map(|(key, _)| html! { <th scope="col" role="columnheader"><span class="small soft">{ page.say(ALONE) }</span><Prose text={field::name(*key)} /></th> });
    let last = if columns.alone.is_empty() { AFTER } else { TOGETHER };
    let shown = rows.iter().take(SHOWN).map(|group| line(&page, columns, group));
    let reasons = rows.iter().take(SHOWN).map(|group| reason(&page, props, group));
    let cut = CUT.with("shown", Class::Words, words::number(SHOWN, page.lang)).with(
        "all",
        Class::Words,
        words::number(rows.len(), page.lang),
    );
    html! {
        <div class="foretold" data-testid="plan-result">
            <ul class="changed bullets">{ for changes }</ul>
            <div class="scroll" tabindex="0" role="region" aria-label={page.say(LABEL)}>
                <table class="plan-matrix" role="table">
                    <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{ page.say(PHONE) }</th><th scope="col" role="columnheader">{ page.say(TODAY) }</th>{ for heads }
                        <th scope="col" role="columnheader">{ page.say(last) }</th></tr></thead>
                    <tbody role="rowgroup">{ for shown }</tbody>
                </table>
            </div>
            <p hidden={rows.len() <= SHOWN}>{ page.say(cut) }</p>
            <section><h2>{ page.say(WHY) }</h2><ul class="reasons">{ for reasons }</ul></section>
            { steps(&page, plan) }
        </div>
    }
}

fn row_of(plan: &Plan, group: &[usize]) -> Option<Row> {
    group.first().and_then(|at| plan.rows.get(*at)).cloned()
}

fn line(page: &Page, columns: &Columns, group: &[usize]) -> Html {
    let Some(row) = row_of(&columns.all, group) else { return html! {} };
    let alone = columns.alone.iter().map(|(key, plan)| {
        let outcome = row_of(plan, group).map_or(Outcome::UNKNOWN, |row| row.after);
        cell(page, &outcome, field::name(*key))
    });
    html! {
        <tr role="row" data-testid="plan-row" data-today={row.today.outcome.id()} data-after={row.after.outcome.id()}
            data-rule={row.after.rule.clone()} data-phones={group.len().to_string()}>
            <th scope="row" role="rowheader">{ who(page, columns, group, &row) }</th>
            { cell(page, &row.today, TODAY) }
            { for alone }
            { cell(page, &row.after, if columns.alone.is_empty() { AFTER } else { TOGETHER }) }
        </tr>
    }
}

/// A phone by its name, several by their number; then the model and the firmware.
fn who(page: &Page, columns: &Columns, group: &[usize], row: &Row) -> Html {
    let named = |at: &usize| columns.all.rows.get(*at).and_then(|row| row.phone.clone());
    let names: Vec<String> = group.iter().filter_map(named).collect();
    let name = match (names.as_slice(), group.len()) {
        ([name], 1) => html! { <Device text={name.clone()} /> },
        ([], 1) => html! { <span>{ page.say(if row.load.is_some() { NO_NAME } else { ANY }) }</span> },
        (names, count) => {
            let list = names.iter().take(SHOWN).map(|name| html! { <li><Device text={name.clone()} /></li> });
            let count = PHONES.with("count", Class::Words, words::number(count, page.lang));
            html! { <details><summary>{ page.say(count) }</summary><ul>{ for list }</ul></details> }
        }
    };
    let kind: Vec<&str> = [&row.model, &row.load].into_iter().flatten().map(String::as_str).collect();
    html! { <>{ name }<span class="small soft kind-of">{ for kind.iter().map(|word| html! { <Device text={(*word).to_owned()} /> }) }</span></> }
}

fn cell(page: &Page, outcome: &Outcome, head: Text) -> Html {
    let Look { icon: picture, class, word } = look_of(outcome.outcome);
    let stage = outcome.stage.map(|stage| page.say(stage.name()));
    // An attribute sets no code apart.
    let label = page.label(head).replace('`', "");
    html! {
        <td role="cell" class={classes!("outcome", class)} data-label={label}>
            <span class="state">{ icon(picture) }<strong>{ page.say(word) }</strong></span>
            <span class="small">{ stage }{ outcome.rule.clone().map(|rule| html! { <>{ " " }<code translate="no">{ rule }</code></> }) }</span>
        </td>
    }
}

fn look_of(will: Will) -> Look {
    let (icon, class) = match will {
        Will::Connects => (Icon::Check, "is-good"),
        Will::Breaks => (Icon::Cross, "is-bad"),
        Will::Unknown => (Icon::Ring, "is-warn"),
    };
    Look { word: will.name(), ..look(icon, class, "", "") }
}

/// What says so, and what is only assumed.
fn reason(page: &Page, props: &Props, group: &[usize]) -> Html {
    let plan = &props.columns.all;
    let Some(row) = row_of(plan, group) else { return html! {} };
    let pieces = row.because.iter().map(|evidence| {
        html! { <li data-testid="evidence">{ cited(page, &plan.inputs, props.of_case, evidence) }</li> }
    });
    let assumed = row.assumed.iter().map(|text| html! { <li><Prose text={text.clone()} /></li> });
    let look = look_of(row.after.outcome);
    html! {
        <li>
            <details open={row.breaks_by_it()}>
                <summary class={look.class}><span class="state">{ icon(look.icon) }</span>{ who_short(page, &row, group) }{ ": " }
                    { page.say(row.today.outcome.name()) }{ " → " }<strong>{ page.say(look.word) }</strong></summary>
                <ol class="pieces" hidden={row.because.is_empty()}>{ for pieces }</ol>
                <div hidden={row.assumed.is_empty()}><h3>{ page.say(ASSUMED) }</h3><ul class="bullets">{ for assumed }</ul></div>
            </details>
        </li>
    }
}

fn who_short(page: &Page, row: &Row, group: &[usize]) -> Html {
    let kind = [&row.model, &row.load].into_iter().flatten().next().cloned();
    let first = row.phone.clone().or(kind).unwrap_or_else(|| page.say(ANY).to_string());
    let more = group.len().saturating_sub(1);
    let more = (more > 0).then(|| page.say(AND.with("count", Class::Words, words::number(more, page.lang))));
    html! { <><Device text={first} />{ more }</> }
}

/// What to do, in this order, each with its way back.
fn steps(page: &Page, plan: &Plan) -> Html {
    let items = plan.steps.iter().map(|step| {
        html! {
            <li><div class="plan-step"><h3>{ page.say(step.on.name()) }</h3>{ fix::block(page, step) }</div></li>
        }
    });
    html! { <section hidden={plan.steps.is_empty()} data-testid="plan-steps"><h2>{ page.say(STEPS) }</h2><ol class="plan">{ for items }</ol></section> }
}

/// Rows that are written out; a saved sheet has all.
const SHOWN: usize = 200;

const LABEL: Text = Text::fixed("Phones and changes", "Telefone und Änderungen");
const PHONE: Text = Text::fixed("Phone", "Telefon");
const TODAY: Text = Text::fixed("Today", "Heute");
const AFTER: Text = Text::fixed("Afterwards", "Danach");
const TOGETHER: Text = Text::fixed("All together", "Alles zusammen");
const ALONE: Text = Text::fixed("alone: ", "allein: ");
const NO_NAME: Text = Text::fixed("no name", "ohne Namen");
const ANY: Text = Text::fixed("any phone", "jedes Telefon");
const PHONES: Text = Text::fixed("{count} phones", "{count} Telefone");
const AND: Text = Text::fixed(" and {count} more", " und {count} weitere");
const WHY: Text = Text::fixed("Why", "Warum");
const ASSUMED: Text = Text::fixed("Assumed or missing", "Angenommen oder fehlend");
const STEPS: Text = Text::fixed("What to do, in this order", "Was zu tun ist, in dieser Reihenfolge");
const CUT: Text = Text::fixed(
    "The first {shown} of {all} rows are shown; a saved table has all.",
    "Gezeigt werden die ersten {shown} von {all} Zeilen; eine gespeicherte Tabelle enthält alle.",
);
