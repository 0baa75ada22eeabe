//! Optional content: layers that are switched off when the document is opened are not on the page.

use std::collections::HashSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::{as_dict, get, get_array, get_dict, get_name, resolve};

/// Terms of one visibility expression, and how deep they may stand.
const MAX_TERMS: usize = 10_000;
const MAX_DEPTH: usize = 32;

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
        if let Some(expression) = get_array(doc, dict, b"VE")
            && let Some(shown) = self.shows(doc, expression, &mut MAX_TERMS.clone(), 0)
        {
            return !shown;
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

    /// A visibility expression: `[/And …]`, `[/Or …]` or `[/Not …]` of groups and expressions. `None` for what is none.
    fn shows(&self, doc: &Document, expression: &[Object], left: &mut usize, depth: usize) -> Option<bool> {
        let (operator, terms) = expression.split_first()?;
        let operator = resolve(doc, operator)?.as_name().ok()?;
        let mut values = terms.iter().map(|term| {
            *left = left.checked_sub(1)?;
            match resolve(doc, term) {
                Some(Object::Array(inner)) if depth < MAX_DEPTH => self.shows(doc, inner, left, depth + 1),
                Some(Object::Array(_)) => None,
                _ => Some(!self.off.contains(&term.as_reference().ok()?)),
            }
        });
        match operator {
            b"Not" => values.next()?.map(|shown| !shown),
            b"And" => values.try_fold(true, |all, shown| Some(all & shown?)),
            b"Or" => values.try_fold(false, |any, shown| Some(any | shown?)),
            _ => None,
        }
    }
}
