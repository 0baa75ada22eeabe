//! Japanese.

use super::{Counts, Failure, Fault, Messages, Pace, clock, rate};
use crate::error::{DatabaseFault, Error, ErrorKind};
use crate::form::catalogue::{FieldInfo, FieldKind};
use crate::output::database::BadTarget;
use crate::output::inspect::Words;
use crate::source::limits::BadLimit;

pub struct Ja;

fn meant(suggestion: Option<&str>) -> String {
    suggestion.map_or(String::new(), |s| format!("。「{s}」ではありませんか"))
}

fn known_values(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!("。指定できる値: {}", known.join("、")) }
}

fn kind_reason(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::Io(reason) => format!("読み取れません（{reason}）"),
        ErrorKind::Empty => "空のファイルです（0バイト）".to_owned(),
        ErrorKind::NotADocument => "PDFでも、既知の文字コードのテキストでもありません".to_owned(),
        ErrorKind::OtherFormat { what, .. } => format!("PDFでもテキストでもありません（{what}）"),
        ErrorKind::Encoding(encoding) => format!("{encoding} のテキストとして正しくありません"),
        ErrorKind::Damaged(reason) => format!("PDFが壊れています（{reason}）"),
        ErrorKind::PasswordNeeded => "パスワードが必要です".to_owned(),
        ErrorKind::PasswordWrong => "パスワードが違います".to_owned(),
        ErrorKind::Limit { limit, found, allowed } => format!("上限を超えています（{limit}: {found} > {allowed}）"),
        ErrorKind::NoSuchPage { asked, pages } => format!("{asked}ページはありません（全{pages}ページ）"),
        ErrorKind::Write(reason) => format!("書き込めません（{reason}）"),
        ErrorKind::Database(fault) => match fault {
            DatabaseFault::Unreachable(reason) => format!("データベースを開けません（{reason}）"),
            DatabaseFault::NoTls => "TLSでの接続が求められていますが、対応していません".to_owned(),
            DatabaseFault::Newer { found, known } => {
                format!("より新しい hyoka が書いたデータベースです（表の版 {found}。この hyoka が知る版は {known}）")
            }
            DatabaseFault::Foreign(table) => format!("hyoka が作ったのではない表「{table}」があります"),
            DatabaseFault::Refused(reason) => format!("データベースに書き込めません（{reason}）"),
        },
        ErrorKind::Internal(reason) => format!("内部の不具合です（{reason}）"),
    }
}

fn database_hint(fault: &DatabaseFault) -> &'static str {
    match fault {
        DatabaseFault::Unreachable(_) => {
            "サーバーが動いているか（ファイルならフォルダーがあるか）、アドレス・利用者・パスワードが正しいか確かめてください（アドレスにないパスワードは環境変数 PGPASSWORD で渡せます）"
        }
        DatabaseFault::NoTls => {
            "信頼できるネットワークの中では sslmode=prefer か disable を、そうでなければ ssh -L などのトンネルを使ってください"
        }
        DatabaseFault::Newer { .. } => "hyoka を更新するか、ほかのデータベースを指定してください",
        DatabaseFault::Foreign(_) => {
            "専用のデータベースか、PostgreSQLなら専用のスキーマ（?options=-csearch_path%3DNAME）を指定してください"
        }
        DatabaseFault::Refused(_) => {
            "表を作成し書き込む権限と、空き容量を確かめてください。それまでに書き込んだ文書は残り、次の実行はその続きから始まります"
        }
    }
}

impl Messages for Ja {
    fn reason(&self, fault: &Fault) -> String {
        match fault {
            Fault::NotFound => "そのファイルやフォルダーはありません".to_owned(),
            Fault::NoDocuments => "このフォルダーや書庫の中に .pdf も .txt もありません".to_owned(),
            Fault::EmptyArchive => "この書庫の中に .pdf も .txt もありません".to_owned(),
            Fault::ArchiveLocked => "書庫の中でパスワードがかかっています".to_owned(),
            Fault::ArchiveNested => "書庫の中の書庫です".to_owned(),
            Fault::ArchiveDamaged(reason) => format!("書庫を展開できません（{reason}）"),
            Fault::Changed => "読み取り中に内容が変わりました".to_owned(),
            Fault::DocumentLost => "出力フォルダーから文書がなくなったか、壊れています".to_owned(),
            Fault::FailedBefore(failure) => format!("hyoka extract で読み取れませんでした（{}）", failure.message),
            Fault::Unfinished => "このフォルダーを書いた hyoka extract が途中で終わっています".to_owned(),
            Fault::NoManifest => "manifest.json が壊れているか、hyoka のものではありません".to_owned(),
            Fault::Of(kind) => kind_reason(kind),
        }
    }

