//! Optional content: layers that are switched off when the document is opened are not on the page.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{as_dict, get, get_array, get_dict, get_name, resolve};

#[derive(Default)]
pub(super) struct Layers {
    off: HashSet<ObjectId>,
}

impl Layers {
    pub fn load(doc: &Document) -> Layers {
        let mut off = HashSet::new();
        let properties = doc.catalog().ok().and_then(|c| get_dict(doc, c, b"OCProperties"));
        if let Some(properties) = properties
            && let Some(config) = get_dict(doc, properties, b"D")
        {
            let ids = |dict: &Dictionary, key: &[u8]| -> Vec<ObjectId> {
                let array = get_array(doc, dict, key).unwrap_or_default();
                array.iter().filter_map(|o| o.as_reference().ok()).collect()
            };
            if get_name(doc, config, b"BaseState") == Some(b"OFF") {
                off.extend(ids(properties, b"OCGs"));
                for id in ids(config, b"ON") {
                    off.remove(&id);
                }
            }
            off.extend(ids(config, b"OFF"));
        }
        Layers { off }
    }

    /// Whether what is marked by this group or membership dictionary (a reference, as a rule) is left out.
    pub fn hides(&self, doc: &Document, object: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if let Object::Reference(id) = object
            && self.off.contains(id)
        {
            return true;
        }
        let Some(dict) = resolve(doc, object).and_then(as_dict) else { return false };
        if get_name(doc, dict, b"Type") != Some(b"OCMD") {
            return false;
        }
        let is_off = |object: &Object| object.as_reference().is_ok_and(|id| self.off.contains(&id));
        let members: Vec<bool> = match dict.get(b"OCGs") {
            Ok(Object::Array(groups)) => groups.iter().map(is_off).collect(),
            Ok(reference @ Object::Reference(_)) => match get(doc, dict, b"OCGs") {
                Some(Object::Array(groups)) => groups.iter().map(is_off).collect(),
                _ => vec![is_off(reference)],
            },
            _ => return false,
        };
        if members.is_empty() {
            return false;
        }
        let any_off = members.contains(&true);
        let all_off = !members.contains(&false);
        let shown = match get_name(doc, dict, b"P") {
            Some(b"AllOn") => !any_off,
            Some(b"AnyOff") => any_off,
            Some(b"AllOff") => all_off,
            _ => !all_off,
        };
        !shown
    }
}
