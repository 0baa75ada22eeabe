//! The reader on PDFs made by hand, one feature each.

use super::{Limits, Options, Reader};
use crate::error::ErrorKind;
use crate::source::{Glyph, Page};

/// A PDF of numbered objects (from 1; the first is the catalog), with a right cross-reference table.
pub(super) fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", index + 1).as_bytes());
    }
    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let size = objects.len() + 1;
    out.extend_from_slice(format!("trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    out
}

pub(super) fn stream(dict: &str, data: &str) -> String {
    format!("<<{dict}/Length {}>>\nstream\n{data}\nendstream", data.len())
}

/// One page (object 3, content 4), what else it says, its content, and objects from 5 on.
pub(super) fn one_page(page: &str, content: &str, more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[9 0 R]/D<</OFF[9 0 R]>>>>>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 4 0 R{page}>>"),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

/// Helvetica with every glyph half an em wide, under the name F.
pub(super) const FONT: &str = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/X/Encoding/WinAnsiEncoding>>>>";

pub(super) fn read_with(page: &str, content: &str, more: &[String]) -> Page {
    Reader::open(one_page(page, content, more), &Options::default()).unwrap().page(1).unwrap()
}

/// A page with the font F.
pub(super) fn read(content: &str) -> Page {
    read_with(&format!("/Resources<<{FONT}>>"), content, &[])
}

pub(super) fn text(page: &Page) -> String {
    page.glyphs.iter().map(|g| g.ch).collect()
}

pub(super) fn codes(page: &Page) -> Vec<&'static str> {
    page.notes.iter().map(|n| n.code).collect()
}

pub(super) fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 0.01
}

pub(super) fn left_edges(page: &Page) -> Vec<f32> {
    page.glyphs.iter().map(|g| (g.rect.x0 * 100.0).round() / 100.0).collect()
}

#[test]
fn a_glyph_has_its_advance_box_and_stands_on_its_baseline() {
    let page = read("BT /F 10 Tf 20 30 Td (ab) Tj ET");
    assert_eq!(text(&page), "ab");
    let Glyph { rect, size, vertical, clip, .. } = page.glyphs[0];
    assert!(close(rect.x0, 20.0) && close(rect.x1, 25.0), "{rect:?}");
    assert!(close(rect.y0, 70.0 - 8.8) && close(rect.y1, 70.0 + 1.2), "{rect:?}");
    assert_eq!((size, vertical, clip), (10.0, false, 0));
    assert_eq!((page.width, page.height), (200.0, 100.0));
}

#[test]
fn spacing_stretch_rise_and_kerning_move_the_glyphs() {
    assert_eq!(left_edges(&read("BT /F 10 Tf 1 Tc (abc) Tj ET")), [0.0, 6.0, 12.0]);
    assert_eq!(left_edges(&read("BT /F 10 Tf 2 Tw (a b) Tj ET")), [0.0, 5.0, 12.0]);
    assert_eq!(left_edges(&read("BT /F 10 Tf 50 Tz 1 Tc (abc) Tj ET")), [0.0, 3.0, 6.0]);
    assert_eq!(left_edges(&read("BT /F 10 Tf [(a) -1000 (b) 500 (c)] TJ ET")), [0.0, 15.0, 15.0]);
    assert_eq!(left_edges(&read("BT /F 10 Tf 12 TL 5 50 Td (a) ' (b) ' T* (c) Tj ET")), [5.0; 3]);
    let page = read("BT /F 10 Tf 0 50 Td 3 Ts (a) Tj ET");
    assert!(close(page.glyphs[0].rect.y1, 50.0 - 3.0 + 1.2));
    let page = read("BT /F 10 Tf 14 TL 0 50 Td (a) Tj T* (b) Tj 1 2 (c) \" ET");
    assert!(close(page.glyphs[1].rect.y1 - page.glyphs[0].rect.y1, 14.0));
    assert!(close(page.glyphs[2].rect.y1 - page.glyphs[0].rect.y1, 28.0));
}

