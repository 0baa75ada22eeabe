//! Documents made by hand, of places and programmes that do not exist, and helpers around folders and the binary.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use hyoka::diagnostic::Diagnostic;
use hyoka::form::YearQuantity;
use hyoka::form::document::{Printed, SCHEMA};
use hyoka::form::initiative_sheet::*;
use hyoka::form::{Document, Evidence, FormId, Jurisdiction, Method, Record, SourceInfo, Unassigned};
use hyoka::geometry::{Place, Rect};
use hyoka::normalize::{Comparator, Number, Quantity, State};
use hyoka::output::hash::sha256;

pub fn val(text: &str) -> Printed<String> {
    Printed::Value(text.to_owned())
}

pub fn num(digits: &str) -> Number {
    Number(digits.parse().unwrap())
}

pub fn quantity(fiscal_year: i32, raw: &str, value: &str, unit: &str, cumulative: Option<&str>) -> YearQuantity {
    let quantity = Quantity {
        raw: Some(raw.to_owned()),
        state: State::Number,
        value: Some(num(value)),
        unit: Some(unit.to_owned()),
        comparator: None,
        cumulative: cumulative.map(num),
    };
    YearQuantity { fiscal_year, quantity }
}

pub fn without_value(fiscal_year: i32, raw: Option<&str>, state: State) -> YearQuantity {
    let raw = raw.map(str::to_owned);
    YearQuantity {
        fiscal_year,
        quantity: Quantity { raw, state, value: None, unit: None, comparator: None, cumulative: None },
    }
}

pub fn document(name: &str, bytes: &[u8], records: Vec<Record>) -> Document {
    Document {
        schema: SCHEMA.to_owned(),
        source: SourceInfo {
            name: name.to_owned(),
            sha256: sha256(bytes),
            media_type: "application/pdf".to_owned(),
            bytes: bytes.len() as u64,
            pages: 3,
        },
        form: FormId {
            id: "initiative_sheet".to_owned(),
            title: Some("「主な取組」検証票".to_owned()),
            edition: Some("様式１".to_owned()),
        },
        recognition: Vec::new(),
        jurisdictions: vec![Jurisdiction { code: "990001".to_owned(), name: Some("架空県".to_owned()) }],
        fiscal_year: Some(2022),
        records,
        tables: Vec::new(),
        evidence: Default::default(),
        unassigned: Vec::new(),
        coverage: 0.9987,
        diagnostics: Vec::new(),
    }
}

