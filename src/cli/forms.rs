//! `hyoka forms`.

use std::path::Path;
use std::process::ExitCode;

use super::args::Opening;
use super::extract::read;
use super::lang::Lang;
use super::messages::Messages;
use super::{NOT_ALL_READ, Stop, inputs, opening, stdout};
use crate::form::catalogue::{FieldInfo, FormInfo, catalogue};

pub fn run(id: Option<&str>, lang: Lang) -> Result<ExitCode, Stop> {
    let messages = lang.messages();
    let text: String = match id {
        None => catalogue().iter().map(|form| entry(form, lang)).collect(),
        Some(id) => {
            let form = catalogue().iter().find(|form| form.id == id).ok_or_else(|| {
                let known: Vec<&str> = catalogue().iter().map(|form| form.id).collect();
                Stop::Usage(messages.unknown_form_id(id, &known.join(", ")))
            })?;
            entry(form, lang) + &description(&form.fields(), messages)
        }
    };
    stdout::print(text.as_bytes(), messages)?;
    Ok(ExitCode::SUCCESS)
}

/// What a file is taken for, and why.
pub fn explain(file: &Path, args: &Opening, messages: &dyn Messages) -> Result<ExitCode, Stop> {
    let options = opening::options(args, messages)?;
    let workers = opening::workers(None, messages)?;
    let inputs = inputs::find(&[file.to_owned()], &options.pdf.limits);
    let shown = file.display().to_string();
    let [input] = inputs.as_slice() else { return Err(Stop::Usage(messages.one_file(&shown))) };
    if file.is_dir() {
        return Err(Stop::Usage(messages.one_file(&shown)));
    }
    let reader = |_: &str, bytes: Vec<u8>, _: String| crate::explain(&bytes, &options);
    let (taken, all) = match workers.install(|| read(input, &reader, None)) {
        Ok(read) => read,
        Err(failure) => {
            eprintln!("{}", messages.failure(&failure));
            return Ok(ExitCode::from(NOT_ALL_READ));
        }
    };
    let mut text = String::new();
    for run in &taken {
        text += &format!("{}\n", messages.taken_for(&run.form, run.pages[0], run.pages[1]));
    }
    if taken.is_empty() {
        text += &format!("{}\n", messages.taken_for_none());
    }
    let rows: Vec<[String; 3]> =
        all.iter().map(|r| [r.form.clone(), r.score.to_string(), r.reasons.join(", ")]).collect();
    text += &format!("\n{}\n\n{}", messages.speaks_for(), columns(&rows));
    stdout::print(text.as_bytes(), messages)?;
    Ok(ExitCode::SUCCESS)
}

fn entry(form: &FormInfo, lang: Lang) -> String {
    let edition = form.edition.map_or(String::new(), |edition| format!(" {edition}"));
    let record = match lang {
        Lang::En => form.record,
        Lang::Ja => form.record_ja,
    };
    format!("{}\n  {}{edition}\n  {}: {record}\n", form.id, form.title, lang.messages().record())
}

/// A line for each field, then what the words of those fields mean that can be certain words only.
fn description(fields: &[FieldInfo], messages: &dyn Messages) -> String {
    let rows: Vec<[String; 3]> =
        fields.iter().map(|f| [f.pointer.clone(), messages.field_kind(f), f.description.clone()]).collect();
    let mut out = format!("\n{}\n\n{}", messages.fields(), columns(&rows));
    let mut told: Vec<(&str, &[(String, String)])> = Vec::new();
    for field in fields.iter().filter(|f| !f.words.is_empty()) {
        let name = field.pointer.rsplit('/').next().unwrap_or_default();
        // Every quantity has a state: its words are told once.
        if told.contains(&(name, &field.words)) {
            continue;
        }
        told.push((name, &field.words));
        let rows: Vec<[String; 2]> =
            field.words.iter().map(|(word, meaning)| [word.clone(), meaning.clone()]).collect();
        out += &format!("\n{}\n\n{}", messages.words_of(name), columns(&rows));
    }
    out + &format!("\n{}\n", messages.see_schema())
}

/// Rows indented, their columns under each other.
fn columns<const N: usize>(rows: &[[String; N]]) -> String {
    let widths: [usize; N] = std::array::from_fn(|i| rows.iter().map(|row| width(&row[i])).max().unwrap_or(0));
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width_of) in row.iter().zip(widths) {
            line += &format!("  {cell}{}", " ".repeat(width_of - width(cell)));
        }
        out += line.trim_end();
        out.push('\n');
    }
    out
}

/// Columns of a terminal that a text takes.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}
