//! What the binary says, with which exit code, when it is used wrongly or given what is not there.

mod cli_support;

use std::fs;
use std::process::Stdio;

use cli_support::{code, command, hyoka, stderr, stdout};
use hyoka::source::limits::LIMITS;

/// Arguments, exit code, what stderr says in English and in Japanese.
fn says(args: &[&str], exit: i32, en: &[&str], ja: &[&str]) {
    let output = hyoka(args);
    assert_eq!(code(&output), exit, "{args:?}: {}", stderr(&output));
    for words in en {
        assert!(stderr(&output).contains(words), "{args:?}: {}", stderr(&output));
    }
    assert_eq!(stdout(&output), "", "{args:?}");

    let by_option: Vec<&str> = ["--lang", "ja"].iter().chain(args).copied().collect();
    let japanese = [hyoka(&by_option), command(args).env("LANG", "ja_JP.UTF-8").output().unwrap()];
    for output in &japanese {
        assert_eq!(code(output), exit, "{args:?}: {}", stderr(output));
        for words in ja {
            assert!(stderr(output).contains(words), "{args:?}: {}", stderr(output));
        }
    }
}

#[test]
fn wrong_usage_is_2_in_both_languages() {
    says(&["extract", "a", "--bad"], 2, &["no option `--bad`", "--help"], &["「--bad」というオプションはありません"]);
    says(&["extrac", "a"], 2, &["no command `extrac`", "`extract`?"], &["「extrac」というコマンド", "「extract」では"]);
    says(&["extract"], 2, &["missing: <PATH>"], &["次の指定が必要です: <PATH>"]);
    says(&["extract", "a", "--encoding", "ebcdic"], 2, &["`ebcdic`", "shift_jis"], &["「ebcdic」", "shift_jis"]);
    says(&["extract", "a", "-j", "0"], 2, &["`0` is no value of --jobs"], &["--jobs", "「0」"]);
    says(&["extract", "a", "--excel"], 2, &["missing: --output"], &["--output"]);
    says(&["extract", "a", "-o", "x", "--format", "json"], 2, &["cannot be used with"], &["同時に指定できません"]);
    says(&["extract", "a", "-q", "-q"], 2, &["once only"], &["一度しか"]);
    says(&["extract", "a", "-o"], 2, &["needs a value"], &["値が必要です"]);
    says(&["schema", "none"], 2, &["no schema `none`", "measurements"], &["「none」というスキーマ"]);
    says(&["forms", "none"], 2, &["no form `none`", "initiative_sheet"], &["「none」という様式"]);
}

#[test]
fn options_with_impossible_values_are_2() {
    says(&["extract", "a", "--jurisdiction", "470008"], 2, &["`470008`", "check digit"], &["「470008」", "検査数字"]);
    says(&["extract", "a", "--jurisdiction", "沖縄県"], 2, &["`沖縄県`", "six digits"], &["6桁"]);
    says(
        &["extract", "a", "-o", "x", "--tables", "csv,odt"],
        2,
        &["`odt`", "parquet"],
        &["「odt」は指定できません", "xlsx"],
    );
    says(&["extract", "a", "--password-file", "none"], 2, &["--password-file `none`"], &["--password-file の「none」"]);
    says(&["extract", "a", "--password", "p", "--password-file", "f"], 2, &["cannot be used"], &["同時に"]);
    assert!(!fs::exists("x").unwrap(), "nothing is written for wrong usage");
}

#[test]
fn limits_that_are_none_are_2_with_the_names_of_all() {
    let bad = |limit: &str, en: &[&str], ja: &[&str]| {
        for command in ["extract", "inspect"] {
            says(&[command, "a", "--limit", limit], 2, en, ja);
        }
    };
    bad("operatorz=5", &["no limit `operatorz`", "operators, operands"], &["「operatorz」という上限", "page_bytes"]);
    bad("operators", &["`operators` must be written NAME=N", "seconds_per_page"], &["NAME=N の形", "nesting"]);
    bad("operators=many", &["operators: `many` is no whole number from 1", "marks"], &["「many」", "整数", "marks"]);
    bad("nesting=1000", &["nesting: `1000`", "from 1 to 256;"], &["「1000」", "1 から 256"]);
    bad("page_bytes=1T", &["page_bytes: `1T`", "K, M or G"], &["「1T」", "K、M、G"]);
}

