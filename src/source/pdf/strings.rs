//! Names and strings of a content stream, undone from their escapes.

/// Appends the bytes that a literal string stands for.
pub(super) fn unescape_literal(raw: &[u8], out: &mut Vec<u8>) {
    let mut rest = raw;
    while let Some(at) = memchr::memchr2(b'\\', b'\r', rest) {
        out.extend_from_slice(&rest[..at]);
        if rest[at] == b'\r' {
            out.push(b'\n');
            rest = &rest[at + 1 + usize::from(rest.get(at + 1) == Some(&b'\n'))..];
            continue;
        }
        let Some(&escaped) = rest.get(at + 1) else { return };
        rest = &rest[at + 2..];
        match escaped {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'\n' => {}
            b'\r' => rest = rest.strip_prefix(b"\n").unwrap_or(rest),
            b'0'..=b'7' => {
                let mut value = u32::from(escaped - b'0');
                for _ in 0..2 {
                    match rest.first() {
                        Some(&digit @ b'0'..=b'7') => {
                            value = value * 8 + u32::from(digit - b'0');
                            rest = &rest[1..];
                        }
                        _ => break,
                    }
                }
                out.push(value as u8);
            }
            other => out.push(other),
        }
    }
    out.extend_from_slice(rest);
}

/// In [`HEX`]: no hexadecimal digit.
pub(super) const NO_DIGIT: u8 = 0xff;

pub(super) const HEX: [u8; 256] = {
    let mut table = [NO_DIGIT; 256];
    let mut i = 0;
    while i < 10 {
        table[b'0' as usize + i] = i as u8;
        i += 1;
    }
    i = 0;
    while i < 6 {
        table[b'a' as usize + i] = 10 + i as u8;
        table[b'A' as usize + i] = 10 + i as u8;
        i += 1;
    }
    table
};

/// Appends the bytes that a hexadecimal string stands for; an odd last digit counts as followed by 0.
pub(super) fn unhex(raw: &[u8], out: &mut Vec<u8>) {
    out.reserve(raw.len() / 2 + 1);
    let mut rest = raw;
    // Mostly digits and nothing else.
    while let [first, second, tail @ ..] = rest {
        let (high, low) = (HEX[*first as usize], HEX[*second as usize]);
        if high == NO_DIGIT || low == NO_DIGIT {
            break;
        }
        out.push(high << 4 | low);
        rest = tail;
    }
    let mut high = None;
    for &byte in rest {
        let digit = HEX[byte as usize];
        if digit == NO_DIGIT {
            continue;
        }
        match high.take() {
            None => high = Some(digit),
            Some(first) => out.push(first << 4 | digit),
        }
    }
    if let Some(first) = high {
        out.push(first << 4);
    }
}

/// A name with its `#xx` undone.
pub(super) fn unescape_name(raw: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    if memchr::memchr(b'#', raw).is_none() {
        return raw.into();
    }
    let mut out = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte == b'#' && tail.len() >= 2 && HEX[tail[0] as usize] != NO_DIGIT && HEX[tail[1] as usize] != NO_DIGIT {
            out.push(HEX[tail[0] as usize] << 4 | HEX[tail[1] as usize]);
            rest = &tail[2..];
        } else {
            out.push(byte);
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn string_escapes_are_undone() {
        let mut out = Vec::new();
        unescape_literal(b"a\\nb\\(\\)\\101\\7x\\\r\nc\rd\\8", &mut out);
        assert_eq!(out, b"a\nb()A\x07xc\nd8");
        out.clear();
        unhex(b"4 1 4g2 5", &mut out);
        assert_eq!(out, b"AB\x50");
        assert_eq!(&*unescape_name(b"a#20b#zz"), b"a b#zz");
    }
}
