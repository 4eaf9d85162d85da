//! `rules` and `explain`: what the product knows to look for.

use vpn_phone_doctor::report::catalogue;
use vpn_phone_doctor::rules::by_id;

use crate::arguments::{Explain, ListForm, Rules};
use crate::output::{self, Status};
use crate::terminal;

pub fn rules(options: &Rules) -> Status {
    let text = match options.format {
        ListForm::Text => catalogue::text(options.lang),
        ListForm::Json => format!("{:#}\n", catalogue::json(options.lang)),
        ListForm::Markdown => catalogue::markdown(),
    };
    output::end(&text, Status::Fine)
}

pub fn explain(options: &Explain) -> Status {
    let Some(rule) = by_id(&options.rule) else {
        let id = options.rule.escape_debug();
        output::complain(&format!("there is no rule {id}; `vpn-phone-doctor rules` lists them"));
        return Status::BadUsage;
    };
    output::end(&catalogue::explain(rule, options.lang, terminal::look()), Status::Fine)
}