#[test]
fn rotated_cropped_and_scaled_pages_are_seen_as_shown() {
    let content = "BT /F 10 Tf 0 1 -1 0 60 20 Tm (ab) Tj ET BT /F 10 Tf 5 5 Td (out) Tj ET";
    let page = read_with(&format!("/Resources<<{FONT}>>/Rotate 90/CropBox[50 10 150 90]"), content, &[]);
    assert_eq!((page.width, page.height), (80.0, 100.0));
    assert_eq!(text(&page), "ab", "what lies outside the CropBox is not content");
    let rect = page.glyphs[0].rect;
    assert!(close(rect.x0, 10.0) && close(rect.x1, 15.0) && close(rect.y1, 11.2), "{rect:?}");
    let page = read_with(&format!("/Resources<<{FONT}>>/UserUnit 2"), "BT /F 10 Tf 20 30 Td (a) Tj ET", &[]);
    assert_eq!((page.width, page.glyphs[0].size), (400.0, 20.0));
    assert!(close(page.glyphs[0].rect.x0, 40.0));
}

#[test]
fn forms_are_followed_and_cycles_are_cut() {
    let resources = format!("/Resources<<{FONT}/XObject<</X 5 0 R>>>>");
    let inner = stream(
        &format!("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Matrix[1 0 0 1 10 0]{resources}"),
        "BT /F 10 Tf (a) Tj ET /X Do /X Do",
    );
    let page = read_with(&resources, "1 0 0 1 50 50 cm /X Do BT /F 10 Tf (b) Tj ET", &[inner]);
    assert_eq!(text(&page), "ab");
    assert_eq!(left_edges(&page), [60.0, 50.0]);
    assert_eq!(codes(&page), ["form_cycle"]);
}

#[test]
fn forms_that_multiply_end_at_their_budget() {
    // Each of twenty forms draws the next one twice: a million drawings without a budget.
    let resources = |next: usize| format!("/Resources<<{FONT}/XObject<</X {next} 0 R>>>>");
    let form = |index: usize| {
        stream(&format!("/Subtype/Form/BBox[0 0 200 100]{}", resources(index + 1)), "BT /F 1 Tf (a) Tj ET /X Do /X Do")
    };
    let last = stream("/Subtype/Form/BBox[0 0 9 9]", "0 g");
    let forms: Vec<String> = (5..25).map(form).chain([last]).collect();
    let options = Options { limits: Limits { forms: 1000, ..Limits::default() }, ..Options::default() };
    let reader = Reader::open(one_page(&resources(5), "/X Do", &forms), &options).unwrap();
    let page = reader.page(1).unwrap();
    assert_eq!(codes(&page), ["page_limit"]);
    assert!(page.notes[0].message.contains("forms (1000;"));
    assert!(!page.glyphs.is_empty());
}

#[test]
fn invisible_text_is_left_out_unless_it_is_all_there_is() {
    let page = read("BT /F 10 Tf 20 30 Td (seen) Tj 3 Tr (unseen) Tj ET");
    assert_eq!((text(&page).as_str(), codes(&page)), ("seen", vec!["invisible_text"]));
    let page = read("q 200 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q BT /F 10 Tf 3 Tr 20 30 Td (ocr) Tj ET");
    assert_eq!((text(&page).as_str(), codes(&page)), ("ocr", vec!["ocr_text"]));
    assert_eq!(page.images.len(), 1);
}

#[test]
fn clipped_text_is_gone_and_the_rest_knows_its_clip() {
    let page =
        read("q 10 10 50 20 re W n BT /F 10 Tf 12 15 Td (in) Tj 100 0 Td (out) Tj ET Q BT /F 10 Tf 12 70 Td (x) Tj ET");
    assert_eq!(text(&page), "inx");
    let clip = page.clips[page.glyphs[0].clip as usize];
    assert!(close(clip.x0, 10.0) && close(clip.x1, 60.0) && close(clip.y0, 70.0) && close(clip.y1, 90.0), "{clip:?}");
    assert_eq!(page.glyphs[2].clip, 0);
}

