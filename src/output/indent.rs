//! How indented JSON is laid out: a member and an element a line, but the numbers of a list (a box on the page) on one.

use std::io;

use serde_json::ser::{CompactFormatter, Formatter};

/// Two spaces a level.
#[derive(Debug, Default)]
pub(super) struct Indented {
    level: usize,
    /// The list or object just ended or being written has had a value.
    filled: bool,
    /// The last element of the list being written is a number.
    number: bool,
    /// An element is to come, the first of its list or not, of which the kind is not known yet.
    element: Option<bool>,
}

impl Indented {
    /// The end of a line and the indent of the next; a comma goes before it where a value went before.
    fn line<W: ?Sized + io::Write>(&self, to: &mut W, comma: bool) -> io::Result<()> {
        /// Comma, line end, and the indent of all but the deepest.
        const LINE: &[u8] = b",\n                                                                ";
        let indent = self.level * 2;
        let held = indent.min(LINE.len() - 2);
        to.write_all(&LINE[usize::from(!comma)..held + 2])?;
        (held..indent).try_for_each(|_| to.write_all(b" "))
    }

    /// Before an element that is no number.
    fn part<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        let Some(first) = self.element.take() else { return Ok(()) };
        self.number = false;
        self.line(to, !first)
    }

    /// Before a number.
    fn lead<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        match self.element.take() {
            None => return Ok(()),
            Some(true) => {}
            Some(false) => to.write_all(b", ")?,
        }
        self.number = true;
        Ok(())
    }

    fn open<W: ?Sized + io::Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.part(to)?;
        self.level += 1;
        self.filled = false;
        self.number = false;
        to.write_all(bracket)
    }

    fn close<W: ?Sized + io::Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.level -= 1;
        if self.filled && !self.number {
            self.line(to, false)?;
        }
        self.number = false;
        to.write_all(bracket)
    }
}

/// Numbers of every type go through [`Indented::lead`]; what serde_json would write is written.
macro_rules! numbers {
    ($($name:ident: $number:ty),*) => {$(
        fn $name<W: ?Sized + io::Write>(&mut self, to: &mut W, value: $number) -> io::Result<()> {
            self.lead(to)?;
            CompactFormatter.$name(to, value)
        }
    )*};
}

impl Formatter for Indented {
    numbers!(
        write_i8: i8, write_i16: i16, write_i32: i32, write_i64: i64, write_i128: i128,
        write_u8: u8, write_u16: u16, write_u32: u32, write_u64: u64, write_u128: u128,
        write_f32: f32, write_number_str: &str
    );

    /// As serde_json would write it, but without the search for its shortest digits where it is in hundredths, as places
    /// on a page are.
    fn write_f64<W: ?Sized + io::Write>(&mut self, to: &mut W, value: f64) -> io::Result<()> {
        self.lead(to)?;
        let hundredths = (value * 100.0 + 0.5) as i32;
        if hundredths <= 0 || f64::from(hundredths) / 100.0 != value {
            return CompactFormatter.write_f64(to, value);
        }
        CompactFormatter.write_i32(to, hundredths / 100)?;
        let digit = |n: i32| b'0' + (n % 10) as u8;
        let decimals = [b'.', digit(hundredths / 10), digit(hundredths)];
        to.write_all(if decimals[2] == b'0' { &decimals[..2] } else { &decimals })
    }

    fn write_null<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.part(to)?;
        to.write_all(b"null")
    }

    fn write_bool<W: ?Sized + io::Write>(&mut self, to: &mut W, value: bool) -> io::Result<()> {
        self.part(to)?;
        to.write_all(if value { b"true" } else { b"false" })
    }

    fn write_raw_fragment<W: ?Sized + io::Write>(&mut self, to: &mut W, fragment: &str) -> io::Result<()> {
        self.part(to)?;
        to.write_all(fragment.as_bytes())
    }

    fn begin_string<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.part(to)?;
        to.write_all(b"\"")
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"[")
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"]")
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W, first: bool) -> io::Result<()> {
        self.element = Some(first);
        Ok(())
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.open(to, b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.line(to, !first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.filled = true;
        self.number = false;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Serialize;
    use serde_json::{Value, json};

    fn written(value: &Value) -> String {
        let mut bytes = Vec::new();
        value.serialize(&mut serde_json::Serializer::with_formatter(&mut bytes, Indented::default())).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_box_is_one_line() {
        let value = json!({"at": [{"page": 1, "bbox": [1.5, 2, 3, 4]}], "none": [], "words": ["a", "b"], "mixed": [[1], 2, {}]});
        insta::assert_snapshot!(written(&value), @r#"
        {
          "at": [
            {
              "page": 1,
              "bbox": [1.5, 2, 3, 4]
            }
          ],
          "none": [],
          "words": [
            "a",
            "b"
          ],
          "mixed": [
            [1], 2,
            {}
          ]
        }
        "#);
    }

    #[test]
    fn hundredths_are_written_as_all_numbers_are() {
        for value in [0.0, -0.0, 0.01, 0.1, 0.29, 1.0, 10.0, 84.5, 595.28, 841.89, -3.25, 0.125, 2e7, 2.5e7, 1e300] {
            assert_eq!(written(&json!(value)), serde_json::to_string(&value).unwrap());
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<i16>().prop_map(|n| Value::from(f64::from(n) / 8.0)),
            ".{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((".{0,4}", inner), 0..5)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_reads_as_what_was_written(value in values()) {
            prop_assert_eq!(serde_json::from_str::<Value>(&written(&value)).unwrap(), value);
        }
    }
}
