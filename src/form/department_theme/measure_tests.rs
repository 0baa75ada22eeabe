use super::*;
use crate::form::department_theme::outline::{self, Piece};
use crate::form::department_theme::raw::{Entry, RawLine};
use crate::form::document::Method;
use crate::normalize::fold;
use crate::source::TextLine;

/// `name=value unit, …` of an item printed on these lines; `p` and `t` before those of last year and of the target.
fn read(lines: &[&str]) -> (Vec<String>, usize) {
    let text = |(i, t): (usize, &&str)| TextLine { number: i as u32 + 1, page: 1, text: (*t).to_owned() };
    let layout = Layout::from_text(&lines.iter().enumerate().map(text).collect::<Vec<_>>());
    let entry =
        |i| Entry::Line(RawLine { span: layout.whole(0, i), method: Method::Order, paragraph: false, gap: false });
    let entries: Vec<Entry> = (0..lines.len()).map(entry).collect();
    let pieces = outline::pieces(&layout, &entries, |_| false);
    let paras: Vec<Para> =
        pieces.into_iter().filter_map(|p| if let Piece::Para(p) = p { Some(p) } else { None }).collect();
    let (found, doubts) = measures(&layout, &paras, Some(2023));
    let show = |f: &Found| {
        let name: String = f.name.iter().map(|s| layout.text(s)).collect();
        let sign = match f.said {
            Said::Own => "",
            Said::Previous => "p:",
            Said::Target => "t:",
            Said::Actual => "a:",
        };
        let value = f.quantity.value.map(|v| v.0.to_string()).unwrap_or_default();
        format!("{sign}{}={value}{}", fold::key(&name), f.quantity.unit.as_deref().unwrap_or_default())
    };
    (found.iter().map(show).collect(), doubts.len())
}

fn found(lines: &[&str]) -> Vec<String> {
    read(lines).0
}

#[test]
fn pairs_remarks_and_last_year() {
    assert_eq!(found(&["・植樹本数：８０本以上（昨年度：約76本）"]), ["植樹本数=80本", "p:植樹本数=76本"]);
    assert_eq!(found(&["・植樹本数：90本（目標：80本）"]), ["植樹本数=90本", "t:植樹本数=80本"]);
    assert_eq!(found(&["・植樹本数：90本（R4年度実績：81本）"]), ["植樹本数=90本", "p:植樹本数=81本"]);
    assert_eq!(found(&["・来場者：27人（うち、市外10人）"]), ["来場者=27人", "うち、市外=10人"]);
    assert_eq!(
        found(&["・苗木（広葉樹）の配布：3件（昨年度の配布（市内）：6件）"]),
        ["苗木(広葉樹)の配布=3件", "p:昨年度の配布(市内)=6件"]
    );
}

#[test]
fn numbers_in_a_row_share_a_name() {
    assert_eq!(found(&["苗木助成：２社・４件・約153万円"]), ["苗木助成=2社", "苗木助成=4件", "苗木助成=153万円"]);
    assert_eq!(
        found(&["苗木助成 5件 500万円", "（昨年度：4件 474万円）"]),
        ["苗木助成=5件", "苗木助成=500万円", "p:苗木助成=4件", "p:苗木助成=474万円"]
    );
    assert_eq!(found(&["〇講座の開催 ８回、参加者数 421人"]), ["講座の開催=8回", "参加者数=421人"]);
}

#[test]
fn a_bare_number_has_the_name_of_its_heading() {
    assert_eq!(found(&["【利用実績】", "・127件"]), ["利用実績=127件"]);
    assert_eq!(found(&["○植樹祭の開催（R5.4）", "・3回"]), ["植樹祭の開催=3回"]);
}

#[test]
fn dates_ordinals_footnotes_and_sentences_are_no_measures() {
    let lines = [
        "○植樹祭を開催（R5.10、11/3）",
        "・第3回委員会（*12）で4月から6月12日までの案を決定",
        "・苗木会社3社が新たに出店した",
        "・G20の視察、R5年度以降も続ける",
    ];
    assert_eq!(read(&lines), (Vec::new(), 0));
}

#[test]
fn what_is_not_one_number_is_a_doubt() {
    assert_eq!(read(&["・植樹本数：3〜5本"]), (Vec::new(), 1));
    assert_eq!(read(&["・植樹本数：30本（H28年度：12本）"]), (vec!["植樹本数=30本".to_owned()], 1));
}

