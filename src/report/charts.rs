//! Charts as SVG, each with its numbers as a table beside it for those who cannot see it.
//!
//! Drawn by `plotters` with static attributes only: no style, no script. Text takes the colour of the page around it.

use maud::{Markup, PreEscaped, html};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::facts::{Facts, LEVELS};
use super::{Language, lang_of, rule_title};

/// One chart and the table that says the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// For anchors: `judgments`, `achievements`, `budgets`, `rules`.
    pub id: &'static str,
    pub title: String,
    /// What is shown, how it was counted, what was left out.
    pub description: String,
    pub svg: String,
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Bars drawn of a chart; the table has all.
const BARS: usize = 15;
const WIDTH: u32 = 640;
/// Where bars begin: left of it stand their names.
const LEFT: i32 = 230;
const RIGHT: i32 = 70;
const BAR: i32 = 26;
/// Colours that stand out on white and on black, told apart without seeing red or green.
const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
    RGBColor(213, 94, 0),
    RGBColor(153, 80, 150),
    RGBColor(128, 128, 128),
];

/// A bar in parts, and what is written behind it.
struct Bar {
    name: String,
    parts: Vec<(u64, usize)>,
    told: String,
}

/// The charts that there is something to show in.
pub fn charts(facts: &Facts, language: Language) -> Vec<Chart> {
    let all =
        [judgments(facts, language), achievements(facts, language), budgets(facts, language), rules(facts, language)];
    all.into_iter().filter(|chart| !chart.rows.is_empty()).collect()
}

fn judgments(facts: &Facts, l: Language) -> Chart {
    let mut departments: Vec<_> = facts.judgments.iter().collect();
    departments.sort_by_key(|(name, counts)| (std::cmp::Reverse(counts.iter().sum::<u64>()), *name));
    // The same name is another department in another jurisdiction.
    let several = departments.iter().any(|((place, _), _)| *place != departments[0].0.0);
    let named = |(place, name): &(String, String)| if several { format!("{place} {name}") } else { name.clone() };
    let bar = |(name, counts): &(&(String, String), &[u64; 6])| Bar {
        name: named(name),
        parts: counts.iter().enumerate().map(|(at, n)| (*n, at)).collect(),
        told: counts.iter().sum::<u64>().to_string(),
    };
    let bars: Vec<Bar> = departments.iter().take(BARS).map(bar).collect();
    let shown: Vec<usize> = (0..6).filter(|at| departments.iter().any(|(_, counts)| counts[*at] > 0)).collect();
    let words = |at: usize| l.pick(LEVELS[at].1, LEVELS[at].2).to_owned();
    let legend: Vec<(String, usize)> = shown.iter().map(|at| (words(*at), *at)).collect();
    let mut header = vec![l.pick("Department", "担当部課").to_owned()];
    header.extend(shown.iter().map(|at| words(*at)));
    let row = |(name, counts): &(&(String, String), &[u64; 6])| {
        std::iter::once(named(name)).chain(shown.iter().map(|at| counts[*at].to_string())).collect()
    };
    let title = l.pick("Judgments by department", "担当部課別の判定").to_owned();
    let description = l.pick(
        "Number of sheets by printed judgment; the departments with the most sheets.",
        "印字された判定ごとの票数。票数の多い部課から。",
    );
    Chart {
        id: "judgments",
        svg: bars_svg("judgments", &title, description, &bars, &legend),
        title,
        description: description.to_owned() + &left_out(departments.len(), l),
        header,
        rows: departments.iter().map(row).collect(),
    }
}

fn achievements(facts: &Facts, l: Language) -> Chart {
    let name = |step: usize| match step {
        0 => l.pick("below 10%", "10%未満").to_owned(),
        10 => "100%".to_owned(),
        11 => l.pick("above 100%", "100%超").to_owned(),
        step => format!("{}–{}.9%", step * 10, step * 10 + 9),
    };
    let counts = || facts.achievements.iter().enumerate();
    let bars: Vec<Bar> =
        counts().map(|(at, n)| Bar { name: name(at), parts: vec![(*n, 0)], told: n.to_string() }).collect();
    let any = facts.achievements.iter().any(|n| *n > 0);
    let title = l.pick("Distribution of achievement", "達成割合の分布").to_owned();
    let description = l.pick(
        "Number of indicators by printed 達成割合 or 進捗度. Some forms print a value above 100 as 100.",
        "印字された達成割合・進捗度ごとの指標数。100を超える値を100と印字する様式がある。",
    );
    Chart {
        id: "achievements",
        svg: bars_svg("achievements", &title, description, &bars, &[]),
        title,
        description: description.to_owned(),
        header: vec![l.pick("Achievement", "達成割合").to_owned(), l.pick("Indicators", "指標数").to_owned()],
        rows: if any { counts().map(|(at, n)| vec![name(at), n.to_string()]).collect() } else { Vec::new() },
    }
}

