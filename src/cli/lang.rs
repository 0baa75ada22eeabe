//! The language of help and messages: `--lang`, else the locale, else English.

use std::ffi::OsString;

use clap::ValueEnum;

use super::messages::{En, Ja, Messages};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    En,
    Ja,
}

impl Lang {
    /// As the pages that are made for people take it.
    pub fn of_pages(self) -> crate::report::Language {
        match self {
            Lang::En => crate::report::Language::En,
            Lang::Ja => crate::report::Language::Ja,
        }
    }

    /// Found before the arguments are parsed, since what is wrong with them must be said in some language.
    pub fn of(args: &[OsString], env: impl Fn(&str) -> Option<String>) -> Lang {
        let words = args.iter().skip(1).filter_map(|a| a.to_str()).take_while(|a| *a != "--");
        let mut said = None;
        let mut value_follows = false;
        for word in words {
            let value = if value_follows { Some(word) } else { word.strip_prefix("--lang=") };
            said = value.and_then(|v| Lang::from_str(v, false).ok()).or(said);
            value_follows = word == "--lang";
        }
        said.unwrap_or_else(|| Lang::of_locale(env))
    }

    /// By POSIX the first of these that is set and not empty decides, and the others are not looked at.
    fn of_locale(env: impl Fn(&str) -> Option<String>) -> Lang {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(env).find(|v| !v.is_empty());
        match locale {
            Some(locale) if locale.to_ascii_lowercase().starts_with("ja") => Lang::Ja,
            _ => Lang::En,
        }
    }

    pub fn messages(self) -> &'static dyn Messages {
        match self {
            Lang::En => &En,
            Lang::Ja => &Ja,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(args: &[&str], env: &[(&str, &str)]) -> Lang {
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        Lang::of(&args, |name| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn the_option_beats_the_locale() {
        assert_eq!(of(&["hyoka", "forms", "--lang", "en"], &[("LANG", "ja_JP.UTF-8")]), Lang::En);
        assert_eq!(of(&["hyoka", "--lang=ja", "forms"], &[]), Lang::Ja);
        assert_eq!(of(&["hyoka", "extract", "--", "--lang=ja"], &[]), Lang::En);
    }

    #[test]
    fn the_first_locale_set_decides() {
        assert_eq!(of(&["hyoka"], &[("LANG", "ja_JP.UTF-8")]), Lang::Ja);
        assert_eq!(of(&["hyoka"], &[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")]), Lang::En);
        assert_eq!(of(&["hyoka"], &[("LC_ALL", ""), ("LC_MESSAGES", "ja")]), Lang::Ja);
        assert_eq!(of(&["hyoka"], &[]), Lang::En);
    }
}
