//! The audit's findings as one page that can be sent: style, script and pictures are inside it, nothing is fetched.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::facts::Facts;
use super::{Finding, Language, Spot, charts, lack, lang_of, printed, related, rule_title, spot};
use crate::form::Document;
use crate::geometry::Rect;
use crate::picture::{self, Fault, Picture, Wanted};

const STYLE: &str = concat!(include_str!("../common.css"), include_str!("report.css"));
const SCRIPT: &str = include_str!("report.js");
/// Bytes of pictures in one report; what does not fit is told.
pub const PICTURES: usize = 24 << 20;
/// Points of the page shown around a box.
const AROUND: f32 = 36.0;
/// Pixels across one picture.
const WIDTH: u32 = 640;
/// Places of one finding that are shown besides its own.
const RELATED: usize = 3;

/// What a report is made of.
pub struct Report<'a> {
    /// By their names, as findings call them.
    pub documents: &'a BTreeMap<String, Document>,
    pub findings: &'a [Finding],
    /// The bytes of the input with a SHA-256, if they can be had; asked for once a document.
    pub input: &'a dyn Fn(&Document) -> Option<Vec<u8>>,
    pub password: Option<&'a str>,
    pub language: Language,
}

/// The pictures of a report, as many as fit.
struct Pictures<'a> {
    report: &'a Report<'a>,
    open: Option<(String, Option<Arc<Vec<u8>>>)>,
    left: usize,
    left_out: usize,
}

impl Pictures<'_> {
    /// A data URI of the place on its page, and what is to be said of it or of there being none.
    fn of(&mut self, document: &Document, page: u32, rect: Rect) -> (Option<String>, Vec<String>) {
        if !document.source.media_type.starts_with("application/pdf") {
            return (None, Vec::new());
        }
        if self.left == 0 {
            self.left_out += 1;
            return (None, Vec::new());
        }
        let l = self.report.language;
        let picture = match self.draw(document, page, rect) {
            Ok(picture) => picture,
            Err(fault) => {
                return (None, vec![l.pick("No picture: ", "画像なし: ").to_owned() + &lack::fault(&fault, l)]);
            }
        };
        let Some(left) = self.left.checked_sub(picture.png.len()) else {
            (self.left, self.left_out) = (0, self.left_out + 1);
            return (None, Vec::new());
        };
        self.left = left;
        let said = picture.warnings.iter().map(|warning| lack::warning(*warning, l).to_owned()).collect();
        (Some(format!("data:image/png;base64,{}", STANDARD.encode(&picture.png))), said)
    }

    fn draw(&mut self, document: &Document, page: u32, rect: Rect) -> Result<Picture, Fault> {
        let sha256 = &document.source.sha256;
        if self.open.as_ref().is_none_or(|(held, _)| held != sha256) {
            self.open = Some((sha256.clone(), (self.report.input)(document).map(Arc::new)));
        }
        let bytes = self.open.as_ref().and_then(|(_, bytes)| bytes.clone()).ok_or(Fault::Missing)?;
        let region = Rect::new(rect.x0 - 3.0 * AROUND, rect.y0 - AROUND, rect.x1 + 3.0 * AROUND, rect.y1 + AROUND);
        let wanted = Wanted { page, region: Some(region), width: WIDTH };
        picture::draw(bytes, self.report.password, wanted, picture::Limits::default())
    }
}

