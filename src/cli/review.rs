//! `hyoka review`.

use std::net::{IpAddr, Ipv4Addr};
use std::process::{Command, ExitCode, Stdio};

use super::args::Review;
use super::lang::Lang;
use super::{Stop, opening};
use crate::audit::SCHEMA;
use crate::picture;
use crate::report::{Audit, Finding};
use crate::review::{self, Options};

pub fn run(args: &Review, lang: Lang, said: Option<Lang>) -> Result<ExitCode, Stop> {
    let messages = lang.messages();
    let host = args.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let plain =
        |token: &str| token.len() >= 8 && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    match &args.token {
        None if !host.is_loopback() => return Err(Stop::Usage(messages.token_needed().to_owned())),
        Some(token) if !plain(token) => return Err(Stop::Usage(messages.bad_token().to_owned())),
        _ => {}
    }
    let opened = opening::options(&args.opening, messages)?;
    if !args.folder.join("manifest.json").is_file() {
        return Err(Stop::Usage(messages.no_results(&args.folder.display().to_string())));
    }
    let options = Options {
        folder: args.folder.clone(),
        inputs: args.inputs.clone(),
        pdf: opened.pdf,
        encoding: opened.encoding,
        findings: findings(args)?,
        language: said.map(Lang::of_pages),
        host,
        port: args.port,
        token: args.token.clone(),
    };
    // A page that breaks the renderer is told on the page; its trace would only frighten.
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(picture::THREAD) {
            usual(info);
        }
    }));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Stop::Failed(messages.no_workers(&e.to_string())))?;
    let ready = |address: std::net::SocketAddr, site: &review::Site| {
        let token = args.token.as_ref().map_or(String::new(), |token| format!("?token={token}"));
        let url = format!("http://{address}/{token}");
        println!("{}", messages.reviewing(&url));
        let missing = site.index().map_or(0, |index| index.entries.iter().filter(|e| !site.has_input(e)).count());
        if missing > 0 {
            eprintln!("{}", messages.inputs_missing(missing));
        }
        if picture::japanese_font().is_none() {
            eprintln!("{}", messages.no_japanese_font());
        }
        if args.open {
            open(&url);
        }
    };
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    match runtime.block_on(review::serve(options, ready, stop)) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(e) => Err(Stop::Failed(messages.not_served(&e.to_string()))),
    }
}

/// What the audit found, as `hyoka audit --format json` printed it.
fn findings(args: &Review) -> Result<Option<Vec<Finding>>, Stop> {
    let Some(path) = &args.findings else { return Ok(None) };
    let told = |reason: String| Stop::Usage(format!("{}: {reason}", path.display()));
    let bytes = std::fs::read(path).map_err(|e| told(e.to_string()))?;
    let audit = serde_json::from_slice::<Audit>(&bytes).map_err(|e| e.to_string());
    match audit {
        Ok(audit) if audit.schema == SCHEMA => Ok(Some(audit.findings)),
        Ok(audit) => Err(told(format!("its schema is {:?}, not {SCHEMA:?}", audit.schema))),
        Err(reason) => Err(told(format!("not what `hyoka audit --format json` prints ({SCHEMA}): {reason}"))),
    }
}

/// In the user's browser; where that does not work the address is printed all the same.
fn open(url: &str) {
    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let quiet = || Stdio::null();
    let _ = Command::new(program).args(before).arg(url).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
}
