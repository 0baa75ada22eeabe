//! What a line of a slide is by its first signs: a heading, a label, a bullet. Patterns read folded text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// What a piece of a slide is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// 取組テーマ＜N＞
    Mark,
    /// The running heading of a slide that says no more than what kind of slide it is.
    Section,
    /// 今後の進め方
    Next,
    /// ＜段階N＞【…】
    Stage,
    /// ＜分類N＞【…】, ＜類型N＞【…】
    Type,
    /// `１ 「…」`
    Quoted,
    /// 【事例】 …
    Example,
    /// ＜事業概要＞
    Overview,
    /// ＜活用支援制度＞
    Programs,
    /// `…（千葉市）`
    Company,
    /// 前回
    Previous,
    /// 今回
    Current,
    /// `10市`, `20市（…、…）`, なし
    Count,
    /// `１．主な支援対象者`
    Table,
    /// 都市数 and what stands behind it
    CountRow,
    /// ※
    Note,
    /// ■ …に係る課題
    Area,
    /// (…への働きかけが必要な課題)
    Addressee,
    /// ・, ○ and the like; `text` is what stands behind it
    Bullet(char),
    /// 【…】 alone
    Heading,
    /// ＜…＞ or （その他） that is none of the above
    Unknown,
    /// 段階①, alone or with others of a chart
    Steps,
    /// A number alone
    Folio,
    Text,
}

/// A line as recognised: bytes of its folded text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub kind: Kind,
    pub number: Range<usize>,
    pub text: Range<usize>,
}

macro_rules! pattern {
    ($name:ident, $($part:expr),+) => {
        static $name: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(concat!($($part),+)).ok());
    };
}

/// Numbers of headings: `1`, `①`.
macro_rules! number {
    () => {
        r"(?P<n>[0-9]{1,2}|[\x{2460}-\x{2473}])"
    };
}

