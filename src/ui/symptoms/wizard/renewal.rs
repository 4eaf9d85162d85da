//! The plan for the renewal of the ASA's certificate: what threatens it, the steps, and which phones are ready.

use std::rc::Rc;

use vpn_phone_doctor::diagnosis::{CertificateRow, Diagnosis, RenewalView};
use vpn_phone_doctor::text::{Class, Text};
use vpn_phone_doctor::tools::renewal::{PhoneReady, Plan, PlanStep, Situation, Trusts, plan};
use yew::prelude::*;

use crate::ui::browser::effects;
use crate::ui::page::{Page, use_page};
use crate::ui::widgets::{Commands, Copy, Device, Icon, Prose, icon, words};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The case, if there is one.
    pub diagnosis: Option<Rc<Diagnosis>>,
    /// The phones are locked out, as the person says.
    pub locked_out: bool,
}

/// The plan.
#[function_component(Renewal)]
pub fn renewal(props: &Props) -> Html {
    let page = use_page();
    let view = props.diagnosis.as_ref().and_then(|diagnosis| diagnosis.renewal.as_ref());
    let plan = plan(props.diagnosis.as_deref(), effects::now());
    let (look, picture) = match plan.situation {
        Situation::Ready => ("is-good", Icon::Check),
        Situation::Late => ("is-bad", Icon::Cross),
        Situation::General | Situation::NoNext | Situation::Waiting => ("is-warn", Icon::Triangle),
    };
    let late = plan.situation == Situation::Late;
    let warnings = plan.warnings.iter().map(|text| {
        html! { <li class="note is-warn">{ icon(Icon::Triangle) }<Prose text={text.clone()} /></li> }
    });
    let steps = plan.steps.iter().map(|step| html! { <li>{ plan_step(&page, step) }</li> });
    let rescue = plan.rescue.iter().map(|text| html! { <li><Prose text={text.clone()} /></li> });
    let steps = html! {
        <section key="steps" data-part="steps">
            <h3>{ page.say(STEPS) }</h3>
            <p class="buttons"><Copy text={plan.as_text(page.lang)} label={COPY_PLAN} class="strong" />
                { for asa_parts(&page, &plan) }</p>
            <ol class="plan">{ for steps }</ol>
        </section>
    };
    let undo = html! {
        <section key="undo" data-part="undo">
            <h3>{ page.say(UNDO) }</h3>
            <div class="undo">{ plan_step(&page, &plan.undo) }</div>
        </section>
    };
    let rescue = html! {
        <section key="rescue" data-part="rescue">
            <h3>{ page.say(RESCUE) }</h3>
            <ul class="bullets">{ for rescue }</ul>
        </section>
    };
    // Whose phones are locked out needs them back first.
    let sections = if late || props.locked_out { [undo, rescue, steps] } else { [steps, undo, rescue] };
    html! {
        <div class="renewal" data-testid="renewal">
            <p>{ page.say(if view.is_some() { CASE } else { GENERAL }) }</p>
            <p class={classes!("note", look)} data-testid="renewal-verdict" data-situation={format!("{:?}", plan.situation)} hidden={plan.verdict.is_empty()}>
                { icon(picture) }<strong><Prose text={plan.verdict.clone()} /></strong></p>
            <ul class="warnings" hidden={plan.warnings.is_empty()}>{ for warnings }</ul>
            <div>{ props.diagnosis.as_ref().zip(view).map(|(diagnosis, view)| certificates_and_phones(&page, diagnosis, view, &plan, late)) }</div>
            { for sections }
        </div>
    }
}

/// A button for each part of what is typed on the ASA: nothing may be pasted behind a command that asks back.
fn asa_parts(page: &Page, plan: &Plan) -> Vec<Html> {
    let parts = plan.asa_parts(page.lang);
    let label = |number: u32| match parts.len() {
        1 => COPY_ASA,
        _ => COPY_ASA_PART.number("number", number),
    };
    let buttons = parts.iter().zip(1_u32..);
    buttons.map(|(part, number)| html! { <Copy text={part.clone()} label={label(number)} /> }).collect()
}

