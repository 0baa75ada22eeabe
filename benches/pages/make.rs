//! The files that are read: many sheets bound into one, made from the fixtures.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Ruled sheets as office programs export them, fonts embedded.
const SHEETS: [&str; 6] =
    ["plain.pdf", "dashes.pdf", "edition_r6.pdf", "long_prose.pdf", "spellings.pdf", "two_programs.pdf"];

/// How the sheets were brought together.
#[derive(Clone, Copy, PartialEq)]
pub enum Binding {
    /// Sheets exported one by one and then merged: every sheet has fonts of its own.
    Merged,
    /// All exported at once: pages and contents apart, fonts shared.
    Export,
}

/// Makes the file in `folder`, unless it is there.
pub fn file(folder: &Path, pages: usize, binding: Binding) -> PathBuf {
    let kind = if binding == Binding::Merged { "merged" } else { "export" };
    let path = folder.join(format!("{kind}-{pages}.pdf"));
    if !path.is_file() {
        // Under another name until it is whole, in case the run is stopped.
        let unfinished = path.with_extension("part");
        bind(pages, binding).save(&unfinished).expect("the file can be written");
        std::fs::rename(&unfinished, &path).expect("the file can be named");
    }
    path
}

fn bind(pages: usize, binding: Binding) -> Document {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/initiative_sheet");
    let sheets: Vec<Document> = SHEETS
        .iter()
        .map(|name| Document::load(fixtures.join(name)).unwrap_or_else(|e| panic!("fixture {name}: {e}")))
        .collect();
    let mut out = Document::with_version("1.7");
    let root = out.new_object_id();
    let mut shared: Vec<HashMap<ObjectId, ObjectId>> = vec![HashMap::new(); sheets.len()];
    let mut kids = Vec::new();
    'sheets: for index in (0..sheets.len()).cycle() {
        let sheet = &sheets[index];
        let mut copies = HashMap::new();
        for page in sheet.get_pages().into_values() {
            let fonts = if binding == Binding::Export { Some(&mut shared[index]) } else { None };
            kids.push(Object::Reference(copy_page(&mut out, sheet, page, root, &mut copies, fonts)));
            if kids.len() == pages {
                break 'sheets;
            }
        }
    }
    let mut tree = Dictionary::new();
    tree.set("Type", "Pages");
    tree.set("Count", kids.len() as i64);
    tree.set("Kids", kids);
    out.set_object(root, tree);
    let mut catalog = Dictionary::new();
    catalog.set("Type", "Catalog");
    catalog.set("Pages", root);
    let catalog = out.add_object(catalog);
    out.trailer.set("Root", catalog);
    out
}

/// Copies a page with what it inherits and all it refers to.
fn copy_page(
    out: &mut Document,
    from: &Document,
    page: ObjectId,
    parent: ObjectId,
    copies: &mut HashMap<ObjectId, ObjectId>,
    mut fonts: Option<&mut HashMap<ObjectId, ObjectId>>,
) -> ObjectId {
    let mut dict = from.get_dictionary(page).expect("a page").clone();
    let mut at = dict.clone();
    while let Ok(above) = at.get(b"Parent").and_then(Object::as_reference).and_then(|id| from.get_dictionary(id)) {
        for key in [&b"Resources"[..], b"MediaBox", b"CropBox", b"Rotate"] {
            if let (false, Ok(value)) = (dict.has(key), above.get(key)) {
                dict.set(key, value.clone());
            }
        }
        at = above.clone();
    }
    // Back to the tree, to the tags and to neighbours.
    for key in [&b"Parent"[..], b"Annots", b"StructParents", b"B", b"Tabs"] {
        dict.remove(key);
    }
    let mut copied = copy(out, from, &Object::Dictionary(dict), copies, &mut fonts);
    copied.as_dict_mut().expect("a dictionary").set("Parent", parent);
    out.add_object(copied)
}

fn copy(
    out: &mut Document,
    from: &Document,
    object: &Object,
    copies: &mut HashMap<ObjectId, ObjectId>,
    fonts: &mut Option<&mut HashMap<ObjectId, ObjectId>>,
) -> Object {
    match object {
        Object::Reference(id) => {
            let known = copies.get(id).or_else(|| fonts.as_ref()?.get(id)).copied();
            let Ok(target) = from.get_object(*id) else { return Object::Null };
            Object::Reference(known.unwrap_or_else(|| {
                let new = out.new_object_id();
                match fonts {
                    Some(fonts) if is_font(target) => fonts.insert(*id, new),
                    _ => copies.insert(*id, new),
                };
                let copied = copy(out, from, target, copies, fonts);
                out.set_object(new, copied);
                new
            }))
        }
        Object::Array(items) => Object::Array(items.iter().map(|o| copy(out, from, o, copies, fonts)).collect()),
        Object::Dictionary(dict) => Object::Dictionary(copy_dict(out, from, dict, copies, fonts)),
        Object::Stream(stream) => {
            let mut stream = stream.clone();
            stream.dict = copy_dict(out, from, &stream.dict, copies, fonts);
            Object::Stream(stream)
        }
        plain => plain.clone(),
    }
}

fn copy_dict(
    out: &mut Document,
    from: &Document,
    dict: &Dictionary,
    copies: &mut HashMap<ObjectId, ObjectId>,
    fonts: &mut Option<&mut HashMap<ObjectId, ObjectId>>,
) -> Dictionary {
    dict.iter().map(|(key, value)| (key.clone(), copy(out, from, value, copies, fonts))).collect()
}

fn is_font(object: &Object) -> bool {
    object.as_dict().is_ok_and(|dict| dict.has_type(b"Font"))
}