pattern!(
    MARK,
    r"^\s*(?:[0-9]{1,2}[.、]?\s*)?(?:指定都市市長会\s*)?取\s*組\s*テ\s*ー\s*マ\s*(?:[<〈《(\[【「]\s*",
    number!(),
    r"\s*[>〉》)\]】」]\s*(?P<t>.*)|(?P<m>[0-9]{1,2}|[\x{2460}-\x{2473}])\s*)$"
);
pattern!(
    STAGE,
    r"^\s*(?:[<〈《\[【]\s*)?(?:段\s*階|ステップ|フェーズ|(?i:step|phase|stage))\s*",
    number!(),
    r"\s*(?:[>〉》\]】]\s*)?[【「『\[]\s*(?P<t>.+?)\s*[】」』\]]\s*$"
);
// ＜第１段階＞【…】
pattern!(
    STAGE_ORDINAL,
    r"^\s*(?:[<〈《\[【]\s*)?第?\s*",
    number!(),
    r"\s*(?:段\s*階|ステップ|フェーズ)\s*(?:[>〉》\]】]\s*)?[【「『\[]\s*(?P<t>.+?)\s*[】」』\]]\s*$"
);
pattern!(
    STAGE_ORDINAL_BARE,
    r"^\s*[<〈《]\s*第?\s*",
    number!(),
    r"\s*(?:段\s*階|ステップ|フェーズ)\s*[>〉》]\s*(?P<t>[^\s【「『\[].*)$"
);
pattern!(
    STAGE_BARE,
    r"^\s*[<〈《]\s*(?:段\s*階|ステップ|フェーズ|(?i:step|phase|stage))\s*",
    number!(),
    r"\s*[>〉》]\s*(?P<t>[^\s【「『\[].*)$"
);
pattern!(
    TYPE,
    r"^\s*[<〈《\[【]\s*(?:分\s*類|類\s*型|タイプ|パターン|モデル)\s*",
    number!(),
    r"\s*[>〉》\]】]\s*[【「『\[]\s*(?P<t>.+?)\s*[】」』\]]\s*$"
);
pattern!(
    TYPE_BARE,
    r"^\s*[<〈《]\s*(?:分\s*類|類\s*型|タイプ|パターン|モデル)\s*",
    number!(),
    r"\s*[>〉》]\s*(?P<t>[^\s【「『\[].*)$"
);
pattern!(
    EXAMPLE,
    r"^\s*[【<〈《]\s*(?:取組|参考|先進|具体|活用|支援|実施)?の?事\s*例\s*(?:[0-9]{1,2}|[\x{2460}-\x{2473}])?\s*[】>〉》]\s*(?P<t>.*)$"
);
pattern!(OVERVIEW, r"^\s*[<〈《【]\s*(?:事業|取組|事例)?の?(?:概要|内容)\s*[>〉》】]\s*$");
pattern!(
    PROGRAMS,
    r"^\s*[<〈《【]\s*(?:主な)?(?:活用(?:した)?)?(?:行政の?)?(?:支援)?(?:制度|施策|支援策|支援事業|補助制度|事業)等?\s*[>〉》】]\s*$"
);
pattern!(
    PREVIOUS,
    r"^\s*(?:前\s*回|前\s*年\s*度|昨\s*年\s*度)(?:\s*調\s*査)?(?:\s*\([^()市都団区町村]*\))?\s*:?\s*(?P<t>.*)$"
);
pattern!(
    CURRENT,
    r"^\s*(?:今\s*回|今\s*年\s*度|本\s*年\s*度)(?:\s*調\s*査)?(?:\s*\([^()市都団区町村]*\))?\s*:?\s*(?P<t>.*)$"
);
pattern!(
    COUNT,
    r"^\s*(?P<t>(?:約?\s*[0-9][0-9,]*\s*(?:都市|市|団体|自治体|区|町|村|県|か所|箇所)|[0-9]{1,4}\s*\(.*[市区町村、]|なし|無し|該当なし|調査中|集計中|[-ー―－]+)\s*(?:\(.*)?)$"
);
pattern!(QUOTED, r"^\s*(?:(?P<n>[0-9]{1,2}|[\x{2460}-\x{2473}])\s*[.、)]?|\((?P<m>[0-9]{1,2})\))\s*(?P<t>「.+)$");
pattern!(
    NUMBERED,
    r"^\s*(?:(?P<n>[0-9]{1,2})\s*[.、)\s]|(?P<o>[\x{2460}-\x{2473}])|\((?P<m>[0-9]{1,2})\))\s*(?P<t>[^\s0-9].*)$"
);
pattern!(TABLE, r"^\s*", number!(), r"\s*[.．]\s*(?P<t>[^\s0-9].*)$");
pattern!(COUNT_ROW, r"^\s*(?:[一-龥ァ-ヶー々]\s*){1,6}数(?P<t>\s+[(]?[0-9].*|\s*)$");
pattern!(AREA, r"^\s*[■□◆◇●]\s*(?P<t>.+?)\s*(?:に(?:係る|係わる|関する|おける|ついての)|の)課題\s*(?:\(.*)?$");
pattern!(
    ADDRESSEE,
    r"^\s*[(<〈\[〔]\s*(?P<t>[^()]*課題|[^()]*[国県都府道市町村区省][^()]*(?:事項|要望|問題|論点))\s*[)>〉\]〕]\s*$"
);
pattern!(ADDRESSED, r"^\s*【\s*(?P<t>[^【】]*(?:への働きかけ|として取り組む|が取り組む)[^【】]*課題)\s*】\s*$");
pattern!(
    NEXT,
    r"^\s*(?:[0-9]{1,2}\s*(?:\(\s*[0-9]{1,2}\s*\))?\s*[.、]?)?\s*今後の(?:進め方|取組|対応|予定|方針|方向性?|展開|スケジュール|日程|検討|活動|見通し)(?:方針|予定|方向性?)?(?:について)?\s*$"
);
pattern!(
    SECTION,
    r"^\s*(?:[0-9]{1,2}\s*(?:\(\s*[0-9]{1,2}\s*\))?\s*[.、]?\s*(?:(?:行政(?:における|による|の))?(?:代表的な)?(?:段階別の?)?支援の?(?:施策|策|実例|事例|実績)|.*取組(?:の)?状況|.*取組事例)(?:について)?|取組事例の?[0-9一二三四五六七八九十]*\s*(?:類型|分類)化?)\s*$"
);
pattern!(
    UNKNOWN,
    r"^\s*(?:(?:<[^<>]+>|〈[^〈〉]+〉|《[^《》]+》)\s*[^。]{0,40}|\(\s*(?:その他|共通|参考|備考|[^()。]{0,16}(?:事項|要望|論点|問題点?))\s*\))$"
);
pattern!(HEADING, r"^\s*[【〔].*[】〕]\s*$");
pattern!(STEPS, r"^\s*(?:段\s*階\s*(?:[0-9]{1,2}|[\x{2460}-\x{2473}])\s*)+$");
pattern!(FOLIO, r"^\s*[-ー－―]?\s*[0-9]{1,3}\s*[-ー－―]?\s*$");
pattern!(COMPANY, r"^[^(・○].*\((?:[^()]*[市区町村県都府道])\)\s*$");