fn plan_step(page: &Page, step: &PlanStep) -> Html {
    let (look, picture, word) = match step.done {
        Some(true) => ("is-good", Icon::Check, DONE),
        Some(false) => ("is-warn", Icon::Ring, NOT_DONE),
        None => ("is-open", Icon::Dots, NOT_KNOWN),
    };
    let done = step.done.map_or("unknown", |done| if done { "yes" } else { "no" });
    html! {
        <div class={classes!("plan-step", look)} data-testid="plan-step" data-done={done}>
            <p class="meta small"><span class="on">{ page.say(step.on.name()) }</span>
                <span class="done">{ icon(picture) }{ page.say(word) }</span></p>
            <p><Prose text={step.text.clone()} /></p>
            <Commands lines={step.commands.clone()} />
            <p class="small soft">{ page.say(VERIFY) }<Prose text={step.verify.clone()} /></p>
        </div>
    }
}

/// Both certificates, and the phones.
fn certificates_and_phones(
    page: &Page,
    diagnosis: &Diagnosis,
    view: &RenewalView,
    plan: &Plan,
    late: bool,
) -> Html {
    let row = |place: Option<u32>| {
        place
            .and_then(|place| usize::try_from(place).ok())
            .and_then(|index| diagnosis.certificates.get(index))
    };
    let presented = certificate(page, PRESENTED, &view.trustpoint, row(view.presented), NO_PRESENTED);
    let pair = if late {
        let previous =
            certificate(page, PREVIOUS, &view.previous_trustpoint, row(view.previous), NO_PREVIOUS);
        [previous, presented]
    } else {
        [presented, certificate(page, NEXT, &view.next_trustpoint, row(view.next), NO_NEXT)]
    };
    html! { <div class="known"><div class="pair">{ for pair }</div>{ phones(page, diagnosis, plan) }</div> }
}

fn certificate(page: &Page, title: Text, trustpoint: &str, row: Option<&CertificateRow>, none: Text) -> Html {
    let day = |seconds: Option<i64>| seconds.map_or_else(|| "?".to_owned(), words::day);
    let facts = row.map(|row| {
        let valid = VALID.with("from", Class::Words, day(row.not_before)).with("to", Class::Words, day(row.not_after));
        html! {
            <>
                <p><Device text={row.subject.clone()} /></p>
                <p class="small">{ page.say(valid) }</p>
                <p class="small soft">{ page.say(HASH) }</p>
                <p class="one-line"><Device text={row.sha1_base64.clone()} /><Copy text={row.sha1_base64.clone()} class="quiet" /></p>
            </>
        }
    });
    html! {
        <section>
            <h3>{ page.say(title) }</h3>
            <p class="small soft" hidden={trustpoint.is_empty()}>{ page.say(TRUSTPOINT) }<Device text={trustpoint.to_owned()} /></p>
            <div>{ facts.unwrap_or_else(|| html! { <p class="soft">{ page.say(none) }</p> }) }</div>
        </section>
    }
}

