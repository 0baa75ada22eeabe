//! What one input may cost. Every limit is generous for a real document and short for a trap.
//!
//! [`LIMITS`] is the one list of them: the command line, its help and every message about a limit are made from it.

use std::fmt;

use crate::error::ErrorKind;

/// Bounds on the work and memory that one input can ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an input, whatever it is.
    pub input_bytes: u64,
    /// Files in a ZIP archive.
    pub archive_entries: usize,
    /// Bytes that the documents in a ZIP archive may unpack to together; each is held to `input_bytes` as well.
    pub archive_bytes: u64,
    /// Bytes of a text input.
    pub text_bytes: usize,
    /// Bytes that one stream may inflate to; what lies beyond is cut off with a note.
    pub stream_bytes: usize,
    /// Bytes that all object streams of the file may inflate to; those beyond are left out with a note.
    pub object_stream_bytes: usize,
    /// Bytes of content that one page may inflate to, over all its content streams and forms.
    pub page_bytes: usize,
    /// Depth of Form XObjects drawn within each other.
    pub nesting: usize,
    /// Graphics states saved, and spans of marked content open, at once.
    pub open_states: usize,
    /// Operators carried out on one page, forms included.
    pub operators: u64,
    /// Operands of one operator.
    pub operands: usize,
    /// Form XObjects drawn on one page, each drawing counted.
    pub forms: u32,
    /// Glyphs, rules, fills and pictures kept of one page, and points of one path.
    pub marks: usize,
    /// Objects in the file.
    pub objects: usize,
    /// Pages in the file.
    pub pages: usize,
    /// Time for one page: the last resort, since it alone depends on the machine.
    pub seconds_per_page: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            input_bytes: 2 << 30,
            archive_entries: 200_000,
            archive_bytes: 64 << 30,
            text_bytes: 16 << 20,
            stream_bytes: 64 << 20,
            object_stream_bytes: 256 << 20,
            page_bytes: 128 << 20,
            nesting: 64,
            open_states: 10_000,
            operators: 10_000_000,
            operands: 200_000,
            forms: 20_000,
            marks: 2_000_000,
            objects: 4_000_000,
            pages: 100_000,
            seconds_per_page: 60,
        }
    }
}

/// One limit: its name for users, what it bounds, and its value in [`Limits`].
pub struct Limit {
    /// Name of the field in [`Limits`].
    pub name: &'static str,
    /// Counts bytes: values may end in K, M or G.
    pub bytes: bool,
    pub meaning: &'static str,
    pub meaning_ja: &'static str,
    /// The highest value it can be set to: beyond it the program itself would be at risk.
    pub most: u64,
    get: fn(&Limits) -> u64,
    set: fn(&mut Limits, u64),
}

const MOST_BYTES: u64 = (usize::MAX / 4) as u64;
const MOST: u64 = u32::MAX as u64;

