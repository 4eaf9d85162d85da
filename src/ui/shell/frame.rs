//! Head and foot of every view.

use yew::prelude::*;

use vpn_phone_doctor::text::{Lang, Text};

use crate::ui::browser::effects;
use crate::ui::page::use_page;
use crate::ui::route::Route;
use crate::ui::settings::Theme;
use crate::ui::state::{Action, Overlay};
use crate::ui::widgets::{Icon, icon};

/// What to show.
#[derive(Properties, PartialEq)]
pub struct Props {
    /// The view.
    pub route: Route,
    /// The theme.
    pub theme: Theme,
    /// True where there is a case.
    pub has_case: bool,
}

/// The head: name, views, promise, language, theme.
#[function_component(Head)]
pub fn head(props: &Props) -> Html {
    let page = use_page();
    let case = if props.has_case { Route::Case } else { Route::Start };
    let of_case = Route::OF_CASE.contains(&props.route);
    let views = [Route::Case, Route::Symptoms, Route::Hash, Route::Certificates, Route::Rules];
    let links = views.into_iter().map(|view| {
        let to = if view == Route::Case { case } else { view };
        let current = (props.route == to).then_some("page");
        let wizard = view == Route::Symptoms && matches!(props.route, Route::Symptom(_));
        let current = current.or(wizard.then_some("true"));
        // A view of the case lies below the case.
        let current = current.or((view == Route::Case && of_case).then_some("true"));
        html! { <a key={view.address()} href={to.address()} aria-current={current}>{ page.say(view.name()) }</a> }
    });
    let (other, short, name) = match page.lang {
        Lang::En => (Lang::De, "DE", "Deutsch"),
        Lang::De => (Lang::En, "EN", "English"),
    };
    let theme = match props.theme {
        Theme::System => THEME_SYSTEM,
        Theme::Light => THEME_LIGHT,
        Theme::Dark => THEME_DARK,
    };
    let next = props.theme.next();
    html! {
        <header class="head">
            <div class="inner">
                <a class="brand" href={Route::Start.address()}>{ icon(Icon::Mark) }<span>{ "VPN Phone Doctor" }</span></a>
                <nav aria-label={page.say(VIEWS)}>{ for links }</nav>
                <div class="tools">
                    <a class="promise" href={Route::Trust.address()} aria-current={(props.route == Route::Trust).then_some("page")}>
                        { icon(Icon::Lock) }<span>{ page.say(Route::Trust.name()) }</span>
                    </a>
                    <button type="button" class="button quiet" data-testid="language" lang={effects::language_tag(other)} aria-label={format!("{short}: {name}")} title={name}
                        onclick={page.acts(move || Action::LanguageChosen(other))}>{ short }</button>
                    <button type="button" class="button quiet" data-testid="theme" title={page.say(THEME)}
                        onclick={page.acts(move || Action::ThemeChosen(next))}>
                        { icon(Icon::Theme) }<span>{ page.say(theme) }</span></button>
                </div>
            </div>
        </header>
    }
}

/// The foot: version, keys.
#[function_component(Foot)]
pub fn foot() -> Html {
    let page = use_page();
    html! {
        <footer class="foot">
            <div class="inner small soft">
                <span>{ "VPN Phone Doctor " }{ env!("CARGO_PKG_VERSION") }</span>
                <a href={Route::Manual.address()}>{ page.say(Route::Manual.name()) }</a>
                <a href={Route::Trust.address()}>{ page.say(Route::Trust.name()) }</a>
                <button type="button" class="link" id="show-keys" onclick={page.acts(|| Action::Overlaid(Overlay::Keys))}>
                    { page.say(KEYS) }<kbd>{ "?" }</kbd></button>
            </div>
        </footer>
    }
}

const VIEWS: Text = Text::fixed("Views", "Ansichten");
const KEYS: Text = Text::fixed("Keys ", "Tasten ");
const THEME: Text = Text::fixed("Theme: system, light, dark", "Farbschema: System, hell, dunkel");
const THEME_SYSTEM: Text = Text::fixed("Auto", "Auto");
const THEME_LIGHT: Text = Text::fixed("Light", "Hell");
const THEME_DARK: Text = Text::fixed("Dark", "Dunkel");