/// Those who are not ready come first: they are what the plan waits for.
fn phones(page: &Page, diagnosis: &Diagnosis, plan: &Plan) -> Html {
    let count = |number: usize| number.to_string();
    let of = |trusts: Trusts| plan.phones.iter().filter(|phone| phone.trusts == trusts).count();
    let kinds = [Trusts::Both, Trusts::NewOnly, Trusts::OldOnly, Trusts::Neither, Trusts::Unknown];
    let sums = kinds.into_iter().filter(|kind| of(*kind) > 0).map(|kind| {
        html! { <li data-trusts={format!("{kind:?}")}><strong>{ count(of(kind)) }</strong>{ " " }{ page.say(summed(kind)) }</li> }
    });
    let rows = plan.phones.iter().take(MOST_PHONES).map(|phone| row(page, diagnosis, plan, phone));
    let more = plan.phones.len().saturating_sub(MOST_PHONES);
    let left = plan.not_ready();
    let has = |name: Text| html! { <th scope="col">{ page.say(name) }</th> };
    html! {
        <section hidden={plan.phones.is_empty()}>
            <h3>{ page.say(WHO) }</h3>
            <ul class="sums" data-testid="renewal-sums">{ for sums }</ul>
            <p class="buttons" hidden={left.is_empty()}><Copy text={left.join("\n")} label={COPY_NAMES} /></p>
            <div class="scroll" tabindex="0" role="region" aria-label={page.say(WHO)}>
                <table class="ready-phones" data-testid="renewal-phones">
                    <thead><tr>{ has(PHONE) }{ has(TRUSTS_OLD) }{ has(TRUSTS_NEW) }{ has(TRUSTS_CA) }</tr></thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
            <p class="small soft" hidden={more == 0}>{ page.say(MORE.with("count", Class::Words, count(more))) }</p>
        </section>
    }
}

const fn summed(trusts: Trusts) -> Text {
    match trusts {
        Trusts::Both => SUM_BOTH,
        Trusts::NewOnly => SUM_NEW,
        Trusts::OldOnly => SUM_OLD,
        Trusts::Neither => SUM_NEITHER,
        Trusts::Unknown => SUM_UNKNOWN,
    }
}

fn row(page: &Page, diagnosis: &Diagnosis, plan: &Plan, phone: &PhoneReady) -> Html {
    let cell = |is: Option<bool>, missing: &'static str, label: Text| {
        let (look, picture, word) = match is {
            Some(true) => ("is-good", Icon::Check, YES),
            Some(false) => (missing, Icon::Cross, NO),
            None => ("is-open", Icon::Dots, NOT_KNOWN),
        };
        html! { <td class={look} data-label={page.say(label)}><span class="cell-state">{ icon(picture) }{ page.say(word) }</span></td> }
    };
    let place = phone.place.as_ref().map(|place| words::place(diagnosis, place, page.lang));
    let known = |is: bool| (phone.trusts != Trusts::Unknown).then_some(is);
    let old = known(matches!(phone.trusts, Trusts::Both | Trusts::OldOnly));
    // Without a new certificate nobody can have its hash.
    let new = known(phone.trusts.is_ready()).filter(|_| plan.situation != Situation::NoNext);
    html! {
        <tr data-phone={phone.name.clone()}>
            <th scope="row"><Device text={phone.name.clone()} /><span class="small soft">{ place }</span></th>
            { cell(old, "is-bad", TRUSTS_OLD) }
            { cell(new, "is-bad", TRUSTS_NEW) }
            { cell(known(phone.issuer), "is-open", TRUSTS_CA) }
        </tr>
    }
}

/// A longer table is not read; the names that matter can be copied.
const MOST_PHONES: usize = 100;

