//! Text inputs: encoding found or given, line ends of any kind, pages parted by form feeds.

use encoding_rs::{EUC_JP, Encoding as Charset, ISO_2022_JP, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::TextLine;
use crate::error::{Error, ErrorKind};

/// The encoding of a text input, as the user says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// By byte-order mark, else by strict trial and by how Japanese the result reads.
    #[default]
    Auto,
    Utf8,
    /// Windows-31J, as everybody means it.
    ShiftJis,
    EucJp,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// The encoding of a label of the command line (`auto`, `utf-8`, `shift_jis`, `euc-jp`, `utf-16le`, `utf-16be`).
    pub fn from_label(label: &str) -> Option<Encoding> {
        Some(match label.to_ascii_lowercase().as_str() {
            "auto" => Encoding::Auto,
            "utf-8" | "utf8" => Encoding::Utf8,
            "shift_jis" | "shift-jis" | "sjis" | "cp932" | "windows-31j" => Encoding::ShiftJis,
            "euc-jp" | "eucjp" => Encoding::EucJp,
            "utf-16le" => Encoding::Utf16Le,
            "utf-16be" => Encoding::Utf16Be,
            _ => return None,
        })
    }
}

/// Reads a text into numbered lines, and says in which charset it was written.
///
/// Errors: `Empty`; `Encoding` where the bytes are malformed in the encoding given (or in the only one that they could be in);
/// `NotADocument` where they are no text.
pub fn read(bytes: &[u8], encoding: Encoding) -> Result<(Vec<TextLine>, &'static str), Error> {
    if bytes.is_empty() {
        return Err(ErrorKind::Empty.into());
    }
    let (charset, body) = match encoding {
        Encoding::Auto => find(bytes)?,
        Encoding::Utf8 => (UTF_8, bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
        Encoding::ShiftJis => (SHIFT_JIS, bytes),
        Encoding::EucJp => (EUC_JP, bytes),
        Encoding::Utf16Le => (UTF_16LE, bytes.strip_prefix(b"\xff\xfe").unwrap_or(bytes)),
        Encoding::Utf16Be => (UTF_16BE, bytes.strip_prefix(b"\xfe\xff").unwrap_or(bytes)),
    };
    let label = label(charset);
    let text = charset
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or_else(|| Error::new(ErrorKind::Encoding(label.into())))?;
    Ok((lines(&text), label))
}

fn label(charset: &'static Charset) -> &'static str {
    match charset {
        c if c == SHIFT_JIS => "shift_jis",
        c if c == EUC_JP => "euc-jp",
        c if c == UTF_16LE => "utf-16le",
        c if c == UTF_16BE => "utf-16be",
        c if c == ISO_2022_JP => "iso-2022-jp",
        _ => "utf-8",
    }
}

/// The charset of `bytes`, and what of them is text.
fn find(bytes: &[u8]) -> Result<(&'static Charset, &[u8]), Error> {
    for (mark, charset) in [(&b"\xef\xbb\xbf"[..], UTF_8), (b"\xff\xfe", UTF_16LE), (b"\xfe\xff", UTF_16BE)] {
        if let Some(body) = bytes.strip_prefix(mark) {
            return Ok((charset, body));
        }
    }
    let has_nul = bytes.contains(&0);
    if !has_nul && bytes.is_ascii() && memchr::memmem::find(bytes, b"\x1b$").is_some() {
        return Ok((ISO_2022_JP, bytes));
    }
    if !has_nul
        && let Ok(text) = std::str::from_utf8(bytes)
        && is_text(text)
    {
        return Ok((UTF_8, bytes));
    }

    let candidates = [SHIFT_JIS, EUC_JP, UTF_16LE, UTF_16BE];
    let fits = |charset: &&'static Charset| {
        let wide = *charset == UTF_16LE || *charset == UTF_16BE;
        if wide { bytes.len().is_multiple_of(2) } else { !has_nul }
    };
    let mut best: Option<(f64, &'static Charset)> = None;
    let mut tie = false;
    for charset in candidates.into_iter().filter(fits) {
        let Some(text) = charset.decode_without_bom_handling_and_without_replacement(bytes) else { continue };
        let score = plausibility(&text);
        if best.is_none_or(|(other, _)| score > other + 0.02) {
            tie = false;
            best = Some((score, charset));
        } else {
            tie |= best.is_some_and(|(other, _)| (score - other).abs() <= 0.02);
        }
    }
    match best {
        Some((score, charset)) if score >= 0.5 => {
            let guess = if tie { guess(bytes) } else { charset };
            let decodes = |c: &'static Charset| c.decode_without_bom_handling_and_without_replacement(bytes).is_some();
            let tied = candidates.contains(&guess) && fits(&guess) && decodes(guess);
            Ok((if tied { guess } else { charset }, bytes))
        }
        _ => Err(malformed(bytes, has_nul)),
    }
}

/// The last word between equals.
fn guess(bytes: &[u8]) -> &'static Charset {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"jp"), chardetng::Utf8Detection::Allow)
}

/// Nothing decodes: either no text at all, or a text with bytes that are broken. The second is worth its own word.
fn malformed(bytes: &[u8], has_nul: bool) -> Error {
    let nearly = |charset: &&'static Charset| {
        let (text, _) = charset.decode_without_bom_handling(bytes);
        let broken = text.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
        broken > 0 && broken * 50 < text.chars().count() && plausibility(&text) >= 0.6
    };
    match [UTF_8, SHIFT_JIS, EUC_JP].iter().find(|c| !has_nul && nearly(c)) {
        Some(charset) => ErrorKind::Encoding(label(charset).into()).into(),
        None => ErrorKind::NotADocument.into(),
    }
}

