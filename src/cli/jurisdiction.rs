//! 全国地方公共団体コード: five digits and a check digit.

/// Whether the six digits of `code` agree with each other (総務省, 検査数字: modulus 11, weights 6 to 2).
pub fn is_code(code: &str) -> bool {
    let digits: Vec<u32> = code.chars().filter_map(|c| c.to_digit(10)).collect();
    let [body @ .., check] = &digits[..] else { return false };
    if digits.len() != 6 || code.len() != 6 {
        return false;
    }
    let sum: u32 = body.iter().zip([6, 5, 4, 3, 2]).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 10 == *check
}

#[cfg(test)]
mod tests {
    #[test]
    fn check_digits() {
        // 北海道, 東京都, 大阪府, 沖縄県, 那覇市, 横浜市
        for code in ["010006", "130001", "270008", "470007", "472018", "141003"] {
            assert!(super::is_code(code), "{code}");
        }
        for code in ["470008", "47000", "4700070", "47000７", "", "abcdef", "47000a"] {
            assert!(!super::is_code(code), "{code}");
        }
    }
}
