//! Annotations that show something of their own: filled form fields, stamps, free text.

use lopdf::{Dictionary, Document, Object, Stream};

use super::actual_text::text_string;
use super::interpret::Interpreter;
use super::matrix::Matrix;
use super::object::{as_dict, get, get_array, get_dict, get_name, matrix, rectangle, resolve};

const INVISIBLE: i64 = 1;
const HIDDEN: i64 = 2;
const NO_VIEW: i64 = 32;
/// Form fields that inherit one from the other.
const MAX_PARENTS: usize = 32;

/// Draws the appearances of the page's annotations over its content.
pub(super) fn draw<'a>(interpreter: &mut Interpreter<'a>, doc: &'a Document, page: &'a Dictionary, ctm: Matrix) {
    let annotations = get_array(doc, page, b"Annots").unwrap_or_default();
    for object in annotations {
        let Some(annotation) = resolve(doc, object).and_then(as_dict) else { continue };
        let flags = get(doc, annotation, b"F").and_then(|f| f.as_i64().ok()).unwrap_or(0);
        let kind = get_name(doc, annotation, b"Subtype").unwrap_or_default();
        let off = annotation.get(b"OC").is_ok_and(|layer| interpreter.context.layers.hides(doc, layer));
        if off || flags & (INVISIBLE | HIDDEN | NO_VIEW) != 0 || matches!(kind, b"Popup" | b"Link") {
            continue;
        }
        match appearance(doc, annotation) {
            Some((form, to_page)) => {
                if !interpreter.annotation(form, to_page.then(&ctm)) {
                    return;
                }
            }
            None => interpreter.undrawn.extend(content(doc, annotation, kind)),
        }
    }
}

/// What a viewer would have to draw by itself: the value of a form field, the words of a free text.
fn content(doc: &Document, annotation: &Dictionary, kind: &[u8]) -> Option<String> {
    let key: &[u8] = match kind {
        b"Widget" => b"V",
        b"FreeText" => b"Contents",
        _ => return None,
    };
    let mut at = annotation;
    for _ in 0..MAX_PARENTS {
        if let Some(Object::String(bytes, _)) = get(doc, at, key) {
            let text = text_string(bytes);
            return (!text.trim().is_empty()).then_some(text);
        }
        at = get_dict(doc, at, b"Parent")?;
    }
    None
}

/// The appearance stream, and the map that fits its box into the annotation's rectangle.
fn appearance<'a>(doc: &'a Document, annotation: &'a Dictionary) -> Option<(&'a Stream, Matrix)> {
    let normal = get(doc, get_dict(doc, annotation, b"AP")?, b"N")?;
    let form = match normal {
        Object::Stream(form) => form,
        Object::Dictionary(states) => match get(doc, states, get_name(doc, annotation, b"AS")?)? {
            Object::Stream(form) => form,
            _ => return None,
        },
        _ => return None,
    };
    let [x0, y0, x1, y1] = rectangle(doc, get(doc, annotation, b"Rect")?)?;
    let bounds = rectangle(doc, get(doc, &form.dict, b"BBox")?)?;
    let own = matrix(doc, &form.dict, b"Matrix").unwrap_or(Matrix::IDENTITY);
    let [bx0, by0, bx1, by1] = own.bounds(bounds);
    let scale = |to: f64, from: f64| if from.abs() > 1e-6 { to / from } else { 1.0 };
    let (a, d) = (scale(x1 - x0, bx1 - bx0), scale(y1 - y0, by1 - by0));
    Some((form, Matrix { a, b: 0.0, c: 0.0, d, e: x0 - bx0 * a, f: y0 - by0 * d }))
}
