//! Stream data, decoded within a bound: a bomb gives its first bytes, never its size.

use std::cell::{Cell, RefCell};
use std::ops::Deref;

use flate2::{Decompress, FlushDecompress, Status};
use libdeflater::Decompressor;
use lopdf::{Dictionary, Document, Object, Stream};

use super::file::File;
use super::object::{as_dict, get, resolve};

/// Decoded data, whether the bound cut it off, and whether it broke off by itself.
pub(super) struct Decoded<'a> {
    pub data: Data<'a>,
    pub cut: bool,
    pub damaged: bool,
}

/// Bytes as they stand in the file, or the first of those of a room that is used again.
pub(super) enum Data<'a> {
    File(&'a [u8]),
    Room(Vec<u8>, usize),
}

impl Deref for Data<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Data::File(bytes) => bytes,
            Data::Room(room, len) => &room[..*len],
        }
    }
}

impl Data<'_> {
    /// Adds another stream's data on a line of its own.
    pub fn append(&mut self, more: &[u8]) {
        if let Data::File(bytes) = self {
            *self = Data::Room(bytes.to_vec(), bytes.len());
        }
        if let Data::Room(room, len) = self {
            room.truncate(*len);
            room.push(b'\n');
            room.extend_from_slice(more);
            *len = room.len();
        }
    }
}

impl Drop for Data<'_> {
    fn drop(&mut self) {
        if let Data::Room(room, _) = self
            && room.capacity() <= MAX_SPARE
        {
            SPARE.set(std::mem::take(room));
        }
    }
}

/// A larger room is not kept.
const MAX_SPARE: usize = 1 << 20;

thread_local! {
    /// Room for one stream after the other: fresh memory has to be cleared first.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    /// Inflates streams that are whole and fit, in two thirds of the time.
    static WHOLE: RefCell<Decompressor> = RefCell::new(Decompressor::new());
    /// Inflates all others. One for each thread: its window is large, and clearing it costs more than most pages.
    static ZLIB: RefCell<Decompress> = RefCell::new(Decompress::new(true));
}

/// The data of `stream` with its filters undone, at most `limit` bytes of it. `None` when a filter is unknown
/// (those of pictures) or the data is nothing that the filter can read.
pub(super) fn decode<'a>(file: &'a File, stream: &'a Stream, limit: usize) -> Option<Decoded<'a>> {
    let filters = filters(file, &stream.dict)?;
    let raw = file.data(stream);
    match filters.as_slice() {
        [] => {
            let end = raw.len().min(limit);
            Some(Decoded { data: Data::File(&raw[..end]), cut: end < raw.len(), damaged: false })
        }
        [(b"FlateDecode" | b"Fl", parms)] if !predicts(*parms) => {
            let inflated = inflate(raw, limit);
            (!inflated.data.is_empty() || raw.is_empty() || !inflated.damaged).then_some(inflated)
        }
        filters => chain(filters, raw, limit),
    }
}

type Filter<'a> = (&'a [u8], Option<&'a Dictionary>);

fn filters<'a>(doc: &'a Document, dict: &'a Dictionary) -> Option<Vec<Filter<'a>>> {
    let parms = get(doc, dict, b"DecodeParms").or_else(|| get(doc, dict, b"DP"));
    let names = match get(doc, dict, b"Filter").or_else(|| get(doc, dict, b"F")) {
        None => return Some(Vec::new()),
        Some(Object::Name(name)) => vec![name.as_slice()],
        Some(Object::Array(names)) => {
            names.iter().map(|name| resolve(doc, name)?.as_name().ok()).collect::<Option<Vec<_>>>()?
        }
        Some(_) => return None,
    };
    if names.len() > Stream::MAX_FILTERS {
        return None;
    }
    let parms_of = |index: usize| match parms? {
        Object::Array(list) => as_dict(resolve(doc, list.get(index)?)?),
        object if index == 0 => as_dict(object),
        _ => None,
    };
    Some(names.into_iter().enumerate().map(|(index, name)| (name, parms_of(index))).collect())
}

