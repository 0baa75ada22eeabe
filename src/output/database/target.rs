//! Which database: `sqlite:FILE` or `postgres://…`.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use postgres::Config;
use postgres::config::{Host, SslMode};

use super::backend::Backend;
use super::{Done, postgres as server, sqlite};
use crate::error::DatabaseFault;

/// An address that was understood.
#[derive(Debug, Clone)]
pub enum Target {
    Sqlite(PathBuf),
    Postgres(Box<Config>),
    /// A server that is to be reached by TLS: there is none here, and going without it is not what was asked for.
    PostgresByTls,
}

/// Why an address is none. No words of it are repeated: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadTarget {
    UnknownKind,
    NoFile,
    BadAddress(String),
}

impl Target {
    /// `password` is used where the address names none.
    pub fn parse(said: &str, password: Option<&str>) -> Result<Target, BadTarget> {
        if let Some(file) = said.strip_prefix("sqlite:") {
            // In memory it would be gone with the program.
            return match file {
                "" | ":memory:" => Err(BadTarget::NoFile),
                file => Ok(Target::Sqlite(PathBuf::from(file))),
            };
        }
        if !(said.starts_with("postgres://") || said.starts_with("postgresql://")) {
            return Err(BadTarget::UnknownKind);
        }
        // The library knows three modes of six, and those that check certificates are not among them.
        if ["sslmode=require", "sslmode=verify"].iter().any(|mode| said.contains(mode)) {
            return Ok(Target::PostgresByTls);
        }
        let said = said.replace("sslmode=allow", "sslmode=prefer");
        let mut config: Config = said.parse().map_err(|e: postgres::Error| BadTarget::BadAddress(reason(&e)))?;
        if config.get_ssl_mode() == SslMode::Require {
            return Ok(Target::PostgresByTls);
        }
        if let (None, Some(password)) = (config.get_password(), password) {
            config.password(password);
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(15));
        }
        if config.get_application_name().is_none() {
            config.application_name("hyoka");
        }
        Ok(Target::Postgres(Box::new(config)))
    }

    pub(super) fn connect(&self) -> Done<Box<dyn Backend>> {
        match self {
            Target::Sqlite(path) => sqlite::open(path),
            Target::Postgres(config) => server::open(config),
            Target::PostgresByTls => Err(DatabaseFault::NoTls),
        }
    }
}

/// Which part of the address is wrong, in words that stand in no address.
fn reason(e: &postgres::Error) -> String {
    use std::error::Error as _;
    let cause = e.source().map(ToString::to_string).unwrap_or_default();
    match cause.split('`').nth(1) {
        Some(option) if cause.starts_with("invalid value for option") || cause.starts_with("unknown option") => {
            format!("the option `{option}`")
        }
        _ => "it cannot be taken apart; signs like @ : / in a password are written %40 %3A %2F".to_owned(),
    }
}

/// Without the password.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Target::PostgresByTls => write!(f, "postgres"),
            Target::Postgres(config) => {
                write!(f, "postgres://")?;
                if let Some(user) = config.get_user() {
                    write!(f, "{user}@")?;
                }
                for (i, host) in config.get_hosts().iter().enumerate() {
                    let comma = if i > 0 { "," } else { "" };
                    match host {
                        Host::Tcp(name) => write!(f, "{comma}{name}")?,
                        #[cfg(unix)]
                        Host::Unix(path) => write!(f, "{comma}{}", path.display())?,
                    }
                    if let Some(port) = config.get_ports().get(i).or(config.get_ports().first()) {
                        write!(f, ":{port}")?;
                    }
                }
                write!(f, "/{}", config.get_dbname().unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(said: &str) -> String {
        Target::parse(said, Some("from outside")).unwrap().to_string()
    }

    #[test]
    fn addresses_are_told_without_their_password() {
        assert_eq!(label("sqlite:out/a.db"), "sqlite:out/a.db");
        assert_eq!(label("postgres://ann:s3cret@db.example:5433/kamome"), "postgres://ann@db.example:5433/kamome");
        assert_eq!(label("postgresql://ann@db/kamome?password=s3cret"), "postgres://ann@db:5432/kamome");
        for bad in ["postgres://ann:s3cret@db:port/x", "postgres://ann:s3c@ret@:/x", "postgres://a:s3cret@db?s3cret=1"]
        {
            if let Err(BadTarget::BadAddress(reason)) = Target::parse(bad, None) {
                assert!(!reason.contains("s3cret@") && !reason.contains("s3c@"), "{reason}");
            }
        }
    }

    #[test]
    fn a_password_from_outside_is_used_where_the_address_has_none() {
        let password = |said: &str| match Target::parse(said, Some("outer")).unwrap() {
            Target::Postgres(config) => String::from_utf8(config.get_password().unwrap().to_vec()).unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(password("postgres://ann@db/x"), "outer");
        assert_eq!(password("postgres://ann:inner@db/x"), "inner");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let bad = |said: &str| Target::parse(said, None).unwrap_err();
        assert_eq!(bad("out.db"), BadTarget::UnknownKind);
        assert_eq!(bad("mysql://x"), BadTarget::UnknownKind);
        assert_eq!(bad("sqlite:"), BadTarget::NoFile);
        assert_eq!(bad("sqlite::memory:"), BadTarget::NoFile);
        assert!(matches!(bad("postgres://db:port/x"), BadTarget::BadAddress(_)));
    }

    #[test]
    fn tls_is_never_left_out_in_silence() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let target = Target::parse(&format!("postgres://db/x?sslmode={mode}"), None).unwrap();
            assert!(matches!(target.connect().err(), Some(DatabaseFault::NoTls)), "{mode}");
        }
        for mode in ["disable", "allow", "prefer"] {
            let target = Target::parse(&format!("postgres://db/x?sslmode={mode}"), None).unwrap();
            assert!(matches!(target, Target::Postgres(_)), "{mode}");
        }
    }
}