/// Every limit, in the order of what it bounds: the input, its objects, a page.
pub const LIMITS: &[Limit] = &[
    Limit {
        name: "input_bytes",
        bytes: true,
        meaning: "size of an input",
        meaning_ja: "入力ファイルの大きさ",
        most: MOST_BYTES,
        get: |l| l.input_bytes,
        set: |l, n| l.input_bytes = n,
    },
    Limit {
        name: "archive_entries",
        bytes: false,
        meaning: "files in a ZIP archive",
        meaning_ja: "ZIP書庫の中のファイルの数",
        most: MOST,
        get: |l| l.archive_entries as u64,
        set: |l, n| l.archive_entries = n as usize,
    },
    Limit {
        name: "archive_bytes",
        bytes: true,
        meaning: "the documents in a ZIP archive together, unpacked",
        meaning_ja: "展開したZIP書庫の中の文書全体の大きさ",
        most: MOST_BYTES,
        get: |l| l.archive_bytes,
        set: |l, n| l.archive_bytes = n,
    },
    Limit {
        name: "text_bytes",
        bytes: true,
        meaning: "size of a text input",
        meaning_ja: "テキスト入力の大きさ",
        most: MOST_BYTES,
        get: |l| l.text_bytes as u64,
        set: |l, n| l.text_bytes = n as usize,
    },
    Limit {
        name: "objects",
        bytes: false,
        meaning: "objects in a PDF",
        meaning_ja: "PDFのオブジェクトの数",
        most: MOST,
        get: |l| l.objects as u64,
        set: |l, n| l.objects = n as usize,
    },
    Limit {
        name: "pages",
        bytes: false,
        meaning: "pages in a PDF",
        meaning_ja: "PDFのページ数",
        most: MOST,
        get: |l| l.pages as u64,
        set: |l, n| l.pages = n as usize,
    },
    Limit {
        name: "stream_bytes",
        bytes: true,
        meaning: "one stream, inflated",
        meaning_ja: "展開したストリーム一つの大きさ",
        most: MOST_BYTES,
        get: |l| l.stream_bytes as u64,
        set: |l, n| l.stream_bytes = n as usize,
    },
    Limit {
        name: "object_stream_bytes",
        bytes: true,
        meaning: "all object streams of a PDF, inflated",
        meaning_ja: "展開したオブジェクトストリーム全体の大きさ",
        most: MOST_BYTES,
        get: |l| l.object_stream_bytes as u64,
        set: |l, n| l.object_stream_bytes = n as usize,
    },
    Limit {
        name: "page_bytes",
        bytes: true,
        meaning: "content of a page, inflated",
        meaning_ja: "展開した1ページの内容の大きさ",
        most: MOST_BYTES,
        get: |l| l.page_bytes as u64,
        set: |l, n| l.page_bytes = n as usize,
    },
    Limit {
        name: "operators",
        bytes: false,
        meaning: "operators on a page",
        meaning_ja: "1ページの演算子の数",
        most: 1 << 48,
        get: |l| l.operators,
        set: |l, n| l.operators = n,
    },
    Limit {
        name: "operands",
        bytes: false,
        meaning: "operands of an operator",
        meaning_ja: "演算子一つの被演算子の数",
        most: MOST,
        get: |l| l.operands as u64,
        set: |l, n| l.operands = n as usize,
    },
    Limit {
        name: "forms",
        bytes: false,
        meaning: "forms drawn on a page",
        meaning_ja: "1ページに描かれるフォームXObjectの数",
        most: MOST,
        get: |l| u64::from(l.forms),
        set: |l, n| l.forms = n as u32,
    },
    Limit {
        name: "nesting",
        bytes: false,
        meaning: "forms drawn within each other",
        meaning_ja: "フォームXObjectの入れ子の深さ",
        // Each takes room on the stack.
        most: 256,
        get: |l| l.nesting as u64,
        set: |l, n| l.nesting = n as usize,
    },
    Limit {
        name: "open_states",
        bytes: false,
        meaning: "graphics states and marked spans open at once",
        meaning_ja: "同時に開かれる描画状態やマーク付き範囲の数",
        most: 10_000_000,
        get: |l| l.open_states as u64,
        set: |l, n| l.open_states = n as usize,
    },
    Limit {
        name: "marks",
        bytes: false,
        meaning: "characters, lines, areas and pictures on a page",
        meaning_ja: "1ページの文字・線・塗り・画像の数",
        // They are numbered in 32 bits.
        most: MOST / 4,
        get: |l| l.marks as u64,
        set: |l, n| l.marks = n as usize,
    },
    Limit {
        name: "seconds_per_page",
        bytes: false,
        meaning: "time for a page, in seconds",
        meaning_ja: "1ページにかける時間（秒）",
        most: MOST,
        get: |l| l.seconds_per_page,
        set: |l, n| l.seconds_per_page = n,
    },
];

/// Why `NAME=N` sets no limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadLimit {
    /// There is no `=` in it.
    NoValue,
    UnknownName(String),
    /// `most` is the highest value that this limit can have, as a user would write it.
    BadValue {
        name: &'static str,
        value: String,
        bytes: bool,
        most: String,
    },
}

impl Limits {
    /// Sets a limit as the command line says it: `operators=500000`, `page_bytes=256M`.
    pub fn set(&mut self, assignment: &str) -> Result<(), BadLimit> {
        let (name, value) = assignment.split_once('=').ok_or(BadLimit::NoValue)?;
        let limit = by_name(name.trim()).ok_or_else(|| BadLimit::UnknownName(name.trim().to_owned()))?;
        let number = number(value.trim(), limit.bytes).filter(|n| (1..=limit.most).contains(n));
        let number = number.ok_or_else(|| BadLimit::BadValue {
            name: limit.name,
            value: value.trim().to_owned(),
            bytes: limit.bytes,
            most: limit.written(limit.most),
        })?;
        (limit.set)(self, number);
        Ok(())
    }

    /// The limits that are not at their defaults, as [`Limits::set`] takes them.
    pub fn changed(&self) -> Vec<String> {
        let default = Limits::default();
        let changed = LIMITS.iter().filter(|limit| (limit.get)(self) != (limit.get)(&default));
        changed.map(|limit| format!("{}={}", limit.name, limit.written((limit.get)(self)))).collect()
    }

    /// The value of the limit of that name; 0 for a name that none has.
    pub(crate) fn value(&self, name: &str) -> u64 {
        by_name(name).map_or(0, |limit| (limit.get)(self))
    }

