//! What is compared. Each runs in a process of its own, so that none profits from what another has warmed up.

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Rect, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hyoka::source::pdf::{Options, Reader};
use lopdf::Document;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Contestant {
    Pdftotext,
    Read,
    Extract,
    Lopdf,
    Hayro,
    Inflate,
}

use Contestant::*;

impl Contestant {
    pub const ALL: [Contestant; 6] = [Pdftotext, Read, Extract, Lopdf, Hayro, Inflate];

    pub fn name(self) -> &'static str {
        match self {
            Pdftotext => "pdftotext -layout",
            Read => "hyoka: glyphs + rules",
            Extract => "hyoka extract: JSON + CSV",
            Lopdf => "lopdf extract_text",
            Hayro => "hayro-interpret, collecting",
            Inflate => "floor: load + inflate",
        }
    }

    /// The process that does the work on `file`; what it writes goes to `folder`.
    pub fn command(self, file: &Path, folder: &Path) -> Command {
        let mut command = match self {
            Pdftotext => Command::new("pdftotext"),
            Extract => Command::new(env!("CARGO_BIN_EXE_hyoka")),
            _ => Command::new(std::env::current_exe().expect("the bench knows itself")),
        };
        match self {
            Pdftotext => command.arg("-layout").arg(file).arg(folder.join("pdftotext.txt")),
            Extract => command.args(["extract", "--quiet", "--jobs", "1", "--force", "-o"]).arg(folder).arg(file),
            _ => command.arg(super::WORK).arg(self.name()).arg(file),
        };
        command.env("RAYON_NUM_THREADS", "1").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    /// The work of those that are libraries.
    pub fn work(self, file: &Path) {
        let bytes = std::fs::read(file).expect("the file is readable");
        match self {
            Read => read(&bytes),
            Lopdf => lopdf(&bytes),
            Hayro => hayro(bytes),
            Inflate => inflate(&bytes),
            Pdftotext | Extract => unreachable!("programs of their own"),
        }
    }
}

fn read(bytes: &[u8]) {
    let reader = Reader::open(bytes, &Options::default()).expect("it opens");
    for number in 1..=reader.page_count() {
        let page = reader.page(number).expect("it reads");
        assert!(!page.glyphs.is_empty());
        black_box((&page.glyphs, &page.rules));
    }
}

fn lopdf(bytes: &[u8]) {
    let doc = Document::load_mem(bytes).expect("it opens");
    for number in doc.get_pages().into_keys() {
        // Some pages it cannot read; they count as read all the same.
        let _ = black_box(doc.extract_text(&[number]));
    }
}

fn inflate(bytes: &[u8]) {
    let doc = Document::load_mem(bytes).expect("it opens");
    for id in doc.get_pages().into_values() {
        for content in doc.get_page_contents(id) {
            let stream = doc.get_object(content).and_then(|o| o.as_stream()).expect("a content stream");
            let _ = black_box(stream.decompressed_content());
        }
    }
}

fn hayro(bytes: Vec<u8>) {
    let pdf = Pdf::new(Arc::new(bytes)).unwrap_or_else(|e| panic!("it opens: {e:?}"));
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter() {
        let bounds = Rect::new(0.0, 0.0, 1.0, 1.0);
        let settings = InterpreterSettings::default();
        let mut context = Context::new(Affine::IDENTITY, bounds, &cache, page.xref(), settings);
        let mut collector = Collector::default();
        interpret_page(page, &mut context, &mut collector);
        black_box((&collector.glyphs, &collector.paths));
    }
}

/// Keeps of a page what our own reader keeps: characters with their places, and boxes of paths.
#[derive(Default)]
struct Collector {
    glyphs: Vec<(Option<hayro_interpret::hayro_cmap::BfString>, Affine)>,
    paths: Vec<Rect>,
}

impl<'a> Device<'a> for Collector {
    fn draw_path(&mut self, path: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.paths.push(path.bounding_box());
    }

    fn draw_rect(&mut self, rect: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.paths.push(*rect);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.glyphs.extend(run.glyphs().iter().map(|g| (g.as_unicode(), g.transform())));
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