#[test]
fn text_that_is_painted_over_is_not_seen() {
    let page = read("BT /F 10 Tf 20 30 Td (secret) Tj 0 40 Td (open) Tj ET 0 g 15 25 60 15 re f");
    assert_eq!((text(&page).as_str(), codes(&page)), ("open", vec!["covered_text"]));
    let page = read("0.9 g 15 25 60 15 re f 0 g BT /F 10 Tf 20 30 Td (cell) Tj ET 1 g 15 60 60 15 re f");
    assert_eq!((text(&page).as_str(), codes(&page)), ("cell", vec![]));
}

#[test]
fn fake_bold_is_read_once() {
    assert_eq!(text(&read("BT /F 10 Tf 20 30 Td (bold) Tj 0.3 0 Td (bold) Tj 20 0 Td (ll) Tj ET")), "boldll");
}

#[test]
fn layers_that_are_off_are_left_out() {
    let resources = format!("/Resources<<{FONT}/Properties<</O 9 0 R>>>>");
    let filler = "null".to_owned();
    let more = vec![filler.clone(), filler.clone(), filler.clone(), filler, "<</Type/OCG/Name(x)>>".to_owned()];
    let page = read_with(&resources, "BT /F 10 Tf 20 30 Td /OC /O BDC (off) Tj EMC (on) Tj ET", &more);
    assert_eq!(text(&page), "on");
    assert_eq!(left_edges(&page), [35.0, 40.0], "what is hidden still takes its place");
}

#[test]
fn actual_text_stands_in_the_place_of_its_glyphs() {
    let page = read("BT /F 10 Tf 20 30 Td (a) Tj /Span <</ActualText <FEFF7528>>> BDC (b) Tj EMC (c) Tj ET");
    assert_eq!(text(&page), "a用c");
    assert_eq!(left_edges(&page), [20.0, 25.0, 30.0]);
    let page = read(
        "BT /F 10 Tf 20 30 Td /Span <</ActualText (fi)>> BDC (x) Tj /Span <</ActualText (no)>> BDC (y) Tj EMC EMC ET",
    );
    assert_eq!(text(&page), "fi");
}

#[test]
fn strokes_thin_boxes_and_frames_are_rules_and_backgrounds_are_not() {
    let page = read(
        "0.5 w 10 10 m 100 10 l S [2] 0 d 10 20 30 20 re S [] 0 d 50 50 0.72 14 re f \
         1 g 0 0 200 100 re f 0.9 g 10 60 100 20 re f 1 G 10 70 m 110 70 l S 10 95 m 110 95 l S 0 g 120 60 40 20 re 121 61 38 18 re f*",
    );
    let rule = |horizontal: bool, pos: f32, start: f32, end: f32| {
        page.rules
            .iter()
            .any(|r| r.horizontal == horizontal && close(r.pos, pos) && close(r.start, start) && close(r.end, end))
    };
    assert!(rule(true, 90.0, 10.0, 100.0), "a stroke");
    assert!(rule(true, 80.0, 10.0, 40.0) && rule(false, 40.0, 60.0, 80.0), "a dashed box has four sides");
    assert!(rule(false, 50.36, 36.0, 50.0), "a thin box");
    assert!(rule(true, 30.0, 10.0, 110.0), "a white line over grey");
    assert!(!rule(true, 5.0, 10.0, 110.0), "a white line over paper");
    assert!(rule(true, 20.5, 120.0, 160.0) && rule(false, 159.5, 20.0, 40.0), "a frame");
    assert_eq!(page.rules.len(), 1 + 4 + 1 + 1 + 4);
    assert_eq!(page.fills.len(), 1, "white is paper: {:?}", page.fills);
}

#[test]
fn glyphs_without_a_character_are_named() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Z/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2>>]>>";
    let page = read_with(&format!("/Resources<</Font<</F {font}>>>>"), "BT /F 10 Tf 20 30 Td <00410042> Tj ET", &[]);
    assert_eq!(text(&page), "\u{FFFD}\u{FFFD}");
    let note = &page.notes[0];
    assert_eq!(note.code, "unmapped_glyph");
    assert!(note.message.contains(" Z ") && note.message.contains("0x0041, 0x0042"), "{}", note.message);
}