    fn hint(&self, fault: &Fault) -> String {
        match fault {
            Fault::NotFound => "パスの綴りを確かめてください",
            Fault::NoDocuments => "文書のあるフォルダーを指定するか、ほかの拡張子のファイルは一つずつ指定してください",
            Fault::EmptyArchive => "ほかの拡張子のファイルは、書庫を展開して一つずつ指定してください",
            Fault::ArchiveLocked => "書庫をパスワードで展開し、中のファイルを指定してください",
            Fault::ArchiveNested => "外側の書庫を展開し、内側の書庫を指定してください",
            Fault::ArchiveDamaged(_) => {
                "もう一度ダウンロードするか、ほかの道具で展開して中のファイルを指定してください"
            }
            Fault::Changed => "書き込みが終わってから、もう一度実行してください",
            Fault::DocumentLost => "この入力をもう一度 hyoka extract に渡してください",
            Fault::FailedBefore(_) => "原因を取り除き、もう一度 hyoka extract に渡してください",
            Fault::Unfinished => "同じ入力と -o で hyoka extract をもう一度実行してください。続きから始まります",
            Fault::NoManifest => "文書そのものを指定するか、hyoka extract -o で書き直してください",
            Fault::Of(kind) => match kind {
                ErrorKind::Io(_) => "ファイルがあり、読み取りの権限があるか確かめてください",
                ErrorKind::Empty => "ファイルをもう一度ダウンロードするか、書き出してください",
                ErrorKind::NotADocument => {
                    "PDFかテキストを指定してください。特殊な文字コードのテキストなら --encoding で指定してください"
                }
                ErrorKind::OtherFormat { .. } => "中の文書を取り出すか、PDFとして書き出してから指定してください",
                ErrorKind::Encoding(_) => "--encoding を外して自動判定させるか、ほかの文字コードを指定してください",
                ErrorKind::Damaged(_) => {
                    "もう一度ダウンロードするか、PDF閲覧ソフトで開いて新しいPDFとして保存してください"
                }
                ErrorKind::PasswordNeeded => "--password または --password-file で指定してください",
                ErrorKind::PasswordWrong => "--password または --password-file で指定したパスワードを確かめてください",
                ErrorKind::Limit { limit, .. } => {
                    return format!("ファイルを分割するか、--limit {limit}=N で上限を上げてください");
                }
                ErrorKind::NoSuchPage { .. } => "--page でほかのページを指定してください",
                ErrorKind::Write(_) => "フォルダーに書き込みの権限があり、ディスクに空きがあるか確かめてください",
                ErrorKind::Database(fault) => database_hint(fault),
                ErrorKind::Internal(_) => "hyoka の不具合です。できればファイルを添えて報告してください",
            },
        }
        .to_owned()
    }

    fn failure(&self, failure: &Failure) -> String {
        let page = failure.page.map_or(String::new(), |page| format!(" {page}ページ"));
        let (reason, hint) = (self.reason(&failure.fault), self.hint(&failure.fault));
        format!("エラー: {}{page}: {reason}\n  対処: {hint}", failure.path)
    }

    fn unknown_form(&self, path: &str) -> String {
        format!(
            "警告: {path}: 既知の様式ではありません。文字はすべて unassigned と tables に残しました（hyoka forms で様式の一覧）"
        )
    }

    fn more_unknown_forms(&self, count: usize) -> String {
        format!("警告: このほか {count}件の文書も既知の様式ではありません")
    }

    fn without_text(&self, path: &str, pages: u64, all: u64) -> String {
        format!(
            "警告: {path}: {all}ページのうち{pages}ページに文字がありません（画像のみ）。そこからは何も読み取れていません\n  \
             対処: 先にOCR（たとえば ocrmypdf -l jpn）にかけ、その結果を指定してください"
        )
    }

    fn more_without_text(&self, count: usize) -> String {
        format!("警告: ほかに{count}件の文書に、文字のないページがあります")
    }

