//! The server: routes, and the guard before all of them.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use maud::Markup;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Semaphore;

use super::guard::{self, Guard};
use super::pages::{self, Frame};
use super::submit::{Said, Unfit, submit};
use super::{Options, Site};
use crate::error::{Error, ErrorKind};
use crate::geometry::Rect;
use crate::picture::{self, Fault, Wanted};
use crate::report::{Language, lack};

const STYLE: &str = concat!(include_str!("../report/common.css"), include_str!("assets/review.css"));
const SCRIPT: &str = include_str!("assets/review.js");
const ICON: &str = include_str!("assets/icon.svg");
/// Bytes that a person may say of one value.
const SAID: usize = 256 << 10;

#[derive(Clone)]
struct App {
    site: Arc<Site>,
    guard: Arc<Guard>,
    /// As many pictures as are drawn at once. A browser that no longer waits for one leaves the queue.
    queue: Arc<Semaphore>,
}

/// Serves until `stop` ends. `ready` is told the address once it listens.
pub async fn serve(
    options: Options,
    ready: impl FnOnce(SocketAddr, &Site),
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Error> {
    let failed = |e: std::io::Error| Error::new(ErrorKind::Io(e.to_string()));
    let (host, port, token) = (options.host, options.port, options.token.clone());
    let site = tokio::task::spawn_blocking(move || Site::open(options));
    let site = Arc::new(site.await.map_err(|e| ErrorKind::Internal(e.to_string()))??);
    let listener = tokio::net::TcpListener::bind((host, port)).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    ready(address, &site);
    let app = router(site, Guard::new(host, address.port(), token));
    axum::serve(listener, app).with_graceful_shutdown(stop).await.map_err(failed)
}

/// The whole page, guarded.
pub fn router(site: Arc<Site>, guard: Guard) -> Router {
    let app = App { site, guard: Arc::new(guard), queue: Arc::new(Semaphore::new(picture::AT_ONCE)) };
    Router::new()
        .route("/", get(overview))
        .route("/charts", get(charts))
        .route("/findings", get(findings))
        .route("/sheet/{document}/{record}", get(sheet))
        .route("/picture/{document}/{page}", get(draw))
        .route("/assets/review.css", get(|| async { asset("text/css; charset=utf-8", STYLE) }))
        .route("/assets/review.js", get(|| async { asset("text/javascript; charset=utf-8", SCRIPT) }))
        .route("/assets/icon.svg", get(|| async { asset("image/svg+xml", ICON) }))
        .route("/api/corrections", post(correct))
        .layer(DefaultBodyLimit::max(SAID))
        .layer(middleware::from_fn_with_state(app.clone(), watch))
        .with_state(app)
}

async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let (method, uri, headers) = (request.method(), request.uri().clone(), request.headers());
    let mut response = match app.guard.check(method, &uri, headers) {
        Err((status, reason)) => (status, reason).into_response(),
        Ok(()) => match app.guard.cookie(&uri) {
            // The token leaves the address, where it would stay in the history.
            Some(cookie) => {
                let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, uri.path().to_owned())];
                (StatusCode::SEE_OTHER, headers).into_response()
            }
            None => next.run(request).await,
        },
    };
    guard::seal(response.headers_mut());
    response
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=60")], text).into_response()
}

/// Which language, and where the page stands, for its links.
fn frame(app: &App, uri: &Uri, headers: &HeaderMap) -> (Frame, Option<String>) {
    let said =
        uri.query().and_then(|q| q.split('&').find_map(|pair| pair.strip_prefix("lang="))).and_then(Language::of_code);
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|v| v.to_str().ok());
    let kept =
        cookies.flat_map(|v| v.split(';')).find_map(|pair| Language::of_code(pair.trim().strip_prefix("hyoka_lang=")?));
    let asked = || {
        let wishes = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let first = wishes.split(',').map(|wish| wish.trim().get(..2).unwrap_or_default()).find_map(Language::of_code);
        first.unwrap_or_default()
    };
    let language = said.or(kept).or(app.site.language()).unwrap_or_else(asked);
    let cookie = said.map(|l| format!("hyoka_lang={}; SameSite=Strict; Path=/", l.code()));
    (Frame { language, path: uri.path().to_owned(), query: uri.query().unwrap_or_default().to_owned() }, cookie)
}