#[test]
fn vertical_text_goes_down_in_boxes_of_one_em() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Z/Encoding/UniJIS-UCS2-V/DescendantFonts[\
                <</Subtype/CIDFontType0/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>>>]>>";
    let page = read_with(&format!("/Resources<</Font<</F {font}>>>>"), "BT /F 10 Tf 50 80 Td <30423044> Tj ET", &[]);
    assert_eq!(text(&page), "あい");
    let (a, b) = (page.glyphs[0], page.glyphs[1]);
    assert!(a.vertical && close(a.rect.x0, 45.0) && close(a.rect.x1, 55.0), "{a:?}");
    assert!(close(a.rect.y0, 20.0) && close(a.rect.y1, 30.0) && close(b.rect.y0, 30.0), "{a:?} {b:?}");
}

#[test]
fn widths_of_ranges_in_an_object_of_their_own_are_read() {
    let font = "<</Type/Font/Subtype/Type0/BaseFont/Z/Encoding/UniJIS-UTF16-H/DescendantFonts[<</Subtype/CIDFontType0/W 5 0 R\
                /CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 6>>>>]>>";
    let ranges = "[1 2 300 3 39 300 40 50 400 231 632 500 700 800 300 900 901 300]".to_owned();
    let page =
        read_with(&format!("/Resources<</Font<</F {font}>>>>"), "BT /F 10 Tf <0041304200410041> Tj ET", &[ranges]);
    assert_eq!(text(&page), "AあAA");
    assert_eq!(left_edges(&page), [0.0, 3.0, 13.0, 16.0]);
}

#[test]
fn differences_and_ligatures_of_simple_fonts_are_read() {
    let font = "<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 1/Widths[600 500 500]/Encoding<</Differences[1/f_i/uni3042/nosuchname]>>>>";
    let page = read_with(&format!("/Resources<</Font<</F {font}>>>>"), "BT /F 10 Tf <010203> Tj ET", &[]);
    assert_eq!(text(&page), "fiあ\u{FFFD}");
    assert_eq!(left_edges(&page), [0.0, 3.0, 6.0, 11.0]);
}

#[test]
fn type3_widths_go_through_the_font_matrix() {
    let font = "<</Type/Font/Subtype/Type3/FontMatrix[0.01 0 0 0.01 0 0]/FontBBox[0 0 100 100]/FirstChar 97/LastChar 98\
                /Widths[60 50]/Encoding<</Differences[97/a/b]>>/CharProcs<<>>>>";
    let page = read_with(&format!("/Resources<</Font<</F {font}>>>>"), "BT /F 10 Tf (ab) Tj ET", &[]);
    assert_eq!(text(&page), "ab");
    assert_eq!(left_edges(&page), [0.0, 6.0]);
    assert_eq!(page.glyphs[0].size, 10.0);
}

#[test]
fn annotations_that_show_text_are_read() {
    let form =
        stream(&format!("/Subtype/Form/BBox[0 0 100 20]/Resources<<{FONT}>>"), "BT /F 10 Tf 2 5 Td (filled) Tj ET");
    let page = "/Annots[<</Subtype/Widget/Rect[20 30 120 50]/AP<</N 5 0 R>>>> <</Subtype/Stamp/F 2/Rect[0 0 9 9]/AP<</N 5 0 R>>>>]";
    let page = read_with(page, "", &[form]);
    assert_eq!(text(&page), "filled");
    assert!(close(page.glyphs[0].rect.x0, 22.0) && close(page.glyphs[0].rect.y1, 66.2), "{:?}", page.glyphs[0]);
}

#[test]
fn inline_images_have_a_place_and_no_text() {
    let page = read("q 40 0 0 20 10 10 cm BI /W 4 /H 1 /BPC 8 /CS /G ID (Tj) EI Q BT /F 10 Tf 20 30 Td (a) Tj ET");
    assert_eq!(text(&page), "a");
    let image = page.images[0];
    assert!(close(image.x0, 10.0) && close(image.x1, 50.0) && close(image.y0, 70.0), "{image:?}");
}

