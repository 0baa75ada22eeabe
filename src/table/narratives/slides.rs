//! The passages of 取組テーマ.

use super::{About, Passages};
use crate::form::slide_deck::{SlideTheme, SupportStage};
use crate::table::words::printed;

pub fn passages(theme: &SlideTheme, out: &mut Passages) {
    for (i, stage) in theme.support_stages.iter().enumerate() {
        of_stage(stage, &format!("/support_stages/{i}"), out);
    }
    for (i, kind) in theme.types.iter().enumerate() {
        let about = About::place("type", i).named(printed(&kind.name));
        out.push(&about, "description", &kind.description, &format!("/types/{i}/description"));
    }
    for (i, case) in theme.cases.iter().enumerate() {
        let (about, path) = (About::place("case", i).named(printed(&case.company)), format!("/cases/{i}"));
        out.push(&about, "overview", &case.overview, &format!("{path}/overview"));
        let programs = case.programs.value().map_or(&[][..], Vec::as_slice);
        out.list(&about, "programs", programs, &format!("{path}/programs"));
    }
    for (i, issue) in theme.issues.iter().enumerate() {
        let about = About::place("issue", i).named(printed(&issue.area));
        out.list(&about, "items", &issue.items, &format!("/issues/{i}/items"));
    }
    out.list(&About::of("next_step"), "next_steps", &theme.next_steps, "/next_steps");
}

/// Its measures and examples, each under its own name; the number is that of the stage.
fn of_stage(stage: &SupportStage, path: &str, out: &mut Passages) {
    let number = stage.number.value().map(u32::to_string);
    let about = About { section: "stage", number: number.into(), ..About::default() };
    for (i, measure) in stage.measures.iter().enumerate() {
        let about = about.clone().named(printed(&measure.name));
        out.push(&about, "measures", &measure.description, &format!("{path}/measures/{i}/description"));
    }
    for (i, example) in stage.examples.iter().enumerate() {
        let about = about.clone().named(printed(&example.title));
        out.push(&about, "examples", &example.description, &format!("{path}/examples/{i}/description"));
    }
}
