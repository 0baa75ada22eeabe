//! The forms that this version reads, for people to see.

/// One form as `hyoka forms` lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormInfo {
    /// `form.id` of its documents.
    pub id: &'static str,
    /// The printed title.
    pub title: &'static str,
    /// The printed edition, where forms of the same title differ by it.
    pub edition: Option<&'static str>,
    /// What one record is.
    pub record: &'static str,
    pub record_ja: &'static str,
}

/// Every form, in the order of their recognition.
pub fn catalogue() -> &'static [FormInfo] {
    &[FormInfo {
        id: "initiative_sheet",
        title: "「主な取組」検証票",
        edition: Some("様式１"),
        record: "one sheet: an initiative with its Plan, Do, Check and Action",
        record_ja: "票1枚: 主な取組の Plan・Do・Check・Action",
    }]
}
