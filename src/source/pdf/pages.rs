//! The page tree: which pages there are, and what each inherits.

use std::collections::HashSet;

use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::limits::Limits;
use super::object::{as_dict, get, get_array, get_dict, get_name, get_number, rectangle};
use crate::source::PageNote;

/// A node of the tree and its place in it.
#[derive(Debug, Clone, Copy)]
struct Node {
    id: ObjectId,
    parent: Option<u32>,
}

/// Pages in the order of the document.
pub(super) struct Pages {
    nodes: Vec<Node>,
    pages: Vec<u32>,
}

/// Deeper trees are loops or traps.
const MAX_DEPTH: usize = 256;

impl Pages {
    pub fn load(doc: &Document, limits: &Limits, notes: &mut Vec<PageNote>) -> Pages {
        let mut tree = Pages { nodes: Vec::new(), pages: Vec::new() };
        let root = doc.catalog().ok().and_then(|c| c.get(b"Pages").ok()).and_then(|p| p.as_reference().ok());
        if let Some(root) = root {
            let cut = tree.walk(doc, root, limits, notes);
            let said = doc.get_object(root).ok().and_then(as_dict).and_then(|d| get_number(doc, d, b"Count"));
            if cut {
                notes.push(too_many(limits, said.filter(|said| *said > limits.pages as f64).map(|said| said as u64)));
            } else if let Some(said) = said
                && said as i64 != tree.pages.len() as i64
            {
                notes.push(PageNote {
                    code: "page_count_differs",
                    message: format!("the file says it has {} page(s), {} were found", said as i64, tree.pages.len()),
                });
            }
        }
        // In a damaged file branches of the tree may be gone whose pages are not.
        let readable = tree.pages.iter().filter(|&&page| is_page(doc, tree.nodes[page as usize].id)).count();
        if readable == 0 || doc.xref_recovery.is_some() {
            let mut found = scan(doc);
            if found.len() > readable {
                notes.push(PageNote {
                    code: "page_tree_rebuilt",
                    message: "the page tree cannot be read whole; pages were found one by one and may be out of order"
                        .into(),
                });
                if found.len() > limits.pages {
                    notes.push(too_many(limits, Some(found.len() as u64)));
                    found.truncate(limits.pages);
                }
                tree.pages = (0..found.len() as u32).collect();
                tree.nodes = found.into_iter().map(|id| Node { id, parent: None }).collect();
            }
        }
        tree
    }

    /// Lists the pages below `root`. `true`: there are more than the limit allows.
    fn walk(&mut self, doc: &Document, root: ObjectId, limits: &Limits, notes: &mut Vec<PageNote>) -> bool {
        let mut seen = HashSet::new();
        let mut stack = vec![(root, None::<u32>, 0usize)];
        let (mut loops, mut cut) = (false, false);
        while let Some((id, parent, depth)) = stack.pop() {
            if self.pages.len() >= limits.pages {
                cut = true;
                break;
            }
            let dict = doc.get_object(id).ok().and_then(as_dict);
            let index = self.nodes.len() as u32;
            let kids = dict.and_then(|d| get_array(doc, d, b"Kids"));
            let is_page = dict.is_none_or(|d| get_name(doc, d, b"Type") == Some(b"Page")) || kids.is_none();
            if is_page {
                // A page may hang in the tree twice, but a missing root is no page.
                if dict.is_some() || parent.is_some() {
                    self.nodes.push(Node { id, parent });
                    self.pages.push(index);
                }
                continue;
            }
            if depth >= MAX_DEPTH || !seen.insert(id) {
                loops = true;
                continue;
            }
            self.nodes.push(Node { id, parent });
            let kids = kids.unwrap_or_default().iter().filter_map(|k| k.as_reference().ok());
            stack.extend(kids.rev().take(limits.pages.saturating_add(1)).map(|kid| (kid, Some(index), depth + 1)));
        }
        if loops {
            notes.push(PageNote {
                code: "page_tree_loop",
                message: "the page tree leads back into itself; that branch was left out".into(),
            });
        }
        cut
    }

    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// The object that is the page.
    pub fn id(&self, index: usize) -> Option<ObjectId> {
        Some(self.nodes.get(*self.pages.get(index)? as usize)?.id)
    }