const CASE: Text = Text::fixed(
    "Made from your files. The order matters: every phone must have the new hash before the ASA shows the new certificate.",
    "Aus Ihren Dateien gemacht. Auf die Reihenfolge kommt es an: Jedes Telefon muss den neuen Hash haben, bevor die ASA das neue Zertifikat vorlegt.",
);
const GENERAL: Text = Text::fixed(
    "The general plan. Drop the ASA's configuration and the phones' configurations, and it names your certificates and says which phones have the new hash already. The order matters: every phone must have the new hash before the ASA shows the new certificate.",
    "Der allgemeine Plan. Legen Sie die Konfiguration der ASA und die der Telefone ab, dann nennt er Ihre Zertifikate und sagt, welche Telefone den neuen Hash schon haben. Auf die Reihenfolge kommt es an: Jedes Telefon muss den neuen Hash haben, bevor die ASA das neue Zertifikat vorlegt.",
);
const STEPS: Text = Text::fixed("Step by step", "Schritt für Schritt");
const UNDO: Text = Text::fixed("To undo the switch", "So nehmen Sie die Umschaltung zurück");
const RESCUE: Text = Text::fixed("Too late: phones are locked out", "Zu spät: Telefone sind ausgesperrt");
const DONE: Text = Text::fixed("done", "erledigt");
const NOT_DONE: Text = Text::fixed("not yet", "noch nicht");
const NOT_KNOWN: Text = Text::fixed("not shown in your files", "aus den Dateien nicht erkennbar");
const VERIFY: Text = Text::fixed("What you see afterwards: ", "Das sehen Sie danach: ");
const PRESENTED: Text = Text::fixed("The ASA presents now", "Die ASA legt jetzt vor");
const NEXT: Text = Text::fixed("Kept ready", "Liegt bereit");
const NO_PRESENTED: Text = Text::fixed(
    "Not in this case: drop the ASA's configuration with its certificate blocks.",
    "Nicht in diesem Fall: Legen Sie die Konfiguration der ASA mit den Zertifikatsblöcken ab.",
);
const NO_NEXT: Text =
    Text::fixed("No newer certificate in this case yet.", "Noch kein neueres Zertifikat in diesem Fall.");
const TRUSTPOINT: Text = Text::fixed("trust-point ", "Vertrauenspunkt (trust-point) ");
const VALID: Text = Text::fixed("valid from {from} to {to}", "gültig von {from} bis {to}");
const HASH: Text = Text::fixed(
    "SHA-1 as the phones' configuration has it",
    "SHA-1, wie er in der Konfiguration der Telefone steht",
);
const WHO: Text = Text::fixed("Who has the new hash", "Wer den neuen Hash hat");
const SUM_BOTH: Text = Text::fixed(
    "with both hashes: not touched by the switch",
    "mit beiden Hashes: vom Umschalten nicht betroffen",
);
const SUM_NEW: Text = Text::fixed(
    "with only the new hash: connected again after the switch",
    "nur mit dem neuen Hash: nach dem Umschalten wieder verbunden",
);
const SUM_OLD: Text = Text::fixed(
    "with only the old hash: locked out by the switch",
    "nur mit dem alten Hash: durch das Umschalten ausgesperrt",
);
const SUM_NEITHER: Text = Text::fixed(
    "with neither hash: no connection either way",
    "mit keinem der beiden Hashes: so oder so keine Verbindung",
);
const SUM_UNKNOWN: Text =
    Text::fixed("not known: the configuration is missing", "nicht bekannt: Die Konfiguration fehlt");
const COPY_PLAN: Text = Text::fixed("Copy the whole plan", "Ganzen Plan kopieren");
const COPY_ASA: Text = Text::fixed("Copy the ASA commands", "ASA-Befehle kopieren");
const COPY_ASA_PART: Text =
    Text::fixed("Copy the ASA commands, part {number}", "ASA-Befehle kopieren, Teil {number}");
const PREVIOUS: Text = Text::fixed("The ASA presented before", "Die ASA legte vorher vor");
const NO_PREVIOUS: Text = Text::fixed(
    "Not in this case: drop the ASA's configuration from before, or the old certificate.",
    "Nicht in diesem Fall: Legen Sie die frühere Konfiguration der ASA oder das alte Zertifikat ab.",
);
const COPY_NAMES: Text =
    Text::fixed("Copy the names of those who are not ready", "Namen derer kopieren, die nicht bereit sind");
const MORE: Text = Text::fixed("and {count} more phones", "und {count} weitere Telefone");
const PHONE: Text = Text::fixed("Phone", "Telefon");
const TRUSTS_OLD: Text = Text::fixed("has the old hash", "hat den alten Hash");
const TRUSTS_NEW: Text = Text::fixed("has the new hash", "hat den neuen Hash");
const TRUSTS_CA: Text = Text::fixed("trusts the issuing CA", "vertraut der ausstellenden CA");
const YES: Text = Text::fixed("yes", "ja");
const NO: Text = Text::fixed("no", "nein");