fn is_text(text: &str) -> bool {
    let strange = text.chars().filter(|&c| is_strange(c)).count();
    strange * 100 <= text.chars().count()
}

fn is_strange(ch: char) -> bool {
    ch.is_control() && !matches!(ch, '\t' | '\n' | '\r' | '\x0c' | '\x1a' | '\u{85}')
}

/// How far the text reads like Japanese, up to 1: the mean over all that is not ASCII.
fn plausibility(text: &str) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0f64);
    let mut buffer = [0; 4];
    for ch in text.chars() {
        let value = match u32::from(ch) {
            _ if is_strange(ch) => -5.0,
            0..0x80 => continue,
            0x3000..=0x30FF => 1.0,
            0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 => 1.0,
            // Half-width katakana are what the wrong encoding gives most of.
            0xFF61..=0xFF9F => 0.15,
            0x4E00..=0x9FFF => {
                let (bytes, _, missing) = EUC_JP.encode(ch.encode_utf8(&mut buffer));
                match bytes.first() {
                    // Rows 16 to 47: the kanji of daily use.
                    Some(0xB0..=0xCF) if !missing => 1.0,
                    Some(0xD0..=0xFE) if !missing => 0.5,
                    _ => 0.2,
                }
            }
            0x2010..=0x22FF | 0x2460..=0x24FF | 0x2500..=0x27BF | 0x3200..=0x33FF | 0xA7..=0xF7 | 0x391..=0x451 => 0.7,
            0xE000..=0xF8FF | 0xFFFD => -1.0,
            _ => 0.0,
        };
        sum += value;
        count += 1.0;
    }
    // A text of ASCII alone (UTF-16) is as plausible as can be.
    if count == 0.0 { 1.0 } else { sum / count }
}