#[test]
fn pages_without_text_say_what_to_do() {
    let page = read("q 200 0 0 100 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q");
    assert_eq!(codes(&page), ["page_without_text"]);
    assert!(page.notes[0].message.contains("OCR"));
    let curves = "0 0 m 1 1 2 2 3 9 c 9 9 l f ".repeat(30);
    assert!(read(&curves).notes[0].message.contains("outlines"));
}

#[test]
fn a_limit_keeps_what_was_read_before_it() {
    let open = |limits: Limits| {
        let content = "BT /F 10 Tf 20 30 Td (a) Tj ET\n".repeat(5000);
        let bytes = one_page(&format!("/Resources<<{FONT}>>"), &content, &[]);
        Reader::open(bytes, &Options { limits, ..Options::default() }).unwrap().page(1).unwrap()
    };
    for (limits, name) in [
        (Limits { operators: 5_000, ..Limits::default() }, "operators"),
        (Limits { stream_bytes: 5_000, ..Limits::default() }, "stream_bytes"),
        (Limits { page_bytes: 5_000, ..Limits::default() }, "page_bytes"),
        (Limits { marks: 1_000, ..Limits::default() }, "marks"),
        (Limits { operators: 4, ..Limits::default() }, "operators"),
    ] {
        let page = open(limits);
        assert!(
            page.notes.iter().any(|n| n.code == "page_limit" && n.message.contains(name)),
            "{name}: {:?}",
            page.notes
        );
        assert!(!page.glyphs.is_empty(), "{name}");
    }
    let options = Options { limits: Limits { objects: 3, ..Limits::default() }, ..Options::default() };
    let error = Reader::open(one_page("", "", &[]), &options).err().unwrap();
    assert!(matches!(error.kind, ErrorKind::Limit { limit: "objects", .. }));
}

/// Every limit of a page, exceeded one at a time by a page that ends with a word.
#[test]
fn each_limit_is_named_and_what_lies_within_is_read() {
    let resources = format!("/Resources<<{FONT}/XObject<</X 5 0 R>>>>");
    let inner = stream(&format!("/Subtype/Form/BBox[0 0 200 100]{}", resources.replace('5', "6")), "/X Do");
    let innermost = stream(&format!("/Subtype/Form/BBox[0 0 200 100]{resources}"), "BT /F 1 Tf (deep) Tj ET");
    let word = "BT /F 10 Tf 20 30 Td (word) Tj ET";
    let read = |content: &str, limits: Limits| {
        let bytes = one_page(&resources, &format!("{content} {word}"), &[inner.clone(), innermost.clone()]);
        let options = Options { limits, ..Options::default() };
        let page = Reader::open(bytes, &options).unwrap().page(1).unwrap();
        let notes: Vec<String> = page.notes.iter().map(|n| n.message.clone()).collect();
        (text(&page), notes)
    };
    let few = |set: fn(&mut Limits)| {
        let mut limits = Limits::default();
        set(&mut limits);
        limits
    };
    for (name, content, limits, expected) in [
        ("nesting", "/X Do", few(|l| l.nesting = 1), "word"),
        ("forms", "/X Do", few(|l| l.forms = 1), ""),
        ("open_states", "q q q Q Q Q", few(|l| l.open_states = 2), "word"),
        ("open_states", "/A BMC /B BMC EMC EMC", few(|l| l.open_states = 1), "word"),
        ("operands", "BT /F 5 Tf [(a) (b) (c)] TJ ET", few(|l| l.operands = 3), "abword"),
        ("marks", "0 0 m 1 1 l 2 2 l 3 3 l f", few(|l| l.marks = 3), "wor"),
        ("operators", "BT /F 5 Tf (a) Tj ET", few(|l| l.operators = 3), "a"),
        ("seconds_per_page", &"0 g ".repeat(2_000), few(|l| l.seconds_per_page = 0), ""),
    ] {
        let (found, notes) = read(content, limits);
        assert_eq!(found, expected, "{name}");
        assert!(notes.iter().any(|n| n.contains(&format!("--limit {name}=N"))), "{name}: {notes:?}");
        let (_, notes) = read(content, Limits::default());
        assert!(!notes.iter().any(|n| n.contains("limit")), "{name}: {notes:?}");
    }
}

