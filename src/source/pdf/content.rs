//! Content streams cut into operands and operators, nothing copied: an operand is a slice of the stream.

/// Operands kept for one operator unless said otherwise.
const MAX_OPERANDS: usize = 200_000;

/// One operand as it stands in the stream. Arrays and dictionaries come flat, between their marks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Operand<'a> {
    Number(f64),
    /// Without the slash; `#xx` not undone (see [`super::strings::unescape_name`]).
    Name(&'a [u8]),
    /// What stands between the parentheses, escapes not undone (see [`super::strings::unescape_literal`]).
    Literal(&'a [u8]),
    /// What stands between the angle brackets (see [`super::strings::unhex`]).
    Hex(&'a [u8]),
    Open,
    Close,
    /// `true`, `false`, `null`.
    Word,
}

/// An operator as its bytes, most significant first: `op(b"Tj")`.
pub(super) const fn op(name: &[u8]) -> u32 {
    let mut key = 0;
    let mut i = 0;
    while i < name.len() {
        key = key << 8 | name[i] as u32;
        i += 1;
    }
    key
}

/// What [`Scanner::next`] found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// An operator (see [`op`]); 0 for a word too long to be one.
    Operator(u32),
    End,
}

pub(super) struct Scanner<'a> {
    data: &'a [u8],
    pos: usize,
    word: &'a [u8],
    most: usize,
}

const REGULAR: u8 = 0;
const SPACE: u8 = 1;
const DELIMITER: u8 = 2;

const CLASS: [u8; 256] = {
    let mut class = [REGULAR; 256];
    let mut i = 0;
    while i < 6 {
        class[[0, 9, 10, 12, 13, 32][i]] = SPACE;
        i += 1;
    }
    let delimiters = b"()<>[]{}/%";
    i = 0;
    while i < delimiters.len() {
        class[delimiters[i] as usize] = DELIMITER;
        i += 1;
    }
    class
};

#[inline]
fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}

impl<'a> Scanner<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        Scanner { data, pos: 0, word: b"", most: MAX_OPERANDS }
    }

    /// Keeps `most` operands for one operator.
    pub fn keeping(self, most: usize) -> Self {
        Scanner { most, ..self }
    }

    #[cfg(test)]
    fn position(&self) -> usize {
        self.pos
    }

    /// The word that came as operator 0.
    pub fn word(&self) -> &'a [u8] {
        self.word
    }

    #[cfg(test)]
    fn seek(&mut self, pos: usize) {
        self.pos = pos.min(self.data.len());
    }

    /// Reads operands into `operands` up to the next operator. `false` in the second place: some did not fit.
    #[inline(always)]
    pub fn next(&mut self, operands: &mut Vec<Operand<'a>>) -> (Step, bool) {
        let data = self.data;
        let mut fits = true;
        loop {
            let Some(&byte) = data.get(self.pos) else { return (Step::End, fits) };
            let operand = match byte {
                b if class(b) == SPACE => {
                    self.pos += 1;
                    continue;
                }
                // Most numbers are a digit.
                b'0'..=b'9' if data.get(self.pos + 1).is_some_and(|&next| class(next) == SPACE) => {
                    self.pos += 2;
                    Operand::Number(f64::from(byte - b'0'))
                }
                b'0'..=b'9' | b'-' | b'+' | b'.' => self.number(),
                b'/' => {
                    self.pos += 1;
                    Operand::Name(self.regular())
                }
                b'(' => Operand::Literal(self.literal()),
                b'<' if data.get(self.pos + 1) == Some(&b'<') => {
                    self.pos += 2;
                    Operand::Open
                }
                b'<' => Operand::Hex(self.hex()),
                b'>' => {
                    self.pos += if data.get(self.pos + 1) == Some(&b'>') { 2 } else { 1 };
                    Operand::Close
                }
                b'[' => {
                    self.pos += 1;
                    Operand::Open
                }
                b']' => {
                    self.pos += 1;
                    Operand::Close
                }
                b'%' => {
                    let rest = &data[self.pos..];
                    self.pos += memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
                    continue;
                }
                b'{' | b'}' | b')' => {
                    self.pos += 1;
                    continue;
                }
                _ => match self.regular() {
                    b"true" | b"false" | b"null" => Operand::Word,
                    word if word.len() <= 3 => return (Step::Operator(op(word)), fits),
                    word => {
                        self.word = word;
                        return (Step::Operator(0), fits);
                    }
                },
            };
            if operands.len() < self.most {
                operands.push(operand);
            } else {
                fits = false;
            }
        }
    }

    #[inline]
    fn regular(&mut self) -> &'a [u8] {
        let start = self.pos;
        let rest = &self.data[start..];
        let len = rest.iter().position(|&b| class(b) != REGULAR).unwrap_or(rest.len());
        self.pos = start + len;
        &rest[..len]
    }

    /// A number as lenient readers take it: signs may repeat, what follows the digits is passed over.
    #[inline]
    fn number(&mut self) -> Operand<'a> {
        let data = self.data;
        let mut pos = self.pos;
        let mut negative = false;
        while let Some(b'-' | b'+') = data.get(pos) {
            negative |= data[pos] == b'-';
            pos += 1;
        }
        let digit = |pos: usize| data.get(pos).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit <= 9);
        let mut digits = 0i64;
        while let Some(digit) = digit(pos) {
            digits = if digits < MAX_DIGITS { digits * 10 + i64::from(digit) } else { TOO_LARGE };
            pos += 1;
        }
        let mut scale = 0;
        if data.get(pos) == Some(&b'.') {
            pos += 1;
            while let Some(digit) = digit(pos) {
                if digits < MAX_DIGITS {
                    digits = digits * 10 + i64::from(digit);
                    scale += 1;
                }
                pos += 1;
            }
        }
        while data.get(pos).is_some_and(|&byte| class(byte) == REGULAR) {
            pos += 1;
        }
        self.pos = pos;
        let whole = if negative { -digits } else { digits } as f64;
        Operand::Number(if scale == 0 { whole } else { whole / POWERS[scale.min(POWERS.len() - 1)] })
    }

    fn literal(&mut self) -> &'a [u8] {
        let start = self.pos + 1;
        let mut pos = start;
        let mut depth = 1usize;
        while let Some(found) = memchr::memchr3(b'(', b')', b'\\', &self.data[pos.min(self.data.len())..]) {
            pos += found;
            match self.data[pos] {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => pos += 1,
            }
            pos += 1;
            if depth == 0 {
                self.pos = pos;
                return &self.data[start..pos - 1];
            }
        }
        self.pos = self.data.len();
        &self.data[start.min(self.data.len())..]
    }

    fn hex(&mut self) -> &'a [u8] {
        let start = self.pos + 1;
        let rest = &self.data[start..];
        let len = rest.iter().position(|&b| b == b'>').unwrap_or(rest.len());
        self.pos = (start + len + 1).min(self.data.len());
        &rest[..len]
    }

    /// Passes over the data of an inline image (after `ID`), whose length may be known. Says where it ends.
    pub fn skip_inline_image(&mut self, known: Option<usize>) {
        let data = self.data;
        let start = (self.pos + 1).min(data.len());
        if let Some(end) = known.and_then(|len| start.checked_add(len)) {
            let rest = data.get(end..).unwrap_or_default();
            let gap = rest.iter().position(|&b| class(b) != SPACE).unwrap_or(rest.len());
            if gap <= 4 && is_end_of_image(data, end + gap) {
                self.pos = end + gap + 2;
                return;
            }
        }
        for found in memchr::memmem::find_iter(&data[start..], b"EI") {
            let at = start + found;
            let spaced = at == start || class(data[at - 1]) == SPACE;
            if spaced && is_end_of_image(data, at) {
                self.pos = at + 2;
                return;
            }
        }
        self.pos = data.len();
    }
}