    /// How a message speaks of a limit that was exceeded: its name, its value, and how to raise it.
    pub(crate) fn told(&self, name: &'static str) -> Told {
        Told { name, allowed: self.value(name) }
    }

    /// The error of what was not read beyond a limit, so that nobody knows how much it is.
    pub(crate) fn exceeded(&self, name: &'static str) -> ErrorKind {
        let allowed = self.value(name);
        ErrorKind::Limit { limit: name, found: allowed.saturating_add(1), allowed }
    }

    /// Error: `Limit`, when an input has more bytes than `name` allows.
    pub(crate) fn allow(&self, name: &'static str, found: u64) -> Result<(), ErrorKind> {
        let allowed = self.value(name);
        if found > allowed { Err(ErrorKind::Limit { limit: name, found, allowed }) } else { Ok(()) }
    }
}

impl Limit {
    /// Its default, as [`Limits::set`] takes it.
    pub fn default(&self) -> String {
        self.written((self.get)(&Limits::default()))
    }

    fn written(&self, value: u64) -> String {
        let units = [(30, "G"), (20, "M"), (10, "K")];
        let unit = units.iter().find(|(shift, _)| self.bytes && value > 0 && value.trailing_zeros() >= *shift);
        unit.map_or(value.to_string(), |(shift, suffix)| format!("{}{suffix}", value >> shift))
    }
}

/// See [`Limits::told`].
pub(crate) struct Told {
    name: &'static str,
    allowed: u64,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "limit {0} ({1}; --limit {0}=N raises it)", self.name, self.allowed)
    }
}

fn by_name(name: &str) -> Option<&'static Limit> {
    LIMITS.iter().find(|limit| limit.name == name)
}

/// Digits, and for bytes a K, M or G after them (of 1024 each).
fn number(text: &str, bytes: bool) -> Option<u64> {
    let suffix = text.chars().next_back().filter(|_| bytes).map(|c| c.to_ascii_uppercase());
    let shift = match suffix {
        Some('K') => 10,
        Some('M') => 20,
        Some('G') => 30,
        _ => 0,
    };
    let digits = if shift > 0 { &text[..text.len() - 1] } else { text };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse::<u64>().ok()?.checked_mul(1 << shift)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_limit_is_on_the_list_and_can_be_set() {
        let mut limits = Limits::default();
        let fields = format!("{limits:?}");
        assert_eq!(fields.matches(": ").count(), LIMITS.len());
        for limit in LIMITS {
            assert!(fields.contains(&format!(" {}: {}", limit.name, limits.value(limit.name))), "{}", limit.name);
            limits.set(&format!("{}=7", limit.name)).unwrap();
            assert_eq!(limits.value(limit.name), 7, "{}", limit.name);
            limits.set(&format!("{}={}", limit.name, limit.written(limit.most))).unwrap();
            assert_eq!(limits.value(limit.name), limit.most, "{}", limit.name);
        }
        assert_eq!(limits.changed().len(), LIMITS.len());
        for limit in LIMITS {
            limits.set(&format!("{}={}", limit.name, limit.default())).unwrap();
        }
        assert_eq!(limits, Limits::default());
        assert!(limits.changed().is_empty());
    }

    #[test]
    fn bytes_may_be_written_in_units() {
        let mut limits = Limits::default();
        for (written, value) in [("100", 100), ("3k", 3 << 10), ("128M", 128 << 20), ("1G", 1 << 30)] {
            limits.set(&format!("page_bytes={written}")).unwrap();
            assert_eq!(limits.page_bytes, value);
        }
        limits.set("page_bytes=192M").unwrap();
        assert_eq!(limits.changed(), ["page_bytes=192M"]);
    }

    #[test]
    fn what_sets_no_limit_says_why() {
        let bad = |assignment: &str| Limits::default().set(assignment).unwrap_err();
        assert_eq!(bad("operators"), BadLimit::NoValue);
        assert_eq!(bad("operator=1"), BadLimit::UnknownName("operator".to_owned()));
        for value in ["", "0", "-1", "1.5", "ten", "+5", "5K", "K", "１０", "99999999999999999999"] {
            let found = bad(&format!("operators={value}"));
            assert!(
                matches!(&found, BadLimit::BadValue { name: "operators", value: v, .. } if v == value),
                "{found:?}"
            );
        }
        assert!(matches!(bad("nesting=257"), BadLimit::BadValue { most, .. } if most == "256"));
        for value in ["99999999999G", "1T", "G", "円"] {
            assert!(matches!(bad(&format!("page_bytes={value}")), BadLimit::BadValue { bytes: true, .. }), "{value}");
        }
    }
}
