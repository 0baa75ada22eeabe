"""Loads the tables that hyoka wrote with tools that are not hyoka, and compares what they see.

interop.py agree OUT EXCEL [--sqlite FILE]   OUT has CSV, Parquet and XLSX; EXCEL has CSV written with --excel
interop.py calc SOFFICE OUT EXCEL            every CSV opened by LibreOffice Calc
"""

import csv
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import duckdb
import openpyxl
import pandas

csv.field_size_limit(1 << 30)
BOM = "\ufeff"


def package(out):
    return json.loads((out / "datapackage.json").read_text(encoding="utf-8"))


def specs(out):
    """Table Schemas by table, in the order in which keys allow loading."""
    return {r["name"]: r["schema"] for r in package(out)["resources"] if r.get("type") == "table"}


def read_csv(path):
    text = path.read_bytes().decode("utf-8")
    header, *rows = csv.reader(text.removeprefix(BOM).splitlines(keepends=True))
    return header, rows


def typed(schema, cells):
    kinds = {"integer": int, "number": float, "string": str}
    return [kinds[f["type"]](c) if c != "" else None for f, c in zip(schema["fields"], cells, strict=True)]


# Each loader gives, for every table, its rows as dictionaries with None for null.


def by_csv(out):
    tables = {}
    for name, schema in specs(out).items():
        header, rows = read_csv(out / f"tables/{name}.csv")
        tables[name] = [dict(zip(header, typed(schema, row), strict=True)) for row in rows]
    return tables


def of_frame(frame):
    frame = frame.astype(object).where(frame.notna(), None)
    return frame.to_dict("records")


def by_pandas_csv(out):
    return {name: of_frame(pandas.read_csv(out / f"tables/{name}.csv")) for name in specs(out)}


def by_pandas_parquet(out):
    return {name: of_frame(pandas.read_parquet(out / f"tables/{name}.parquet", engine="pyarrow")) for name in specs(out)}


def rows_of(cursor):
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def by_duckdb(out, views=None):
    """By the load.sql and views.sql that stand beside the tables."""
    db = duckdb.connect()
    load = (out / "tables/load.sql").read_text(encoding="utf-8")
    # As if run in their folder.
    db.execute(f"SET file_search_path = '{out / 'tables'}'")
    db.execute(load)
    if views is not None:
        db.execute((out / "tables/views.sql").read_text(encoding="utf-8"))
        views.update(by_views(lambda sql: rows_of(db.execute(sql))))
    return {name: rows_of(db.execute(f"SELECT * FROM {name}")) for name in specs(out)}


def by_duckdb_guessing(out):
    """As a person types it, nothing said of types."""
    db = duckdb.connect()
    return {name: rows_of(db.execute(f"SELECT * FROM '{out}/tables/{name}.csv'")) for name in specs(out)}


def by_sqlite(out, views=None, file=None):
    """A file that hyoka wrote, or one made of the CSV; the views run on it."""
    db = sqlite3.connect(file or ":memory:")
    if file is None:
        for name, rows in by_csv(out).items():
            fields = specs(out)[name]["fields"]
            types = {"integer": "INTEGER", "number": "REAL", "string": "TEXT"}
            db.execute(f"CREATE TABLE {name} ({', '.join(f['name'] + ' ' + types[f['type']] for f in fields)})")
            db.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(fields))})", [tuple(r.values()) for r in rows])
    if views is not None:
        db.executescript((out / "tables/views.sql").read_text(encoding="utf-8"))
        views.update(by_views(lambda sql: rows_of(db.execute(sql))))
    return {name: rows_of(db.execute(f"SELECT * FROM {name}")) for name in specs(out)}


def by_openpyxl(out):
    """A sheet a table, under Japanese names; a long table goes on in a second sheet."""
    book = openpyxl.load_workbook(out / "tables/tables.xlsx")
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row), "a formula in the workbook"
    titles = {r["name"]: r["title"] for r in package(out)["resources"] if r.get("type") == "table"}
    assert [s.title for s in book] == [*titles.values(), "列の説明"], [s.title for s in book]
    tables = {}
    for name, schema in specs(out).items():
        sheet = book[titles[name]]
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:"), name
        header, *rows = sheet.iter_rows(values_only=True)
        assert list(header) == [f["title"] for f in schema["fields"]], header
        notes = [cell.comment.text.split("\n")[0] for cell in sheet[1]]
        assert notes == [f"{name}.{f['name']}" for f in schema["fields"]], notes
        tables[name] = [dict(zip((f["name"] for f in schema["fields"]), row, strict=True)) for row in rows]
    return tables


def seen(tables):
    """What every tool has to agree on."""
    amounts = [row["amount_yen"] for row in tables["budgets"] if row["amount_yen"] is not None]
    return {
        "rows": {name: len(rows) for name, rows in tables.items()},
        "amounts": len(amounts),
        "yen": int(sum(amounts)),
        "judgments": dict(sorted(Counter(row["level"] for row in tables["judgments"]).items())),
        "values": round(sum(float(r["value"]) for r in tables["measurements"] if r["value"] is not None), 6),
        "nulls": {name: sum(v is None for row in rows for v in row.values()) for name, rows in tables.items()},
    }


VIEWS = {
    "judgments_by_department": "jurisdiction_code, department, fiscal_year, scope",
    "amounts_once": "programme_key, fiscal_year, kind",
    "settlements": "programme_key, fiscal_year",
    "targets_against_actuals": "record_id, indicator, fiscal_year, unit, target, actual",
    "judgments_across_jurisdictions": "jurisdiction_code, fiscal_year, scope, scale, judgment",
}


