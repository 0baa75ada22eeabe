//! What a picture lacks, or why there is none, in the reader's language.

use super::Language;
use crate::picture::{Fault, Warning};

/// All warnings there are, for pages that look them up by their code.
pub const WARNINGS: [Warning; 5] = [
    Warning::NoJapaneseFont,
    Warning::StandInFont,
    Warning::FontUnreadable,
    Warning::ImageUnreadable,
    Warning::Undrawn,
];

pub fn warning(warning: Warning, l: Language) -> &'static str {
    match warning {
        Warning::NoJapaneseFont => l.pick(
            "Text is missing: its Japanese font is not in the file, and this machine has none.",
            "文字が欠けています。日本語フォントがファイルに埋め込まれておらず、この計算機にもありません。",
        ),
        Warning::StandInFont => l.pick(
            "Another Japanese font stands in for one that is not in the file.",
            "埋め込まれていない日本語フォントの代わりに別のフォントで描いています。",
        ),
        Warning::FontUnreadable => {
            l.pick("Text is missing: a font cannot be read.", "文字が欠けています。読めないフォントがあります。")
        }
        Warning::ImageUnreadable => l.pick(
            "An image of the page is missing: it cannot be decoded.",
            "ページの画像の一部が読めず、欠けています。",
        ),
        Warning::Undrawn => l.pick("A part of the page could not be drawn.", "ページの一部を描けませんでした。"),
    }
}

pub fn fault(fault: &Fault, l: Language) -> String {
    match (l, fault) {
        (Language::En, _) => fault.to_string(),
        (_, Fault::Unreadable) => "描けるPDFではありません".to_owned(),
        (_, Fault::Missing) => "入力が見つからないか、読めません".to_owned(),
        (_, Fault::Changed) => "入力が、抽出したときとは別の内容になっています".to_owned(),
        (_, Fault::Password) => "パスワードが必要です".to_owned(),
        (_, Fault::NoSuchPage { asked, pages }) => format!("{asked}ページはありません（全{pages}ページ）"),
        (_, Fault::Broken(reason)) => format!("このページは描画できません（{reason}）"),
        (_, Fault::TooLong(seconds)) => format!("このページの描画に{seconds}秒以上かかります"),
        (_, Fault::Busy) => "終わらない描画が多すぎます".to_owned(),
    }
}
