//! Tables as Parquet: typed columns, dictionaries, zstd. The same rows give the same bytes always.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use rust_decimal::prelude::ToPrimitive;

use super::{SCHEMA_OF_TABLES, VERSION};
use crate::error::{Error, ErrorKind, Result};
use crate::table::{Column, Kind, Row, TableSpec, Value};

/// A row group is written once it has so many rows, or so many bytes of text: what is held in memory stays the same
/// however long the table is.
const ROWS_A_GROUP: usize = 100_000;
const TEXT_A_GROUP: usize = 8 << 20;

/// Writes one table, row by row.
pub struct ParquetTable<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    spec: &'static TableSpec,
    columns: Vec<Cells>,
    rows: usize,
    text: usize,
}

/// The cells of one column of the row group at hand: the values there are, and for each row whether it has one.
struct Cells {
    values: Values,
    levels: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
}

impl<W: Write + Send> ParquetTable<W> {
    pub fn new(out: W, spec: &'static TableSpec) -> Result<Self> {
        let title = format!("{} ({})", spec.title_ja, spec.name);
        let about = [("title", title.as_str()), ("description", spec.description)];
        let versions = [("hyoka.schema", SCHEMA_OF_TABLES), ("hyoka.version", VERSION)];
        let about =
            about.into_iter().chain(versions).map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned()));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(about.collect()))
            .build();
        let writer = SerializedFileWriter::new(out, schema(spec).map_err(failed)?, Arc::new(properties));
        let columns = spec.columns.iter().map(Cells::new).collect();
        Ok(ParquetTable { writer: writer.map_err(failed)?, spec, columns, rows: 0, text: 0 })
    }

    pub fn row(&mut self, row: &Row) -> Result<()> {
        for ((cells, column), value) in self.columns.iter_mut().zip(self.spec.columns).zip(row) {
            if !cells.push(value, column.required) {
                let place = format!("{}.{} holds {value:?}", self.spec.name, column.name);
                return Err(ErrorKind::Internal(place).into());
            }
            if let Value::Text(text) = value {
                self.text += text.len();
            }
        }
        self.rows += 1;
        if self.rows >= ROWS_A_GROUP || self.text >= TEXT_A_GROUP {
            self.write_group().map_err(failed)?;
        }
        Ok(())
    }

    /// Everything written, handed back.
    pub fn finish(mut self) -> Result<W> {
        if self.rows > 0 {
            self.write_group().map_err(failed)?;
        }
        self.writer.into_inner().map_err(failed)
    }

    fn write_group(&mut self) -> std::result::Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (cells, column) in self.columns.iter_mut().zip(self.spec.columns) {
            let Some(mut writer) = group.next_column()? else { break };
            let levels = (!column.required).then_some(&cells.levels[..]);
            match &mut cells.values {
                Values::Text(values) => write::<ByteArrayType>(&mut writer, values, levels)?,
                Values::Integer(values) => write::<Int64Type>(&mut writer, values, levels)?,
                Values::Number(values) => write::<DoubleType>(&mut writer, values, levels)?,
            }
            writer.close()?;
            cells.levels.clear();
        }
        group.close()?;
        (self.rows, self.text) = (0, 0);
        Ok(())
    }
}

fn write<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    levels: Option<&[i16]>,
) -> std::result::Result<(), ParquetError> {
    writer.typed::<T>().write_batch(values, levels, None)?;
    values.clear();
    Ok(())
}

impl Cells {
    fn new(column: &Column) -> Cells {
        let values = match column.kind {
            Kind::Text => Values::Text(Vec::new()),
            Kind::Integer => Values::Integer(Vec::new()),
            Kind::Number => Values::Number(Vec::new()),
        };
        Cells { values, levels: Vec::new() }
    }