fn budgets(facts: &Facts, l: Language) -> Chart {
    let programmes = facts.programmes();
    let bar = |(name, year, yen, unequal): &(String, i32, i64, bool)| Bar {
        name: format!("{} ({year}){}", cut(name, LEFT - 80), if *unequal { " *" } else { "" }),
        parts: vec![((*yen).max(0) as u64, 0)],
        told: thousands(*yen / 1_000),
    };
    let bars: Vec<Bar> = programmes.iter().take(BARS).map(bar).collect();
    let title = l.pick("Budget by programme (1,000 yen)", "予算事業別の金額（千円）").to_owned();
    let description = l.pick(
        "Each programme once, however many sheets share it: the latest year printed, the initial budget before a settlement, a settlement before its estimate. * is printed with different amounts on different sheets; the largest is shown.",
        "同じ事業が複数の票にあっても1回だけ数える。最も新しい年度の金額（当初予算、決算、決算見込の順に優先）。*は票によって金額が異なるもので、最大の金額を示す。",
    );
    let row = |(name, year, yen, unequal): &(String, i32, i64, bool)| {
        vec![format!("{name}{}", if *unequal { " *" } else { "" }), year.to_string(), thousands(*yen / 1_000)]
    };
    Chart {
        id: "budgets",
        svg: bars_svg("budgets", &title, description, &bars, &[]),
        title,
        description: description.to_owned() + &left_out(programmes.len(), l),
        header: [("Programme", "予算事業"), ("Fiscal year", "年度"), ("1,000 yen", "千円")]
            .map(|(en, ja)| l.pick(en, ja).to_owned())
            .to_vec(),
        rows: programmes.iter().map(row).collect(),
    }
}

fn rules(facts: &Facts, l: Language) -> Chart {
    let mut rules: Vec<_> = facts.rules.iter().collect();
    rules.sort_by_key(|(name, (_, count))| (std::cmp::Reverse(*count), name.as_str()));
    let colour = |severity: &str| match severity {
        "error" => 3,
        "warning" => 2,
        _ => 1,
    };
    let titled = |name: &str| match name.split_once(' ') {
        Some((code, name)) => format!("{code} {}", rule_title(code, name, l)),
        None => name.to_owned(),
    };
    let bar = |(name, (severity, count)): &(&String, &(String, u64))| Bar {
        name: titled(name),
        parts: vec![(*count, colour(severity))],
        told: count.to_string(),
    };
    let bars: Vec<Bar> = rules.iter().take(BARS).map(bar).collect();
    let legend = [("error", "誤り", 3), ("warning", "警告", 2), ("note", "注記", 1)]
        .into_iter()
        .filter(|(severity, ..)| rules.iter().any(|(_, (s, _))| s == severity))
        .map(|(en, ja, at)| (l.pick(en, ja).to_owned(), at))
        .collect::<Vec<_>>();
    let title = l.pick("Findings by rule", "規則別の指摘").to_owned();
    let description = l.pick("Number of findings of each audit rule.", "監査規則ごとの指摘の件数。");
    Chart {
        id: "rules",
        svg: bars_svg("rules", &title, description, &bars, &legend),
        title,
        description: description.to_owned() + &left_out(rules.len(), l),
        header: [("Rule", "規則"), ("Severity", "重大度"), ("Findings", "件数")]
            .map(|(en, ja)| l.pick(en, ja).to_owned())
            .to_vec(),
        rows: rules
            .iter()
            .map(|(name, (severity, n))| vec![titled(name), l.severity(severity).to_owned(), n.to_string()])
            .collect(),
    }
}

fn left_out(all: usize, l: Language) -> String {
    match all.saturating_sub(BARS) {
        0 => String::new(),
        more => match l {
            Language::En => format!(" {more} more are in the table."),
            Language::Ja => format!("ほかの{more}件は表にある。"),
        },
    }
}

fn thousands(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if n < 0 { format!("-{out}") } else { out }
}

/// Bars that lie, their names before and their numbers behind them.
fn bars_svg(id: &str, title: &str, description: &str, bars: &[Bar], legend: &[(String, usize)]) -> String {
    let top = if legend.is_empty() { 6 } else { 32 };
    let height = top + BAR * bars.len() as i32 + 6;
    let mut svg = String::new();
    {
        let root = SVGBackend::with_string(&mut svg, (WIDTH, height.max(1) as u32)).into_drawing_area();
        // Writing into a string does not fail.
        let _ = draw_bars(&root, top, bars, legend);
        let _ = root.present();
    }
    name_it(&svg, id, title, description)
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn draw_bars(
    root: &Area,
    top: i32,
    bars: &[Bar],
    legend: &[(String, usize)],
) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
    let font = |at: HPos| ("sans-serif", 16).into_font().color(&BLACK).pos(Pos::new(at, VPos::Center));
    let mut x = 8;
    for (word, colour) in legend {
        root.draw(&Rectangle::new([(x, 9), (x + 12, 21)], COLOURS[*colour].filled()))?;
        root.draw(&Text::new(word.clone(), (x + 17, 15), font(HPos::Left)))?;
        x += 17 + width(word) + 16;
    }
    let longest = bars.iter().map(|bar| bar.parts.iter().map(|(n, _)| n).sum::<u64>()).max().unwrap_or(0).max(1);
    let room = f64::from(WIDTH as i32 - LEFT - RIGHT);
    for (at, bar) in bars.iter().enumerate() {
        let y = top + BAR * at as i32;
        root.draw(&Text::new(cut(&bar.name, LEFT - 12), (LEFT - 8, y + BAR / 2), font(HPos::Right)))?;
        let mut sum = 0;
        let place = |n: u64| LEFT + (n as f64 / longest as f64 * room).round() as i32;
        for (n, colour) in &bar.parts {
            let from = place(sum);
            sum += n;
            if *n > 0 {
                let to = place(sum).max(from + 1);
                root.draw(&Rectangle::new([(from, y + 4), (to, y + BAR - 4)], COLOURS[*colour].filled()))?;
            }
        }
        root.draw(&Text::new(bar.told.clone(), (place(sum) + 6, y + BAR / 2), font(HPos::Left)))?;
    }
    Ok(())
}