    /// The page's own dictionary and, nearest first, those it inherits from.
    pub fn chain<'a>(&self, doc: &'a Document, index: usize) -> Vec<&'a Dictionary> {
        let mut chain = Vec::new();
        let mut next = self.pages.get(index).copied();
        while let Some(node) = next.and_then(|n| self.nodes.get(n as usize)) {
            match doc.get_object(node.id).ok().and_then(as_dict) {
                Some(dict) => chain.push(dict),
                None if chain.is_empty() => return chain,
                None => {}
            }
            next = node.parent;
        }
        // Pages found by scanning still know their parents.
        if let ([page], true) = (&chain[..], self.nodes.iter().all(|n| n.parent.is_none())) {
            let mut at = *page;
            for _ in 0..MAX_DEPTH {
                match get_dict(doc, at, b"Parent") {
                    Some(parent) => {
                        chain.push(parent);
                        at = parent;
                    }
                    None => break,
                }
            }
        }
        chain
    }
}

/// Says how many pages were read, and of how many where that is known.
fn too_many(limits: &Limits, of: Option<u64>) -> PageNote {
    let of = of.map_or(String::new(), |of| format!(" of {of}"));
    PageNote {
        code: "document_limit",
        message: format!(
            "the document exceeds the {}; only the first {}{of} page(s) were read",
            limits.told("pages"),
            limits.pages
        ),
    }
}

fn is_page(doc: &Document, id: ObjectId) -> bool {
    matches!(doc.get_object(id), Ok(Object::Dictionary(dict)) if get_name(doc, dict, b"Type") == Some(b"Page"))
}

/// Every object that says it is a page, in the order of the file.
fn scan(doc: &Document) -> Vec<ObjectId> {
    let place = |id: ObjectId| match doc.reference_table.get(id.0) {
        Some(XrefEntry::Normal { offset, .. }) => (*offset, 0, id),
        Some(XrefEntry::Compressed { container, index }) => match doc.reference_table.get(*container) {
            Some(XrefEntry::Normal { offset, .. }) => (*offset, *index, id),
            _ => (u32::MAX, *index, id),
        },
        _ => (u32::MAX, 0, id),
    };
    let mut found: Vec<(u32, u16, ObjectId)> =
        doc.objects.keys().filter(|id| is_page(doc, **id)).map(|id| place(*id)).collect();
    found.sort_unstable();
    found.into_iter().map(|(.., id)| id).collect()
}

/// The shape of a page.
pub(super) struct Sheet {
    pub crop: [f64; 4],
    pub rotate: i64,
    pub unit: f64,
    /// The file has no usable MediaBox.
    pub assumed: bool,
}

/// Paper where the file does not say: A4.
const A4: [f64; 4] = [0.0, 0.0, 595.0, 842.0];

pub(super) fn sheet(doc: &Document, chain: &[&Dictionary]) -> Sheet {
    let usable = |b: &[f64; 4]| b[2] - b[0] >= 1.0 && b[3] - b[1] >= 1.0;
    let find = |key: &[u8]| {
        let object = chain.iter().find_map(|dict| get(doc, dict, key))?;
        rectangle(doc, object).filter(usable)
    };
    let media = find(b"MediaBox");
    let outer = media.unwrap_or(A4);
    let crop =
        find(b"CropBox").map(|c| [c[0].max(outer[0]), c[1].max(outer[1]), c[2].min(outer[2]), c[3].min(outer[3])]);
    let rotate = chain.iter().find_map(|dict| get_number(doc, dict, b"Rotate")).unwrap_or(0.0) as i64;
    let unit = chain.first().and_then(|d| get_number(doc, d, b"UserUnit")).filter(|u| (0.01..=1000.0).contains(u));
    Sheet {
        crop: crop.filter(usable).unwrap_or(outer),
        rotate: (rotate as f64 / 90.0).round() as i64 * 90,
        unit: unit.unwrap_or(1.0),
        assumed: media.is_none(),
    }
}
