//! `/ActualText` of the structure tree: what a marked span of a page says, told apart from the page.
//!
//! It is only asked where a font does not tell what its glyphs are; else the page says what it prints. `/Alt`
//! describes, and is never text.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::actual_text;
use super::object::{as_dict, get, resolve};

/// Texts by the page and the number of the marked span (MCID).
#[derive(Default)]
pub(super) struct Structure {
    texts: HashMap<(ObjectId, i64), String>,
}

impl Structure {
    pub fn load(doc: &Document) -> Structure {
        let mut texts = HashMap::new();
        if doc.catalog().is_ok_and(|catalog| catalog.has(b"StructTreeRoot")) {
            let elements = doc.objects.values().filter_map(|object| object.as_dict().ok());
            texts.extend(elements.filter_map(|element| told(doc, element)));
        }
        Structure { texts }
    }

    pub fn text(&self, page: ObjectId, span: i64) -> Option<&str> {
        self.texts.get(&(page, span)).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }
}

/// The span that an element stands for, and its text. Which part of the text each of several spans says, nobody tells.
fn told(doc: &Document, element: &Dictionary) -> Option<((ObjectId, i64), String)> {
    if !element.has(b"ActualText") || !element.has(b"S") {
        return None;
    }
    let content = match get(doc, element, b"K")? {
        Object::Array(one) if one.len() == 1 => resolve(doc, &one[0])?,
        other => other,
    };
    let (span, own_page) = match content {
        Object::Integer(span) => (*span, None),
        // A span within a form is numbered by the form.
        object => match as_dict(object)? {
            dict if dict.has(b"Stm") => return None,
            dict => (get(doc, dict, b"MCID")?.as_i64().ok()?, dict.get(b"Pg").ok()),
        },
    };
    let page = own_page.or_else(|| element.get(b"Pg").ok())?.as_reference().ok()?;
    Some(((page, span), actual_text::in_dict(doc, element)?))
}
