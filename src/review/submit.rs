//! What a person says of a value, held against the data before it is written down.

use serde::Deserialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::pages::labels;
use super::site::Site;
use crate::correction::{self, Action, Correction, NOT_APPLIED, Refused, evidence_hash, holding, value_at};
use crate::error::Error;
use crate::form::Document;
use crate::form::catalogue::FieldKind;
use crate::normalize::fold::fold;
use crate::output::clock;

/// What the page sends.
#[derive(Debug, Clone, Deserialize)]
pub struct Said {
    /// First 16 digits of the document's hash.
    pub document: String,
    pub pointer: String,
    #[serde(flatten)]
    pub what: What,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum What {
    /// `from`: the value seen, as JSON text, empty where there was none. `to`: what was typed; `null`: the page leaves it empty.
    Correct {
        from: String,
        to: Option<String>,
    },
    Confirm {
        from: String,
    },
    Undo {
        of: String,
    },
}

/// Why nothing was written down.
#[derive(Debug)]
pub enum Unfit {
    NoSuchDocument,
    /// The data is not what the person saw.
    Conflict(String),
    /// The value does not fit the field.
    Invalid(String),
    Failed(Error),
}

pub fn submit(site: &Site, said: &Said) -> Result<Correction, Unfit> {
    let index = site.index().map_err(Unfit::Failed)?;
    let entry = index.by_id(&said.document).ok_or(Unfit::NoSuchDocument)?;
    let on_disk = super::index::load(site.folder(), entry).map_err(Unfit::Conflict)?;
    let pointer = said.pointer.as_str();
    let seen = site.document(entry).map_err(Unfit::Conflict)?.document;
    let action = action(&seen, pointer, &said.what)?;
    let trial = action.clone();
    let check = |there: &[Correction]| {
        let own: Vec<Correction> = there.iter().filter(|c| c.document == entry.sha256).cloned().collect();
        let now = correction::foresee(on_disk.clone(), &own);
        fits(now, pointer, &trial)
    };
    let added = site.log.add(&entry.sha256, pointer, action, clock::now(), check);
    added.map(|added| added.correction).map_err(|refused| match refused {
        Refused::Conflict(reason) => Unfit::Conflict(reason),
        Refused::Invalid(reason) => Unfit::Invalid(reason),
        Refused::Failed(error) => Unfit::Failed(error),
    })
}

fn action(document: &Document, pointer: &str, what: &What) -> Result<Action, Unfit> {
    let parse = |from: &str| match from {
        "" => Ok(None),
        from => serde_json::from_str(from).map(Some).map_err(|e| Unfit::Invalid(e.to_string())),
    };
    let evidence = evidence_hash(document, pointer);
    match what {
        What::Undo { of } => Ok(Action::Undo { of: of.clone() }),
        What::Confirm { from } => {
            let at = |d: &&crate::diagnostic::Diagnostic| d.at.as_deref() == Some(pointer) && super::index::is_doubt(d);
            let mut codes: Vec<String> = document.diagnostics.iter().filter(at).map(|d| d.code.clone()).collect();
            if codes.is_empty() {
                return Err(Unfit::Conflict("there is no doubt at this place any more".to_owned()));
            }
            // To confirm a refusal would settle nothing.
            codes.retain(|code| code != NOT_APPLIED);
            if codes.is_empty() {
                return Err(Unfit::Invalid("a correction that was not applied is undone, not confirmed".to_owned()));
            }
            Ok(Action::Confirm { from: parse(from)?, codes, evidence })
        }
        What::Correct { from, to } => {
            let to = match to {
                None => Value::Null,
                Some(text) => typed(document, pointer, text)?,
            };
            let from = parse(from)?;
            if from.as_ref() == Some(&to) {
                return Err(Unfit::Invalid("that is the value it has".to_owned()));
            }
            Ok(Action::Correct { from, to, evidence })
        }
    }
}

/// Would the line take effect on the data as it is now?
fn fits(now: Document, pointer: &str, action: &Action) -> Result<(), Refused> {
    let (Action::Correct { from, .. } | Action::Confirm { from, .. }) = action else { return Ok(()) };
    if let Action::Correct { to, .. } = action {
        correction::with(&now, pointer, to).map_err(Refused::Invalid)?;
    }
    let json = serde_json::to_value(&now).map_err(|e| Refused::Invalid(e.to_string()))?;
    let there = value_at(&json, pointer);
    if there != *from {
        let now = there.map_or("nothing".to_owned(), |value| value.to_string());
        return Err(Refused::Conflict(format!("the value is {now} by now; reload the page")));
    }
    let line = Correction {
        schema: correction::SCHEMA.to_owned(),
        id: "trial".to_owned(),
        document: now.source.sha256.clone(),
        pointer: pointer.to_owned(),
        action: action.clone(),
        when: String::new(),
    };
    match correction::apply(now, std::slice::from_ref(&line)).refused.pop() {
        Some((_, reason)) => Err(Refused::Conflict(reason)),
        None => Ok(()),
    }
}

/// What was typed as a value of the field's kind, in the spelling of every other value; nothing typed is `null`.
fn typed(document: &Document, pointer: &str, text: &str) -> Result<Value, Unfit> {
    let invalid = |what: &str| Unfit::Invalid(format!("「{text}」 is not {what}"));
    let plain = fold(text.trim()).replace(',', "");
    let prose = text.trim().replace('\r', "");
    let (kind, words) = match labels::field(document, pointer) {
        Some(field) => (field.kind, field.words.clone()),
        None if pointer == "/fiscal_year" => (FieldKind::Integer, Vec::new()),
        None if pointer.starts_with("/jurisdictions/") => (FieldKind::Text, Vec::new()),
        None => return Err(Unfit::Invalid("the form has no such field".to_owned())),
    };
    if text.trim().is_empty() && kind != FieldKind::Group {
        return Ok(Value::Null);
    }
    match kind {
        FieldKind::Group => Err(Unfit::Invalid("it is a group of fields, not a value".to_owned())),
        // `raw` is as it is printed.
        FieldKind::Text if pointer.ends_with("/raw") => Ok(prose.nfc().collect::<String>().into()),
        FieldKind::Text => Ok(fold(&prose).into()),
        FieldKind::Integer => plain.parse::<i64>().map(Value::from).map_err(|_| invalid("a whole number")),
        FieldKind::Number => {
            let number: Value = serde_json::from_str(&plain).map_err(|_| invalid("a number"))?;
            if number.is_number() { Ok(number) } else { Err(invalid("a number")) }
        }
        FieldKind::Word if words.iter().any(|(word, _)| *word == plain) => Ok(plain.into()),
        FieldKind::Word => {
            let known: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
            Err(invalid(&format!("one of {}", known.join(", "))))
        }
    }
}

/// The lines of a document that hold at a place.
pub fn at<'a>(corrections: &'a [Correction], pointer: &str) -> Vec<&'a Correction> {
    holding(corrections).into_iter().filter(|c| c.pointer == pointer).collect()
}
