//! A whole file: objects, repair, pages, layout, forms.
#![no_main]

use hyoka_fuzz::read;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| read(data));
