//! A page, or a box of it, as a PNG: what a person holds a value against.
//!
//! Boxes are those of evidence: points from the top left of the page as shown (rotation, CropBox and UserUnit applied).

mod draw;
mod fonts;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};

use crate::geometry::Rect;

pub use fonts::japanese_font;

/// Threads that draw have this name, so that a panic hook can tell a page that breaks the renderer from a fault of the
/// program.
pub const THREAD: &str = "picture";
/// Room for the renderer's recursion through forms and patterns.
const STACK: usize = 32 << 20;
/// Pages drawn at once. One that never ends holds its place for good, so this also bounds what such pages can cost.
pub const AT_ONCE: usize = 8;

/// What is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// From 1.
    pub page: u32,
    /// The part of the page, in points; all of it where `None`.
    pub region: Option<Rect>,
    /// Pixels across; fewer where the picture would exceed the limits.
    pub width: u32,
}

/// What a picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub width: u32,
    pub pixels: u32,
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { width: 4_000, pixels: 16_000_000, time: Duration::from_secs(20) }
    }
}

/// A page that was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    pub png: Vec<u8>,
    /// Pixels across and down.
    pub size: (u32, u32),
    /// Points across and down of the whole page as shown.
    pub page: (f32, f32),
    /// What may look otherwise than it should.
    pub warnings: Vec<Warning>,
}

/// Why a picture may look otherwise than the page should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// A Japanese font is not embedded, and none was found on this machine: its text is missing.
    NoJapaneseFont,
    /// A Japanese font is not embedded and another one stands in for it.
    StandInFont,
    /// A font could not be read: its text is missing.
    FontUnreadable,
    /// An image could not be decoded.
    ImageUnreadable,
    /// Something else could not be drawn.
    Undrawn,
}

impl Warning {
    /// The stable word for scripts.
    pub fn code(self) -> &'static str {
        match self {
            Warning::NoJapaneseFont => "no_japanese_font",
            Warning::StandInFont => "stand_in_font",
            Warning::FontUnreadable => "font_unreadable",
            Warning::ImageUnreadable => "image_unreadable",
            Warning::Undrawn => "undrawn",
        }
    }
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("it is not a PDF that can be drawn")]
    Unreadable,
    #[error("the input was not found, or cannot be read")]
    Missing,
    #[error("the input is not what it was when it was extracted")]
    Changed,
    #[error("it needs a password")]
    Password,
    #[error("it has no page {asked}; it has {pages}")]
    NoSuchPage { asked: u32, pages: u32 },
    #[error("the page breaks the renderer: {0}")]
    Broken(String),
    #[error("the page takes more than {0} s to draw")]
    TooLong(u64),
    #[error("too many pages are being drawn that do not end")]
    Busy,
}

/// Places for the pages drawn at once.
struct Places {
    taken: Mutex<usize>,
    freed: Condvar,
}

static PLACES: Places = Places { taken: Mutex::new(0), freed: Condvar::new() };

