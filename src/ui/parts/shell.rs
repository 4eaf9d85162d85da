//! Head and foot of every view.

use yew::prelude::*;

use vpn_phone_doctor::text::{Lang, Text};

use crate::ui::app::use_page;
use crate::ui::effects;
use crate::ui::icons::{Icon, icon};
use crate::ui::route::Route;
use crate::ui::state::{Action, Overlay, Theme};

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
    let views =
        [(case, CASE), (Route::Hash, HASH), (Route::Certificates, CERTIFICATES), (Route::Rules, RULES)];
    let links = views.into_iter().map(|(route, name)| {
        let current = (props.route == route).then_some("page");
        html! { <a key={name.en.to_string()} href={route.address()} aria-current={current}>{ page.say(name) }</a> }
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
                        { icon(Icon::Lock) }<span>{ page.say(PROMISE) }</span>
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
                <a href={Route::Trust.address()}>{ page.say(PROMISE) }</a>
                <button type="button" class="link" id="show-keys" onclick={page.acts(|| Action::Overlaid(Overlay::Keys))}>
                    { page.say(KEYS) }<kbd>{ "?" }</kbd></button>
            </div>
        </footer>
    }
}

const VIEWS: Text = Text::fixed("Views", "Ansichten");
const CASE: Text = Text::fixed("Case", "Fall");
const HASH: Text = Text::fixed("Hash", "Hash");
const CERTIFICATES: Text = Text::fixed("Certificates", "Zertifikate");
const RULES: Text = Text::fixed("Rules", "Regeln");
const PROMISE: Text = Text::fixed("Nothing leaves this page", "Nichts verlässt diese Seite");
const KEYS: Text = Text::fixed("Keys ", "Tasten ");
const THEME: Text = Text::fixed("Theme: system, light, dark", "Farbschema: System, hell, dunkel");
const THEME_SYSTEM: Text = Text::fixed("Auto", "Auto");
const THEME_LIGHT: Text = Text::fixed("Light", "Hell");
const THEME_DARK: Text = Text::fixed("Dark", "Dunkel");