/// The whole page.
pub fn page(report: &Report) -> String {
    let l = report.language;
    let mut facts = Facts::default();
    report.documents.values().for_each(|document| facts.add(document));
    report.findings.iter().for_each(|finding| facts.add_finding(finding));

    let mut rules: BTreeMap<(u8, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in report.findings {
        rules.entry((rank(&finding.severity), &finding.rule)).or_default().push(finding);
    }
    let mut pictures = Pictures { report, open: None, left: PICTURES, left_out: 0 };
    let groups: Vec<Markup> = rules.values().map(|findings| group(report, findings, &mut pictures)).collect();
    let title = l.pick("Audit of evaluation documents", "評価文書の監査");
    let count = |severity: &str| report.findings.iter().filter(|f| f.severity == severity).count();
    // Only what stands in the file itself may run or be shown.
    let policy = format!(
        "default-src 'none'; img-src data:; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(SCRIPT)
    );
    html! {
        (DOCTYPE)
        html lang=(l.code()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    p .hint {
                        (report.documents.len()) (l.pick(" documents, ", " 文書、")) (report.findings.len()) (l.pick(" findings: ", " 件の指摘: "))
                        (count("error")) (l.pick(" errors, ", " 誤り、")) (count("warning")) (l.pick(" warnings, ", " 警告、")) (count("note")) (l.pick(" notes", " 注記"))
                    }
                    @if pictures.left_out > 0 {
                        p .notice {
                            (l.pick("Pictures up to ", "画像は合計")) (PICTURES >> 20) (l.pick(" MB are kept in this file; ", " MBまで収め、"))
                            (pictures.left_out) (l.pick(" more were left out: `hyoka review` shows them.", " 件は省きました。hyoka review で見られます。"))
                        }
                    }
                    section .charts aria-label=(l.pick("Charts", "グラフ")) {
                        @for chart in charts::charts(&facts, l) { (charts::figure(&chart, l)) }
                    }
                    div .filters role="search" {
                        label { (l.pick("Search ", "検索 ")) input type="search" id="q"; }
                        @for (severity, ja) in [("error", "誤り"), ("warning", "警告"), ("note", "注記")] {
                            label { input type="checkbox" .severity-box value=(severity) checked; " " (l.pick(severity, ja)) }
                        }
                        span role="status" id="shown" {}
                    }
                    @for group in &groups { (group) }
                    @if groups.is_empty() { p { (l.pick("Nothing was found.", "指摘はありません。")) } }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

fn rank(severity: &str) -> u8 {
    match severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}

fn hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

fn group(report: &Report, findings: &[&Finding], pictures: &mut Pictures) -> Markup {
    let Some(first) = findings.first() else { return html! {} };
    let articles: Vec<Markup> = findings.iter().map(|finding| article(report, finding, pictures)).collect();
    html! {
        details .rule open id={ "rule-" (first.rule) } {
            summary { h2 { span .code { (first.rule) } " " (rule_title(&first.rule, &first.name, report.language)) @if report.language == Language::Ja { " " small lang="en" { (first.name) } } " " small { (findings.len()) } } }
            @for article in &articles { (article) }
        }
    }
}

fn article(report: &Report, finding: &Finding, pictures: &mut Pictures) -> Markup {
    let l = report.language;
    let mut crops = vec![crop(report, finding, None, &finding.pointer, pictures)];
    for place in finding.related.iter().take(RELATED) {
        let (document, pointer) = related(place);
        crops.push(crop(report, finding, Some(document.unwrap_or(&finding.document)), pointer, pictures));
    }
    html! {
        article class={ "finding severity-" (finding.severity) } data-severity=(finding.severity) {
            h3 { span .severity { (l.severity(&finding.severity)) } " " (finding.document) }
            p lang="en" { (finding.message) }
            dl .pair {
                @if let Some(found) = &finding.found { dt { (l.pick("Found", "印字")) } dd lang=[lang_of(found)] { (found) } }
                @if let Some(expected) = &finding.expected { dt { (l.pick("Expected", "期待")) } dd lang=[lang_of(expected)] { (expected) } }
            }
            div .crops { @for crop in &crops { (crop) } }
            (more_places(finding.related.len(), RELATED, l))
        }
    }
}

/// Says how many related places are not shown.
pub fn more_places(all: usize, shown: usize, l: Language) -> Markup {
    html! {
        @if all > shown {
            p .hint { (all - shown) (l.pick(" more places are not shown here; `hyoka audit` names them all.", " 箇所はここに示していません。hyoka audit はすべて示します。")) }
        }
    }
}

/// One place. `other`: the document of a related place; `None` for the finding's own.
fn crop(report: &Report, finding: &Finding, other: Option<&str>, pointer: &str, pictures: &mut Pictures) -> Markup {
    let l = report.language;
    let name = other.unwrap_or(&finding.document);
    let document = report.documents.get(name);
    let said = match (other, finding.page, finding.bbox) {
        (None, Some(page), Some(bbox)) => {
            let [x0, y0, x1, y1] = bbox.map(|v| v as f32);
            Some(Spot::Box { page, rect: Rect::new(x0, y0, x1, y1) })
        }
        _ => None,
    };
    let spot = said.or_else(|| spot(document?, pointer));
    let (picture, said) = match (spot, document) {
        (Some(Spot::Box { page, rect }), Some(document)) => pictures.of(document, page, rect),
        _ => (None, Vec::new()),
    };
    let printed = document.and_then(|d| printed(d, pointer));
    let words = if other.is_none() { l.pick("Here", "指摘箇所") } else { l.pick("Held against", "照合箇所") };
    html! {
        figure {
            figcaption {
                strong { (words) } ": " (name)
                @match spot {
                    Some(Spot::Box { page, .. }) => { ", " (l.pick("page ", "ページ ")) (page) }
                    Some(Spot::Line { line }) => { ", " (l.pick("line ", "行 ")) (line) }
                    None => {}
                }
                " " code { (pointer) }
                @if !said.is_empty() { span .lack { (said.join(" ")) } }
            }
            @if let Some(picture) = &picture { img loading="lazy" src=(picture) alt=(printed.unwrap_or(&finding.message)); }
            @else if let Some(printed) = printed { blockquote lang=[lang_of(printed)] { (printed) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(message: &str) -> Finding {
        Finding {
            rule: "HY999".into(),
            name: "made-up".into(),
            severity: "error".into(),
            document: "plain".into(),
            pointer: "/records/0/do/judgment".into(),
            related: vec!["/records/0/plan/initiative".into()],
            expected: Some("=HYPERLINK(\"http://example.invalid\")".into()),
            found: None,
            message: message.into(),
            page: None,
            bbox: None,
        }
    }

    #[test]
    fn a_report_holds_its_pictures_and_nothing_that_runs_from_the_data() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/initiative_sheet/plain.pdf");
        let bytes = std::fs::read(path).unwrap();
        let document = crate::form::of_bytes("plain.pdf", &bytes);
        let documents = BTreeMap::from([("plain".to_owned(), document)]);
        let findings = [finding("<script>alert(1)</script>\"'><img src=x onerror=alert(1)>")];
        let input = |_: &Document| Some(bytes.clone());
        let report = Report {
            documents: &documents,
            findings: &findings,
            input: &input,
            password: None,
            language: Language::Ja,
        };
        let text = page(&report);
        assert_eq!(text.matches("<script").count(), 1, "the report's own");
        assert!(!text.contains("<img src=x"));
        assert_eq!(text.matches("data:image/png;base64,").count(), 2);
        assert!(text.contains(&hash(STYLE)) && text.contains(&hash(SCRIPT)));
        assert!(!text.contains("style=\"") && !text.contains("http://www.w3.org/1999"));
        let none = Report { input: &|_| None, ..report };
        assert_eq!(page(&none).matches("画像なし").count(), 2, "a picture that cannot be had is told");
    }
}
