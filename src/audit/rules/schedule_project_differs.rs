//! # HY507 schedule-project-differs
//!
//! 日本語: 別表の間で同じ番号の補助対象事業の名称が違う
//!
//! ## What it does
//!
//! Holds the names that two schedules give the project of one number against each other.
//!
//! ## Why it matters
//!
//! The rate and the limit of one schedule may be those of another project.
//!
//! ## Example
//!
//! ```json
//! { "kind": "guideline", "schedules": [ { "name": "別表第1", "basis": null, "rows": [ { "number": "一", "project": "設備の導入", "content": null, "recipient": null, "expenses": [], "rate": null, "rounding": null, "limit_yen": null } ] },
//!   { "name": "別表第2", "basis": null, "rows": [ { "number": "一", "project": "機器の導入", "content": null, "recipient": null, "expenses": [], "rate": null, "rounding": null, "limit_yen": null } ] } ] }
//! ```
//!
//! ```finding
//! warning /records/0/schedules/1/rows/0/project: expected 設備の導入, found 機器の導入
//! ```
//!
//! ## When to ignore it
//!
//! Where the second is a short form of the first.

use super::{Check, Draft, Rule, Scope, Severity, Status, View};
use crate::audit::names;
use crate::form::subsidy_guideline::{Guideline, ScheduleRow};
use crate::normalize::fold::key;

pub static RULE: Rule = Rule {
    code: "HY507",
    name: "schedule-project-differs",
    scope: Scope::Record,
    severity: Severity::Warning,
    status: Status::Stable,
    since: "0.1.0",
    source: include_str!("schedule_project_differs.rs"),
    check: Check::Guideline(check),
};

fn check(guideline: &Guideline, view: &View, out: &mut Vec<Draft>) {
    let Some((first, rest)) = guideline.schedules.split_first() else { return };
    for (s, schedule) in rest.iter().enumerate() {
        for (r, row) in schedule.rows.iter().enumerate() {
            let (Some(number), Some(project)) = (row.number.value(), row.project.value()) else { continue };
            let same = |x: &ScheduleRow| x.number.value().is_some_and(|n| key(n) == key(number));
            let Some(f) = first.rows.iter().position(same) else { continue };
            let Some(expected) = first.rows[f].project.value() else { continue };
            // Beside 補助対象経費 the number of the project may stand alone.
            if key(project) == key(number) || names::plain(project) == names::plain(expected) {
                continue;
            }
            let message =
                format!("project {number} is 「{expected}」 in {}, 「{project}」 in {}", first.name, schedule.name);
            let at = view.at(format!("/schedules/{}/rows/{r}/project", s + 1));
            let draft = Draft::new(at, message).expected(expected.clone()).found(project.clone());
            out.push(draft.related(view.at(format!("/schedules/0/rows/{f}/project"))));
        }
    }
}