#[test]
fn pages_beyond_the_limit_are_counted() {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>".to_owned();
    let tree = |count: i32| {
        let kids: Vec<String> = (3..8).map(|kid| format!("{kid} 0 R")).collect();
        format!("<</Type/Pages/Kids[{}]/Count {count}>>", kids.join(" "))
    };
    let said = |bytes: &[u8], pages: usize| {
        let options = Options { limits: Limits { pages, ..Limits::default() }, ..Options::default() };
        let reader = Reader::open(bytes, &options).unwrap();
        let note = reader.notes().iter().find(|n| n.code == "document_limit").map(|n| n.message.clone());
        (reader.page_count(), note.unwrap_or_default())
    };
    let objects = |count| {
        let head = ["<</Type/Catalog/Pages 2 0 R>>".to_owned(), tree(count)];
        head.into_iter().chain((0..5).map(|_| page.clone())).collect::<Vec<_>>()
    };
    let whole = pdf(&objects(5));
    assert_eq!(said(&whole, 5), (5, String::new()));
    let (read, note) = said(&whole, 2);
    assert!(read == 2 && note.contains("only the first 2 of 5 page(s)") && note.contains("--limit pages=N"), "{note}");
    let (read, note) = said(&pdf(&objects(-1)), 2);
    assert!(read == 2 && note.contains("only the first 2 page(s)"), "{note}");
    // Found one by one, in a file that lost its page tree.
    let lost = String::from_utf8(whole).unwrap().replace("/Kids", "/Kidz");
    let (read, note) = said(lost.as_bytes(), 2);
    assert!(read == 2 && note.contains("only the first 2 of 5 page(s)"), "{note}");
}

/// Two object streams, one within the limit and one beyond: what the first has is read, and a note says that there was more.
#[test]
fn object_streams_have_a_bound_together() {
    let font = "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding/WinAnsiEncoding>>";
    let container = |number: u32, object: &str| {
        let head = format!("{number} 0 ");
        stream(&format!("/Type/ObjStm/N 1/First {}", head.len()), &format!("{head}{object}"))
    };
    let large = format!("[{}]", "0 ".repeat(4_000));
    let mut bytes = one_page(
        "/Resources<</Font<</F 7 0 R>>>>",
        "BT /F 10 Tf 20 30 Td (a) Tj ET",
        &[container(7, font), container(8, &large)],
    );
    // Without the table, so that the streams' objects need no entries in one.
    bytes.truncate(memchr::memmem::find(&bytes, b"xref").unwrap());
    let read = |object_stream_bytes: usize| {
        let limits = Limits { object_stream_bytes, ..Limits::default() };
        let reader = Reader::open(&bytes[..], &Options { limits, ..Options::default() }).unwrap();
        let limited = reader.notes().iter().any(|n| n.message.contains("object_stream_bytes"));
        (text(&reader.page(1).unwrap()), limited)
    };
    assert_eq!(read(1 << 20), ("a".to_owned(), false));
    assert_eq!(read(1_000), ("a".to_owned(), true));
}

#[test]
fn a_file_without_its_table_is_rebuilt() {
    let bytes = one_page(&format!("/Resources<<{FONT}>>"), "BT /F 10 Tf 20 30 Td (a) Tj ET", &[]);
    let end = memchr::memmem::find(&bytes, b"xref").unwrap();
    let reader = Reader::open(&bytes[..end], &Options::default()).unwrap();
    assert_eq!(reader.notes()[0].code, "repaired");
    assert_eq!(text(&reader.page(1).unwrap()), "a");
}

#[test]
fn pages_are_numbered_from_one() {
    let reader = Reader::open(one_page("", "", &[]), &Options::default()).unwrap();
    assert_eq!(reader.page_count(), 1);
    assert!(reader.page(0).is_err() && reader.page(2).is_err() && reader.page(u32::MAX).is_err());
}
