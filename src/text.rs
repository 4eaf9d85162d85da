//! Text for people: always an (English, German) pair.
//!
//! What a device printed is never a [`Text`] of two wordings: it is quoted as it was read, with [`Text::quoted`].

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// The languages that the product speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema, clap::ValueEnum))]
#[serde(rename_all = "kebab-case")]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// German.
    De,
}

/// One statement in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    /// The English wording.
    pub en: Cow<'static, str>,
    /// The German wording.
    pub de: Cow<'static, str>,
}

impl Text {
    /// A text that is known when the program is built.
    pub const fn fixed(en: &'static str, de: &'static str) -> Self {
        Self { en: Cow::Borrowed(en), de: Cow::Borrowed(de) }
    }

    /// A text made at run time, with names and numbers from the case in it.
    pub fn made(en: impl Into<String>, de: impl Into<String>) -> Self {
        Self { en: Cow::Owned(en.into()), de: Cow::Owned(de.into()) }
    }

    /// A device's own words, the same in every language.
    pub fn quoted(words: impl Into<String>) -> Self {
        let words = words.into();
        Self { en: Cow::Owned(words.clone()), de: Cow::Owned(words) }
    }

    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::De => &self.de,
        }
    }

    /// True where neither language says anything.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.de.is_empty()
    }

    /// Both wordings with every `{name}` replaced by its value.
    pub fn filled(&self, values: &[(&str, &str)]) -> Self {
        let fill = |wording: &str| {
            let mut filled = wording.to_owned();
            for (name, value) in values {
                filled = filled.replace(&format!("{{{name}}}"), value);
            }
            filled
        };
        Self::made(fill(&self.en), fill(&self.de))
    }
}

/// A number and what it counts: `1 check`, `2 checks`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_in_both_languages() {
        let text = Text::fixed("Bind {trustpoint}.", "{trustpoint} binden.");
        assert_eq!(text.filled(&[("trustpoint", "PHONES")]), Text::made("Bind PHONES.", "PHONES binden."));
    }
}
