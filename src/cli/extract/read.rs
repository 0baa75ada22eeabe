//! One input, whatever is in it, ends as a document (or what else is made of it) or as a failure: nothing of it reaches the batch.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cli::failure::{Failure, Fault};
use crate::cli::inputs::Input;
use crate::error::{ErrorKind, Result};
use crate::form::Document;
use crate::output::hash::sha256;

/// File name, bytes and their SHA-256 → document, or what else is made of an input.
pub type Reader<'a, T = Document> = dyn Fn(&str, Vec<u8>, String) -> Result<T> + Sync + 'a;

/// Reads one input. `expected` is the hash that its place in the folder was given by.
pub fn read<T>(input: &Input, reader: &Reader<T>, expected: Option<&str>) -> std::result::Result<T, Failure> {
    let bytes = input.take().map_err(|fault| Failure::new(&input.path, fault))?;
    let hash = match (expected, input.is_held()) {
        // What is held cannot have changed.
        (Some(hash), true) => hash.to_owned(),
        _ => sha256(&bytes),
    };
    if expected.is_some_and(|expected| expected != hash) {
        return Err(Failure::new(&input.path, Fault::Changed));
    }
    guarded(&input.path, || reader(&input.name, bytes, hash))
}

/// Work on one input: should the program itself fail at it, that is the input's failure.
pub fn guarded<T>(path: &str, work: impl FnOnce() -> Result<T>) -> std::result::Result<T, Failure> {
    caught(work).map_err(|e| Failure::of(path, e))
}

/// A fault of the program as an error.
pub fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    let done = catch_unwind(AssertUnwindSafe(work));
    done.unwrap_or_else(|panic| Err(ErrorKind::Internal(words_of(&*panic)).into()))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|s| (*s).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a message".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It ended the whole run without a word.
    #[test]
    fn a_fault_of_the_program_is_that_inputs_failure() {
        let failure = guarded::<()>("a.pdf", || panic!("of this test")).unwrap_err();
        assert_eq!((failure.path.as_str(), failure.fault.code()), ("a.pdf", "internal"));
    }
}
