//! # HY111 rationale-judgment-differs
//!
//! 日本語: 判定根拠の文が述べる判定が進捗状況と違う
//!
//! ## What it does
//!
//! Holds the judgment that the 判定根拠 states（…「概ね順調」と判定した）against the 進捗状況 of the sheet. A sentence that speaks of
//! another year（前年度は「やや遅れ」と判定された）is left alone.
//!
//! ## Why it matters
//!
//! The text is there to give the reason for the judgment; here it gives it for another.
//!
//! ## Example
//!
//! ```json
//! { "kind": "initiative", "do": { "judgment": { "raw": "順調", "level": "on_track" },
//!   "rationale": "目標に届かなかったことから、進捗は「やや遅れ」と判定した。" } }
//! ```
//!
//! ```finding
//! error /records/0/do/rationale: expected 順調, found やや遅れ
//! ```
//!
//! ## When to ignore it
//!
//! Where the text speaks of one part of the initiative only.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::quoted;
use crate::form::initiative_sheet::InitiativeSheet;
use crate::normalize::fold::key;

pub static RULE: Rule = Rule {
    code: "HY111",
    name: "rationale-judgment-differs",
    scope: Scope::Record,
    severity: Severity::Error,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("rationale_judgment_differs.rs"),
    check: Check::Sheet(check),
};

fn check(sheet: &InitiativeSheet, view: &View, out: &mut Vec<Draft>) {
    let (Some(judgment), Some(rationale)) = (sheet.do_.judgment.value(), sheet.do_.rationale.value()) else { return };
    let text = key(rationale);
    let sentences = text.split('。').map(|sentence| (sentence, said(sentence)));
    let of_this_year = |(sentence, said): &(&str, Vec<&str>)| {
        !said.is_empty() && !quoted::of_another_year(sentence, view.document.fiscal_year)
    };
    let said: Vec<&str> = sentences.filter(of_this_year).flat_map(|(_, said)| said).collect();
    // Several judgments in one text may be of its several indicators.
    let (Some(first), true) = (said.first(), said.windows(2).all(|w| w[0] == w[1])) else { return };
    if spelled(first) == spelled(&key(&judgment.raw)) || !WORDS.contains(&spelled(&key(&judgment.raw))) {
        return;
    }
    let message = format!("the 判定根拠 gives the reason for {first}, the 進捗状況 is {}", judgment.raw);
    out.push(
        Draft::new(view.at("/do/rationale"), message)
            .expected(judgment.raw.clone())
            .found(*first)
            .related(view.at("/do/judgment")),
    );
}

const WORDS: [&str; 6] = ["概ね順調", "順調", "やや遅れ", "大幅遅れ", "遅れ", "未着手"];

/// One spelling for one judgment.
fn spelled(word: &str) -> &str {
    match word {
        "おおむね順調" => "概ね順調",
        "大幅な遅れ" => "大幅遅れ",
        other => other.strip_suffix("ている").unwrap_or(other),
    }
}

/// The judgments that a text says were made: 順調と判断した, 「やや遅れ」と判定した.
fn said(text: &str) -> Vec<&str> {
    const ENDS: [&str; 3] = ["と判断", "と判定", "と評価"];
    let mut out = Vec::new();
    for end in ENDS {
        for (at, _) in text.match_indices(end) {
            let before = text[..at].trim_end_matches(['」', '』']);
            let before = before.strip_suffix("である").unwrap_or(before);
            let all = ["おおむね順調", "大幅な遅れ", "やや遅れている"];
            out.extend(all.iter().chain(&WORDS).find(|word| before.ends_with(**word)).copied());
        }
    }
    out
}