def by_views(ask):
    tables = {}
    for view, order in VIEWS.items():
        order = ", ".join(f"{column} NULLS FIRST" for column in order.split(", "))
        rows = ask(f"SELECT * FROM {view} ORDER BY {order}")
        tables[view] = [{k: round(v, 9) if isinstance(v, float) else v for k, v in row.items()} for row in rows]
    return tables


def settlements(tables):
    """決算 of each programme and year, counted once: what the view has to give."""
    sheets = {}
    for row in tables["budgets"]:
        if row["kind"] in ("settled", "settlement_estimate") and row["amount_yen"] is not None:
            part = (row["fund"], row["method"], row["amount_yen"])
            key = (row["programme_key"] or row["record_id"] + " ?", row["fiscal_year"])
            sheets.setdefault(key, {}).setdefault(row["kind"], {}).setdefault(row["record_id"], set()).add(part)
    once = {}
    for key, kinds in sheets.items():
        of_sheets = kinds.get("settled") or kinds["settlement_estimate"]
        once[key] = max(sum(yen for _, _, yen in parts) for parts in of_sheets.values())
    return once


def validate(out):
    command = [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]
    run = subprocess.run(command, cwd=out, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout + run.stderr
    report = json.loads(run.stdout)
    resources = package(out)["resources"]
    assert report["valid"] and report["stats"]["tasks"] == len(resources), report["stats"]
    for resource in resources:
        assert (out / resource["path"]).stat().st_size == resource["bytes"], resource["path"]


def agree(out, excel, *rest):
    duck, lite = {}, {}
    loaders = {
        "csv": lambda: by_csv(out),
        "csv for Excel": lambda: by_csv(excel),
        "pandas, CSV": lambda: by_pandas_csv(out),
        "pandas, CSV for Excel": lambda: by_pandas_csv(excel),
        "pandas and pyarrow, Parquet": lambda: by_pandas_parquet(out),
        "DuckDB, Parquet": lambda: by_duckdb(out, duck),
        "DuckDB, CSV for Excel by load.sql": lambda: by_duckdb(excel),
        "DuckDB, CSV as it guesses": lambda: by_duckdb_guessing(out),
        "SQLite, of CSV": lambda: by_sqlite(out, lite),
        "openpyxl": lambda: by_openpyxl(out),
    }
    if "--sqlite" in rest:
        file = rest[rest.index("--sqlite") + 1]
        loaders["SQLite, by hyoka"] = lambda: by_sqlite(out, {}, file)
    validate(out)
    validate(excel)
    loaded = {name: load() for name, load in loaders.items()}
    want = seen(loaded["csv"])
    assert want["rows"]["budgets"] > 20 and want["yen"] > 0 and len(want["judgments"]) > 2, want
    for name, tables in loaded.items():
        found = seen(tables)
        assert found == want, f"{name} sees\n{found}\nand not\n{want}"
    # Cell by cell where the types are the file's own.
    assert loaded["DuckDB, Parquet"] == loaded["csv"] == loaded["SQLite, of CSV"]

    for view in VIEWS:
        assert duck[view], f"{view} is empty"
        assert duck[view] == lite[view], f"{view}: DuckDB and SQLite differ\n{duck[view][:3]}\n{lite[view][:3]}"
    once = {(row["programme_key"], row["fiscal_year"]): row["amount_yen"] for row in duck["settlements"]}
    assert once == settlements(loaded["csv"])
    print(json.dumps(want, ensure_ascii=False))
    print(f"{len(loaders)} loaders agree; views agree in DuckDB and SQLite")


JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def calc(soffice, *outs):
    """Comma, quote, UTF-8, from line 1 … and whether to evaluate formulas: as Calc's dialog has it, not; a file opened
    without the dialog is evaluated, which CSV for Excel has to stand."""
    reading = "CSV:44,34,76,1,,1041,false,false,true,false,false,0,"
    formulas = 0
    for out, filter in [(outs[0], reading + "false"), (outs[1], reading + "true")]:
        with tempfile.TemporaryDirectory() as folder:
            files = sorted((out / "tables").glob("*.csv"))
            command = [soffice, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless"]
            command += [f"--infilter={filter}", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder]
            run = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, timeout=300)
            for file in files:
                made = Path(folder) / f"{file.stem}.xlsx"
                assert made.exists(), f"{file} was not converted: {run.stdout}{run.stderr}"
                cells = [cell for row in openpyxl.load_workbook(made).active for cell in row]
                assert not any(cell.data_type == "f" for cell in cells), f"{file}: a formula ({filter})"
                shown = Counter(cell.value for cell in cells if isinstance(cell.value, str) and JAPANESE.search(cell.value))
                header, rows = read_csv(file)
                want = Counter(cell for row in rows for cell in row if JAPANESE.search(cell))
                assert shown == want, f"{file}: {list((want - shown).items())[:3]} became {list((shown - want).items())[:3]}"
                formulas += sum(cell.lstrip("'").startswith("=HYPERLINK(") for row in rows for cell in row)
    assert formulas >= 6, "no text that looks like a formula was fed through"
    print("every CSV opens in Calc as it is")


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command == "agree":
        agree(Path(rest[0]), Path(rest[1]), *rest[2:])
    else:
        calc(rest[0], *map(Path, rest[1:]))
