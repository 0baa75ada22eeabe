//! Affine maps between the spaces of a page.

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, as PDF writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Matrix {
    pub const IDENTITY: Matrix = Matrix { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// This map first, `next` after it.
    #[inline]
    pub fn then(&self, next: &Matrix) -> Matrix {
        Matrix {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    #[inline]
    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// A shift by `(x, y)` first, then this map.
    #[inline]
    pub fn shifted(&self, x: f64, y: f64) -> Matrix {
        let (e, f) = self.apply(x, y);
        Matrix { e, f, ..*self }
    }

    /// How long an upright line of length 1 becomes.
    pub fn height(&self) -> f64 {
        if self.c == 0.0 { self.d.abs() } else { self.c.hypot(self.d) }
    }

    /// How much lengths grow, the geometric mean over directions.
    pub fn scale(&self) -> f64 {
        (self.a * self.d - self.b * self.c).abs().sqrt()
    }

    /// The bounding box of a rectangle after the map: `[x0, y0, x1, y1]`.
    #[inline]
    pub fn bounds(&self, [x0, y0, x1, y1]: [f64; 4]) -> [f64; 4] {
        if self.b == 0.0 && self.c == 0.0 {
            let (xa, xb) = (self.a * x0 + self.e, self.a * x1 + self.e);
            let (ya, yb) = (self.d * y0 + self.f, self.d * y1 + self.f);
            return [xa.min(xb), ya.min(yb), xa.max(xb), ya.max(yb)];
        }
        let corners = [self.apply(x0, y0), self.apply(x1, y0), self.apply(x0, y1), self.apply(x1, y1)];
        let mut out = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (x, y) in corners {
            out = [out[0].min(x), out[1].min(y), out[2].max(x), out[3].max(y)];
        }
        out
    }

    /// The map back; `None` where there is none.
    pub fn inverse(&self) -> Option<Matrix> {
        let det = self.a * self.d - self.b * self.c;
        let back = Matrix {
            a: self.d / det,
            b: -self.b / det,
            c: -self.c / det,
            d: self.a / det,
            e: (self.c * self.f - self.d * self.e) / det,
            f: (self.b * self.e - self.a * self.f) / det,
        };
        back.is_finite().then_some(back)
    }

    pub fn is_finite(&self) -> bool {
        [self.a, self.b, self.c, self.d, self.e, self.f].iter().all(|v| v.is_finite())
    }
}

/// The map from default user space to the page as shown: origin top-left, y down, `rotate` a multiple of 90 clockwise.
pub(super) fn page_as_shown(crop: [f64; 4], rotate: i64, unit: f64) -> (Matrix, f64, f64) {
    let [x0, y0, x1, y1] = crop;
    let (w, h) = ((x1 - x0) * unit, (y1 - y0) * unit);
    let u = unit;
    match rotate.rem_euclid(360) {
        90 => (Matrix { a: 0.0, b: u, c: u, d: 0.0, e: -y0 * u, f: -x0 * u }, h, w),
        180 => (Matrix { a: -u, b: 0.0, c: 0.0, d: u, e: x1 * u, f: -y0 * u }, w, h),
        270 => (Matrix { a: 0.0, b: -u, c: -u, d: 0.0, e: y1 * u, f: x1 * u }, h, w),
        _ => (Matrix { a: u, b: 0.0, c: 0.0, d: -u, e: -x0 * u, f: y1 * u }, w, h),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_left_of_the_page_goes_where_each_rotation_puts_it() {
        let crop = [10.0, 20.0, 110.0, 220.0];
        for (rotate, size, corner) in [
            (0, (100.0, 200.0), (0.0, 0.0)),
            (90, (200.0, 100.0), (200.0, 0.0)),
            (180, (100.0, 200.0), (100.0, 200.0)),
            (270, (200.0, 100.0), (0.0, 100.0)),
            (-90, (200.0, 100.0), (0.0, 100.0)),
        ] {
            let (m, w, h) = page_as_shown(crop, rotate, 1.0);
            assert_eq!((w, h), size, "rotate {rotate}");
            assert_eq!(m.apply(10.0, 220.0), corner, "rotate {rotate}");
        }
    }

    #[test]
    fn maps_are_applied_in_the_order_written() {
        let scale = Matrix { a: 2.0, d: 2.0, ..Matrix::IDENTITY };
        let shift = Matrix { e: 5.0, f: 7.0, ..Matrix::IDENTITY };
        assert_eq!(scale.then(&shift).apply(1.0, 1.0), (7.0, 9.0));
        assert_eq!(shift.then(&scale).apply(1.0, 1.0), (12.0, 16.0));
        assert_eq!(shift.then(&scale).inverse().unwrap().apply(12.0, 16.0), (1.0, 1.0));
        assert_eq!(Matrix { a: 0.0, ..scale }.inverse(), None);
    }
}
