//! The language of a page.

/// The `lang` of a text out of a document: `ja` where it is Japanese, none where it is numbers or words for scripts.
pub fn lang_of(text: &str) -> Option<&'static str> {
    let is_japanese =
        |c: char| matches!(c, '\u{3005}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}');
    text.contains(is_japanese).then_some("ja")
}

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

    /// The word for a severity.
    pub fn severity(self, severity: &str) -> &str {
        let ja = match severity {
            "error" => "誤り",
            "warning" => "警告",
            _ => "注記",
        };
        self.pick(severity, ja)
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