    fn summary(&self, c: &Counts) -> String {
        let mut text = format!("文書 {}件、レコード {}件、警告 {}件", c.documents, c.records, c.warnings);
        if c.unchanged > 0 {
            text += &format!("、うち変更なし {}件", c.unchanged);
        }
        if c.duplicates > 0 {
            text += &format!("、重複 {}件", c.duplicates);
        }
        text + &format!("、失敗 {}件", c.failures)
    }

    fn progress(&self, done: usize, of: usize, pace: Option<Pace>) -> String {
        let pace = pace.map_or(String::new(), |p| format!("、毎秒 {}件、残り {}", rate(p.a_second), clock(p.left)));
        format!("{of}件中 {done}件を読み取りました{pace}")
    }

    fn inspect(&self) -> &'static Words {
        &Words {
            page: |page, pages| format!("{page}ページ（全{pages}ページ）"),
            label: "様式の見出し",
            field: "項目として読み取り",
            read: "読み取った位置",
            unassigned: "どの項目にも入らず",
            blank: "空欄",
            doubt: "要確認",
            picture: "画像",
            unreadable: "読み取れない文字",
            cell: |table, row, column| format!("表{table}、{row}行、{column}列"),
            doubts: "要確認",
            more: |count| format!("… ほか {count}件"),
        }
    }

    fn no_such_page(&self, path: &str, asked: u32, pages: u32) -> String {
        format!("{path} に{asked}ページはありません（全{pages}ページ）")
    }

    fn one_file(&self, path: &str) -> String {
        format!("「{path}」はフォルダーです。ファイルを一つ指定してください")
    }

    fn over_its_input(&self, path: &str) -> String {
        format!("-o の「{path}」は入力そのものです。ほかのファイルを指定してください")
    }

    fn reviewing(&self, url: &str) -> String {
        format!("確認ページ: {url}\n（Ctrl-C で終了）")
    }

    fn not_served(&self, reason: &str) -> String {
        format!("ページを公開できません: {reason}。ポートが使われていれば --port 0 で空いている番号を使えます")
    }

    fn no_results(&self, folder: &str) -> String {
        format!("{folder} に manifest.json がありません。hyoka extract -o が書き出したフォルダーを指定してください")
    }

    fn inputs_missing(&self, count: usize) -> String {
        format!("警告: 入力{count}件が見つかりません。ページを見るには --inputs PATH で今の場所を指定してください")
    }

    fn no_japanese_font(&self) -> &'static str {
        "警告: この計算機に既知の日本語フォントがなく、埋め込まれていないフォントの文字は画像に出ません\n  \
         対処: Noto Sans CJK JP（Debianでは fonts-noto-cjk）を入れてください"
    }

    fn token_needed(&self) -> &'static str {
        "ほかの計算機から見えるアドレスには --token が必要です"
    }

    fn bad_token(&self) -> &'static str {
        "--token は英数字と - _ で8文字以上です"
    }

    fn error(&self, message: &str) -> String {
        format!("エラー: {message}")
    }

    fn wrong_usage(&self, message: &str) -> String {
        format!("エラー: {message}\n\n{}", self.see_help())
    }

    fn not_written(&self, error: &Error) -> String {
        let path = error.path.as_ref().map_or(String::new(), |p| format!("{}: ", p.display()));
        format!("{path}{}\n  対処: {}", kind_reason(&error.kind), self.hint(&Fault::Of(error.kind.clone())))
    }

    fn stdout_failed(&self, reason: &str) -> String {
        format!("標準出力に書き込めません（{reason}）")
    }

    fn no_workers(&self, reason: &str) -> String {
        format!("その数のスレッドを起動できません（{reason}）\n  対処: -j を小さくしてください")
    }

    fn bad_jurisdiction(&self, code: &str) -> String {
        format!(
            "--jurisdiction の「{code}」は全国地方公共団体コード（検査数字を含む6桁。沖縄県は 470007）ではありません"
        )
    }

    fn unknown_rule(&self, word: &str) -> String {
        format!("「{word}」という規則はありません。`hyoka rules` で一覧できます")
    }

    fn bad_file(&self, path: &str, reason: &str) -> String {
        format!("{path}: {reason}")
    }

    fn password_file(&self, path: &str, reason: &str) -> String {
        format!("--password-file の「{path}」を読み取れません（{reason}）")
    }

    fn bad_database(&self, bad: &BadTarget) -> String {
        let known = "sqlite:ファイル か postgres://利用者@ホスト/データベース を指定してください";
        match bad {
            BadTarget::UnknownKind => format!("--db の指定は、対応しているデータベースではありません。{known}"),
            BadTarget::NoFile => format!("--db sqlite: にはファイル名が必要です。{known}"),
            BadTarget::BadAddress(reason) => format!("--db のアドレスが正しくありません（{reason}）。{known}"),
        }
    }

    fn tables_unknown(&self, format: &str) -> String {
        format!("--tables に「{format}」は指定できません。指定できる値: csv, parquet, xlsx")
    }

    fn bad_limit(&self, said: &str, bad: &BadLimit, known: &str) -> String {
        match bad {
            BadLimit::NoValue => format!("--limit の「{said}」は NAME=N の形ではありません。上限の名前: {known}"),
            BadLimit::UnknownName(name) => format!("--limit に「{name}」という上限はありません。あるもの: {known}"),
            BadLimit::BadValue { name, value, bytes, most } => {
                let unit = if *bytes { "（K、M、G を付けられます）" } else { "" };
                format!(
                    "--limit {name} の「{value}」は 1 から {most} までの整数{unit}ではありません。上限の名前: {known}"
                )
            }
        }
    }

    fn limits(&self) -> &'static str {
        "上限（--limit NAME=N。バイト数には K、M、G を付けられます）と既定値:"
    }

    fn unknown_schema(&self, name: &str, known: &str) -> String {
        format!("「{name}」というスキーマはありません。あるもの: {known}")
    }

    fn record(&self) -> &'static str {
        "レコード"
    }

    fn fields(&self) -> &'static str {
        "項目（/records/N 以下のJSON Pointer。N は 0 から）、型、印字される見出し:"
    }

    fn field_kind(&self, field: &FieldInfo) -> String {
        let one = match field.kind {
            FieldKind::Group => "",
            FieldKind::Text => "文字列",
            FieldKind::Integer => "整数",
            FieldKind::Number => "数値",
            FieldKind::Word => "定型語",
        };
        match (field.list, one) {
            (false, one) => one.to_owned(),
            (true, "") => "リスト".to_owned(),
            (true, one) => format!("{one}のリスト"),
        }
    }

    fn words_of(&self, field: &str) -> String {
        format!("{field} の定型語:")
    }

    fn see_schema(&self) -> &'static str {
        "文書で空欄かダッシュの項目は null になります。詳しくは hyoka schema をご覧ください。"
    }

    fn taken_for(&self, form: &str, first: u32, last: u32) -> String {
        format!("{first}～{last}ページ: {form}")
    }

    fn taken_for_none(&self) -> &'static str {
        "既知の様式ではありません"
    }

    fn speaks_for(&self) -> &'static str {
        "各様式の根拠（点数、印字）:"
    }

    fn unknown_form_id(&self, id: &str, known: &str) -> String {
        format!("「{id}」という様式はありません。あるもの: {known}")
    }

    fn unknown_argument(&self, argument: &str, suggestion: Option<&str>) -> String {
        format!("「{argument}」というオプションはありません{}", meant(suggestion))
    }

    fn unknown_command(&self, command: &str, suggestion: Option<&str>) -> String {
        format!("「{command}」というコマンドはありません{}", meant(suggestion))
    }

    fn invalid_value(&self, argument: &str, value: &str, known: &[String]) -> String {
        format!("{argument} に「{value}」は指定できません{}", known_values(known))
    }

    fn missing_value(&self, argument: &str, known: &[String]) -> String {
        format!("{argument} には値が必要です{}", known_values(known))
    }

    fn missing_argument(&self, arguments: &[String]) -> String {
        format!("次の指定が必要です: {}", arguments.join("、"))
    }

    fn missing_command(&self, known: &[String]) -> String {
        format!("コマンドを指定してください: {}", known.join("、"))
    }

    fn conflict(&self, argument: &str, with: &[String]) -> String {
        format!("{argument} と {} は同時に指定できません", with.join("、"))
    }

    fn repeated(&self, argument: &str) -> String {
        format!("{argument} は一度しか指定できません")
    }

    fn other_usage(&self, reason: &str) -> String {
        format!("指定に誤りがあります（{reason}）")
    }

    fn see_help(&self) -> String {
        "使い方は hyoka --help または hyoka コマンド --help をご覧ください。".to_owned()
    }
}