/// Cuts at CRLF, CR and LF; a form feed starts the next page.
fn lines(text: &str) -> Vec<TextLine> {
    let text = text.strip_suffix('\x1a').unwrap_or(text);
    let mut out = Vec::new();
    let mut page = 1;
    let mut number = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let end = memchr::memchr2(b'\r', b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let (line, tail) = rest.split_at(end);
        let broken = !tail.is_empty();
        rest = tail.strip_prefix("\r\n").or_else(|| tail.get(1..)).unwrap_or_default();
        number += 1;
        let mut pieces = line.split('\x0c').peekable();
        while let Some(piece) = pieces.next() {
            let last = pieces.peek().is_none();
            // Nothing stands between a form feed and the line's beginning, nor after one at the end of the file.
            if !piece.is_empty() || (last && broken) {
                out.push(TextLine { number, page, text: piece.to_owned() });
            }
            page += u32::from(!last);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "様式１（主な取組）\r\n「主な取組」検証票、令和４年度の実績は①１２３円です。\r\n";

    fn texts(bytes: &[u8], encoding: Encoding) -> (Vec<String>, &'static str) {
        let (lines, label) = read(bytes, encoding).unwrap();
        (lines.into_iter().map(|l| l.text).collect(), label)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_is_found_with_and_without_its_mark() {
        let expected: Vec<String> = SAMPLE.lines().map(str::to_owned).collect();
        let (sjis, _, _) = SHIFT_JIS.encode(SAMPLE);
        let (euc, _, _) = EUC_JP.encode(SAMPLE);
        let le = utf16(SAMPLE, u16::to_le_bytes);
        let be = utf16(SAMPLE, u16::to_be_bytes);
        for (bytes, label) in [
            (SAMPLE.as_bytes().to_vec(), "utf-8"),
            ([b"\xef\xbb\xbf", SAMPLE.as_bytes()].concat(), "utf-8"),
            (sjis.to_vec(), "shift_jis"),
            (euc.to_vec(), "euc-jp"),
            (le.clone(), "utf-16le"),
            (be.clone(), "utf-16be"),
            ([b"\xff\xfe", &le[..]].concat(), "utf-16le"),
            ([b"\xfe\xff", &be[..]].concat(), "utf-16be"),
        ] {
            assert_eq!(texts(&bytes, Encoding::Auto), (expected.clone(), label));
        }
    }

    #[test]
    fn ascii_in_utf16_is_found_by_its_zeros() {
        assert_eq!(texts(&utf16("R4 100.0%\n", u16::to_le_bytes), Encoding::Auto).1, "utf-16le");
        assert_eq!(texts(&utf16("R4 100.0%\n", u16::to_be_bytes), Encoding::Auto).1, "utf-16be");
    }

    #[test]
    fn half_width_katakana_are_found_to_be_shift_jis() {
        let (bytes, _, _) = SHIFT_JIS.encode("予算事業名 ﾈｯﾄﾜｰｸ整備 達成割合 ﾓﾃﾞﾙ事業\n");
        assert_eq!(texts(&bytes, Encoding::Auto).1, "shift_jis");
    }

    #[test]
    fn lines_end_in_any_way_and_form_feeds_turn_the_page() {
        let (lines, _) = read("一\r\n二\r三\n\n\x0c四\n五\x0c六\n\x0c".as_bytes(), Encoding::Auto).unwrap();
        let got: Vec<(u32, u32, &str)> = lines.iter().map(|l| (l.number, l.page, l.text.as_str())).collect();
        assert_eq!(
            got,
            [(1, 1, "一"), (2, 1, "二"), (3, 1, "三"), (4, 1, ""), (5, 2, "四"), (6, 2, "五"), (6, 3, "六")]
        );
    }

    #[test]
    fn what_is_no_text_is_refused_and_what_is_broken_is_named() {
        let noise: Vec<u8> = (0..2048u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(read(&noise, Encoding::Auto).unwrap_err().kind, ErrorKind::NotADocument);
        assert_eq!(read(b"", Encoding::Auto).unwrap_err().kind, ErrorKind::Empty);
        let broken = [SAMPLE.repeat(4).as_bytes(), b"\xe3\x81"].concat();
        for encoding in [Encoding::Utf8, Encoding::Auto] {
            assert_eq!(read(&broken, encoding).unwrap_err().kind, ErrorKind::Encoding("utf-8".into()));
        }
        assert_eq!(read(b"abc", Encoding::Utf16Le).unwrap_err().kind, ErrorKind::Encoding("utf-16le".into()));
    }
}
