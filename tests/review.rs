//! The review page as its users meet it: over HTTP as an attacker would, and in a browser as a person would.

mod cli_support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use cli_support::{code, command, hyoka, stderr};
use serde_json::{Value, json};

/// What a sheet prints that wants to be markup or a formula.
const SCRIPT: &str = "<script>window.pwned=1</script><img src=x onerror=window.pwned=1>";
const FORMULA: &str = "=HYPERLINK(\"http://evil.invalid\",\"x\")";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

struct Served {
    child: Child,
    address: SocketAddr,
}

impl Served {
    fn start(folder: &Path, more: &[&str]) -> Served {
        let mut args = vec!["review", folder.to_str().unwrap(), "--port", "0"];
        args.extend(more);
        let mut child = command(&args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let url = line.split("http://").nth(1).unwrap_or_else(|| panic!("{line:?}"));
        let address = url.split('/').next().unwrap().trim().replace("0.0.0.0", "127.0.0.1");
        Served { child, address: address.parse().unwrap() }
    }

    /// Status, headers and body of an answer; `headers` end in `\r\n` each.
    fn raw(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let length = body.len();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        (status, head.to_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String, String) {
        self.raw("GET", path, &format!("Host: {}\r\n", self.address), "")
    }

    fn say(&self, said: &Value) -> (u16, String) {
        let headers = format!("Host: {0}\r\nOrigin: http://{0}\r\nContent-Type: application/json\r\n", self.address);
        let (status, _, body) = self.raw("POST", "/api/corrections", &headers, &said.to_string());
        (status, body)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder of results with a sheet of a PDF and one of a text that wants to be more than text.
struct Work {
    _temp: tempfile::TempDir,
    inputs: PathBuf,
    out: PathBuf,
}

impl Work {
    fn new() -> Work {
        let temp = tempfile::tempdir().unwrap();
        let inputs = temp.path().join("inputs");
        let out = temp.path().join("out");
        fs::create_dir(&inputs).unwrap();
        fs::copy(root().join("fixtures/initiative_sheet/plain.pdf"), inputs.join("plain.pdf")).unwrap();
        let text = fs::read_to_string(root().join("fixtures/initiative_sheet/plain.raw.txt")).unwrap();
        let truth: Value =
            serde_json::from_slice(&fs::read(root().join("fixtures/initiative_sheet/plain.truth.json")).unwrap())
                .unwrap();
        let told = |pointer: &str| truth.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
        let text = text
            .replace(&told("/records/0/plan/initiative"), SCRIPT)
            .replace(&told("/records/0/do/programs/0/name"), FORMULA);
        assert!(text.contains(SCRIPT) && text.contains(FORMULA), "the fixture prints what is replaced on one line");
        fs::write(inputs.join("evil.txt"), text).unwrap();
        let work = Work { _temp: temp, inputs, out };
        work.extract();
        work
    }

    fn extract(&self) {
        let done = hyoka(&["extract", self.inputs.to_str().unwrap(), "-o", self.out.to_str().unwrap(), "--quiet"]);
        assert_eq!(code(&done), 0, "{}", stderr(&done));
    }

    fn document(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.out.join(format!("documents/{name}.json"))).unwrap()).unwrap()
    }

    fn id(&self, name: &str) -> String {
        self.document(name)["source"]["sha256"].as_str().unwrap()[..16].to_owned()
    }

    fn csv(&self, table: &str) -> String {
        fs::read_to_string(self.out.join(format!("tables/{table}.csv"))).unwrap()
    }
}

const DEPARTMENT: &str = "/records/0/plan/department";

fn correct(id: &str, from: &Value, to: &str) -> Value {
    json!({ "document": id, "pointer": DEPARTMENT, "action": "correct", "from": from.to_string(), "to": to })
}

#[test]
fn a_correction_lasts_and_is_undone() {
    let work = Work::new();
    let served = Served::start(&work.out, &[]);
    let id = work.id("plain");
    let before = work.document("plain").pointer(DEPARTMENT).unwrap().clone();
    let (status, body) = served.say(&correct(&id, &before, "架空部かもめ課"));
    assert_eq!(status, 200, "{body}");
    let line: Value = serde_json::from_str(&body).unwrap();
    assert!(served.get(&format!("/sheet/{id}/1")).2.contains("架空部かもめ課"), "the page shows it at once");

    // A second window that still sees the old value is told, and nothing is lost.
    let (status, body) = served.say(&correct(&id, &before, "別の課"));
    assert_eq!(status, 409, "{body}");

    work.extract();
    let after = work.document("plain");
    assert_eq!(after.pointer(DEPARTMENT).unwrap(), "架空部かもめ課");
    assert_eq!(after["evidence"][DEPARTMENT]["method"], "corrected");
    assert!(work.csv("records").contains("架空部かもめ課"));
    let again = work.document("plain");
    work.extract();
    assert_eq!(work.document("plain"), again, "applied once");

    let undo = json!({ "document": id, "pointer": DEPARTMENT, "action": "undo", "of": line["id"] });
    assert_eq!(served.say(&undo).0, 200);
    assert_eq!(served.say(&undo).0, 409);
    work.extract();
    assert_eq!(work.document("plain").pointer(DEPARTMENT).unwrap(), &before);
    assert!(!work.csv("records").contains("架空部かもめ課"));
}

#[test]
fn a_value_that_does_not_fit_its_field_is_refused() {
    let work = Work::new();
    let served = Served::start(&work.out, &[]);
    let id = work.id("plain");
    let json = work.document("plain");
    for (pointer, to) in [
        ("/records/0/do/programs/0/budgets/1/amount_yen", "many"),
        ("/records/0/do/judgment/level", "splendid"),
        ("/records/0/plan", "x"),
        ("/source/sha256", "x"),
        ("/records/0/none/such", "x"),
        // Empty, where the field has to say something.
        ("/records/0/do/judgment/raw", ""),
        ("/records/0/do/judgment/level", " "),
    ] {
        let from = json.pointer(pointer).map(Value::to_string).unwrap_or_default();
        let said = json!({ "document": id, "pointer": pointer, "action": "correct", "from": from, "to": to });
        let (status, body) = served.say(&said);
        assert_eq!(status, 422, "{pointer}: {body}");
    }
    assert!(
        !work.out.join("corrections.jsonl").exists()
            || fs::read(work.out.join("corrections.jsonl")).unwrap().is_empty()
    );
}

#[test]
fn what_is_typed_is_spelt_as_what_is_read() {
    let work = Work::new();
    let served = Served::start(&work.out, &[]);
    let id = work.id("plain");
    let phone = "/records/0/plan/phone";
    let mut json = work.document("plain");
    let mut say = |pointer: &str, to: Value, want: Value| {
        let from = json.pointer(pointer).unwrap().to_string();
        let said = json!({ "document": id, "pointer": pointer, "action": "correct", "from": from, "to": to });
        let (status, body) = served.say(&said);
        assert_eq!(status, 200, "{pointer}: {body}");
        *json.pointer_mut(pointer).unwrap() = want;
    };
    say(DEPARTMENT, json!("\u{3000}Ａ１（％）ﾈｯﾄ⽤課\r\nか\u{3099}"), json!("A1(%)ネット用課\nが"));
    say(phone, json!(" "), Value::Null);
    let raw = "/records/0/plan/output_indicators/0/targets/0/raw";
    say(raw, json!("９件（９件）"), json!("９件（９件）"));
    work.extract();
    let after = work.document("plain");
    for pointer in [DEPARTMENT, phone, raw] {
        assert_eq!(after.pointer(pointer), json.pointer(pointer), "{pointer}");
    }
    // A dash where the field cannot be empty is no conflict.
    let level = json.pointer("/records/0/do/judgment/level").unwrap().to_string();
    let said = json!({ "document": id, "pointer": "/records/0/do/judgment/level", "action": "correct", "from": level, "to": null });
    assert_eq!(served.say(&said).0, 422);
}

#[test]
fn other_sites_and_other_folders_get_nothing() {
    let work = Work::new();
    fs::write(work.out.parent().unwrap().join("secret.txt"), "terns fly by night").unwrap();
    let served = Served::start(&work.out, &[]);
    let id = work.id("plain");
    let host = format!("Host: {}\r\n", served.address);
    assert_eq!(served.raw("GET", "/", "Host: evil.invalid\r\n", "").0, 421);
    let said = correct(&id, &json!(null), "x").to_string();
    for origin in ["", "Origin: http://evil.invalid\r\n", "Origin: null\r\n"] {
        let headers = format!("{host}{origin}Content-Type: application/json\r\n");
        assert_eq!(served.raw("POST", "/api/corrections", &headers, &said).0, 403, "{origin}");
    }
    // A form of another site cannot say that it sends JSON.
    let plain = format!("{host}Origin: http://{}\r\nContent-Type: text/plain\r\n", served.address);
    assert_eq!(served.raw("POST", "/api/corrections", &plain, &said).0, 415);
    for path in [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/sheet/..%2f..%2fsecret.txt/1",
        "/picture/%2e%2e/1",
        "/documents/plain.json",
    ] {
        let (status, _, body) = served.get(path);
        assert!(status == 404 || status == 400, "{path}: {status}");
        assert!(!body.contains("terns"));
    }
    let (status, head, _) = served.get("/");
    assert_eq!(status, 200);
    assert!(head.contains("content-security-policy: default-src 'none'") && !head.contains("unsafe"));
    assert!(head.contains("x-content-type-options: nosniff") && head.contains("referrer-policy: no-referrer"));
    assert!(!head.contains("access-control-allow"));
}

#[test]
fn another_address_needs_a_token() {
    let work = Work::new();
    let refused = hyoka(&["review", work.out.to_str().unwrap(), "--host", "0.0.0.0", "--port", "0"]);
    assert_eq!(code(&refused), 2);
    assert!(stderr(&refused).contains("--token"));
    let served = Served::start(&work.out, &["--host", "0.0.0.0", "--token", "gull-and-tern"]);
    assert_eq!(served.get("/").0, 401);
    assert_eq!(served.get("/assets/review.js").0, 401);
    let (status, head, _) = served.get("/?token=gull-and-tern");
    assert_eq!(status, 303);
    assert!(head.contains("httponly") && head.contains("samesite=strict"));
    let cookie = format!("Host: {}\r\nCookie: hyoka_token=gull-and-tern\r\n", served.address);
    assert_eq!(served.raw("GET", "/", &cookie, "").0, 200);
}

#[test]
fn text_of_a_sheet_never_becomes_markup() {
    let work = Work::new();
    let served = Served::start(&work.out, &[]);
    for path in ["/".to_owned(), format!("/sheet/{}/1", work.id("evil")), "/charts".to_owned()] {
        let (status, _, body) = served.get(&path);
        assert_eq!(status, 200, "{path}");
        assert!(!body.contains("<script>window") && !body.contains("<img src=x"), "{path}");
        // Nothing in a page runs or is styled by itself: the policy would refuse it.
        assert!(!body.contains(" style=") && !body.contains(" onclick="), "{path}");
    }
    assert!(served.get(&format!("/sheet/{}/1", work.id("evil"))).2.contains("&lt;script&gt;"));
}

#[test]
fn pages_are_drawn_and_missing_inputs_are_told() {
    let work = Work::new();
    let id = work.id("plain");
    let served = Served::start(&work.out, &[]);
    let (status, head, _) = served.get(&format!("/picture/{id}/1?w=300"));
    assert!(status == 200 && head.contains("content-type: image/png"), "{head}");
    assert_eq!(served.get(&format!("/picture/{id}/99")).0, 404);
    assert_eq!(served.get(&format!("/picture/{id}/1?box=1,2,x")).0, 400);
    drop(served);
    let moved = work.out.parent().unwrap().join("elsewhere");
    fs::rename(&work.inputs, &moved).unwrap();
    // Another file in its place is called so.
    fs::create_dir(&work.inputs).unwrap();
    fs::copy(root().join("fixtures/slide_deck/harbour.pdf"), work.inputs.join("plain.pdf")).unwrap();
    let served = Served::start(&work.out, &[]);
    let (status, _, body) = served.get(&format!("/picture/{id}/1?w=300&lang=en"));
    assert!(status == 404 && body.contains("not what it was"), "{body}");
    assert!(served.get(&format!("/sheet/{id}/1?lang=en")).2.contains("not what it was"));
    drop(served);
    fs::remove_dir_all(&work.inputs).unwrap();
    let served = Served::start(&work.out, &[]);
    assert!(served.get("/").2.contains("--inputs"));
    assert_eq!(served.get(&format!("/picture/{id}/1?w=300")).0, 404);
    drop(served);
    let served = Served::start(&work.out, &["--inputs", moved.to_str().unwrap()]);
    assert_eq!(served.get(&format!("/picture/{id}/1?w=300")).0, 200);
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn every_doubt_and_every_text_in_no_field_is_on_a_sheet() {
    let temp = tempfile::tempdir().unwrap();
    let out = temp.path().join("out");
    let fixtures = root().join("fixtures");
    let done = hyoka(&["extract", fixtures.to_str().unwrap(), "-o", out.to_str().unwrap(), "--quiet"]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    let served = Served::start(&out, &[]);
    let mut seen = (0, 0);
    for file in fs::read_dir(out.join("documents")).unwrap() {
        let path = file.unwrap().path();
        let document: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let id = &document["source"]["sha256"].as_str().unwrap()[..16];
        let records = document["records"].as_array().unwrap().len().max(1);
        let sheets: Vec<String> = (1..=records).map(|n| served.get(&format!("/sheet/{id}/{n}")).2).collect();
        let is_shown = |text: &str| sheets.iter().any(|sheet| sheet.contains(&escaped(text)));
        for told in document["diagnostics"].as_array().unwrap() {
            seen.0 += 1;
            assert!(is_shown(told["message"].as_str().unwrap()), "{}: {told}", path.display());
            let place = told["at"].as_str().map(|at| format!("data-pointer=\"{}\"", escaped(at)));
            assert!(place.is_none_or(|place| sheets.iter().any(|s| s.contains(&place))), "{}: {told}", path.display());
        }
        for left in document["unassigned"].as_array().unwrap() {
            seen.1 += 1;
            assert!(is_shown(left["text"].as_str().unwrap()), "{}: {left}", path.display());
        }
    }
    assert!(seen.0 > 100 && seen.1 > 10, "{seen:?}");
}

#[test]
fn a_page_that_the_input_does_not_have_costs_nothing() {
    let work = Work::new();
    let mut document = work.document("plain");
    document["evidence"][DEPARTMENT]["at"][0]["page"] = json!(200_000_000);
    fs::write(work.out.join("documents/plain.json"), document.to_string()).unwrap();
    let served = Served::start(&work.out, &[]);
    let (status, _, body) = served.get(&format!("/sheet/{}/1", work.id("plain")));
    assert_eq!(status, 200);
    let pages = document["source"]["pages"].as_u64().unwrap() as usize;
    assert_eq!(body.matches("<figure class=\"page\"").count(), pages);
}

#[test]
fn findings_of_another_file_are_refused_and_of_another_folder_are_named() {
    let work = Work::new();
    let file = work.out.parent().unwrap().join("findings.json");
    let review = |text: &str| {
        fs::write(&file, text).unwrap();
        let folder = work.out.to_str().unwrap();
        hyoka(&["review", folder, "--port", "0", "--findings", file.to_str().unwrap()])
    };
    let manifest = fs::read_to_string(work.out.join("manifest.json")).unwrap();
    for wrong in ["{}", "{\"findings\": []}", "{\"schema\": \"hyoka-audit/9\", \"findings\": []}", &manifest] {
        let refused = review(wrong);
        assert_eq!(code(&refused), 2, "{wrong}");
        assert!(stderr(&refused).contains("hyoka-audit/1"), "{}", stderr(&refused));
    }
    let finding = json!({ "rule": "HY104", "name": "plan-target-mismatch", "severity": "error", "document": "tern-2021",
        "pointer": "/records/0/plan", "message": "told" });
    fs::write(&file, json!({ "schema": "hyoka-audit/1", "findings": [finding] }).to_string()).unwrap();
    let served = Served::start(&work.out, &["--findings", file.to_str().unwrap()]);
    assert!(served.get("/findings").2.contains("tern-2021"));
    drop(served);
    // Where no page can be drawn, what is printed stands as text, and places that are cut are counted.
    let related = ["/records/0/do/judgment"; 6];
    let finding = json!({ "rule": "HY104", "name": "plan-target-mismatch", "severity": "error", "document": "evil",
        "pointer": DEPARTMENT, "related": related, "message": "told" });
    fs::write(&file, json!({ "schema": "hyoka-audit/1", "findings": [finding] }).to_string()).unwrap();
    let served = Served::start(&work.out, &["--findings", file.to_str().unwrap()]);
    let printed = work.document("evil")["evidence"][DEPARTMENT]["text"].as_str().unwrap().to_owned();
    let page = served.get("/findings?lang=en").2;
    assert!(page.contains(&format!("{}</blockquote>", escaped(&printed))), "{page}");
    assert!(page.contains("2 more places"));
    let page = served.get("/findings?lang=ja").2;
    assert!(page.contains("年度別計画の目標と、取組の状況の目標値が違う"), "the rule says in Japanese what it says");
    assert!(page.contains("<p lang=\"en\">told</p>"));
    let sheet = served.get(&format!("/sheet/{}/1?lang=en", work.id("plain"))).2;
    assert!(sheet.contains("<span lang=\"ja\">"));
}

#[test]
fn the_page_tells_which_corrections_wait_and_which_were_refused() {
    let work = Work::new();
    let id = work.id("plain");
    let before = work.document("plain").pointer(DEPARTMENT).unwrap().clone();
    let sheet = format!("/sheet/{id}/1");
    let served = Served::start(&work.out, &[]);
    let waits = || served.get("/").2.contains("1 corrections wait");
    let (status, body) = served.say(&correct(&id, &before, "架空部かもめ課"));
    assert_eq!(status, 200, "{body}");
    assert!(waits());
    work.extract();
    assert!(!waits());
    let of = serde_json::from_str::<Value>(&body).unwrap()["id"].clone();
    let undo = |of: &Value| json!({ "document": id, "pointer": DEPARTMENT, "action": "undo", "of": of });
    assert_eq!(served.say(&undo(&of)).0, 200);
    assert!(waits(), "undone, and still in the data");
    work.extract();
    assert!(!waits());

    // One that was made of another value.
    let log = work.out.join("corrections.jsonl");
    let first = fs::read_to_string(&log).unwrap().lines().next().unwrap().to_owned();
    let mut line: Value = serde_json::from_str(&first).unwrap();
    (line["id"], line["from"]) = (json!("0123456789abcdef"), json!("別の課"));
    fs::write(&log, format!("{}{line}\n", fs::read_to_string(&log).unwrap())).unwrap();
    work.extract();
    let page = served.get(&sheet).2;
    assert!(page.contains("data-refused") && !page.contains("corrected</span>"), "not applied is not corrected");
    let confirm = json!({ "document": id, "pointer": DEPARTMENT, "action": "confirm", "from": before.to_string() });
    assert_eq!(served.say(&confirm).0, 422);
    assert_eq!(served.say(&undo(&line["id"])).0, 200);
    assert!(!served.get(&sheet).2.contains("data-refused"));

    // A confirmed value is called so.
    let evil = work.document("evil");
    let doubted = evil["diagnostics"].as_array().unwrap().iter().find_map(|d| {
        let at = d["at"].as_str().filter(|at| at.starts_with("/records/0/"))?;
        Some((at.to_owned(), evil.pointer(at).filter(|value| value.is_string())?.clone()))
    });
    let (at, value) = doubted.expect("the flattened text leaves doubts");
    let said = json!({ "document": work.id("evil"), "pointer": at, "action": "confirm", "from": value.to_string() });
    assert_eq!(served.say(&said).0, 200);
    assert!(served.get(&format!("/sheet/{}/1", work.id("evil"))).2.contains("confirmed</span>"));
}

#[test]
fn many_pictures_at_once_are_all_drawn() {
    let work = Work::new();
    let served = Served::start(&work.out, &[]);
    let id = work.id("plain");
    std::thread::scope(|scope| {
        let ask = |width: u32| served.get(&format!("/picture/{id}/1?w={width}")).0;
        let asked: Vec<_> = (0..24).map(|n| scope.spawn(move || ask(200 + n))).collect();
        assert!(asked.into_iter().all(|one| one.join().unwrap() == 200));
    });
}

/// Chromium and the driver, or why there is none.
fn browser() -> Result<String, String> {
    let said = std::env::var("CHROMIUM").ok();
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let chromium = said.into_iter().chain(known.map(str::to_owned)).find(|path| Path::new(path).is_file());
    let chromium = chromium.ok_or("no Chromium (Debian: apt-get install chromium, or set CHROMIUM)")?;
    if !root().join("tests/browser/node_modules/playwright-core").is_dir() {
        return Err("no driver: run `npm ci` in tests/browser".to_owned());
    }
    match Command::new("node").arg("--version").output() {
        Ok(_) => Ok(chromium),
        Err(e) => Err(format!("no node ({e})")),
    }
}

fn drive(chromium: &str, step: &str, served: &Served, work: &Work) {
    let driven = Command::new("node")
        .arg(root().join("tests/browser/review.mjs"))
        .args([chromium, step, &format!("http://{}", served.address), &work.id("plain"), &work.id("evil")])
        .output()
        .unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&driven.stdout), String::from_utf8_lossy(&driven.stderr));
    assert!(driven.status.success(), "{step}: {told}");
}

#[test]
fn a_person_finds_a_doubt_corrects_it_and_sees_it_everywhere() {
    let chromium = match browser() {
        Ok(chromium) => chromium,
        Err(reason) => {
            assert!(std::env::var_os("CI").is_none(), "the browser test cannot run: {reason}");
            eprintln!("the browser test did not run: {reason}");
            return;
        }
    };
    let work = Work::new();
    let served = Served::start(&work.out, &[]);
    drive(&chromium, "correct", &served, &work);
    work.extract();
    let lines = fs::read_to_string(work.out.join("corrections.jsonl")).unwrap();
    let line: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    let (pointer, document) = (line["pointer"].as_str().unwrap(), work.document("evil"));
    assert_eq!(document.pointer(pointer).unwrap(), &line["to"]);
    assert_eq!(document["evidence"][pointer]["method"], "corrected");
    let told = line["to"].as_str().map_or_else(|| line["to"].to_string(), str::to_owned);
    let tables = ["records", "measurements", "budgets", "narratives", "judgments"];
    assert!(tables.iter().any(|table| work.csv(table).contains(&told)), "{told} is in no table");
    drive(&chromium, "after", &served, &work);
}
