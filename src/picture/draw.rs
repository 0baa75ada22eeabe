//! The drawing itself, by `hayro`; may panic or never end, which [`super::draw`] keeps from its caller.

use std::sync::{Arc, Mutex, PoisonError};

use hayro::hayro_interpret::{InterpreterSettings, InterpreterWarning};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::kurbo::Affine;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit};
use hayro::{RenderCache, RenderSettings};

use super::{Fault, Limits, Picture, Wanted, Warning, fonts};
use crate::geometry::Rect;
use crate::source;

/// What may look wrong, gathered while a page is drawn.
type Warnings = Arc<Mutex<Vec<Warning>>>;

pub fn page(bytes: Arc<Vec<u8>>, password: Option<&str>, wanted: Wanted, limits: Limits) -> Result<Picture, Fault> {
    let pdf = open(bytes, password)?;
    let pages = pdf.pages();
    let count = pages.len() as u32;
    let missing = Fault::NoSuchPage { asked: wanted.page, pages: count };
    let page = (wanted.page as usize).checked_sub(1).and_then(|at| pages.get(at)).ok_or(missing)?;

    let unit = user_unit(page);
    let (width, height) = page.render_dimensions();
    let whole = Rect::new(0.0, 0.0, width * unit, height * unit);
    let region = wanted.region.and_then(|region| within(region, whole)).unwrap_or(whole);
    let (across, down) = size(&region, wanted.width, &limits);
    let scale = f64::from(across) / f64::from(region.width());

    let warnings = Warnings::default();
    let settings = settings(&warnings);
    let mut context = RenderContext::new(across, down);
    let transform = Affine::scale(scale)
        * Affine::translate((-f64::from(region.x0), -f64::from(region.y0)))
        * Affine::scale(f64::from(unit))
        * page.initial_transform_to_kurbo();
    let cache = RenderCache::new();
    hayro::render_into(page, &cache, &settings, &RenderSettings::default(), &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(across, down);
    let raster = RasterizerSettings { target_init: TargetInit::Clear(WHITE), ..RasterizerSettings::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), raster);
    let png = pixmap.into_png().map_err(|e| Fault::Broken(e.to_string()))?;

    let mut warnings = std::mem::take(&mut *warnings.lock().unwrap_or_else(PoisonError::into_inner));
    warnings.sort_unstable();
    warnings.dedup();
    Ok(Picture { png, size: (across.into(), down.into()), page: (whole.x1, whole.y1), warnings })
}

pub fn sizes(bytes: Arc<Vec<u8>>, password: Option<&str>) -> Result<Vec<(f32, f32)>, Fault> {
    let pdf = open(bytes, password)?;
    let size = |page: &Page| {
        let ((width, height), unit) = (page.render_dimensions(), user_unit(page));
        (width * unit, height * unit)
    };
    Ok(pdf.pages().iter().map(size).collect())
}

/// The map from the page's own space to points of the page as shown.
trait AsShown {
    fn initial_transform_to_kurbo(&self) -> Affine;
}

impl AsShown for Page<'_> {
    fn initial_transform_to_kurbo(&self) -> Affine {
        use hayro::hayro_interpret::TransformExt;
        self.initial_transform(true).to_kurbo()
    }
}

fn open(bytes: Arc<Vec<u8>>, password: Option<&str>) -> Result<Pdf, Fault> {
    let start = source::pdf_header(&bytes).ok_or(Fault::Unreadable)?;
    let bytes = if start == 0 { bytes } else { Arc::new(bytes[start..].to_vec()) };
    let mut fault = Fault::Unreadable;
    for password in [Some(""), password].into_iter().flatten() {
        match Pdf::new_with_password(bytes.clone(), password) {
            Ok(pdf) => return Ok(pdf),
            Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)) => fault = Fault::Password,
            Err(_) => {}
        }
    }
    Err(fault)
}

/// Points of one unit of the page; the renderer leaves it to its caller.
fn user_unit(page: &Page) -> f32 {
    page.raw().get::<f32>(b"UserUnit").filter(|unit| unit.is_finite() && *unit > 0.0).unwrap_or(1.0)
}

/// The part of a box that lies on the page; `None` where nothing of it does.
fn within(region: Rect, page: Rect) -> Option<Rect> {
    let inside = Rect {
        x0: region.x0.max(page.x0),
        y0: region.y0.max(page.y0),
        x1: region.x1.min(page.x1),
        y1: region.y1.min(page.y1),
    };
    (inside.width() >= 1.0 && inside.height() >= 1.0).then_some(inside)
}

/// Pixels across and down, within the limits, the form of the region kept.
fn size(region: &Rect, width: u32, limits: &Limits) -> (u16, u16) {
    let ratio = f64::from(region.height()) / f64::from(region.width()).max(1e-6);
    let widest = (f64::from(limits.pixels) / ratio).sqrt().min(f64::from(u16::MAX) / ratio);
    let across = f64::from(width.clamp(16, limits.width.max(16))).min(widest.floor()).max(1.0);
    let down = (across * ratio).round().max(1.0).min(f64::from(limits.pixels) / across);
    (across as u16, down.max(1.0) as u16)
}

fn settings(warnings: &Warnings) -> InterpreterSettings {
    let (of_fonts, of_pages) = (warnings.clone(), warnings.clone());
    let warn = |warnings: &Warnings, warning| {
        let mut told = warnings.lock().unwrap_or_else(PoisonError::into_inner);
        if !told.contains(&warning) {
            told.push(warning);
        }
    };
    InterpreterSettings {
        font_resolver: Arc::new(move |query| {
            let (font, warning) = fonts::resolve(query);
            if let Some(warning) = warning {
                warn(&of_fonts, warning);
            }
            font
        }),
        warning_sink: Arc::new(move |warning| {
            let warning = match warning {
                InterpreterWarning::UnsupportedFont => Warning::FontUnreadable,
                InterpreterWarning::ImageDecodeFailure => Warning::ImageUnreadable,
                _ => Warning::Undrawn,
            };
            warn(&of_pages, warning);
        }),
        ..InterpreterSettings::default()
    }
}
