//! What a person sees on a page and what not, one feature each: white text, patterns, fonts of pictures, layers, form fields.

use super::tests::{FONT, close, codes, left_edges, one_page, read, read_with, stream, text};
use super::{Options, Reader};

#[test]
fn white_text_on_paper_is_not_seen_and_on_something_dark_it_is() {
    let helper = read("BT /F 10 Tf 20 30 Td (100) Tj 1 g 40 0 Td (999) Tj ET");
    assert_eq!((text(&helper).as_str(), codes(&helper)), ("100", vec!["invisible_text"]));
    let heading = "1 g BT /F 10 Tf 22 33 Td (head) Tj ET";
    for dark in [
        "0 0 0.4 rg 15 25 90 20 re f",
        "0.2 G 20 w 10 35 m 190 35 l S",
        "0 g 15 25 m 90 25 l 110 35 l 90 45 l 15 45 l f",
        "q 100 0 0 30 15 25 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q",
        "/Any sh",
        "/Pattern cs /Any scn 15 25 90 20 re f",
    ] {
        let page = read(&format!("{dark} {heading} 0 g BT /F 10 Tf 20 60 Td (body) Tj ET"));
        assert_eq!((text(&page).as_str(), codes(&page)), ("headbody", vec![]), "{dark}");
    }
    let outlined = read("1 g 0 G 2 Tr BT /F 10 Tf 22 33 Td (drawn) Tj ET");
    assert_eq!(text(&outlined), "drawn");
}

#[test]
fn a_picture_seen_through_letters_does_not_hide_them() {
    let page = read("q BT /F 10 Tf 7 Tr 20 30 Td (through) Tj ET 0.5 g 15 25 60 15 re f Q 0.8 g 15 60 60 15 re f");
    assert_eq!((text(&page).as_str(), codes(&page)), ("through", vec![]));
    assert_eq!(page.fills.len(), 1, "what is painted shows through the letters only: {:?}", page.fills);
}

/// A pattern whose cell has a word and a line, and the object number of its resources' font.
fn patterned(pattern: &str, content: &str) -> crate::source::Page {
    let resources = format!("/Resources<<{FONT}/Pattern<</P 5 0 R>>>>");
    let cell = stream(
        &format!("/PatternType 1/PaintType 1/TilingType 1{pattern}/Resources<<{FONT}>>"),
        "BT /F 10 Tf 5 10 Td (ab) Tj ET 0 0 m 40 0 l S",
    );
    read_with(&resources, content, &[cell])
}

#[test]
fn text_and_lines_of_a_tiling_pattern_are_read_where_they_are_shown() {
    // One tile only.
    let once = patterned("/BBox[0 0 60 40]/XStep 500/YStep 500", "/Pattern cs /P scn 0 0 100 60 re f");
    assert_eq!(text(&once), "ab");
    assert!(close(once.glyphs[0].rect.x0, 5.0) && close(once.glyphs[0].rect.y1, 91.2), "{:?}", once.glyphs[0]);
    assert!(once.rules.iter().any(|r| r.horizontal && close(r.pos, 100.0) && close(r.end, 40.0)), "{:?}", once.rules);
    // Two across, moved by the pattern's matrix and not by that of the page's drawing.
    let twice = patterned(
        "/BBox[0 0 40 40]/XStep 50/YStep 500/Matrix[1 0 0 1 10 20]",
        "q 1 0 0 1 7 7 cm /Pattern cs /P scn 3 13 100 40 re f Q BT /F 10 Tf 20 70 Td (c) Tj ET",
    );
    assert_eq!(text(&twice), "ababc");
    assert_eq!(left_edges(&twice), [15.0, 20.0, 65.0, 70.0, 20.0]);
    assert_eq!(codes(&twice), Vec::<&str>::new());
    // Text that is set in a pattern's colour is text, and the pattern no second one.
    let coloured = patterned("/BBox[0 0 40 40]/XStep 50/YStep 50", "/Pattern cs /P scn BT /F 9 Tf 9 9 Td (x) Tj ET");
    assert_eq!(text(&coloured), "x");
}

