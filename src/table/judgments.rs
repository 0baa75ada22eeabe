//! `judgments`: one row a printed judgment.

use super::model::{Column, ForeignKey, Row, TableSpec, Value};
use super::scope::Scope;
use super::words;
use crate::form::Record;
use crate::form::initiative_sheet::{Indicator, Level};

pub static SPEC: TableSpec = TableSpec {
    name: "judgments",
    title_ja: "判定",
    description: "One row a printed judgment (進捗状況).",
    columns: &[
        Column::text("record_id", "評価単位ID", "The record that is judged.").required(),
        Column::text("scope", "判定の対象", "What is judged: `activity`, `outcome` or `schedule`; null on a scale not known."),
        Column::text("raw", "原文", "The word as printed.").required(),
        Column::text(
            "level",
            "判定",
            "Common scale: 順調, 概ね順調, やや遅れ, 大幅遅れ, 未着手; `unrated` where the printed word is on no scale known.",
        )
        .required()
        .one_of(words::LEVELS),
        Column::integer(
            "level_rank",
            "判定順位",
            "`level` as a number, higher is better: 4 on_track, 3 mostly_on_track, 2 slightly_behind, 1 behind, 0 not_started; \
             null for unrated.",
        ),
        Column::number(
            "achievement_percent",
            "達成割合(%)",
            "達成割合 of the record's only indicator, in percent; null where there are several, which `measurements` has.",
        )
        .unit("%"),
        Column::integer("page", "ページ", "Page of the input, from 1; null for text inputs."),
    ],
    primary_key: &[],
    foreign_keys: &[ForeignKey { column: "record_id", table: "records", references: "record_id" }],
};

pub fn rows(scope: &Scope, rows: &mut Vec<Row>) {
    let Record::Initiative(sheet) = scope.record else { return };
    let Some(judgment) = sheet.do_.judgment.value() else { return };
    rows.push(vec![
        (&scope.record_id).into(),
        judgment.scale.as_ref().map(|s| &s.basis).into(),
        (&judgment.raw).into(),
        words::level(judgment.level),
        rank(judgment.level).into(),
        only_achievement(&sheet.do_.indicators),
        scope.page("/do/judgment"),
    ]);
}

fn rank(level: Level) -> Option<i64> {
    match level {
        Level::OnTrack => Some(4),
        Level::MostlyOnTrack => Some(3),
        Level::SlightlyBehind => Some(2),
        Level::Behind => Some(1),
        Level::NotStarted => Some(0),
        Level::Unrated => None,
    }
}

/// Which of several indicators a judgment rests on is not printed: then none is named.
fn only_achievement(indicators: &[Indicator]) -> Value {
    match indicators {
        [only] => Value::from(only.achievement_percent.value().copied()),
        _ => Value::Null,
    }
}
