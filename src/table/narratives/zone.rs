//! The passages of 総合特区評価書.

use super::{About, Passages};
use crate::form::special_zone::{Target, ZoneEvaluation};
use crate::table::words::printed;

pub fn passages(zone: &ZoneEvaluation, out: &mut Passages) {
    let overview = About::of("overview");
    out.push(&overview, "overview", &zone.overview, "/overview");
    out.push(&overview, "goal", &zone.goal, "/goal");
    for (i, indicator) in zone.evaluation_indicators.iter().enumerate() {
        for (k, target) in indicator.targets.iter().enumerate() {
            of_target(target, &format!("/evaluation_indicators/{i}/targets/{k}"), out);
        }
    }
    supports(zone, out);
    for (i, finding) in zone.findings.iter().enumerate() {
        let path = format!("/findings/{i}");
        let about = About { section: "finding", number: finding.about.join(";").into(), ..About::default() };
        out.list(&about, "remarks", &finding.remarks, &format!("{path}/remarks"));
        out.list(&about, "responses", &finding.responses, &format!("{path}/responses"));
    }
    out.push(&About::of("overall"), "overall", &zone.overall, "/overall");
}

fn of_target(target: &Target, path: &str, out: &mut Passages) {
    let about = About { section: "target", number: (&target.number).into(), category: printed(&target.name) };
    out.push(&about, "weight_reason", &target.weight_reason, &format!("{path}/weight_reason"));
    let Some(texts) = &target.narratives else { return };
    for (field, text) in [
        ("approach", &texts.approach),
        ("basis", &texts.basis),
        ("self_evaluation", &texts.self_evaluation),
        ("external_factors", &texts.external_factors),
        ("alternative", &texts.alternative),
    ] {
        out.push(&about, field, text, &format!("{path}/narratives/{field}"));
    }
}

/// 規制, 財政・税制・金融 and 地域独自の取組.
fn supports(zone: &ZoneEvaluation, out: &mut Passages) {
    for (i, project) in zone.regulatory_projects.iter().enumerate() {
        let about =
            About { section: "regulation", number: (&project.number).into(), category: printed(&project.title) };
        out.push(&about, "text", &project.text, &format!("/regulatory_projects/{i}/text"));
    }
    for (i, measure) in zone.regulatory_measures.iter().enumerate() {
        let about = About::place("regulation", i).named(printed(&measure.title));
        for (field, text) in
            [("status", &measure.status), ("effect", &measure.effect), ("self_evaluation", &measure.self_evaluation)]
        {
            out.push(&about, field, text, &format!("/regulatory_measures/{i}/{field}"));
        }
    }
    for (i, support) in zone.financial_supports.iter().enumerate() {
        let about = About::place("finance", i).named(printed(&support.program));
        out.push(
            &about,
            "self_evaluation",
            &support.self_evaluation,
            &format!("/financial_supports/{i}/self_evaluation"),
        );
    }
    for (i, support) in zone.local_supports.iter().enumerate() {
        let about = About::place("local", i).named(printed(&support.program));
        out.push(&about, "result", &support.result, &format!("/local_supports/{i}/result"));
        out.push(&about, "self_evaluation", &support.self_evaluation, &format!("/local_supports/{i}/self_evaluation"));
    }
}
