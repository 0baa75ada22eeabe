//! Each rule's page has an example, and the example gives the finding that the page shows.

use hyoka::audit::registry::Rule;
use hyoka::audit::table::severity;
use hyoka::audit::{Auditor, Settings, counts, rules};
use hyoka::form::Document;
use hyoka::form::department_theme::Theme;
use hyoka::form::initiative_sheet::InitiativeSheet;
use hyoka::form::slide_deck::SlideTheme;
use hyoka::form::special_zone::ZoneEvaluation;
use hyoka::form::subsidy_guideline::Guideline;
use serde_json::{Value, json};

/// The text of a fenced block of a page.
fn block(page: &str, kind: &str) -> String {
    let fence = format!("```{kind}\n");
    let (_, after) = page.split_once(&fence).unwrap_or_else(|| panic!("no ```{kind} in\n{page}"));
    after.split_once("```").expect("the block ends").0.to_owned()
}

/// An empty record of its kind, with what the example says of it.
fn record(example: &Value) -> Value {
    let mut whole = match example["kind"].as_str().expect("a kind") {
        "initiative" => serde_json::to_value(InitiativeSheet::default()),
        "zone_evaluation" => serde_json::to_value(ZoneEvaluation::default()),
        "theme" => serde_json::to_value(Theme::default()),
        "slide_theme" => serde_json::to_value(SlideTheme::default()),
        "guideline" => serde_json::to_value(Guideline::default()),
        kind => panic!("{kind}"),
    }
    .expect("records are JSON");
    merge(&mut whole, example);
    complete(&mut whole);
    whole
}

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// What a reader makes of a printed quantity, and lists that an example leaves out.
fn complete(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let plain = object.contains_key("raw") && !object.contains_key("state") && !object.contains_key("level");
            if let Some(raw) = object.get("raw").and_then(Value::as_str).filter(|_| plain) {
                let quantity = serde_json::to_value(hyoka::normalize::quantity::parse(raw)).expect("JSON");
                for (key, value) in quantity.as_object().expect("an object") {
                    object.insert(key.clone(), value.clone());
                }
            }
            for list in
                ["targets", "progress", "measures", "actions", "tables", "notes", "related_targets", "rows", "budgets"]
            {
                let of_initiative = object.contains_key("title") && !object.contains_key("column");
                let wanted = match list {
                    "targets" | "progress" | "actions" | "tables" => of_initiative && !object.contains_key("kind"),
                    "measures" => object.contains_key("text") && !object.contains_key("number"),
                    _ => false,
                };
                if wanted {
                    object.entry(list).or_insert(json!([]));
                }
            }
            object.values_mut().for_each(complete);
        }
        Value::Array(all) => all.iter_mut().for_each(complete),
        _ => {}
    }
}

fn document(name: &str, example: &Value, records: &[Value]) -> Document {
    let form = match records.first().and_then(|r| r["kind"].as_str()) {
        Some("zone_evaluation") => "special_zone",
        Some("theme") => "department_theme",
        Some("slide_theme") => "slide_deck",
        Some("guideline") => "subsidy_guideline",
        _ => "initiative_sheet",
    };
    let jurisdictions = match example["jurisdiction"].as_str() {
        Some(code) => json!([{ "code": code, "name": null }]),
        None => json!([]),
    };
    let year = example["fiscal_year"].as_i64().unwrap_or(2022);
    let whole = json!({
        "schema": "hyoka/1",
        "source": { "name": name, "sha256": format!("{name:0>64}"), "media_type": "application/pdf", "bytes": 1, "pages": 1 },
        "form": { "id": form }, "jurisdictions": jurisdictions, "fiscal_year": year,
        "records": records.iter().map(record).collect::<Vec<_>>(),
        "evidence": {}, "unassigned": [], "coverage": 1.0, "diagnostics": []
    });
    serde_json::from_value(whole.clone()).unwrap_or_else(|e| panic!("{e}\n{whole:#}"))
}