/// Makes a page away from the threads that answer.
async fn page(
    app: App,
    uri: Uri,
    headers: HeaderMap,
    make: impl FnOnce(&Site, &Frame) -> Result<Option<Markup>, String> + Send + 'static,
) -> Response {
    let (frame, cookie) = frame(&app, &uri, &headers);
    let made = tokio::task::spawn_blocking(move || {
        let made = make(&app.site, &frame);
        match made {
            Ok(Some(page)) => (StatusCode::OK, page),
            Ok(None) => (StatusCode::NOT_FOUND, pages::nothing(&frame)),
            Err(reason) => (StatusCode::INTERNAL_SERVER_ERROR, pages::failed(&frame, &reason)),
        }
    });
    let Ok((status, markup)) = made.await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response =
        (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response();
    if let Some(cookie) = cookie.and_then(|c| c.parse().ok()) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn overview(
    State(app): State<App>,
    Query(asked): Query<pages::overview::Asked>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    page(app, uri, headers, move |site, frame| pages::overview::page(site, frame, &asked).map(Some)).await
}

async fn charts(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    page(app, uri, headers, |site, frame| pages::charts(site, frame).map(Some)).await
}

async fn findings(
    State(app): State<App>,
    Query(asked): Query<pages::findings::Asked>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    page(app, uri, headers, move |site, frame| pages::findings::page(site, frame, &asked).map(Some)).await
}

async fn sheet(
    State(app): State<App>,
    Path((document, record)): Path<(String, usize)>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    page(app, uri, headers, move |site, frame| pages::sheet::page(site, frame, &document, record)).await
}

#[derive(Deserialize)]
struct Part {
    w: Option<u32>,
    /// `x0,y0,x1,y1` in points.
    #[serde(rename = "box")]
    region: Option<String>,
}

async fn draw(
    State(app): State<App>,
    Path((document, page)): Path<(String, u32)>,
    Query(part): Query<Part>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let language = frame(&app, &uri, &headers).0.language;
    let region = match part.region.as_deref().map(region) {
        Some(None) => return StatusCode::BAD_REQUEST.into_response(),
        other => other.flatten(),
    };
    let wanted = Wanted { page, region, width: part.w.unwrap_or(1_000).clamp(50, 3_000) };
    let Ok(place) = app.queue.clone().acquire_owned().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let drawn = tokio::task::spawn_blocking(move || {
        let _place = place;
        let index = app.site.index().ok()?;
        let entry = index.by_id(&document)?;
        Some(app.site.draw(entry, wanted))
    });
    match drawn.await {
        Ok(Some(Ok(picture))) => {
            let warnings: Vec<&str> = picture.warnings.iter().map(|w| w.code()).collect();
            let headers = [
                (header::CONTENT_TYPE, "image/png".to_owned()),
                (header::CACHE_CONTROL, "private, max-age=600".to_owned()),
                (header::HeaderName::from_static("x-hyoka-warnings"), warnings.join(",")),
            ];
            (headers, Body::from(picture.png.clone())).into_response()
        }
        Ok(Some(Err(fault))) => {
            let status = match fault {
                Fault::NoSuchPage { .. } | Fault::Unreadable | Fault::Missing | Fault::Changed => StatusCode::NOT_FOUND,
                Fault::Password => StatusCode::FORBIDDEN,
                Fault::Busy | Fault::TooLong(_) => StatusCode::SERVICE_UNAVAILABLE,
                Fault::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            };
            (status, lack::fault(&fault, language)).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn region(text: &str) -> Option<Rect> {
    let numbers: Vec<f32> =
        text.split(',').map(|n| n.parse().ok().filter(|n: &f32| n.is_finite())).collect::<Option<_>>()?;
    let [x0, y0, x1, y1] = numbers[..] else { return None };
    Some(Rect::new(x0, y0, x1, y1))
}

async fn correct(State(app): State<App>, Json(said): Json<Said>) -> Response {
    let done = tokio::task::spawn_blocking(move || submit(&app.site, &said));
    let (status, body) = match done.await {
        Ok(Ok(correction)) => (StatusCode::OK, json!({ "id": correction.id })),
        Ok(Err(Unfit::NoSuchDocument)) => (StatusCode::NOT_FOUND, json!({ "message": "there is no such document" })),
        Ok(Err(Unfit::Conflict(reason))) => (StatusCode::CONFLICT, json!({ "message": reason })),
        Ok(Err(Unfit::Invalid(reason))) => (StatusCode::UNPROCESSABLE_ENTITY, json!({ "message": reason })),
        Ok(Err(Unfit::Failed(error))) => (StatusCode::INTERNAL_SERVER_ERROR, json!({ "message": error.to_string() })),
        Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, json!({ "message": "an internal fault" })),
    };
    (status, Json(body)).into_response()
}
