//! The local review page: documents, charts, findings, and each value beside the place where it was printed.
//!
//! Pages are made here, with every text of a document escaped by the maker; the browser's script only lights boxes up and
//! sends what people say of values.

mod guard;
pub mod index;
pub mod inputs;
mod pages;
mod server;
mod site;
mod submit;

use std::net::IpAddr;
use std::path::PathBuf;

use crate::report::{Finding, Language};
use crate::source::{pdf, text};

pub use guard::Guard;
pub use inputs::Inputs;
pub use server::{router, serve};
pub use site::Site;

/// What is to be reviewed, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that `extract -o` wrote.
    pub folder: PathBuf,
    /// Where else inputs may be, besides where the manifest says they were.
    pub inputs: Vec<PathBuf>,
    pub pdf: pdf::Options,
    pub encoding: text::Encoding,
    /// Shown instead of what an audit of the folder finds.
    pub findings: Option<Vec<Finding>>,
    /// `None`: what the browser asks for.
    pub language: Option<Language>,
    pub host: IpAddr,
    /// 0: any that is free.
    pub port: u16,
    /// What a visitor has to know; needed wherever others than this machine can reach the page.
    pub token: Option<String>,
}