/// `EI` at `at`, followed by something that reads like content and not like picture data.
fn is_end_of_image(data: &[u8], at: usize) -> bool {
    if data.get(at..at + 2) != Some(b"EI") {
        return false;
    }
    let rest = &data[at + 2..];
    rest.first().is_none_or(|&b| class(b) == SPACE)
        && rest.iter().take(12).all(|&b| class(b) == SPACE && b != 0 || (0x20..0x7f).contains(&b))
}

/// Digits beyond this many say nothing more of a fraction, and of a whole number that it is too large for a page.
const MAX_DIGITS: i64 = 100_000_000_000_000;
/// The interpreter refuses it.
const TOO_LARGE: i64 = i64::MAX / 8;

const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(data: &[u8]) -> Vec<(Vec<Operand<'_>>, Step)> {
        let mut scanner = Scanner::new(data);
        let mut out = Vec::new();
        loop {
            let mut operands = Vec::new();
            let (step, _) = scanner.next(&mut operands);
            if step == Step::End && operands.is_empty() {
                return out;
            }
            out.push((operands, step));
            if step == Step::End {
                return out;
            }
        }
    }

    #[test]
    fn operands_and_operators_are_told_apart() {
        use Operand::*;
        assert_eq!(
            steps(b"/F1 9.9 Tf[<0102>-2503(a\\)(b))]TJ%x Tj\n.5 -.25 +3 --4 Td T*"),
            vec![
                (vec![Name(b"F1"), Number(9.9)], Step::Operator(op(b"Tf"))),
                (vec![Open, Hex(b"0102"), Number(-2503.0), Literal(b"a\\)(b)"), Close], Step::Operator(op(b"TJ"))),
                (vec![Number(0.5), Number(-0.25), Number(3.0), Number(-4.0)], Step::Operator(op(b"Td"))),
                (vec![], Step::Operator(op(b"T*"))),
            ]
        );
    }

    #[test]
    fn damaged_ends_are_read_to_the_end_and_no_further() {
        for data in [&b"(abc"[..], b"<ab", b"(a\\", b"/", b"[[[", b"<<", b"1 0 0 1", b"-", b"."] {
            let _ = steps(data);
        }
    }

    #[test]
    fn an_inline_image_ends_at_its_own_ei() {
        let data = b"ID \x01 EI \xff\xfe EI Q";
        let mut scanner = Scanner::new(data);
        scanner.seek(2);
        scanner.skip_inline_image(None);
        assert_eq!(&data[scanner.position()..], b" Q");
    }
}
