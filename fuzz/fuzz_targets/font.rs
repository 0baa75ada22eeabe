//! An embedded font program; the first byte says what kind of font it is embedded in.
#![no_main]

use hyoka_fuzz::{all_bytes, one_page, read, showing, stream};
use libfuzzer_sys::fuzz_target;

/// The font, and the key of its program. Object 6 is the descriptor, 7 the CID font.
const KINDS: [(&str, &str); 7] = [
    ("/Subtype/TrueType/FontDescriptor 6 0 R", "/FontFile2"),
    ("/Subtype/Type1/FontDescriptor 6 0 R", "/FontFile"),
    ("/Subtype/Type1/FontDescriptor 6 0 R", "/FontFile3"),
    ("/Subtype/Type0/Encoding/Identity-H/DescendantFonts[7 0 R]", "/FontFile2"),
    ("/Subtype/Type0/Encoding/Identity-V/DescendantFonts[7 0 R]", "/FontFile3"),
    ("/Subtype/Type0/Encoding/Nobody-Knows-H/DescendantFonts[7 0 R]", "/FontFile2"),
    ("/Subtype/Type0/Encoding/Identity-H/DescendantFonts[8 0 R]", "/FontFile3"),
];

fuzz_target!(|data: &[u8]| {
    let Some((&kind, program)) = data.split_first() else { return };
    let (font, key) = KINDS[usize::from(kind) % KINDS.len()];
    let resources = format!("/Font<</F<</Type/Font/BaseFont/M{font}>>>>");
    let cid = |ordering: &str| {
        let info = format!("/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})>>");
        format!("<</Type/Font/Subtype/CIDFontType2/BaseFont/M{info}/FontDescriptor 6 0 R>>").into_bytes()
    };
    let more = vec![
        b"<</Type/OCG>>".to_vec(),
        format!("<</Type/FontDescriptor{key} 9 0 R>>").into_bytes(),
        cid("Identity"),
        cid("Japan1"),
        stream("", program),
    ];
    read(&one_page(&resources, &showing(&all_bytes()), more));
});