#[test]
fn a_texture_is_a_background_and_a_pattern_of_too_many_tiles_is_cut() {
    let texture = patterned("/BBox[0 0 8 8]/XStep 8/YStep 8", "/Pattern cs /P scn 0 0 100 60 re f");
    assert_eq!((text(&texture).as_str(), texture.rules.len(), texture.fills.len()), ("", 0, 1));
    let grain = patterned("/BBox[0 0 40 40]/XStep 0.02/YStep 500", "/Pattern cs /P scn 0 0 190 90 re f");
    assert_eq!(grain.glyphs.len(), 0);
    let nonsense =
        patterned("/BBox[0 0 40 40]/XStep 0/YStep -40/Matrix[0 0 0 0 0 0]", "/Pattern cs /P scn 0 0 9 9 re f");
    assert_eq!(text(&nonsense), "");
    let cell = stream("/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 40 40]/XStep 40/YStep 40", "0 0 m 40 0 l S");
    let mut options = Options::default();
    options.limits.forms = 5;
    let page = "/Resources<</Pattern<</P 5 0 R>>>>";
    let bytes = one_page(page, "/Pattern cs /P scn 0 0 200 100 re f", &[cell]);
    let cut = Reader::open(bytes, &options).unwrap().page(1).unwrap();
    assert!(cut.rules.is_empty() && codes(&cut).contains(&"page_limit"), "{:?}", cut.notes);
}

#[test]
fn bullets_of_picture_fonts_are_bullets_and_no_letters() {
    let shown = |font: &str, codes: &str| {
        let page = format!("/Resources<</Font<</F {font}>>>>");
        let page = read_with(&page, &format!("BT /F 10 Tf 20 30 Td <{codes}> Tj ET"), &[]);
        (text(&page), page.notes.iter().map(|n| n.code).collect::<Vec<_>>())
    };
    let simple = |name: &str, more: &str| format!("<</Type/Font/Subtype/TrueType/BaseFont/{name}{more}>>");
    let known = |text: &str| (text.to_owned(), vec![]);
    assert_eq!(shown(&simple("ABCDEF+Wingdings-Regular", "/Encoding/WinAnsiEncoding"), "6cd8fc"), known("●➢✓"));
    assert_eq!(shown(&simple("Wingdings", ""), "6e75"), known("■◆"));
    assert_eq!(shown(&simple("ZapfDingbats", ""), "346c"), known("✔●"));
    assert_eq!(shown(&simple("Symbol", ""), "b761"), known("•α"));
    let (text, notes) = shown(&simple("Wingdings2", "/Encoding/WinAnsiEncoding"), "50");
    assert_eq!((text.as_str(), notes), ("\u{FFFD}", vec!["unmapped_glyph"]), "a tick is no P");
}

/// A Type 0 font with a ToUnicode map in object 5.
fn told(to_unicode: &str, more: &[String]) -> (String, Vec<&'static str>) {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Z/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts[\
                <</Subtype/CIDFontType2/BaseFont/Z/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)>>>>]>>";
    let objects: Vec<String> = [to_unicode.to_owned()].into_iter().chain(more.iter().cloned()).collect();
    let page = read_with(
        &format!("/Resources<</Font<</F {font}>>>>"),
        "BT /F 10 Tf 20 30 Td <0001000203420343> Tj ET",
        &objects,
    );
    (text(&page), codes(&page))
}

#[test]
fn to_unicode_maps_that_build_upon_others_are_read_with_them() {
    let base = stream(
        "",
        "2 beginbfchar <0001> <3042> <0002> <3044> endbfchar 1 beginbfrange <0342> <0343> <3046> endbfrange",
    );
    let own = stream("/UseCMap 6 0 R", "1 beginbfchar <0002> <00660069> endbfchar");
    assert_eq!(told(&own, &[base]), ("あfiうぇ".to_owned(), vec![]));
    // Codes that are CIDs of Adobe-Japan1: 1 is a space, 834 the sixty-fourth hiragana before ...
    let named = stream("", "/Adobe-Japan1-UCS2 usecmap 1 beginbfchar <0001> <0041> endbfchar");
    let (text, notes) = told(&named, &[]);
    assert!(text.starts_with("A!") && text.chars().count() == 4 && notes.is_empty(), "{text} {notes:?}");
    assert_eq!(told("/Adobe-Japan1-UCS2", &[]).0, text.replacen('A', " ", 1));
    // One that builds upon itself ends.
    let (text, _) = told(&stream("/UseCMap 5 0 R", "1 beginbfchar <0001> <0041> endbfchar"), &[]);
    assert!(text.starts_with('A'));
}

