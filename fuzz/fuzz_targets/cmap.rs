//! A CMap, as ToUnicode of one font and as the encoding of another.
#![no_main]

use hyoka_fuzz::{all_bytes, one_page, read, showing, stream};
use libfuzzer_sys::fuzz_target;

const ENCODES: &str = "/Font<</F<</Type/Font/Subtype/Type0/BaseFont/M/Encoding 7 0 R/DescendantFonts[6 0 R]>>>>";
const TELLS: &str =
    "/Font<</F<</Type/Font/Subtype/Type0/BaseFont/M/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[6 0 R]>>>>";

fuzz_target!(|data: &[u8]| {
    let mut shown = all_bytes();
    shown.extend_from_slice(&data[data.len().saturating_sub(64)..]);
    let content = showing(&shown);
    for resources in [ENCODES, TELLS] {
        let more = vec![
            b"<</Type/OCG>>".to_vec(),
            b"<</Type/Font/Subtype/CIDFontType0/BaseFont/M/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)>>>>"
                .to_vec(),
            stream("/Type/CMap", data),
        ];
        read(&one_page(resources, &content, more));
    }
});
