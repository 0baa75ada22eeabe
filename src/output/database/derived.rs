//! Columns whose values all documents together decide. They are worked out at the end of a load, in one statement each;
//! until then (`hyoka_schema.settled` is 0) rows that were just loaded have none.

use crate::table::TableSpec;

struct Derived {
    table: &'static str,
    column: &'static str,
    /// Changes only rows whose value is another, so that a second load writes nothing.
    update: &'static str,
}

const DERIVED: &[Derived] = &[Derived {
    table: "budgets",
    column: "shared_by",
    update: "UPDATE budgets SET shared_by = counted.n FROM (\
        SELECT programme_key, fiscal_year, kind, count(DISTINCT record_id) AS n FROM budgets \
        WHERE amount_yen IS NOT NULL GROUP BY programme_key, fiscal_year, kind) AS counted \
        WHERE budgets.amount_yen IS NOT NULL AND budgets.programme_key = counted.programme_key \
        AND budgets.kind = counted.kind AND budgets.fiscal_year IS NOT DISTINCT FROM counted.fiscal_year \
        AND budgets.shared_by IS DISTINCT FROM counted.n; \
        UPDATE budgets SET shared_by = 1 WHERE amount_yen IS NOT NULL AND programme_key IS NULL \
        AND shared_by IS DISTINCT FROM 1",
}];

/// The statements for the columns that there are.
pub fn updates(specs: &[&TableSpec]) -> impl Iterator<Item = &'static str> {
    let has = |derived: &Derived| {
        let spec = specs.iter().find(|spec| spec.name == derived.table);
        spec.is_some_and(|spec| spec.columns.iter().any(|column| column.name == derived.column))
    };
    DERIVED.iter().filter(move |derived| has(derived)).map(|derived| derived.update).collect::<Vec<_>>().into_iter()
}