#[test]
fn the_help_lists_every_limit_with_its_default() {
    for args in [&["extract", "--help"][..], &["inspect", "-h"], &["extract", "--help", "--lang", "ja"]] {
        let output = hyoka(args);
        let text = stdout(&output);
        for limit in LIMITS {
            let line = text.lines().find(|line| line.trim_start().starts_with(limit.name)).expect(limit.name);
            let (_, said) = line.split_once('=').unwrap();
            assert!(said.trim_start().starts_with(&limit.default()), "{line}");
            let meaning = if args.contains(&"ja") { limit.meaning_ja } else { limit.meaning };
            assert!(line.ends_with(meaning), "{line}");
        }
    }
    assert!(!stdout(&hyoka(&["schema", "--help"])).contains("operators"));
}

#[test]
fn what_is_not_there_is_3_in_both_languages() {
    let empty = tempfile::tempdir().unwrap();
    fs::write(empty.path().join("note.docx"), "no document").unwrap();
    let empty = empty.path().to_str().unwrap();
    says(
        &["extract", "none.pdf"],
        3,
        &["none.pdf: there is no such file", "hint: "],
        &["none.pdf: ", "ありません", "対処: "],
    );
    says(&["extract", empty], 3, &[empty, "no .pdf and no .txt", "hint: "], &[empty, ".pdf も .txt もありません"]);
}

#[test]
fn every_command_is_listed() {
    let output = hyoka(&["--help"]);
    assert_eq!(code(&output), 0);
    for command in ["extract", "audit", "rules", "forms", "schema", "inspect", "review", "completions", "man"] {
        assert!(stdout(&output).contains(&format!("\n  {command} ")), "{command}: {}", stdout(&output));
    }
}

#[test]
fn help_is_in_the_users_language() {
    for args in [
        &["--help"][..],
        &["extract", "--help"],
        &["inspect", "--help"],
        &["forms", "-h"],
        &["schema", "-h"],
        &["completions", "-h"],
    ] {
        assert!(stdout(&hyoka(args)).contains("Usage:"), "{args:?}");
        let japanese = command(args).env("LANG", "ja_JP.UTF-8").output().unwrap();
        assert_eq!(code(&japanese), 0);
        let text = stdout(&japanese);
        assert!(text.contains("使い方: ") && !text.contains("Usage") && !text.contains("[default"), "{text}");
    }
}

#[test]
fn forms_schemas_and_completions_go_to_stdout() {
    assert!(stdout(&hyoka(&["forms"])).starts_with("initiative_sheet\n"));
    for name in ["document", "manifest", "measurements"] {
        let output = hyoka(&["schema", name]);
        let schema: serde_json::Value = serde_json::from_str(stdout(&output)).unwrap();
        assert!(schema.is_object());
    }
    assert_eq!(hyoka(&["schema"]).stdout, hyoka(&["schema", "document"]).stdout);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = hyoka(&["completions", shell]);
        assert!(code(&output) == 0 && stdout(&output).contains("jurisdiction"), "{shell}");
    }
}

#[test]
fn a_form_is_described_by_its_fields() {
    let english = hyoka(&["forms", "initiative_sheet"]);
    let japanese = hyoka(&["--lang", "ja", "forms", "initiative_sheet"]);
    for (output, heading, kind) in
        [(&english, "Words of level:", "list of texts"), (&japanese, "level の定型語:", "文字列")]
    {
        let text = stdout(output);
        let line = |start: &str| text.lines().find(|l| l.trim_start().starts_with(start)).expect(start);
        assert!(line("/plan/actors ").contains(kind) && line("/plan/actors ").ends_with("実施主体"), "{text}");
        assert!(text.contains(heading) && line("mostly_on_track").ends_with("概ね順調"), "{text}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_it_quietly() {
    let mut child = command(&["schema"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), stderr(&output)), (0, ""));
}

#[test]
fn failures_stand_in_the_manifest_in_english() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let args = ["--lang", "ja", "extract", "none.pdf", "-o", out.to_str().unwrap(), "--quiet"];
    let output = hyoka(&args);
    assert_eq!(code(&output), 3);
    assert!(stderr(&output).contains("ありません"), "told even to those who want quiet");
    assert!(!stderr(&output).contains("文書 0件"));
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(out.join("manifest.json")).unwrap()).unwrap();
    let error = &manifest["inputs"][0]["error"];
    assert_eq!(error["code"], "not_found");
    assert_eq!(error["message"], "there is no such file or folder");
    assert_eq!(error["hint"], "check the spelling of the path");
    assert!(out.join("tables/documents.csv").exists());
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    says(
        &["extract", "none.pdf", "-o", file.to_str().unwrap()],
        3,
        &["cannot be written", "hint: "],
        &["書き込めません", "対処: "],
    );
}
