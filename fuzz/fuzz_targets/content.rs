//! A page's content stream, with fonts, forms, layers and settings at hand under short names.
#![no_main]

use hyoka_fuzz::{one_page, read, stream};
use libfuzzer_sys::fuzz_target;

const RESOURCES: &str = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/X/Encoding/WinAnsiEncoding>>\
    /G<</Type/Font/Subtype/Type0/BaseFont/M/Encoding/90ms-RKSJ-H/DescendantFonts[6 0 R]>>\
    /V<</Type/Font/Subtype/Type0/BaseFont/M/Encoding/UniJIS-UTF16-V/DescendantFonts[6 0 R]>>\
    /T<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/FirstChar 65/LastChar 67/Widths[50 60 70]\
    /Encoding<</Differences[65/A/uni3042/C]>>/CharProcs<<>>>>>>\
    /XObject<</X 7 0 R/Y 8 0 R/I 9 0 R>>/Properties<</O 5 0 R/P<</ActualText(x)>>/M<</MCID 1>>/V<</Type/OCMD/VE[/Or 5 0 R[/Not 5 0 R]]>>>>\
    /ExtGState<</E<</ca 0/CA .5/BM/Multiply/LW 2/Font[6 0 R 9]>>>>/ColorSpace<</C[/Separation/All/DeviceGray 5 0 R]>>\
    /Pattern<</P 10 0 R/Q 11 0 R>>";

fuzz_target!(|data: &[u8]| {
    let inner = format!("/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Matrix[1 0 0 1 9 9]/Resources<<{RESOURCES}>>");
    let tile = format!("/PatternType 1/PaintType 1/BBox[0 0 90 90]/XStep 99/YStep 60/Resources<<{RESOURCES}>>");
    let more = vec![
        b"<</Type/OCG/Name(o)>>".to_vec(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/M/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)>>/W[1[500 600]]/W2[1 9 -900 500 880]>>".to_vec(),
        // The form draws what the page draws, itself among it.
        stream(&inner, data),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", b"/X Do 0 0 50 50 re S"),
        stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"x"),
        stream(&tile, data),
        stream("/PatternType 1/PaintType 2/BBox[0 0 9 9]/XStep 30/YStep 9", b"0 0 m 9 0 l S"),
    ];
    read(&one_page(RESOURCES, data, more));
});
