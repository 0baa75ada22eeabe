//! Encrypted files, decrypted here and not while they are parsed: the parser would unpack their object streams without asking
//! how large they are, all together.
//!
//! The parser is given the file with its `/Encrypt` under another name, and hands out the objects as they stand.

use std::borrow::Cow;

use lopdf::encryption::DecryptionError;
use lopdf::xref::XrefEntry;
use lopdf::{Document, Error, Object, ObjectId, ObjectStream};

use super::slim;

/// What a trailer calls its encryption, and what it is called in a veiled file. Both are equally long, so that nothing moves.
const ENCRYPT: &[u8] = b"/Encrypt";
const VEILED: &[u8] = b"/EncrypT";

/// The file with every trailer's `/Encrypt` under the other name; as it is where there is none.
pub(super) fn veil(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Cow::Borrowed(bytes);
    for at in memchr::memmem::find_iter(bytes, ENCRYPT) {
        let value = bytes[at + ENCRYPT.len()..].trim_ascii_start();
        let leads = value.first().is_some_and(u8::is_ascii_digit) || value.starts_with(b"<<");
        // `/EncryptMetadata` begins alike.
        let ends = !bytes.get(at + ENCRYPT.len()).is_some_and(u8::is_ascii_alphabetic);
        if leads && ends {
            out.to_mut()[at..at + VEILED.len()].copy_from_slice(VEILED);
        }
    }
    out
}

/// A veiled document that is encrypted indeed: the word may stand in a file that is not.
pub(super) fn is_sealed(doc: &Document) -> bool {
    doc.trailer.has(&VEILED[1..])
}

/// Decrypts a document that was parsed veiled, and takes out of its object streams what they may hold by the limits.
///
/// Errors: `InvalidPassword` where `password` is none of the file's; whatever is wrong with its encryption. Where a password is
/// needed and none is given the document stays as it is, with `/Encrypt` in its trailer.
pub(super) fn unseal(doc: &mut Document, password: Option<&str>, stream_bytes: usize) -> lopdf::Result<()> {
    let Some(encrypt) = doc.trailer.remove(&VEILED[1..]) else { return Ok(()) };
    let encrypt = match encrypt {
        Object::Reference(id) => id,
        // The dictionary may stand in the trailer itself.
        dict => doc.try_add_object(dict)?,
    };
    doc.trailer.set("Encrypt", Object::Reference(encrypt));
    let tried = ["", password.unwrap_or_default()];
    for password in &tried[..1 + usize::from(password.is_some())] {
        match doc.decrypt(password) {
            // Objects that are damaged do not keep the others from being read.
            _ if doc.encryption_state.is_some() => {
                unpack(doc, stream_bytes);
                return Ok(());
            }
            Ok(()) | Err(Error::InvalidPassword | Error::Decryption(DecryptionError::IncorrectPassword)) => {}
            Err(error) => return Err(error),
        }
    }
    if password.is_some() { Err(Error::InvalidPassword) } else { Ok(()) }
}

/// What the parser does for a file that is not encrypted: objects made smaller, those in object streams put among them.
fn unpack(doc: &mut Document, stream_bytes: usize) {
    let mut members: Vec<(ObjectId, Object)> = Vec::new();
    for (&id, object) in &mut doc.objects {
        slim::release(object);
        slim::slim(id, object);
        let Object::Stream(stream) = object else { continue };
        if !stream.dict.has_type(b"ObjStm") {
            continue;
        }
        let Ok(found) = ObjectStream::new_with_limit(stream, Some(stream_bytes)) else { continue };
        let entries = &doc.reference_table.entries;
        members.extend(found.objects.into_iter().filter(|(member, _)| match entries.get(&member.0) {
            Some(XrefEntry::Compressed { container, .. }) => *container == id.0,
            Some(_) => false,
            None => true,
        }));
    }
    for (id, mut object) in members {
        if let Some((id, object)) = slim::slim(id, &mut object) {
            doc.objects.entry(id).or_insert(object);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_leads_to_an_encryption_is_veiled() {
        let veiled = |text: &str| String::from_utf8(veil(text.as_bytes()).into_owned()).unwrap();
        assert_eq!(veiled("<</Root 1 0 R/Encrypt 5 0 R>>"), "<</Root 1 0 R/EncrypT 5 0 R>>");
        assert_eq!(veiled("<</Encrypt\n<</Filter/Standard>>"), "<</EncrypT\n<</Filter/Standard>>");
        for plain in ["/EncryptMetadata false", "/Encrypt (x)", "/Encrypt", "/Encryptor 1", ""] {
            assert_eq!(veiled(plain), plain);
        }
    }
}