/// Pixels that a text takes, about.
fn width(text: &str) -> i32 {
    text.chars().map(|c| if c < '\u{1100}' { 8 } else { 14 }).sum()
}

/// As much of a name as there is room for.
fn cut(name: &str, room: i32) -> String {
    if width(name) <= room {
        return name.to_owned();
    }
    let mut out = String::new();
    for c in name.chars() {
        if width(&out) > room - 28 {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// The picture with a name and a description, and without a size of its own.
fn name_it(svg: &str, id: &str, title: &str, description: &str) -> String {
    let head = html! { title id={ "t-" (id) } { (title) } desc id={ "d-" (id) } { (description) } }.into_string();
    let open = format!(r#"<svg class="chart" role="img" aria-labelledby="t-{id} d-{id}" "#);
    let (before, rest) = svg.split_once("<svg ").unwrap_or(("", svg));
    let _ = before;
    let (tag, body) = rest.split_once('>').unwrap_or((rest, ""));
    let (_, kept) = tag.split_once("viewBox").unwrap_or(("", tag));
    // Black is the colour of the text around it, light or dark.
    let body = body.replace("fill=\"#000000\"", "fill=\"currentColor\"");
    format!("{open}viewBox{kept}>{head}{body}")
}

/// A chart as a part of a page: the picture, and its numbers to unfold.
pub fn figure(chart: &Chart, language: Language) -> Markup {
    html! {
        figure .chart-box id={ "chart-" (chart.id) } {
            figcaption { h3 { (chart.title) } p .hint { (chart.description) } }
            (PreEscaped(&chart.svg))
            details {
                summary { (language.pick("The numbers as a table", "数値の表")) }
                div .scroll tabindex="0" role="region" aria-label=(chart.title) {
                    table {
                        thead { tr { @for name in &chart.header { th scope="col" { (name) } } } }
                        tbody {
                            @for row in &chart.rows {
                                tr {
                                    @for (at, cell) in row.iter().enumerate() {
                                        @if at == 0 { th scope="row" lang=[lang_of(cell)] { (cell) } } @else { td .number { (cell) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_named_and_holds_no_markup_of_its_data() {
        let mut facts = Facts::default();
        facts.judgments.insert((String::new(), "<script>alert(1)</script>課".to_owned()), [3, 1, 0, 0, 0, 0]);
        let all = charts(&facts, Language::Ja);
        assert_eq!(all.len(), 1);
        let svg = &all[0].svg;
        assert!(svg.starts_with("<svg class=\"chart\" role=\"img\""), "{svg}");
        assert!(!svg.contains("<script") && !svg.contains("style="), "{svg}");
        let tree = roxmltree::Document::parse(svg).unwrap();
        assert!(tree.descendants().any(|n| n.has_tag_name("title") || n.tag_name().name() == "title"));
        assert!(!figure(&all[0], Language::En).into_string().contains("<script"));
    }

    #[test]
    fn departments_of_two_jurisdictions_are_two_and_the_table_has_all() {
        let mut facts = Facts::default();
        for place in ["かもめ県", "つばめ県"] {
            facts.judgments.insert((place.to_owned(), "総務課".to_owned()), [1, 0, 0, 0, 0, 0]);
        }
        let names: Vec<String> = charts(&facts, Language::Ja)[0].rows.iter().map(|row| row[0].clone()).collect();
        assert_eq!(names, ["かもめ県 総務課", "つばめ県 総務課"]);
        for n in 0..1_200 {
            facts.judgments.insert(("かもめ県".to_owned(), format!("{n}課")), [1, 0, 0, 0, 0, 0]);
        }
        let page = figure(&charts(&facts, Language::Ja)[0], Language::Ja).into_string();
        assert!(page.contains("かもめ県 1199課") && page.matches("<tr>").count() == 1_203);
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(thousands(-1_234_567), "-1,234,567");
        assert_eq!(thousands(999), "999");
    }
}