fn predicts(parms: Option<&Dictionary>) -> bool {
    parms.and_then(|p| p.get(b"Predictor").ok()).and_then(|p| p.as_i64().ok()).is_some_and(|p| p > 1)
}

/// Zlib data, or raw deflate where the zlib header is broken; what could be read before damage is kept.
fn inflate(raw: &[u8], limit: usize) -> Decoded<'static> {
    let mut room = SPARE.take();
    let guess = raw.len().saturating_mul(8).clamp(1024, 16 << 20).min(limit.saturating_add(1));
    if room.len() < guess {
        room.resize(guess, 0);
    }
    // Most streams are whole and fit.
    if let Ok(len) = WHOLE.with_borrow_mut(|whole| whole.zlib_decompress(raw, &mut room)) {
        return Decoded { cut: len > limit, data: Data::Room(room, len.min(limit)), damaged: false };
    }
    let (mut len, mut damaged) = ZLIB.with_borrow_mut(|zlib| {
        zlib.reset(true);
        inflate_into(zlib, raw, &mut room, limit)
    });
    if len == 0 && damaged && raw.len() > 2 {
        (len, damaged) = inflate_into(&mut Decompress::new(false), &raw[2..], &mut room, limit);
    }
    let cut = len > limit;
    Decoded { data: Data::Room(room, len.min(limit)), cut, damaged: damaged && !cut }
}

/// Inflates until the end, damage, or one byte beyond `limit`. Says how much there is, and whether the data broke off.
fn inflate_into(zlib: &mut Decompress, raw: &[u8], room: &mut Vec<u8>, limit: usize) -> (usize, bool) {
    loop {
        let (read, len) = (zlib.total_in(), zlib.total_out() as usize);
        if len > limit {
            return (len, false);
        }
        if len == room.len() {
            room.resize(len + len.clamp(4096, 16 << 20).min(limit.saturating_add(1) - len), 0);
        }
        let rest = raw.get(read as usize..).unwrap_or_default();
        let done = zlib.decompress(rest, &mut room[len..], FlushDecompress::None);
        let now = zlib.total_out() as usize;
        match done {
            Ok(Status::StreamEnd) => return (now, false),
            Ok(_) if zlib.total_in() == read && now == len => return (now, true),
            Ok(_) => {}
            Err(_) => return (now, true),
        }
    }
}

/// Several filters, or rare ones: each by `lopdf`, one after the other, a picture's own filter ending it.
fn chain<'a>(filters: &[Filter<'_>], raw: &[u8], limit: usize) -> Option<Decoded<'a>> {
    let mut data = raw.to_vec();
    let mut damaged = false;
    for &(name, parms) in filters {
        let name: &[u8] = match name {
            b"Fl" => b"FlateDecode",
            b"A85" => b"ASCII85Decode",
            b"AHx" => b"ASCIIHexDecode",
            b"LZW" => b"LZWDecode",
            b"RL" => b"RunLengthDecode",
            name => name,
        };
        if name == b"Crypt" {
            continue;
        }
        if name == b"FlateDecode" && !predicts(parms) {
            let inflated = inflate(&data, limit);
            if inflated.cut {
                return Some(inflated);
            }
            damaged |= inflated.damaged;
            data = inflated.data.to_vec();
            continue;
        }
        let mut dict = Dictionary::new();
        dict.set("Filter", Object::Name(name.to_vec()));
        if let Some(parms) = parms {
            dict.set("DecodeParms", Object::Dictionary(parms.clone()));
        }
        data = match Stream::new(dict, data).decompressed_content_with_limit(limit) {
            Ok(data) => data,
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                return Some(Decoded { data: Data::File(&[]), cut: true, damaged });
            }
            Err(_) => return None,
        };
    }
    let len = data.len();
    Some(Decoded { data: Data::Room(data, len), cut: false, damaged })
}
