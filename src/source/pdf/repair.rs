//! Files whose table of objects is gone along with the trailer: what the objects themselves still tell.

use std::collections::HashSet;

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId, ObjectStream};

use super::object::{as_dict, get, get_name};

/// Number of the stand-in catalog, the highest that the parser's own search takes.
const STAND_IN: u32 = 999_999;

/// The file with a stand-in catalog and trailer at its end, so that the parser's search for objects has somewhere to start;
/// `encrypt` is the object that says how the file is encrypted.
pub(super) fn with_stand_in(bytes: &[u8], encrypt: Option<ObjectId>) -> Vec<u8> {
    let encrypt = encrypt.map(|(number, generation)| format!("/Encrypt {number} {generation} R")).unwrap_or_default();
    let tail = format!(
        "\nendstream\nendobj\n{STAND_IN} 0 obj\n<</Type/Catalog/Pages {STAND_IN} 0 R>>\nendobj\n\
         trailer\n<</Size {}/Root {STAND_IN} 0 R{encrypt}>>\nstartxref\n0\n%%EOF\n",
        STAND_IN + 1
    );
    [bytes, tail.as_bytes()].concat()
}

/// The object that says how the file is encrypted, when no trailer names it.
pub(super) fn encryption(doc: &Document) -> Option<ObjectId> {
    let is_it = |dict: &Dictionary| {
        get_name(doc, dict, b"Filter") == Some(b"Standard") && dict.has(b"O") && dict.has(b"U") && dict.has(b"V")
    };
    doc.objects.iter().rev().find(|(_, object)| as_dict(object).is_some_and(is_it)).map(|(id, _)| *id)
}

/// Objects in object streams, the latest version of each, where no table says which stream holds which.
pub(super) fn expand(doc: &mut Document, limit: usize) {
    let offset = |id: ObjectId| match doc.reference_table.get(id.0) {
        Some(XrefEntry::Normal { offset, .. }) => *offset,
        _ => 0,
    };
    let mut containers: Vec<(u32, ObjectId)> = doc
        .objects
        .iter()
        .filter(|(_, object)| matches!(object, Object::Stream(s) if s.dict.has_type(b"ObjStm")))
        .map(|(id, _)| (offset(*id), *id))
        .collect();
    containers.sort_unstable();
    let mut seen = HashSet::new();
    for (_, id) in containers.into_iter().rev() {
        let Some(Object::Stream(stream)) = doc.objects.get(&id) else { continue };
        let Ok(members) = ObjectStream::new_with_limit(stream, Some(limit)) else { continue };
        for (id, object) in members.objects {
            let plain = matches!(doc.reference_table.get(id.0), Some(XrefEntry::Normal { .. }));
            if !plain && seen.insert(id) {
                doc.objects.insert(id, object);
            }
        }
    }
}

/// Puts the file's own catalog, if it can be found, in the place of the stand-in.
pub(super) fn find_catalog(doc: &mut Document) {
    doc.objects.remove(&(STAND_IN, 0));
    doc.reference_table.entries.remove(&STAND_IN);
    let found = doc.objects.iter().rev().find(|(_, object)| {
        matches!(object, Object::Dictionary(dict)
            if get_name(doc, dict, b"Type") == Some(b"Catalog") && get(doc, dict, b"Pages").is_some())
    });
    match found.map(|(id, _)| *id) {
        Some(id) => doc.trailer.set("Root", Object::Reference(id)),
        None => {
            doc.trailer.remove(b"Root");
        }
    }
}
