//! Points and rectangles of a page as it is shown: PDF points (1/72 inch), origin top-left, y downwards.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rectangle `x0 ≤ x1`, `y0 ≤ y1`, in points from the top left of the page as shown
/// (rotation, CropBox and UserUnit applied).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

impl Rect {
    /// The rectangle spanned by two corners given in any order.
    pub fn new(xa: f32, ya: f32, xb: f32, yb: f32) -> Self {
        Rect { x0: xa.min(xb), y0: ya.min(yb), x1: xa.max(xb), y1: ya.max(yb) }
    }

    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    pub fn center(&self) -> (f32, f32) {
        ((self.x0 + self.x1) / 2.0, (self.y0 + self.y1) / 2.0)
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    pub fn contains(&self, x: f32, y: f32) -> bool {
        x >= self.x0 && x <= self.x1 && y >= self.y0 && y <= self.y1
    }

    /// Length of the common part of two spans on the x axis; negative when apart.
    pub fn overlap_x(&self, other: &Rect) -> f32 {
        self.x1.min(other.x1) - self.x0.max(other.x0)
    }

    /// Length of the common part of two spans on the y axis; negative when apart.
    pub fn overlap_y(&self, other: &Rect) -> f32 {
        self.y1.min(other.y1) - self.y0.max(other.y0)
    }

    /// `[x0, y0, x1, y1]` rounded to hundredths of a point, as evidence prints it.
    pub fn to_bbox(self) -> [f64; 4] {
        [self.x0, self.y0, self.x1, self.y1].map(|v| (f64::from(v) * 100.0).round() / 100.0)
    }
}

/// Where a printed text stands: a box on a page, or a line of a text input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// `page` counts from 1 in the order of the file.
    Box { page: u32, rect: Rect },
    /// `line` counts from 1 over the whole file.
    Line { line: u32 },
}

impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        match self {
            Place::Box { page, rect } => {
                let mut m = s.serialize_map(Some(2))?;
                m.serialize_entry("page", page)?;
                m.serialize_entry("bbox", &rect.to_bbox())?;
                m.end()
            }
            Place::Line { line } => {
                let mut m = s.serialize_map(Some(1))?;
                m.serialize_entry("line", line)?;
                m.end()
            }
        }
    }
}

/// Where a printed text stands: a box on a page, or a line of a text input.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Place")]
enum PlaceJson {
    /// A box on a page.
    Box {
        /// From 1, in the order of the file.
        page: u32,
        /// `[x0, y0, x1, y1]` in PDF points, origin top-left, of the page as shown.
        bbox: [f64; 4],
    },
    /// A line of a text input.
    Line {
        /// From 1, over the whole file.
        line: u32,
    },
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Ok(match PlaceJson::deserialize(d)? {
            PlaceJson::Box { page, bbox } => {
                let [x0, y0, x1, y1] = bbox.map(|v| v as f32);
                Place::Box { page, rect: Rect { x0, y0, x1, y1 } }
            }
            PlaceJson::Line { line } => Place::Line { line },
        })
    }
}

impl JsonSchema for Place {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        PlaceJson::schema_name()
    }

    fn json_schema(g: &mut schemars::SchemaGenerator) -> schemars::Schema {
        PlaceJson::json_schema(g)
    }
}