#[test]
fn a_number_with_multipliers_inside_is_not_cut_in_two() {
    assert_eq!(read(&["・売上：１億2,000万円"]), (vec!["売上=120000000円".to_owned()], 0));
    assert_eq!(found(&["・売上：1億2000万円、来場者数：１万2,000人"]), ["売上=120000000円", "来場者数=12000人"]);
    assert_eq!(
        read(&["商談額　３億5,600万円（昨年度：２億9,800万円）"]),
        (vec!["商談額=356000000円".to_owned(), "p:商談額=298000000円".to_owned()], 0)
    );
    assert_eq!(found(&["・予算：4,404 億 2,661 万 9 千円"]), ["予算=440426619000円"]);
    // A multiplier with nothing behind it stays with the counter.
    assert_eq!(found(&["・売上：1,200万円、来場者：3万人"]), ["売上=1200万円", "来場者=3万人"]);
    assert_eq!(found(&["・入居率：８割５分以上、満足度：９割"]), ["入居率=85%", "満足度=9割"]);
    // Nobody's number, whole or in part.
    assert_eq!(read(&["・売上：1億12,345万円"]), (Vec::new(), 1));
    assert_eq!(read(&["売上 1億12,345万円"]), (Vec::new(), 1));
    assert_eq!(read(&["・来場者：3 500人"]).1, 2);
}

#[test]
fn years_in_a_row_share_a_name_and_keep_their_roles() {
    assert_eq!(
        read(&["・登録：R3：25者、R4：30者、R5：36者"]),
        (vec!["p:登録=30者".to_owned(), "登録=36者".to_owned()], 1)
    );
    assert_eq!(found(&["・登録 R4 30者、R5 36者"]), ["p:登録=30者", "登録=36者"]);
    assert_eq!(read(&["・研修：12回（一昨年度：10回）"]), (vec!["研修=12回".to_owned()], 1));
    assert_eq!(read(&["・研修：12回（前回：10回）"]), (vec!["研修=12回".to_owned()], 1));
    assert_eq!(read(&["・研修：12回、R3年度参加者：10人"]), (vec!["研修=12回".to_owned()], 1));
    assert_eq!(read(&["・研修：10回（一昨年度）、参加者：5人"]), (vec!["参加者=5人".to_owned()], 1));
}

#[test]
fn target_and_result_beside_a_number_are_its_role() {
    assert_eq!(found(&["・参加企業数：12社／目標10社"]), ["参加企業数=12社", "t:参加企業数=10社"]);
    assert_eq!(found(&["・研修：12回（目標値）、実績値10回"]), ["t:研修=12回", "a:研修=10回"]);
    assert_eq!(found(&["・研修（目標）：12回"]), ["t:研修=12回"]);
    assert_eq!(found(&["・目標：研修：12回"]), ["t:研修=12回"]);
    assert_eq!(found(&["・研修回数目標：12回、参加者実績：10人"]), ["t:研修回数目標=12回", "a:参加者実績=10人"]);
    assert_eq!(found(&["・商談数：目標20件→実績25件"]), ["t:商談数=20件", "a:商談数=25件"]);
    assert_eq!(found(&["〇商談会", "・商談数は、25件となり、目標（20件）を上回った。"]), ["t:商談会=20件"]);
    assert_eq!(found(&["〇商談会", "・【実績】25件"]), ["a:商談会=25件"]);
    // Two counters and no sign between them.
    assert_eq!(read(&["・参加企業数：12社目標10社"]).1, 2);
}

#[test]
fn a_minus_is_read_however_it_is_printed() {
    assert_eq!(found(&["・増減：マイナス５件"]), ["増減=-5件"]);
    assert_eq!(found(&["・売上 △5%、来場者▲3%"]), ["売上=-5%", "来場者=-3%"]);
    assert_eq!(found(&["・売上 -5%"]), ["売上=-5%"]);
    assert_eq!(found(&["・センター 5件"]), ["センター=5件"]);
}

#[test]
fn numbers_in_other_dress() {
    assert_eq!(found(&["・参加者：十二人、講師：二名"]), ["参加者=12人", "講師=2名"]);
    assert_eq!(found(&["・会場：三重県、担当：十分に協議"]), Vec::<String>::new());
    assert_eq!(found(&["・商談数（単位：件）　25"]), ["商談数(単位:件)=25"]);
    assert_eq!(found(&["・商談額：1,200万 円、商談数＝25件"]), ["商談額=1200万円", "商談数=25件"]);
    assert_eq!(read(&["・商談額：￥1,200"]), (Vec::new(), 1));
}
