//! Fonts of a document, read once and shared by all its pages.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};

use lopdf::Dictionary;

use super::file::File;
use super::font::Font;

/// Fonts may hold this much before they are let go, so that a long file of many small documents stays small.
const MAX_WEIGHT: usize = 12 << 20;

/// Keyed by where the font's dictionary lies: the document is never changed once it is open, so that is its identity.
#[derive(Default)]
pub(super) struct FontCache {
    fonts: Mutex<HashMap<usize, Arc<OnceLock<Arc<Font>>>>>,
}

impl FontCache {
    pub fn font(&self, doc: &File, dict: &Dictionary, resource: &[u8], limit: usize) -> Arc<Font> {
        let key = std::ptr::from_ref(dict) as usize;
        let slot = {
            let mut fonts = self.fonts.lock().unwrap_or_else(|e| e.into_inner());
            if !fonts.contains_key(&key) && fonts.len() % 32 == 31 {
                let weight: usize = fonts.values().filter_map(|f| f.get()).map(|f| f.weight()).sum();
                if weight > MAX_WEIGHT {
                    fonts.clear();
                }
            }
            fonts.entry(key).or_default().clone()
        };
        // Outside the lock: other pages may read other fonts meanwhile.
        slot.get_or_init(|| Arc::new(Font::load(doc, dict, resource, limit))).clone()
    }
}