impl Places {
    /// Waits for one, so long and no longer.
    fn take(&'static self, time: Duration) -> Option<Place> {
        let until = Instant::now() + time;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while *taken >= AT_ONCE {
            let left = until.checked_duration_since(Instant::now())?;
            taken = self.freed.wait_timeout(taken, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        *taken += 1;
        Some(Place(self))
    }
}

/// A place among the pages drawn at once, given back when the drawing ends, by whatever way.
struct Place(&'static Places);

impl Drop for Place {
    fn drop(&mut self) {
        *self.0.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.freed.notify_one();
    }
}

/// Draws a page of a PDF. Whatever the file holds, this ends in time and without a panic.
pub fn draw(pdf: Arc<Vec<u8>>, password: Option<&str>, wanted: Wanted, limits: Limits) -> Result<Picture, Fault> {
    let password = password.map(str::to_owned);
    guarded(limits.time, move || draw::page(pdf, password.as_deref(), wanted, limits))
}

/// Points across and down of each page as shown; under the same guards as [`draw`].
pub fn sizes(pdf: Arc<Vec<u8>>, password: Option<&str>, limits: Limits) -> Result<Vec<(f32, f32)>, Fault> {
    let password = password.map(str::to_owned);
    guarded(limits.time, move || draw::sizes(pdf, password.as_deref()))
}

/// Works on a thread of its own that may panic, or never end. Waits `time` for a place, and as long for the work.
fn guarded<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let place = PLACES.take(time).ok_or(Fault::Busy)?;
    let (sender, receiver) = mpsc::sync_channel(1);
    let work = move || {
        let drawn = catch_unwind(AssertUnwindSafe(work));
        let drawn = drawn.unwrap_or_else(|panic| Err(Fault::Broken(reason(panic.as_ref()))));
        drop(place);
        // Nobody may be waiting any more.
        let _ = sender.send(drawn);
    };
    let thread = std::thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(work);
    thread.map_err(|e| Fault::Broken(e.to_string()))?;
    match receiver.recv_timeout(time) {
        Ok(drawn) => drawn,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Fault::TooLong(time.as_secs())),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(Fault::Broken("it ended without a word".to_owned())),
    }
}

fn reason(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    text.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixture(name: &str) -> Arc<Vec<u8>> {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        Arc::new(std::fs::read(root.join(name)).unwrap())
    }

    fn whole(page: u32) -> Wanted {
        Wanted { page, region: None, width: 300 }
    }

    #[test]
    fn a_place_is_waited_for_and_refused_in_time() {
        static PLACES: Places = Places { taken: Mutex::new(0), freed: Condvar::new() };
        let mut held: Vec<Place> = (0..AT_ONCE).map(|_| PLACES.take(Duration::ZERO).unwrap()).collect();
        assert!(PLACES.take(Duration::from_millis(20)).is_none());
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| PLACES.take(Duration::from_secs(60)).is_some());
            std::thread::sleep(Duration::from_millis(20));
            held.pop();
            assert!(waits.join().unwrap());
        });
    }

    #[test]
    fn a_page_is_as_wide_as_was_asked() {
        let picture = draw(fixture("fixtures/initiative_sheet/plain.pdf"), None, whole(1), Limits::default()).unwrap();
        assert_eq!(picture.size.0, 300);
        assert!(picture.page.0 > 500.0 && picture.page.1 > 500.0);
        assert!(picture.png.starts_with(b"\x89PNG"));
    }

    #[test]
    fn a_box_is_drawn_alone_and_pixels_are_limited() {
        let pdf = fixture("fixtures/initiative_sheet/plain.pdf");
        let region = Some(Rect::new(50.0, 50.0, 150.0, 100.0));
        let limits = Limits::default();
        let part = draw(pdf.clone(), None, Wanted { page: 1, region, width: 200 }, limits).unwrap();
        assert_eq!(part.size, (200, 100));
        let few = Limits { pixels: 10_000, ..limits };
        let small = draw(pdf, None, Wanted { page: 1, region: None, width: 3_000 }, few).unwrap();
        assert!(small.size.0 * small.size.1 <= 10_000, "{:?}", small.size);
    }

    #[test]
    fn a_password_opens_what_it_locks() {
        let pdf = fixture("tests/data/aes_256.user.pdf");
        assert_eq!(draw(pdf.clone(), None, whole(1), Limits::default()).unwrap_err(), Fault::Password);
        assert_eq!(draw(pdf, Some("wrong"), whole(1), Limits::default()).unwrap_err(), Fault::Password);
        // The empty password is tried too, whatever was given.
        assert!(draw(fixture("tests/data/rc4_40.empty.pdf"), Some("x"), whole(1), Limits::default()).is_ok());
    }

    #[test]
    fn what_cannot_be_drawn_is_an_error() {
        let none = |bytes: &[u8]| draw(Arc::new(bytes.to_vec()), None, whole(1), Limits::default()).unwrap_err();
        assert_eq!(none(b""), Fault::Unreadable);
        assert_eq!(none(b"%PDF-1.7\nnothing"), Fault::Unreadable);
        let pdf = fixture("fixtures/initiative_sheet/plain.pdf");
        for page in [0, 9_999] {
            let fault = draw(pdf.clone(), None, whole(page), Limits::default()).unwrap_err();
            assert!(matches!(fault, Fault::NoSuchPage { .. }), "{fault:?}");
        }
        let mad = Some(Rect { x0: f32::NAN, y0: 0.0, x1: f32::INFINITY, y1: -5.0 });
        assert!(draw(pdf, None, Wanted { page: 1, region: mad, width: u32::MAX }, Limits::default()).is_ok());
    }
}
