//! Reading values out of PDF objects: references followed, nonsense numbers refused.

use lopdf::{Dictionary, Document, Object};

use super::matrix::Matrix;

/// Numbers beyond this mean nothing on a page and would only overflow later sums.
const MAX_NUMBER: f64 = 1e9;

/// The object itself, or what it refers to; `None` for null and for references that lead nowhere.
pub(super) fn resolve<'a>(doc: &'a Document, object: &'a Object) -> Option<&'a Object> {
    match object {
        Object::Reference(_) => match doc.dereference(object) {
            Ok((_, Object::Null)) | Err(_) => None,
            Ok((_, object)) => Some(object),
        },
        Object::Null => None,
        object => Some(object),
    }
}

/// The value of `key`, references followed.
pub(super) fn get<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    resolve(doc, dict.get(key).ok()?)
}

/// A dictionary, be it plain or that of a stream.
pub(super) fn as_dict(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dict) => Some(dict),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

pub(super) fn get_dict<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
    as_dict(get(doc, dict, key)?)
}

pub(super) fn get_array<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [Object]> {
    match get(doc, dict, key)? {
        Object::Array(array) => Some(array),
        _ => None,
    }
}

pub(super) fn get_name<'a>(doc: &'a Document, dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    get(doc, dict, key)?.as_name().ok()
}

pub(super) fn get_number(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<f64> {
    number(get(doc, dict, key)?)
}

/// A finite number of a size that a page can have.
pub(super) fn number(object: &Object) -> Option<f64> {
    let value = match object {
        Object::Integer(value) => *value as f64,
        Object::Real(value) => f64::from(*value),
        _ => return None,
    };
    (value.is_finite() && value.abs() <= MAX_NUMBER).then_some(value)
}

/// `N` numbers of an array of at least that length.
pub(super) fn numbers<const N: usize>(doc: &Document, array: &[Object]) -> Option<[f64; N]> {
    let mut out = [0.0; N];
    for (slot, object) in out.iter_mut().zip(array.get(..N)?) {
        *slot = number(resolve(doc, object)?)?;
    }
    Some(out)
}

/// A rectangle `[x0, y0, x1, y1]` with its corners in order.
pub(super) fn rectangle(doc: &Document, object: &Object) -> Option<[f64; 4]> {
    let [xa, ya, xb, yb] = numbers::<4>(doc, object.as_array().ok()?)?;
    Some([xa.min(xb), ya.min(yb), xa.max(xb), ya.max(yb)])
}

pub(super) fn matrix(doc: &Document, dict: &Dictionary, key: &[u8]) -> Option<Matrix> {
    let [a, b, c, d, e, f] = numbers::<6>(doc, get_array(doc, dict, key)?)?;
    Some(Matrix { a, b, c, d, e, f })
}
