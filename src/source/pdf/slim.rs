//! What is let go while a file is being parsed: parsed objects take many times their room in the file, and most never matter.

use std::cell::Cell;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat};

use super::file::{self, File};
use super::limits::Limits;
use super::stream;

thread_local! {
    /// Bytes that object streams may still inflate to, that each of them may, and the limit that one was left out by. The parser
    /// calls back without a way to hand in more than the object; but each file is parsed on a thread of its own.
    static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    static EACH: Cell<usize> = const { Cell::new(usize::MAX) };
    static EXCEEDED: Cell<Option<&'static str>> = const { Cell::new(None) };
    /// The file is encrypted, and its objects are not to be touched yet.
    static SEALED: Cell<bool> = const { Cell::new(false) };
    /// The data of streams stay in the file.
    static CUT: Cell<bool> = const { Cell::new(false) };
}

/// Bounds what the object streams of the file that this thread is about to parse inflate to, all together and each; `cut`:
/// the data of other streams stay in the file.
pub(super) fn allow(limits: &Limits, sealed: bool, cut: bool) {
    CUT.set(cut);
    LEFT.set(limits.object_stream_bytes);
    EACH.set(limits.stream_bytes);
    EXCEEDED.set(None);
    SEALED.set(sealed);
}

/// The limit that object streams were left out by since [`allow`].
pub(super) fn exceeded() -> Option<&'static str> {
    EXCEEDED.get()
}

/// The type of an object stream that is not to be unpacked yet.
const SEALED_TYPE: &[u8] = b"Sealed";

/// From now on objects may be touched; `object` was kept from the parser's hands until now.
pub(super) fn release(object: &mut Object) {
    SEALED.set(false);
    if let Object::Stream(stream) = object
        && stream.dict.has_type(SEALED_TYPE)
    {
        stream.dict.set("Type", Object::Name(b"ObjStm".to_vec()));
    }
}

/// Inflates an object stream only to see how large it is: the parser would take many times that, and does not ask.
fn admit(stream: &Stream) -> bool {
    let (left, each) = (LEFT.get(), EACH.get());
    let file = File::default();
    let Some(decoded) = stream::decode(&file, stream, left.min(each)) else { return true };
    if decoded.cut {
        EXCEEDED.set(Some(if left < each { "object_stream_bytes" } else { "stream_bytes" }));
        return false;
    }
    LEFT.set(left - decoded.data.len());
    true
}

/// Makes an object smaller that is no part of any page, or has parts that no page needs, and leaves the data of streams in the
/// file. Its number stays known.
///
/// The parser keeps what it handed in for objects of their own and what it gets back for those in object streams, which are never
/// streams themselves.
pub(super) fn slim(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    if SEALED.get() {
        if let Object::Stream(stream) = object
            && stream.dict.has_type(b"ObjStm")
        {
            stream.dict.set("Type", Object::Name(SEALED_TYPE.to_vec()));
        }
        return Some((id, Object::Null));
    }
    match object {
        Object::Stream(stream) => {
            match stream.dict.has_type(b"ObjStm") {
                true if !admit(stream) => stream.set_content(Vec::new()),
                false if CUT.get() => file::cut(stream),
                _ => {}
            }
            return Some((id, Object::Null));
        }
        Object::Dictionary(dict) if is_structure(dict) && !dict.has(b"ActualText") => *object = Object::Null,
        Object::Dictionary(dict) => font(dict),
        Object::Array(array) => pack(array).into_iter().for_each(|packed| *object = packed),
        _ => {}
    }
    Some((id, object.clone()))
}

/// An element of the structure tree, which can be larger than all pages together; only those that say something are kept.
fn is_structure(dict: &Dictionary) -> bool {
    match dict.get(b"Type") {
        Ok(kind) => matches!(kind.as_name(), Ok(b"StructElem")),
        Err(_) => dict.has(b"S") && dict.has(b"K") && matches!(dict.get(b"P"), Ok(Object::Reference(_))),
    }
}

/// The drawings of a Type 3 font, names that say nothing, and widths one object each.
fn font(dict: &mut Dictionary) {
    dict.remove(b"CharProcs");
    if let Ok(Object::Array(widths)) = dict.get(b"Widths")
        && let Some(packed) = pack(widths)
    {
        dict.set("Widths", packed);
    }
    if let Ok(Object::Dictionary(encoding)) = dict.get_mut(b"Encoding") {
        differences(encoding);
    }
    differences(dict);
}

/// Leaves only the names that can tell a character, each after its code.
fn differences(encoding: &mut Dictionary) {
    let Ok(Object::Array(array)) = encoding.get_mut(b"Differences") else { return };
    if !array.iter().all(|o| matches!(o, Object::Integer(_) | Object::Name(_))) {
        return;
    }
    let mut code = 0i64;
    let mut kept = Vec::new();
    for object in array.drain(..) {
        match object {
            Object::Integer(first) => code = first,
            name => {
                if name.as_name().is_ok_and(|name| !is_glyph_number(name)) {
                    kept.extend([Object::Integer(code), name]);
                }
                code = code.saturating_add(1);
            }
        }
    }
    *array = kept;
}

/// `g4E00`: how Skia names glyphs.
fn is_glyph_number(name: &[u8]) -> bool {
    let digits = |rest: &[u8]| !rest.is_empty() && rest.iter().all(|b| matches!(b, b'0'..=b'9' | b'A'..=b'F'));
    name.strip_prefix(b"g").is_some_and(digits)
}

/// A long array of plain numbers as one string of 32-bit floats (see [`unpack`]); `None` for any other.
fn pack(array: &[Object]) -> Option<Object> {
    if array.len() < 16 {
        return None;
    }
    let mut bytes = Vec::with_capacity(MARK.len() + array.len() * 4);
    bytes.extend_from_slice(MARK);
    for object in array {
        let value = match object {
            Object::Integer(value) => *value as f32,
            Object::Real(value) => *value,
            _ => return None,
        };
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    Some(Object::String(bytes, StringFormat::Hexadecimal))
}

/// No file has this where numbers are wanted.
const MARK: &[u8] = b"\0packed\0";

/// The numbers of an array that was packed.
pub(super) fn unpack(object: &Object) -> Option<impl Iterator<Item = f32>> {
    let Object::String(bytes, _) = object else { return None };
    let numbers = bytes.strip_prefix(MARK)?.chunks_exact(4);
    Some(numbers.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_packed_and_read_back() {
        let mut dict = Dictionary::new();
        let widths: Vec<Object> = (0..20).map(|w| Object::Integer(w * 50)).collect();
        dict.set("Widths", widths);
        dict.set("CharProcs", Dictionary::new());
        let mut object = Object::Dictionary(dict);
        let (_, kept) = slim((1, 0), &mut object).unwrap();
        assert_eq!(object, kept);
        let dict = object.as_dict().unwrap();
        assert!(!dict.has(b"CharProcs"));
        let read: Vec<f32> = unpack(dict.get(b"Widths").unwrap()).unwrap().collect();
        assert_eq!(read[3], 150.0);
        assert_eq!(read.len(), 20);
    }

    #[test]
    fn names_that_say_something_keep_their_codes() {
        let name = |n: &str| Object::Name(n.into());
        let mut dict = Dictionary::new();
        dict.set("Differences", vec![Object::Integer(5), name("g0"), name("g4E00"), name("A"), name("gamma")]);
        differences(&mut dict);
        let expected = vec![Object::Integer(7), name("A"), Object::Integer(8), name("gamma")];
        assert_eq!(dict.get(b"Differences").unwrap(), &Object::Array(expected));
    }
}