/// The findings of a rule on its example, a line each, as the page shows them.
fn findings(rule: &Rule, example: &Value) -> Vec<String> {
    let mut settings = Settings { only: vec![rule.code.to_owned()], ..Settings::default() };
    if example["counts"].is_array() {
        settings.official = counts::parse(&json!({ "counts": example["counts"] }).to_string()).expect("counts");
    }
    let mut auditor = Auditor::new(settings);
    let several = example["documents"].as_array();
    match (several, example) {
        (Some(all), _) => {
            for one in all {
                let name = one["name"].as_str().expect("a name");
                let records = one["records"].as_array().expect("records");
                auditor.document(name, &document(name, one, records)).expect("room");
            }
            Ok(())
        }
        (None, Value::Array(records)) => auditor.document("example", &document("example", &json!({}), records)),
        (None, one) => auditor.document("example", &document("example", &json!({}), std::slice::from_ref(one))),
    }
    .expect("room");
    let shown = |f: &hyoka::audit::Finding| {
        let document = if several.is_some() { format!("{}#", f.document) } else { String::new() };
        format!("{} {document}{}: expected {}, found {}", severity(f.severity), f.pointer, f.expected, f.found)
    };
    auditor.finish().expect("room").findings.iter().map(shown).collect()
}

#[test]
fn the_example_on_each_rules_page_gives_the_finding_on_it() {
    let mut wrong = Vec::new();
    for rule in rules::ALL {
        let page = rule.page();
        let example: Value =
            serde_json::from_str(&block(&page, "json")).unwrap_or_else(|e| panic!("{}: {e}", rule.code));
        let expected: Vec<String> = block(&page, "finding").lines().map(str::to_owned).collect();
        let found = findings(rule, &example);
        if found != expected {
            wrong.push(format!("{} {}\n  page:  {expected:?}\n  found: {found:?}", rule.code, rule.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The findings of one rule on one sheet.
fn on_sheet(code: &str, sheet: Value) -> Vec<String> {
    let rule = rules::ALL.iter().find(|rule| rule.code == code).expect("a rule");
    let mut sheet = sheet;
    sheet["kind"] = "initiative".into();
    findings(rule, &sheet)
}

/// 150 百万円 and 15,000 万円 were told to differ.
#[test]
fn money_of_another_unit_is_no_contradiction() {
    let plan = |planned: &str, target: &str| {
        let of = |raw: &str| json!({ "fiscal_year": 2022, "raw": raw });
        on_sheet(
            "HY104",
            json!({ "plan": { "output_indicators": [ { "name": "出荷額", "targets": [ of(planned) ] } ] },
                "do": { "indicators": [ { "name": "出荷額", "actuals": [], "target": of(target) } ] } }),
        )
    };
    assert_eq!(plan("1.5億円", "150百万円"), [""; 0]);
    assert_eq!(plan("1.5億円", "170百万円").len(), 1);
    let rationale = |quoted: &str| {
        on_sheet(
            "HY107",
            json!({ "do": { "indicators": [ { "name": "出荷額", "actuals": [ { "fiscal_year": 2022, "raw": "150百万円" } ],
                "target": { "fiscal_year": 2022, "raw": "100百万円" } } ],
                "rationale": format!("「出荷額」の実績値「{quoted}」であることから、順調と判断した。") } }),
        )
    };
    assert_eq!(rationale("15,000万円"), [""; 0]);
    assert_eq!(rationale("16,000万円").len(), 1);
}

/// What a sheet splits by fund was taken for prints of two sheets, and only its largest part was counted.
#[test]
fn a_sheet_that_splits_a_programme_by_fund_is_one_sheet() {
    let sheet = |amounts: &[(&str, i64)]| {
        let budget = |(fund, yen): &(&str, i64)| {
            json!({ "fiscal_year": 2022, "kind": "settled", "raw": (yen / 1000).to_string(), "state": "number",
                "amount_yen": yen, "fund": fund })
        };
        let programs: Vec<Value> =
            amounts.iter().map(|one| json!({ "name": "港湾整備事業", "budgets": [ budget(one) ] })).collect();
        json!({ "kind": "initiative", "do": { "programs": programs } })
    };
    let found = |code: &str, sheets: &[Value]| {
        let rule = rules::ALL.iter().find(|rule| rule.code == code).expect("a rule");
        findings(rule, &Value::Array(sheets.to_vec()))
    };
    let split = sheet(&[("県単", 1_000_000), ("各省計上", 1_000_000)]);
    for code in ["HY120", "HY121"] {
        assert_eq!(found(code, std::slice::from_ref(&split)), [""; 0], "{code}");
    }
    assert_eq!(found("HY120", &[split.clone(), sheet(&[("県単", 2_000_000)])]), [""; 0]);
    let place = "/records/0/do/programs/0";
    assert_eq!(
        found("HY121", &[split.clone(), split]),
        [format!("note {place}: expected 2,000,000円, found 4,000,000円")]
    );
}

/// A document of example records, added to an audit.
fn audit(settings: Settings, all: &[(&str, i32, Value)]) -> hyoka::audit::Audit {
    let mut auditor = Auditor::new(settings);
    for (name, year, sheet) in all {
        let about = json!({ "jurisdiction": "999997", "fiscal_year": year });
        auditor.document(name, &document(name, &about, std::slice::from_ref(sheet))).expect("room");
    }
    auditor.finish().expect("room")
}

/// Only the printed word was matched, and a count without any sheet was passed over.
#[test]
fn official_counts_go_by_word_or_level_and_none_is_passed_over() {
    let counts = json!({ "counts": [
        { "jurisdiction": "999997", "fiscal_year": 2022, "levels": { "on_track": 1, "順調": 1, "behind": 0 } },
        { "jurisdiction": "999997", "fiscal_year": 2021, "total": 5 } ] });
    let official = counts::parse(&counts.to_string()).expect("counts");
    let sheet = json!({ "kind": "initiative", "do": { "judgment": { "raw": "順調", "level": "on_track" } } });
    let audit = audit(Settings { official, ..Settings::default() }, &[("a", 2022, sheet)]);
    assert!(audit.findings.iter().all(|f| f.rule != "HY606"), "{:?}", audit.findings);
    let missing: Vec<&str> =
        audit.not_compared.iter().filter(|n| n.what == "official_counts").map(|n| n.why.as_str()).collect();
    assert_eq!(missing, ["no sheet of that jurisdiction and year (999997, 2021)"]);
    assert_eq!(audit.compared.iter().filter(|c| c.what == "official_counts").count(), 1);
}

/// 登録数 and 登録数(累計) of one sheet were one indicator, and a bound not to be exceeded was a target set low.
#[test]
fn indicators_of_one_sheet_are_not_mixed() {
    let value = |year: i32, raw: &str| json!({ "fiscal_year": year, "raw": raw });
    let sheet = |target: &str, actual: &str, sum: &str| {
        json!({ "kind": "initiative", "plan": { "initiative": "登録の促進" }, "do": { "indicators": [
            { "name": "登録数", "actuals": [ value(2021, actual) ], "target": value(2022, target) },
            { "name": "登録数(累計)", "actuals": [ value(2021, sum) ], "target": null } ] } })
    };
    let early = ("r4", 2022, sheet("5件", "4件", "40件"));
    let late = |actual: &str, sum: &str| ("r5", 2023, sheet("5件", actual, sum));
    let changed = |late| {
        let all = audit(Settings::default(), &[early.clone(), late]).findings;
        all.iter().filter(|f| f.rule == "HY604").count()
    };
    assert_eq!((changed(late("4件", "40件")), changed(late("3件", "40件"))), (0, 1));
    let below = |target: &str, actual: &str| {
        let audit = audit(Settings::default(), &[("r4", 2022, sheet(target, actual, "40件"))]);
        let of = audit.compared.iter().find(|c| c.what == "targets_below_last_actual");
        of.map(|c| c.values["below"].clone())
    };
    assert_eq!(below("5件", "4件"), Some(json!(0)));
    assert_eq!(below("5件", "6件"), Some(json!(1)));
    assert_eq!((below("5件以下", "6件"), below("5%", "6件")), (None, None));
}

/// The judgment of the year before was taken for this year's.
#[test]
fn the_judgment_of_another_year_is_no_contradiction() {
    let said = |rationale: &str| {
        on_sheet(
            "HY111",
            json!({ "do": { "judgment": { "raw": "順調", "level": "on_track" }, "rationale": rationale } }),
        )
    };
    assert_eq!(said("前年度は「やや遅れ」と判定されたため、回数を増やした。目標を上回った。"), [""; 0]);
    assert_eq!(said("前年度より増えた。目標に届かず「やや遅れ」と判定した。").len(), 1);
}

#[test]
fn every_rule_has_a_whole_page_and_a_code_of_its_own() {
    for (i, rule) in rules::ALL.iter().enumerate() {
        let page = rule.page();
        assert!(page.starts_with(&format!("# {} {}\n", rule.code, rule.name)), "{}", rule.code);
        for heading in ["日本語: ", "## What it does", "## Why it matters", "## Example", "## When to ignore it"] {
            assert!(page.contains(heading), "{} lacks {heading}", rule.code);
        }
        assert!(!rule.title().is_empty() && !rule.title_ja().is_empty(), "{}", rule.code);
        if i > 0 {
            assert!(rules::ALL[i - 1].code < rule.code, "{} is out of order", rule.code);
        }
    }
}

#[test]
fn rules_are_named_by_code_by_name_and_by_hundred() {
    let rule = rules::by_name("cumulative-mismatch").expect("a rule");
    assert_eq!(rule.code, "HY204");
    for word in ["HY204", "hy204", "HY2", "cumulative-mismatch"] {
        assert!(rule.is_named(word) && rules::is_known(word), "{word}");
    }
    assert!(!rule.is_named("HY205") && !rules::is_known("HY9") && !rules::is_known("H") && !rules::is_known(""));
}

/// So many that what is known of them no more is in memory: each is held against its other year, and against no other town.
#[test]
fn documents_are_held_against_each_other_among_thousands() {
    let rule = rules::by_name("HY603").expect("a rule");
    let example: Value = serde_json::from_str(&block(&rule.page(), "json")).expect("JSON");
    let years = example["documents"].as_array().expect("documents");
    let audit = |towns: u32| {
        let scratch = tempfile::tempdir().expect("a folder");
        let settings =
            Settings { only: vec![rule.code.to_owned()], scratch: scratch.path().to_owned(), ..Settings::default() };
        let mut auditor = Auditor::new(settings);
        for year in years {
            for town in 0..towns {
                let mut one = year.clone();
                one["jurisdiction"] = format!("{town:06}").into();
                let name = format!("{}-{town:06}", year["name"].as_str().expect("a name"));
                let records = one["records"].as_array().expect("records");
                auditor.document(&name, &document(&name, &one, records)).expect("room");
            }
        }
        auditor.finish().expect("room").findings
    };
    let alone = audit(1);
    let [of_one] = &alone[..] else { panic!("{alone:#?}") };
    assert_eq!(of_one.quotes.len(), 2);
    let among = audit(3_000);
    assert_eq!(among.len(), 3_000);
    assert_eq!(among[0], *of_one);
    for (town, of) in among.iter().enumerate() {
        let name = format!("-{town:06}");
        assert!(of.document.ends_with(&name) && of.related[0].contains(&name), "{of:#?}");
    }
}
