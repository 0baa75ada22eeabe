//! Contradictions planted in documents of known content are found, and what holds is left alone.

mod shared;

use std::fs;
use std::path::Path;

use hyoka::audit::table::severity;
use hyoka::audit::{Audit, Auditor, Settings};
use serde_json::Value;

fn audit(file: &Path) -> Audit {
    let bytes = fs::read(file).expect("readable");
    let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
    let document = hyoka::extract(&name, &bytes, &hyoka::Options::default()).expect("readable");
    let mut auditor = Auditor::new(Settings::default());
    auditor.document(&name, &document).expect("room");
    auditor.finish().expect("room")
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).expect("readable")).expect("JSON")
}

/// Rules of the audit by the words of the planted truth.
const RULES: [(&str, &[&str]); 18] = [
    ("theme.target_not_met", &["HY301"]),
    ("theme.target_without_result", &["HY302"]),
    ("theme.table_columns_differ", &["HY303"]),
    ("theme.milestone_late", &["HY304"]),
    ("theme.target_met", &["HY301", "HY302"]),
    ("slides.city_count", &["HY401"]),
    ("slides.table_sum", &["HY402"]),
    ("zone.goal_sum", &["HY201"]),
    ("zone.progress", &["HY202"]),
    ("zone.indicator_progress", &["HY203"]),
    ("zone.cumulative", &["HY204"]),
    ("zone.total_row", &["HY205"]),
    ("zone.growth", &["HY206"]),
    ("zone.weight", &["HY207"]),
    ("zone.main_vs_annex", &["HY208", "HY209"]),
    ("guideline.dangling_article", &["HY501"]),
    ("guideline.amendment_order", &["HY503"]),
    ("guideline.amendment_without_supplement", &["HY504"]),
];

fn rules_of(hint: &str) -> &'static [&'static str] {
    match RULES.iter().find(|(word, _)| *word == hint) {
        Some((_, rules)) => rules,
        None if hint == "guideline.supplement_without_amendment" => &["HY505"],
        None if hint == "guideline.name_mismatch" => &["HY507"],
        None => &[],
    }
}

/// Every place where a value of the truth and ours may differ in what surrounds them: `17市 (names)`.
fn says(ours: &str, truth: &str) -> bool {
    let bare = truth.split(" (").next().unwrap_or(truth);
    ours == truth || ours == bare
}

#[test]
fn what_was_planted_is_found_and_what_holds_is_not() {
    let Some(shared) = shared::shared() else { return };
    let (mut wrong, mut looked) = (Vec::new(), 0);
    for form in ["department_theme", "slide_deck", "special_zone", "subsidy_guideline"] {
        for entry in fs::read_dir(shared.join("corpus").join(form)).expect("a corpus").flatten() {
            let truth_file = entry.path();
            let Some(stem) = truth_file.to_string_lossy().strip_suffix(".audit.json").map(str::to_owned) else {
                continue;
            };
            let truth = json(&truth_file);
            let audit = audit(Path::new(&format!("{stem}.pdf")));
            looked += 1;
            let mut planted = Vec::new();
            for one in truth["findings"].as_array().expect("findings") {
                let field = |name: &str| one[name].as_str().unwrap_or_default();
                let rules = rules_of(field("rule_hint"));
                let here =
                    |f: &&hyoka::audit::Finding| rules.contains(&f.rule.as_str()) && f.pointer == field("pointer");
                let found: Vec<_> = audit.findings.iter().filter(here).collect();
                planted.push(field("pointer").to_owned());
                match found.as_slice() {
                    [f] => {
                        if severity(f.severity) != field("severity") {
                            wrong.push(format!("{stem} {}: {} is {}", f.rule, f.pointer, severity(f.severity)));
                        }
                        // What an office meant cannot always be known; what is printed can.
                        let words = field("rule_hint").starts_with("guideline.")
                            || field("rule_hint") == "theme.table_columns_differ";
                        let both = says(&f.expected, field("expected")) && says(&f.found, field("found"));
                        if !(words || both) {
                            wrong.push(format!(
                                "{stem} {}: {} expected {} found {}, planted {one}",
                                f.rule, f.pointer, f.expected, f.found
                            ));
                        }
                    }
                    [] if field("tier") == "may" => {}
                    all => wrong.push(format!("{stem}: found {} times: {one}", all.len())),
                }
            }
            // Nothing but what was planted is an error or a warning.
            for f in audit.findings.iter().filter(|f| severity(f.severity) != "note") {
                let due = planted.iter().any(|p| f.pointer.starts_with(p.as_str()) || p.starts_with(&f.pointer));
                if !due {
                    wrong.push(format!("{stem}: not planted: {} {} {}", f.rule, f.pointer, f.message));
                }
            }
        }
    }
    assert!(looked >= 8, "the corpus has its truth files");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_seeds_musts_are_each_reported_once() {
    let Some(shared) = shared::shared() else { return };
    let truth = json(&shared.join("golden/audit_initiative_sheet.json"));
    let audit = audit(&shared.join("seeds").join(truth["seed"].as_str().expect("a seed")));
    for one in truth["findings"].as_array().expect("findings").iter().filter(|f| f["tier"] == "must") {
        let base = format!("/records/{}/", one["record_indexes"][0]);
        let same = audit.findings.iter().filter(|f| {
            f.pointer.starts_with(&base)
                && one["expected"] == f.expected.as_str()
                && one["found"] == f.found.as_str()
                && one["severity"] == severity(f.severity)
        });
        assert_eq!(same.count(), 1, "{one}");
    }
}

/// Documents that contradict nothing: every error or warning on them would be a false one.
#[test]
fn clean_sheets_give_no_error_and_no_warning() {
    let Some(shared) = shared::shared() else { return };
    let mut wrong = Vec::new();
    for entry in fs::read_dir(shared.join("corpus/initiative_sheet")).expect("a corpus").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|e| e == "pdf") {
            let audit = audit(&path);
            let loud = audit.findings.iter().filter(|f| severity(f.severity) != "note");
            wrong.extend(loud.map(|f| format!("{} {} {}: {}", f.document, f.rule, f.pointer, f.message)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The numbers of our own fixtures were not made to add up everywhere: these contradictions are theirs, all else is clean.
#[test]
fn our_own_documents_contradict_only_what_is_known() {
    let known = [
        ("strait", "HY203", "/records/0/evaluation_indicators/0/progress_percent"),
        ("strait", "HY209", "/records/0/evaluation_indicators/1/targets/1/annex/name"),
        ("tea", "HY301", "/records/0/initiatives/0/targets/3"),
        ("tea", "HY302", "/records/0/initiatives/0/targets/1"),
        ("tea", "HY303", "/records/0/initiatives/1/tables"),
        ("tea.wide", "HY301", "/records/0/initiatives/0/targets/3"),
        ("tea.wide", "HY302", "/records/0/initiatives/0/targets/1"),
        ("tea.wide", "HY303", "/records/0/initiatives/1/tables"),
        ("terrace", "HY203", "/records/0/evaluation_indicators/0/progress_percent"),
    ];
    let mut found = Vec::new();
    for form in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")).expect("fixtures").flatten() {
        for entry in fs::read_dir(form.path()).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|e| e == "pdf") {
                let audit = audit(&entry.path());
                let loud = audit.findings.into_iter().filter(|f| severity(f.severity) != "note");
                found.extend(loud.map(|f| (f.document, f.rule, f.pointer)));
            }
        }
    }
    found.sort();
    let known: Vec<_> = known.iter().map(|(d, r, p)| (d.to_string(), r.to_string(), p.to_string())).collect();
    assert_eq!(found, known);
}