#[test]
fn characters_of_private_use_are_kept_and_told() {
    let own = stream("", "4 beginbfchar <0001> <E001> <0002> <0041> <0342> <F8FF> <0343> <DB80DC01> endbfchar");
    let (text, notes) = told(&own, &[]);
    assert_eq!(text, "\u{E001}A\u{F8FF}\u{F0001}");
    assert_eq!(notes, ["private_character"]);
}

#[test]
fn a_layer_by_expression_hides_what_it_says() {
    // Object 9 is a layer that is off, 8 one that is on.
    let shown = |expression: &str| {
        let resources = format!("/Resources<<{FONT}/Properties<</O <</Type/OCMD/OCGs 8 0 R/VE {expression}>>>>>>");
        let layer = "<</Type/OCG/Name(x)>>".to_owned();
        let filler = "null".to_owned();
        let more = [filler.clone(), filler.clone(), filler, layer.clone(), layer];
        text(&read_with(&resources, "BT /F 10 Tf 20 30 Td /OC /O BDC (a) Tj EMC (b) Tj ET", &more))
    };
    for (expression, expected) in [
        ("[/Not 9 0 R]", "ab"),
        ("[/Not 8 0 R]", "b"),
        ("[/And 8 0 R 9 0 R]", "b"),
        ("[/Or 8 0 R 9 0 R]", "ab"),
        ("[/And 8 0 R [/Not [/Or 9 0 R]]]", "ab"),
        // No expression: the groups decide.
        ("[/Nand 9 0 R]", "ab"),
        ("[]", "ab"),
    ] {
        assert_eq!(shown(expression), expected, "{expression}");
    }
}

#[test]
fn annotations_of_a_layer_that_is_off_are_left_out() {
    let form = stream(&format!("/Subtype/Form/BBox[0 0 100 20]/Resources<<{FONT}>>"), "BT /F 10 Tf 2 5 Td (off) Tj ET");
    let page = "/Annots[<</Subtype/Stamp/OC 9 0 R/Rect[20 30 120 50]/AP<</N 5 0 R>>>>]";
    let filler = "null".to_owned();
    let more = [form, filler.clone(), filler.clone(), filler, "<</Type/OCG/Name(x)>>".to_owned()];
    assert_eq!(text(&read_with(page, "", &more)), "");
}

#[test]
fn fields_that_a_viewer_would_draw_are_told_with_their_values() {
    let page = "/Annots[<</Subtype/Widget/FT/Tx/V(filled in)/Rect[20 30 120 50]>> <</Subtype/Widget/Rect[0 0 9 9]/Parent 5 0 R>>\
                <</Subtype/Widget/FT/Tx/V()/Rect[0 0 9 9]>> <</Subtype/FreeText/Contents(note)/Rect[0 0 9 9]>>\
                <</Subtype/Text/Contents(a pop-up)/Rect[0 0 9 9]>>]";
    let page = read_with(page, "", &["<</FT/Tx/V<FEFF5024>>>".to_owned()]);
    let note = page.notes.iter().find(|n| n.code == "field_not_drawn").unwrap();
    assert!(note.message.starts_with("3 ") && note.message.contains("「filled in」「値」「note」"), "{}", note.message);
}

#[test]
fn more_annotations_than_forms_may_be_drawn_are_cut_and_told() {
    let form = stream(&format!("/Subtype/Form/BBox[0 0 100 20]/Resources<<{FONT}>>"), "BT /F 10 Tf 2 5 Td (x) Tj ET");
    let annotation = "<</Subtype/Stamp/Rect[20 30 120 50]/AP<</N 5 0 R>>>>";
    let mut options = Options::default();
    options.limits.forms = 5;
    let bytes = one_page(&format!("/Annots[{}]", annotation.repeat(9)), "", &[form]);
    let page = Reader::open(bytes, &options).unwrap().page(1).unwrap();
    assert_eq!(codes(&page), ["page_limit"]);
    assert!(page.notes[0].message.contains("--limit forms=N"));
}

