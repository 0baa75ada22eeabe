//! The passages of 部局運営方針.

use super::{About, Passages};
use crate::form::department_theme::Theme;
use crate::table::words::printed;

pub fn passages(theme: &Theme, out: &mut Passages) {
    out.list(&About::of("plan"), "directions", &theme.directions, "/directions");
    for (i, initiative) in theme.initiatives.iter().enumerate() {
        let path = format!("/initiatives/{i}");
        let plan = About::place("plan", i).named(printed(&initiative.title));
        out.push(&plan, "objective", &initiative.objective, &format!("{path}/objective"));
        out.list(&plan, "actions", &initiative.actions, &format!("{path}/actions"));
        for (k, target) in initiative.targets.iter().enumerate() {
            out.text(&plan, "targets", &target.text, &format!("{path}/targets/{k}/text"));
        }
        let done = About { section: "do", ..plan };
        for (k, progress) in initiative.progress.iter().enumerate() {
            out.text(&done, "progress", &progress.text, &format!("{path}/progress/{k}/text"));
        }
    }
}