/// A sheet with two programmes, a bound, a running sum, a dash, an empty cell, and texts that look like formulas.
pub fn full_document() -> Document {
    let plan = Plan {
        development: Development { number: val("1-(2)-ア"), title: val("かもめ産業の振興") },
        measure: Measure { number: val("③"), title: val("観察小屋の整備") },
        sub_measure: Printed::Empty,
        direction: val("・港に小屋を建てる。\n・名前を\"かもめ庵\"とする。"),
        initiative: val("観察小屋の整備, 第一期"),
        outcome_indicator: val("かもめ観察者数"),
        summary: val("=港の小屋を増やす"),
        activity: Printed::Unplaced,
        actors: Printed::Value(vec!["県".to_owned(), "架空町".to_owned()]),
        output_indicators: vec![OutputIndicator {
            name: val("小屋の数(累計)"),
            targets: vec![
                quantity(2022, "３棟", "3", "棟", None),
                quantity(2023, "３棟（６棟）", "3", "棟", Some("6")),
                without_value(2024, Some("－棟"), State::None),
            ],
        }],
        department: val("水産部かもめ課"),
        phone: Printed::Empty,
        url: Printed::Empty,
    };
    let budget = |fiscal_year, kind, raw: Option<&str>, amount_yen, fund: &str| Budget {
        fiscal_year,
        kind,
        raw: raw.map(str::to_owned),
        state: if raw.is_some() { State::Number } else { State::Blank },
        amount_yen,
        fund: if fund.is_empty() { Printed::Unplaced } else { val(fund) },
        method: if fund.is_empty() { Printed::Unplaced } else { val("直接実施") },
    };
    let mut target = quantity(2022, "３棟以上", "3", "棟", None);
    target.quantity.comparator = Some(Comparator::AtLeast);
    let do_ = Do {
        programs: vec![
            Program {
                name: val("かもめ小屋事業"),
                next_name: val("かもめ小屋推進事業"),
                budgets: vec![
                    budget(2021, BudgetKind::Settled, None, None, ""),
                    budget(2022, BudgetKind::SettlementEstimate, Some("12,345"), Some(12_345_000), "県単等"),
                    budget(2023, BudgetKind::Initial, Some("△500"), Some(-500_000), "県単等"),
                ],
                activity: val("小屋を2棟建てた。"),
                next_activity: val("-小屋を3棟建てる。"),
            },
            Program {
                name: Printed::Empty,
                next_name: val("双眼鏡貸出事業"),
                budgets: vec![Budget {
                    raw: Some("-".to_owned()),
                    state: State::None,
                    ..budget(2022, BudgetKind::SettlementEstimate, None, None, "県単等")
                }],
                ..Default::default()
            },
        ],
        indicators: vec![Indicator {
            name: val("小屋の数"),
            actuals: vec![
                without_value(2020, Some("-"), State::None),
                without_value(2021, None, State::Blank),
                quantity(2022, "２．５棟", "2.5", "棟", None),
            ],
            target: Some(target),
            achievement_percent: Printed::Value(num("83.0")),
            summary: val("港に2棟半を建てた。"),
        }],
        judgment: Printed::Value(Judgment {
            raw: "概ね順調".to_owned(),
            level: Level::MostlyOnTrack,
            scale: Some(Scale { id: "okinawa-progress".to_owned(), basis: "activity".to_owned() }),
        }),
        rationale: val("目標「３棟」に対し「２．５棟」となった。"),
        improvements: vec![Improvement { planned: Printed::Empty, reflected: val("木を乾かした。") }],
    };
    let category = |number: &str, category: &str, text: &str| Category {
        number: val(number),
        category: val(category),
        text: val(text),
    };
    let sheet = InitiativeSheet {
        pages: vec![1, 2, 3],
        plan,
        do_,
        check: vec![category("⑦", "その他(改善余地の検証等)", "風の日に揺れる。"), Category::default()],
        action: vec![category("①", "執行体制の改善", "大工を増やす。")],
    };
    let mut document = document("かもめ.pdf", b"gull", vec![Record::Initiative(Box::new(sheet))]);
    let at = |page, text: &str| Evidence {
        at: vec![Place::Box { page, rect: Rect::new(10.0, 20.25, 110.5, 32.0) }],
        text: text.to_owned(),
        method: Method::Cell,
    };
    for (pointer, page, text) in [
        ("/plan/direction", 1, "・港に小屋を建てる。"),
        ("/plan/output_indicators/0/targets/0", 1, "３棟"),
        ("/do/programs/0/budgets/1/raw", 2, "12,345"),
        ("/do/indicators/0/actuals/2/raw", 2, "２．５棟"),
        ("/do/indicators/0/target", 2, "３棟以上"),
        ("/do/indicators/0/achievement_percent", 2, "８３．０％"),
        ("/do/judgment", 2, "概ね順調"),
        ("/check/0/text", 3, "風の日に揺れる。"),
    ] {
        document.evidence.insert(format!("/records/0{pointer}"), at(page, text));
    }
    document.unassigned = vec![Unassigned { place: Place::Line { line: 41 }, text: "欄外".to_owned() }];
    document.diagnostics = vec![
        Diagnostic::note("inferred", "a note does not count"),
        Diagnostic::warning("unplaced", "the activity is tied to no place").at("/records/0/plan").on_page(1),
    ];
    document
}

/// A sheet of which only the title matters; `budget NAME` has an amount for the programme NAME.
pub fn small_document(name: &str, bytes: &[u8]) -> Document {
    let title = String::from_utf8_lossy(bytes).trim().to_owned();
    let program = title.strip_prefix("budget ").map(|name| Program {
        name: val(name),
        budgets: vec![Budget {
            fiscal_year: 2022,
            kind: BudgetKind::Settled,
            raw: Some("1,000".to_owned()),
            state: State::Number,
            amount_yen: Some(1_000_000),
            fund: Printed::Empty,
            method: Printed::Empty,
        }],
        ..Default::default()
    });
    let plan = Plan { initiative: val(&title), ..Default::default() };
    let do_ = Do { programs: program.into_iter().collect(), ..Default::default() };
    let sheet = InitiativeSheet { pages: vec![1], plan, do_, ..Default::default() };
    document(name, bytes, vec![Record::Initiative(Box::new(sheet))])
}

/// Every file below a folder with its content; times, which only manifests hold, made alike.
pub fn files(root: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            let mut text = fs::read_to_string(&path).unwrap();
            if name == "manifest.json" {
                let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
                manifest["started"] = "a time".into();
                if !manifest["finished"].is_null() {
                    manifest["finished"] = "a time".into();
                }
                text = serde_json::to_string_pretty(&manifest).unwrap();
            }
            files.insert(name, text);
        }
    }
    files
}

/// The binary, in English unless the arguments say otherwise.
pub fn hyoka(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hyoka"));
    command.args(args).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C");
    command
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("ended by itself")
}

pub fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}
