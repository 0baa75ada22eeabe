//! Who may ask: the `Host`, the `Origin` and the token of a request, and what every answer says to the browser.
//!
//! A page of another site can make the browser ask a server on this machine. It cannot choose the `Host` that the browser
//! sends, nor hide its own `Origin`, nor know the token.

use std::net::IpAddr;

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode, Uri};
use sha2::{Digest, Sha256};

/// The rules for one running server.
#[derive(Debug, Clone)]
pub struct Guard {
    host: IpAddr,
    port: u16,
    token: Option<String>,
}

/// Name of the cookie that holds the token once it was given.
pub const COOKIE: &str = "hyoka_token";

/// Nothing but what this server itself hands out, and no script or style inside a page.
const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

impl Guard {
    pub fn new(host: IpAddr, port: u16, token: Option<String>) -> Guard {
        Guard { host, port, token }
    }

    /// `Ok`, or the status and the reason of the refusal.
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), (StatusCode, &'static str)> {
        let host = single(headers, &header::HOST).unwrap_or_default();
        if !self.is_ours(host) {
            return Err((StatusCode::MISDIRECTED_REQUEST, "this server has another name"));
        }
        let ours = format!("http://{host}");
        match headers.get(header::ORIGIN) {
            Some(origin) if origin.as_bytes() != ours.as_bytes() => {
                return Err((StatusCode::FORBIDDEN, "the request comes from another site"));
            }
            None if !matches!(*method, Method::GET | Method::HEAD) => {
                return Err((StatusCode::FORBIDDEN, "the request does not say where it comes from"));
            }
            _ => {}
        }
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        let navigation = headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
        if matches!(site, Some(b"cross-site" | b"same-site")) && !navigation {
            return Err((StatusCode::FORBIDDEN, "the request comes from another site"));
        }
        match &self.token {
            Some(token) if !given(uri, headers).any(|said| same(said, token)) => {
                Err((StatusCode::UNAUTHORIZED, "open the address with the token that was printed at the start"))
            }
            _ => Ok(()),
        }
    }

    /// The cookie to set, where the token came in the address.
    pub fn cookie(&self, uri: &Uri) -> Option<String> {
        let token = self.token.as_deref()?;
        from_address(uri).filter(|said| same(said, token))?;
        Some(format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/"))
    }

    /// Is that the name of this very server? With a token any address will do, since a name that was made to lead here
    /// does not have the token.
    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, port.parse().unwrap_or(0)),
            _ => (host, 80),
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let loopback = self.host.is_loopback() || self.host.is_unspecified();
        port == self.port
            && match name.parse::<IpAddr>() {
                Ok(address) => address == self.host || (loopback && address.is_loopback()) || self.token.is_some(),
                Err(_) => name.eq_ignore_ascii_case("localhost") && loopback,
            }
    }
}

/// A header that stands there once.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let mut all = headers.get_all(name).iter();
    match (all.next(), all.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

fn from_address(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("token="))
}

fn given<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> impl Iterator<Item = &'a str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let cookies = cookies.flat_map(|value| value.split(';')).filter_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        (name == COOKIE).then_some(value)
    });
    from_address(uri).into_iter().chain(cookies)
}

/// Compared by their hashes, so that the time it takes tells nothing.
fn same(a: &str, b: &str) -> bool {
    Sha256::digest(a) == Sha256::digest(b)
}

/// What every answer carries.
pub fn seal(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(guard: &Guard, method: Method, uri: &str, headers: &[(&'static str, &str)]) -> Option<u16> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        guard.check(&method, &uri.parse().unwrap(), &map).err().map(|(status, _)| status.as_u16())
    }

    #[test]
    fn only_our_own_name_and_origin_are_served() {
        let guard = Guard::new("127.0.0.1".parse().unwrap(), 8000, None);
        for host in ["127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000"] {
            assert_eq!(ask(&guard, Method::GET, "/", &[("host", host)]), None, "{host}");
        }
        for host in
            ["evil.example:8000", "127.0.0.1:8001", "127.0.0.1", "localhost.evil.example:8000", "192.168.0.2:8000", ""]
        {
            assert_eq!(ask(&guard, Method::GET, "/", &[("host", host)]), Some(421), "{host}");
        }
        assert_eq!(ask(&guard, Method::GET, "/", &[]), Some(421));
        let two = [("host", "127.0.0.1:8000"), ("host", "evil.example:8000")];
        assert_eq!(ask(&guard, Method::GET, "/", &two), Some(421));
        let host = ("host", "127.0.0.1:8000");
        assert_eq!(ask(&guard, Method::POST, "/", &[host]), Some(403));
        assert_eq!(ask(&guard, Method::POST, "/", &[host, ("origin", "http://127.0.0.1:8000")]), None);
        for origin in ["null", "http://evil.example", "https://127.0.0.1:8000", "http://127.0.0.1:80001"] {
            assert_eq!(ask(&guard, Method::POST, "/", &[host, ("origin", origin)]), Some(403), "{origin}");
            assert_eq!(ask(&guard, Method::GET, "/", &[host, ("origin", origin)]), Some(403), "{origin}");
        }
        assert_eq!(ask(&guard, Method::GET, "/", &[host, ("sec-fetch-site", "cross-site")]), Some(403));
    }

    #[test]
    fn a_token_opens_and_nothing_else_does() {
        let guard = Guard::new("0.0.0.0".parse().unwrap(), 8000, Some("gull".to_owned()));
        let host = ("host", "192.168.0.2:8000");
        assert_eq!(ask(&guard, Method::GET, "/", &[host]), Some(401));
        assert_eq!(ask(&guard, Method::GET, "/?token=tern", &[host]), Some(401));
        assert_eq!(ask(&guard, Method::GET, "/?token=gull", &[host]), None);
        assert_eq!(ask(&guard, Method::GET, "/", &[host, ("cookie", "a=b; hyoka_token=gull")]), None);
        assert_eq!(ask(&guard, Method::GET, "/?token=gull", &[("host", "evil.example:8000")]), Some(421));
        assert!(guard.cookie(&"/?token=gull".parse().unwrap()).unwrap().contains("HttpOnly"));
        assert_eq!(guard.cookie(&"/?token=tern".parse().unwrap()), None);
    }
}
