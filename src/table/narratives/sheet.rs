//! The passages of 「主な取組」検証票.

use super::{About, Passages};
use crate::form::initiative_sheet::{Category, InitiativeSheet};
use crate::table::words::printed;

pub fn passages(sheet: &InitiativeSheet, out: &mut Passages) {
    let (plan, do_) = (&sheet.plan, &sheet.do_);
    let about = About::of("plan");
    out.push(&about, "direction", &plan.direction, "/plan/direction");
    out.push(&about, "summary", &plan.summary, "/plan/summary");
    out.push(&about, "activity", &plan.activity, "/plan/activity");
    for (i, program) in do_.programs.iter().enumerate() {
        let (about, path) = (About::place("do", i), format!("/do/programs/{i}"));
        out.push(&about, "activity", &program.activity, &format!("{path}/activity"));
        out.push(&about, "next_activity", &program.next_activity, &format!("{path}/next_activity"));
    }
    for (i, indicator) in do_.indicators.iter().enumerate() {
        out.push(&About::place("do", i), "summary", &indicator.summary, &format!("/do/indicators/{i}/summary"));
    }
    out.push(&About::of("do"), "rationale", &do_.rationale, "/do/rationale");
    for (i, improvement) in do_.improvements.iter().enumerate() {
        let (about, path) = (About::place("do", i), format!("/do/improvements/{i}"));
        out.push(&about, "planned", &improvement.planned, &format!("{path}/planned"));
        out.push(&about, "reflected", &improvement.reflected, &format!("{path}/reflected"));
    }
    categories("check", &sheet.check, out);
    categories("action", &sheet.action, out);
}

fn categories(section: &'static str, items: &[Category], out: &mut Passages) {
    for (i, item) in items.iter().enumerate() {
        let about = About { section, number: printed(&item.number), category: printed(&item.category) };
        out.push(&about, "text", &item.text, &format!("/{section}/{i}/text"));
    }
}