/// Signs that start an item.
const BULLETS: &str = "・○〇●◯▪•◦‣▸►▶➢◆◇■□⇒➡→";

/// What a line is. `loose`: numbered lines without 「」 are headings too, as on a slide of one stage.
pub(super) fn of(text: &str, loose: bool) -> Option<Found> {
    let first = text.trim_start().chars().next()?;
    if BULLETS.contains(first) && !is_numeral(text.trim_start()) {
        if let Some(found) = take(&AREA, Kind::Area, text) {
            return Some(found);
        }
        let from = text.len() - text.trim_start().len() + first.len_utf8();
        return Some(Found { kind: Kind::Bullet(first), number: 0..0, text: from..text.len() });
    }
    match first {
        '※' => return Some(Found { kind: Kind::Note, number: 0..0, text: 0..text.len() }),
        '<' | '〈' | '《' | '[' | '【' | '(' | '〔' | '段' | '第' | 'ス' | 'フ' => bracketed(text, loose),
        '0'..='9' | '\u{2460}'..='\u{2473}' => numbered(text, loose),
        _ => worded(text),
    }
    .or_else(|| take(&COMPANY, Kind::Company, text))
}

/// 〇 is the numeral zero in 〇・五.
fn is_numeral(text: &str) -> bool {
    text.strip_prefix('〇').is_some_and(|rest| rest.starts_with(|c| "・一二三四五六七八九十〇".contains(c)))
}

/// Is it 取組テーマ＜N＞, and the title behind it if the line prints one?
pub(super) fn mark(text: &str) -> Option<Found> {
    if !text.contains('マ') {
        return None;
    }
    take(&MARK, Kind::Mark, text)
}

fn bracketed(text: &str, loose: bool) -> Option<Found> {
    take(&STAGE, Kind::Stage, text)
        .or_else(|| take(&STAGE_BARE, Kind::Stage, text))
        .or_else(|| take(&STAGE_ORDINAL, Kind::Stage, text))
        .or_else(|| take(&STAGE_ORDINAL_BARE, Kind::Stage, text))
        .or_else(|| take(&STEPS, Kind::Steps, text))
        .or_else(|| take(&TYPE, Kind::Type, text))
        .or_else(|| take(&TYPE_BARE, Kind::Type, text))
        .or_else(|| take(&EXAMPLE, Kind::Example, text))
        .or_else(|| take(&OVERVIEW, Kind::Overview, text))
        .or_else(|| take(&PROGRAMS, Kind::Programs, text))
        .or_else(|| take(&ADDRESSEE, Kind::Addressee, text))
        .or_else(|| take(&ADDRESSED, Kind::Addressee, text))
        .or_else(|| take(&QUOTED, Kind::Quoted, text))
        .or_else(|| if loose { take(&NUMBERED, Kind::Quoted, text) } else { None })
        .or_else(|| take(&HEADING, Kind::Heading, text))
        .or_else(|| take(&UNKNOWN, Kind::Unknown, text))
}

