//! `hyoka forms`.

use std::process::ExitCode;

use super::lang::Lang;
use super::{Stop, stdout};
use crate::form::catalogue::{FormInfo, catalogue};

pub fn run(id: Option<&str>, lang: Lang) -> Result<ExitCode, Stop> {
    let messages = lang.messages();
    let forms: Vec<&FormInfo> = catalogue().iter().filter(|form| id.is_none_or(|id| id == form.id)).collect();
    if let (Some(id), true) = (id, forms.is_empty()) {
        let known: Vec<&str> = catalogue().iter().map(|form| form.id).collect();
        return Err(Stop::Usage(messages.unknown_form_id(id, &known.join(", "))));
    }
    let text: String = forms.into_iter().map(|form| entry(form, lang)).collect();
    stdout::print(text.as_bytes(), messages)?;
    Ok(ExitCode::SUCCESS)
}

fn entry(form: &FormInfo, lang: Lang) -> String {
    let edition = form.edition.map_or(String::new(), |edition| format!(" {edition}"));
    let record = match lang {
        Lang::En => format!("record: {}", form.record),
        Lang::Ja => format!("レコード: {}", form.record_ja),
    };
    format!("{}\n  {}{edition}\n  {record}\n", form.id, form.title)
}
