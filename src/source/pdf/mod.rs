//! PDF inputs: objects by `lopdf`, pages by our own content interpreter.
//!
//! [`Reader::open`] reads the objects once; [`Reader::page`] reads one page from `&self`, so pages can be read in parallel.
//! Nothing of a page is kept once it is handed out; what pages share (fonts) is read once for the document.

mod actual_text;
mod annotations;
mod cmap;
mod content;
mod external;
mod file;
mod font;
mod fonts;
mod interpret;
mod layers;
mod limits;
mod marked;
mod marks;
mod matrix;
mod object;
mod open;
mod pages;
mod paint;
mod path;
mod repair;
mod sealed;
#[cfg(test)]
mod seen_tests;
mod slim;
mod state;
mod stream;
mod strings;
mod structure;
#[cfg(test)]
mod tests;
mod text;
mod tiling;

use lopdf::{Dictionary, Object};

pub use limits::{Limits, Options};

use super::{Page, PageNote};
use crate::error::{Error, ErrorKind};
use interpret::{Context, Interpreter};
use limits::Cut;
use object::{as_dict, get, resolve};
use stream::Data;

/// An open PDF.
pub struct Reader {
    doc: file::File,
    pages: pages::Pages,
    limits: Limits,
    notes: Vec<PageNote>,
    fonts: fonts::FontCache,
    layers: layers::Layers,
    structure: structure::Structure,
}

impl Reader {
    /// Opens a PDF given as bytes, which are kept: the data of its streams are read from them.
    ///
    /// Errors: `Empty`, `NotADocument` (no `%PDF-` within the first 1024 bytes), `PasswordNeeded`, `PasswordWrong`,
    /// `Limit`, `Damaged` (no objects, or no pages among them).
    pub fn open(bytes: impl Into<Vec<u8>>, options: &Options) -> Result<Reader, Error> {
        let open::Opened { file: doc, mut notes, cut } = open::open(bytes.into(), options)?;
        let pages = pages::Pages::load(&doc, &options.limits, &mut notes);
        if pages.len() == 0 {
            let missing = || ErrorKind::Damaged("it has no pages that can be found".into());
            return Err(cut.map_or_else(missing, |name| options.limits.exceeded(name)).into());
        }
        let layers = layers::Layers::load(&doc);
        let structure = structure::Structure::load(&doc);
        let limits = options.limits.clone();
        Ok(Reader { doc, pages, limits, notes, fonts: fonts::FontCache::default(), layers, structure })
    }

    pub fn page_count(&self) -> u32 {
        self.pages.len() as u32
    }

    /// What there is to say about the file as a whole: repairs, a page tree that does not add up.
    pub fn notes(&self) -> &[PageNote] {
        &self.notes
    }

    /// Reads page `number`, from 1. A page that breaks half-way gives what was read and a note.
    ///
    /// Errors: only for a number that the document does not have.
    pub fn page(&self, number: u32) -> Result<Page, Error> {
        let index = (number as usize).wrapping_sub(1);
        if index >= self.pages.len() {
            let message = format!("there is no page {number}, the document has {}", self.pages.len());
            return Err(Error::new(ErrorKind::Internal(message)).at_page(number));
        }
        let mut page = Page { number, ..Page::default() };
        let chain = self.pages.chain(&self.doc, index);
        let Some(&dict) = chain.first() else {
            page.notes.push(damaged("the page's own object cannot be read"));
            page.clips.push(crate::geometry::Rect::default());
            return Ok(page);
        };
        let sheet = pages::sheet(&self.doc, &chain);
        let (ctm, width, height) = matrix::page_as_shown(sheet.crop, sheet.rotate, sheet.unit);
        (page.width, page.height) = (width as f32, height as f32);
        if sheet.assumed {
            page.notes.push(damaged("the page does not say how large it is; A4 was assumed"));
        }

        let empty = Dictionary::new();
        let resources = chain.iter().find_map(|d| get(&self.doc, d, b"Resources").and_then(as_dict)).unwrap_or(&empty);
        let context = Context {
            doc: &self.doc,
            limits: &self.limits,
            fonts: &self.fonts,
            layers: &self.layers,
            structure: &self.structure,
            page: self.pages.id(index),
            no_resources: &empty,
        };
        let mut interpreter = Interpreter::new(context, ctm, page.width, page.height);
        let content = self.content(dict, &mut interpreter, &mut page);
        interpreter.run(&content, resources);
        interpreter.end();
        drop(content);
        annotations::draw(&mut interpreter, &self.doc, dict, ctm);
        self.conclude(interpreter, &mut page);
        Ok(page)
    }