/// A structure tree in a file of its own table: element 7 speaks of the span of number 4 on the page.
fn structured(element: &str, content: &str) -> crate::source::Page {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Z/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2>>]>>";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 6 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</U 5 0 R/F <</Type/Font/Subtype/Type1/BaseFont/X/Encoding/WinAnsiEncoding>>>>>>>>".to_owned(),
        stream("", content),
        font.to_owned(),
        "<</Type/StructTreeRoot/K 7 0 R>>".to_owned(),
        element.to_owned(),
    ];
    Reader::open(super::tests::pdf(&objects), &Options::default()).unwrap().page(1).unwrap()
}

#[test]
fn the_structure_tree_says_what_a_font_does_not_and_no_more() {
    let element = "<</Type/StructElem/S/Span/P 6 0 R/Pg 3 0 R/K 4/ActualText<FEFF69D85F0F>>>";
    let unknown = "/Span <</MCID 4>> BDC BT /U 10 Tf 20 30 Td <00410042> Tj ET EMC";
    let page = structured(element, unknown);
    assert_eq!((text(&page).as_str(), codes(&page)), ("様式", vec![]));
    assert_eq!(left_edges(&page), [20.0, 30.0]);
    // What the font tells stands.
    let known = "/Span <</MCID 4>> BDC BT /F 10 Tf 20 30 Td (printed) Tj ET EMC";
    assert_eq!(text(&structured(element, known)), "printed");
    // Of another span, of another page, by a description, for several spans: nobody says which.
    for (other, content) in [
        (element.to_owned(), unknown.replace('4', "5")),
        (element.replace("Pg 3", "Pg 2"), unknown.to_owned()),
        (element.replace("ActualText", "Alt"), unknown.to_owned()),
        (element.replace("/K 4", "/K[4 5]"), unknown.to_owned()),
    ] {
        let page = structured(&other, &content);
        assert_eq!((text(&page).as_str(), codes(&page)), ("\u{FFFD}\u{FFFD}", vec!["unmapped_glyph"]), "{other}");
    }
    let reference = element.replace("/K 4", "/K[<</Type/MCR/Pg 3 0 R/MCID 4>>]").replace("/Pg 3 0 R/K", "/K");
    assert_eq!(text(&structured(&reference, unknown)), "様式");
    // A span's own text comes first.
    let own = "/Span <</MCID 4>> BDC /Span <</ActualText(own)>> BDC BT /F 10 Tf 20 30 Td (abc) Tj ET EMC EMC";
    assert_eq!(text(&structured(element, own)), "own");
}

/// How scanners with text recognition write a page: the words first, the picture of the page over them.
#[test]
fn text_under_the_picture_of_a_page_is_told_apart() {
    let picture = stream("/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", "x");
    let resources = format!("/Resources<<{FONT}/XObject<</I 5 0 R>>>>");
    let words = "BT /F 10 Tf 20 30 Td (words) Tj ET q 200 0 0 100 0 0 cm /I Do Q";
    let page = read_with(&resources, words, std::slice::from_ref(&picture));
    assert_eq!((text(&page).as_str(), codes(&page)), ("words", vec!["ocr_text"]));
    // With something seen beside it, what is covered is not the page's text.
    let stamped = format!("{words} BT /F 10 Tf 20 60 Td (stamp) Tj ET");
    let page = read_with(&resources, &stamped, &[picture]);
    assert_eq!((text(&page).as_str(), codes(&page)), ("stamp", vec!["covered_text"]));
}

#[test]
fn a_form_that_cannot_be_read_is_told() {
    let resources = format!("/Resources<<{FONT}/XObject<</X 5 0 R/Y 6 0 R/Z 7 0 R>>>>");
    let word = "BT /F 10 Tf 20 30 Td (a) Tj ET";
    let more = [
        stream("/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", "no deflate"),
        stream("/Subtype/Form/BBox[0 0 9 9]", "0 g"),
    ];
    for (content, lost) in [("/X Do", true), ("/Y Do", false), ("/Z Do", true), ("/Nobody Do", true)] {
        let page = read_with(&resources, &format!("{content} {word}"), &more);
        assert_eq!(text(&page), "a");
        assert_eq!(codes(&page), if lost { vec!["page_damaged"] } else { vec![] }, "{content}");
    }
}
