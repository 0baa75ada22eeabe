//! Cuts PDFs up into seeds: `seeds OUT PDF…` writes `OUT/{file,content,cmap,font}/`.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use lopdf::{Document, LoadOptions, Object};

/// Larger seeds slow the fuzzer down more than they teach it.
const MAX: usize = 96 << 10;

fn main() {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(out) = args.next() else {
        eprintln!("usage: seeds OUT PDF…");
        std::process::exit(2);
    };
    for path in args {
        let Ok(bytes) = std::fs::read(&path) else { continue };
        keep(&out, "file", &bytes);
        let Ok(mut doc) = Document::load_mem_with_options(&bytes, LoadOptions::default()) else { continue };
        for object in doc.objects.values() {
            let Object::Stream(stream) = object else { continue };
            let Ok(data) = stream.decompressed_content_with_limit(8 << 20) else { continue };
            let is = |needle: &[u8]| data.windows(needle.len()).any(|w| w == needle);
            if is(b"begincodespacerange") || is(b"endbfchar") || is(b"endcidrange") {
                keep(&out, "cmap", &data);
            } else if data.starts_with(b"\0\x01\0\0") || data.starts_with(b"true") || data.starts_with(b"OTTO") {
                [0, 3, 5].into_iter().for_each(|kind| keep(&out, "font", &[&[kind], &data[..]].concat()));
            } else if data.starts_with(b"%!") {
                keep(&out, "font", &[&[1], &data[..]].concat());
            } else if data.starts_with(b"\x01\0\x04") {
                [2, 4, 6].into_iter().for_each(|kind| keep(&out, "font", &[&[kind], &data[..]].concat()));
            } else if is(b" Tf") || is(b" re") || is(b" cm") {
                keep(&out, "content", &data);
            }
        }
        // Uncompressed, so that changes reach further than a checksum.
        doc.decompress();
        let mut plain = Vec::new();
        if doc.save_to(&mut plain).is_ok() {
            keep(&out, "file", &plain);
        }
    }
}

fn keep(out: &Path, target: &str, data: &[u8]) {
    if data.len() > MAX {
        return;
    }
    let mut hasher = DefaultHasher::new();
    data.hash(&mut hasher);
    let folder = out.join(target);
    let name = folder.join(format!("seed-{:016x}", hasher.finish()));
    if let Err(error) = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(name, data)) {
        eprintln!("{}: {error}", folder.display());
    }
}