    /// The page's content streams as one, each beginning on a new line.
    fn content<'a>(&'a self, dict: &'a Dictionary, interpreter: &mut Interpreter, page: &mut Page) -> Data<'a> {
        let streams: &[Object] = match get(&self.doc, dict, b"Contents") {
            Some(Object::Array(streams)) => streams,
            Some(object @ Object::Stream(_)) => std::slice::from_ref(object),
            Some(_) => {
                page.notes.push(damaged("the page's content is no stream"));
                return Data::File(&[]);
            }
            None => {
                if dict.has(b"Contents") {
                    page.notes.push(damaged("the page's content cannot be read"));
                }
                return Data::File(&[]);
            }
        };
        let mut content = Data::File(&[]);
        let mut broken = 0;
        for object in streams {
            let Some(Object::Stream(stream)) = resolve(&self.doc, object) else {
                broken += 1;
                continue;
            };
            let left = interpreter.bytes_left();
            let Some(decoded) = stream::decode(&self.doc, stream, left.min(self.limits.stream_bytes)) else {
                broken += 1;
                continue;
            };
            if decoded.damaged {
                broken += 1;
            }
            if decoded.cut {
                interpreter.cut.insert(if left < self.limits.stream_bytes { Cut::PageBytes } else { Cut::StreamBytes });
            }
            interpreter.count_bytes(decoded.data.len());
            if content.is_empty() {
                content = decoded.data;
            } else {
                content.append(&decoded.data);
            }
        }
        if broken > 0 {
            page.notes.push(damaged(&format!("{broken} of its content streams cannot be read, or not to the end")));
        }
        content
    }

    fn conclude(&self, interpreter: Interpreter, page: &mut Page) {
        for (font, unread) in &interpreter.unread {
            if let Some(font) = interpreter.fonts_of_page.get(*font as usize) {
                page.notes.push(PageNote { code: "unmapped_glyph", message: unread.message(font) });
            }
        }
        for (font, private) in &interpreter.private {
            if let Some(font) = interpreter.fonts_of_page.get(*font as usize) {
                page.notes.push(PageNote { code: "private_character", message: private.private_message(font) });
            }
        }
        if !interpreter.undrawn.is_empty() {
            page.notes.push(not_drawn(&interpreter.undrawn));
        }
        if interpreter.text_without_font > 0 {
            let bytes = interpreter.text_without_font;
            page.notes.push(PageNote {
                code: "font_missing",
                message: format!("text of {bytes} byte(s) names a font that the page does not have and cannot be read"),
            });
        }
        if interpreter.cycles > 0 {
            page.notes.push(PageNote {
                code: "form_cycle",
                message: "a part of the page draws itself; it was drawn once".into(),
            });
        }
        if interpreter.lost > 0 {
            let lost = interpreter.lost;
            page.notes
                .push(damaged(&format!("{lost} form(s) or picture(s) of the page cannot be read, or not to the end")));
        }
        for cut in &interpreter.cut {
            page.notes.push(cut.note(&self.limits));
        }
        interpreter.out.finish(page, interpreter.text_without_font > 0);
    }
}

/// Form fields and texts that the file leaves for the viewer to draw. Their values are told, so that they are not lost.
fn not_drawn(values: &[String]) -> PageNote {
    let told: Vec<String> =
        values.iter().take(20).map(|v| format!("「{}」", v.chars().take(100).collect::<String>())).collect();
    let more = if values.len() > told.len() { " …" } else { "" };
    PageNote {
        code: "field_not_drawn",
        message: format!(
            "{} filled form field(s) or note(s) have no appearance on the page and were not read: {}{more}; \
             print the file to a new PDF from a viewer to have them on the page",
            values.len(),
            told.concat()
        ),
    }
}

fn damaged(message: &str) -> PageNote {
    PageNote { code: "page_damaged", message: message.to_owned() }
}