    /// False where the value is not what the column holds.
    fn push(&mut self, value: &Value, required: bool) -> bool {
        match (&mut self.values, value) {
            (_, Value::Null) if !required => {
                self.levels.push(0);
                return true;
            }
            (Values::Text(values), Value::Text(text)) => values.push(ByteArray::from(text.as_str())),
            (Values::Integer(values), Value::Integer(n)) => values.push(*n),
            (Values::Number(values), Value::Number(n)) => match n.0.to_string().parse() {
                Ok(nearest) => values.push(nearest),
                Err(_) => values.push(n.0.to_f64().unwrap_or(f64::NAN)),
            },
            _ => return false,
        }
        self.levels.push(1);
        true
    }
}

fn schema(spec: &TableSpec) -> std::result::Result<TypePtr, ParquetError> {
    let field = |column: &Column| {
        let physical = match column.kind {
            Kind::Text => Physical::BYTE_ARRAY,
            Kind::Integer => Physical::INT64,
            Kind::Number => Physical::DOUBLE,
        };
        let repetition = if column.required { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let builder = Type::primitive_type_builder(column.name, physical).with_repetition(repetition);
        let builder = match column.kind {
            Kind::Text => builder.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8),
            Kind::Integer | Kind::Number => builder,
        };
        builder.build().map(Arc::new)
    };
    let fields = spec.columns.iter().map(field).collect::<std::result::Result<_, _>>()?;
    Type::group_type_builder(spec.name).with_fields(fields).build().map(Arc::new)
}

fn failed(e: ParquetError) -> Error {
    ErrorKind::Write(e.to_string()).into()
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;
    use crate::normalize::Number;

    static SPEC: TableSpec = TableSpec::of_gulls(&[
        Column::text("id", "番号", "").required(),
        Column::integer("count", "羽数", ""),
        Column::number("weight", "重さ", ""),
    ]);

    fn reader(bytes: &[u8]) -> SerializedFileReader<std::fs::File> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        SerializedFileReader::new(file).unwrap()
    }

    fn bytes(rows: usize) -> Vec<u8> {
        let mut table = ParquetTable::new(Vec::new(), &SPEC).unwrap();
        for i in 0..rows {
            let count = if i % 2 == 0 { Value::Integer(-(i as i64)) } else { Value::Null };
            table.row(&vec![format!("鴎{i}").into(), count, Number("41.80".parse().unwrap()).into()]).unwrap();
        }
        table.finish().unwrap()
    }

    #[test]
    fn what_goes_in_comes_out_in_bounded_groups() {
        let bytes = bytes(ROWS_A_GROUP + 3);
        assert_eq!(bytes, self::bytes(ROWS_A_GROUP + 3), "the same bytes");
        let reader = reader(&bytes);
        let groups = reader.metadata().row_groups();
        assert_eq!(groups.iter().map(|g| g.num_rows()).collect::<Vec<_>>(), [ROWS_A_GROUP as i64, 3]);
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap()).skip(ROWS_A_GROUP).collect();
        assert_eq!(rows[2].get_string(0).unwrap(), &format!("鴎{}", ROWS_A_GROUP + 2));
        assert_eq!(rows[2].get_long(1).unwrap(), -(ROWS_A_GROUP as i64 + 2));
        assert!(rows[1].get_long(1).is_err(), "null");
        assert_eq!(rows[1].get_double(2).unwrap(), 41.8);
        let about = reader.metadata().file_metadata().key_value_metadata().unwrap();
        assert!(about.iter().any(|kv| kv.key == "title" && kv.value.as_deref() == Some("かもめ (gulls)")));
    }

    #[test]
    fn a_table_without_rows_has_its_columns() {
        let reader = reader(&bytes(0));
        assert_eq!(reader.metadata().file_metadata().schema_descr().num_columns(), 3);
    }

    #[test]
    fn a_value_that_the_column_cannot_hold_is_refused() {
        let mut table = ParquetTable::new(Vec::new(), &SPEC).unwrap();
        let e = table.row(&vec![Value::Null, Value::Null, Value::Null]).unwrap_err();
        assert!(e.to_string().contains("gulls.id"), "{e}");
    }
}