fn numbered(text: &str, loose: bool) -> Option<Found> {
    mark(text)
        .or_else(|| take(&NEXT, Kind::Next, text))
        .or_else(|| take(&SECTION, Kind::Section, text))
        .or_else(|| take(&QUOTED, Kind::Quoted, text))
        .or_else(|| take(&COUNT, Kind::Count, text))
        .or_else(|| take(&FOLIO, Kind::Folio, text))
        .or_else(|| if loose { take(&NUMBERED, Kind::Quoted, text) } else { None })
        .or_else(|| take(&TABLE, Kind::Table, text).filter(|_| !text.ends_with('。')))
}

fn worded(text: &str) -> Option<Found> {
    let valued = |found: &Found| {
        let rest = text[found.text.clone()].trim();
        rest.is_empty() || take(&COUNT, Kind::Count, rest).is_some()
    };
    mark(text)
        .or_else(|| take(&PREVIOUS, Kind::Previous, text).filter(valued))
        .or_else(|| take(&CURRENT, Kind::Current, text).filter(valued))
        .or_else(|| take(&COUNT_ROW, Kind::CountRow, text))
        .or_else(|| take(&NEXT, Kind::Next, text))
        .or_else(|| take(&SECTION, Kind::Section, text))
        .or_else(|| take(&COUNT, Kind::Count, text))
        .or_else(|| take(&FOLIO, Kind::Folio, text))
}

fn take(pattern: &LazyLock<Option<Regex>>, kind: Kind, text: &str) -> Option<Found> {
    let found = pattern.as_ref()?.captures(text)?;
    let number = ["n", "m", "o"].into_iter().find_map(|name| group(&found, name)).unwrap_or(0..0);
    let text = group(&found, "t").unwrap_or(text.len()..text.len());
    Some(Found { kind, number, text })
}

fn group(found: &Captures, name: &str) -> Option<Range<usize>> {
    found.name(name).map(|m| m.range())
}

/// The number that a heading prints: `1`, `①`.
pub(super) fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    match text.chars().next()? {
        c @ '\u{2460}'..='\u{2473}' => Some(u32::from(c) - 0x245F),
        _ => text.parse().ok(),
    }
}

/// The words of a name that 「」 enclose as a whole, else all of it: bytes within `text`.
pub(super) fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text[range.clone()].trim_end();
    let inner = part.strip_prefix('「').and_then(|p| p.strip_suffix('」'));
    match inner {
        // 「甲」と「乙」 is two quotations.
        Some(inner) if encloses(inner) => {
            let start = range.start + '「'.len_utf8();
            start..start + inner.len()
        }
        _ => range.start..range.start + part.len(),
    }
}

