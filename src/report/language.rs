//! The language of a page.

/// English or Japanese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    #[default]
    En,
    Ja,
}

impl Language {
    /// The one of two texts that is in this language.
    pub fn pick<'a>(self, en: &'a str, ja: &'a str) -> &'a str {
        match self {
            Language::En => en,
            Language::Ja => ja,
        }
    }

    /// BCP 47.
    pub fn code(self) -> &'static str {
        self.pick("en", "ja")
    }

    pub fn of_code(code: &str) -> Option<Language> {
        match code {
            "en" => Some(Language::En),
            "ja" => Some(Language::Ja),
            _ => None,
        }
    }
}