fn encloses(inner: &str) -> bool {
    let mut depth = 0i32;
    inner.chars().all(|c| {
        depth += i32::from(c == '「') - i32::from(c == '」');
        depth >= 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<(Kind, String, String)> {
        let text = crate::normalize::fold::fold(text);
        let found = of(&text, false)?;
        Some((found.kind, text[found.number].to_owned(), text[found.text].to_owned()))
    }

    fn of_kind(text: &str) -> Option<Kind> {
        kind(text).map(|k| k.0)
    }

    #[test]
    fn headings_of_every_kind() {
        let says = |k, n: &str, t: &str| Some((k, n.to_owned(), t.to_owned()));
        assert_eq!(kind("取組テーマ＜ 1 ＞"), says(Kind::Mark, "1", ""));
        assert_eq!(kind("２ 取組テーマ〈２〉"), says(Kind::Mark, "2", ""));
        assert_eq!(kind("＜段階③＞【試作、検査等の段階】"), says(Kind::Stage, "③", "試作、検査等の段階"));
        assert_eq!(kind("＜分類１＞【港湾型】"), says(Kind::Type, "1", "港湾型"));
        assert_eq!(kind("１　「講座」"), says(Kind::Quoted, "1", "「講座」"));
        assert_eq!(kind("【事例】 講座（東浜市）"), says(Kind::Example, "", "講座(東浜市)"));
        assert_eq!(kind("①「窓口を開いた都市」"), says(Kind::Quoted, "①", "「窓口を開いた都市」"));
        assert_eq!(kind("２．設置場所"), says(Kind::Table, "2", "設置場所"));
        assert_eq!(kind("■　窓口に係る課題（※変更なし）"), says(Kind::Area, "", "窓口"));
        assert_eq!(kind("（国への要望が必要な課題）"), says(Kind::Addressee, "", "国への要望が必要な課題"));
        assert_eq!(kind("前　回 12市"), says(Kind::Previous, "", "12市"));
    }

    #[test]
    fn labels_of_every_kind() {
        assert_eq!(of_kind("＜事業概要＞"), Some(Kind::Overview));
        assert_eq!(of_kind("＜活用支援制度＞"), Some(Kind::Programs));
        assert_eq!(of_kind("２ 今後の進め方"), Some(Kind::Next));
        assert_eq!(of_kind("３（１） 段階別の支援策"), Some(Kind::Section));
        assert_eq!(of_kind("取組事例の３類型化"), Some(Kind::Section));
        assert_eq!(of_kind("20市（東浜市、西浜市、"), Some(Kind::Count));
        assert_eq!(of_kind("都市数 16 11"), Some(Kind::CountRow));
        assert_eq!(of_kind("【窓口を増やすための課題】"), Some(Kind::Heading));
        assert_eq!(of_kind("㈱東浜製作所（東浜市）"), Some(Kind::Company));
        assert_eq!(of_kind("段階① 段階② 段階③"), Some(Kind::Steps));
        assert_eq!(of_kind("- 12 -"), Some(Kind::Folio));
    }

    #[test]
    fn headings_in_other_words() {
        let says = |k, n: &str, t: &str| Some((k, n.to_owned(), t.to_owned()));
        assert_eq!(kind("＜第１段階＞【着想】"), says(Kind::Stage, "1", "着想"));
        assert_eq!(kind("＜第１段階＞着想"), says(Kind::Stage, "1", "着想"));
        assert_eq!(kind("＜STEP①＞【着想】"), says(Kind::Stage, "①", "着想"));
        assert_eq!(kind("【参考事例】 講座（東浜市）"), says(Kind::Example, "", "講座(東浜市)"));
        assert_eq!(kind("前回（R5.4） 12市"), says(Kind::Previous, "", "12市"));
        assert_eq!(kind("（国に求める事項）"), says(Kind::Addressee, "", "国に求める事項"));
        assert_eq!(of_kind("２ 今後のスケジュール"), Some(Kind::Next));
        assert_eq!(of_kind("＜成果＞"), Some(Kind::Unknown));
        assert_eq!(of_kind("（その他）"), Some(Kind::Unknown));
        assert_eq!(of_kind("（新規）"), None);
        assert_ne!(of_kind("前回（12市）"), Some(Kind::Previous));
    }

    #[test]
    fn prose_is_no_heading() {
        for prose in [
            "前回調査と内容に変更はない",
            "取組テーマについて議論した",
            "事業の概要は次のとおり",
            "今後の進め方について協議する。",
            "①港湾型",
            "（東浜市「窓口の状況」より）",
        ] {
            assert!(matches!(of_kind(prose), None | Some(Kind::Text)), "{prose}: {:?}", of_kind(prose));
        }
    }

    #[test]
    fn names_in_quotes() {
        let name = |text: &str| text[unquoted(text, 0..text.len())].to_owned();
        assert_eq!(name("「講座」"), "講座");
        assert_eq!(name("「東浜の宝」認定制度"), "「東浜の宝」認定制度");
        assert_eq!(name("「東」と「西」"), "「東」と「西」");
    }
}
