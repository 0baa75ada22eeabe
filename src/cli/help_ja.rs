//! The help in Japanese. A test holds it against the arguments there are.

use clap::{Arg, ArgAction, Command};

/// (command, argument, its help); the command's own help has no argument, the program's own no command.
const HELP: &[(&str, &str, &str)] = &[
    ("", "", "行政評価の文書（PDF・テキスト）を構造化し、JSONと表にします"),
    ("", "lang", "説明とメッセージの言語（en, ja）。指定しなければロケールに従います"),
    ("extract", "", "文書を読み取り、JSONとして書き出します。-o を付けると表も書き出します"),
    ("extract", "paths", "ファイル、フォルダーやZIP書庫（中のすべての .pdf と .txt）、または標準入力を表す -"),
    (
        "extract",
        "db",
        "表をデータベース（sqlite:ファイル か postgres://利用者@ホスト/データベース）に書き込みます。-o と併用できます。パスワードは環境変数 PGPASSWORD でも渡せます",
    ),
    ("extract", "output", "標準出力の代わりに、文書・表・スキーマ・マニフェストをこのフォルダーに書き出します"),
    ("extract", "format", "json: 字下げ、jsonl: 1文書1行。指定しなければ入力が1件なら json、複数なら jsonl"),
    ("extract", "tables", "表のファイル形式。カンマで区切る: csv, parquet, xlsx（既定: csv）"),
    ("extract", "jurisdiction", "文書に団体名が印字されていない場合の全国地方公共団体コード（6桁）"),
    ("extract", "jobs", "同時に読み取る件数。指定しなければプロセッサの数"),
    ("extract", "excel", "Excel向けのCSV: BOMを付け、数式に見える文字列の前にアポストロフィを付けます"),
    ("extract", "quiet", "進み具合とまとめを表示しません。失敗は表示します"),
    ("extract", "force", "フォルダーやデータベースで処理済み・変更なしとされている入力も読み直します"),
    ("audit", "", "文書の中の矛盾（合計・比率・名称・参照など）を探し、食い違う2箇所とともに示します"),
    ("audit", "paths", "ファイル、フォルダー、標準入力を表す -、または extract が書き出したフォルダー"),
    ("audit", "format", "出力の形式。指定しなければ端末では human、それ以外は json。-o を付けたときは拡張子に従います"),
    ("audit", "output", "標準出力の代わりに、このファイルに書き出します"),
    ("audit", "rule", "この規則だけを適用します: 記号、名称、または記号の先頭（HY2）。何度でも指定できます"),
    ("audit", "ignore", "この規則を適用しません。何度でも指定できます"),
    (
        "audit",
        "fail_on",
        "この重大度以上の指摘があれば終了コード1で終わります（error, warning, note, never。既定: error）",
    ),
    ("audit", "scales", "独自の判定の尺度: TOMLファイル、またはそのフォルダー"),
    ("audit", "counts", "文書と照らし合わせる公表件数: TOML、JSON、CSV"),
    ("audit", "jurisdiction", "文書に団体名が印字されていない場合の全国地方公共団体コード（6桁）"),
    ("audit", "jobs", "同時に読み取る件数。指定しなければプロセッサの数"),
    ("audit", "quiet", "進み具合を表示しません。失敗は表示します"),
    ("rules", "", "監査の規則を一覧します。規則を指定すると、その説明を表示します"),
    ("rules", "code", "規則の記号（HY204）または名称"),
    ("inspect", "", "ページをプログラムが見たとおりにSVGで描きます: 印字、セル、それぞれの読み取り先の項目"),
    ("inspect", "file", "PDFかテキスト、または標準入力を表す -"),
    ("inspect", "page", "ページ番号（1から。既定: 1）"),
    ("inspect", "output", "標準出力の代わりに、SVGをこのファイルに書き出します"),
    ("review", "", "文書・指摘・グラフと、各値をその印字箇所と並べて見るローカルのWebページを開きます"),
    ("review", "folder", "extract -o が書き出したフォルダー"),
    ("review", "inputs", "入力が読み取り時の場所にない場合の、今の場所（ファイルかフォルダー）"),
    ("review", "findings", "表示する指摘（audit --format json の出力）。指定しなければフォルダーを監査します"),
    ("review", "port", "ページのポート番号。0なら空いている番号（既定: 8370）"),
    ("review", "host", "待ち受けるアドレス。この計算機以外から見える場合は --token が必要です"),
    ("review", "token", "閲覧者に求める合言葉。英数字と - _ で8文字以上"),
    ("review", "open", "ブラウザーでページを開きます"),
    ("forms", "", "対応している様式を一覧します。様式を指定すると、その項目を説明します"),
    ("forms", "form", "この様式を説明します"),
    ("forms", "explain", "このPDF（テキスト）をどの様式とみなすか、各様式の根拠となる印字とともに示します"),
    ("schema", "", "文書・マニフェスト・表のスキーマを表示します"),
    ("schema", "name", "document、manifest、または表の名前（既定: document）"),
    ("completions", "", "シェルの補完スクリプトを表示します"),
    ("completions", "shell", "シェルの種類（bash, elvish, fish, powershell, zsh）"),
    ("man", "", "マニュアルページ（roff）を表示します"),
    ("man", "command", "このコマンドのページを表示します"),
];

/// Arguments of every command that opens inputs.
const OPENING: &[(&str, &str)] = &[
    (
        "password",
        "暗号化されたPDFのパスワード。同じ計算機のほかの利用者に見えることがあります（--password-file なら見えません）",
    ),
    ("password_file", "1行目に暗号化されたPDFのパスワードを書いたファイル"),
    ("limits", "下に並べた上限を変えます。何度でも指定できます"),
    ("encoding", "テキストの文字コード（auto, utf-8, shift_jis, euc-jp, utf-16le, utf-16be。既定: auto）"),
];

const USAGE: &[(&str, &str)] = &[
    ("", "hyoka [オプション] <コマンド>"),
    ("extract", "hyoka extract [オプション] <PATH>..."),
    ("audit", "hyoka audit [オプション] <PATH>..."),
    ("rules", "hyoka rules [オプション] [CODE]"),
    ("inspect", "hyoka inspect [オプション] <FILE>"),
    ("review", "hyoka review [オプション] <DIR>"),
    ("forms", "hyoka forms [オプション] [FORM]"),
    ("schema", "hyoka schema [オプション] [NAME]"),
    ("completions", "hyoka completions [オプション] <SHELL>"),
    ("man", "hyoka man [オプション] [COMMAND]"),
];

const TEMPLATE: &str = "{about-with-newline}\n使い方: {usage}\n\n{all-args}{after-help}";

fn help(command: &str, argument: &str) -> Option<&'static str> {
    let own = HELP.iter().find(|(c, a, _)| *c == command && *a == argument).map(|(_, _, help)| *help);
    own.or_else(|| OPENING.iter().find(|(a, _)| *a == argument).map(|(_, help)| *help))
}

pub fn translate(program: Command) -> Command {
    let program = translate_one(program, "");
    program
        .subcommand_help_heading("コマンド")
        .disable_version_flag(true)
        .arg(flag("version", 'V', ArgAction::Version, "版を表示します"))
        .mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            translate_one(command, &name)
        })
}

fn translate_one(command: Command, name: &str) -> Command {
    let about = help(name, "").unwrap_or_default();
    let usage = USAGE.iter().find(|(command, _)| *command == name).map_or("", |(_, usage)| usage);
    command
        .about(about)
        .override_usage(usage)
        .help_template(TEMPLATE)
        .mut_args(|arg| {
            let text = help(name, arg.get_id().as_str());
            let heading = if arg.is_positional() { "引数" } else { "オプション" };
            let mut arg = arg.help_heading(heading);
            if arg.get_action().takes_values() {
                // What clap adds to a help ("[default: …]") it adds in English: the Japanese says it itself.
                arg = arg.hide_possible_values(true).hide_default_value(true);
            }
            match text {
                Some(text) => arg.help(text),
                None => arg,
            }
        })
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, "この説明を表示します"))
}

fn flag(id: &'static str, short: char, action: ArgAction, help: &'static str) -> Arg {
    Arg::new(id).short(short).long(id).action(action).help(help).help_heading("オプション")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Args;

    #[test]
    fn every_argument_has_its_japanese_and_none_else() {
        let program = Args::command();
        let mut wanted = BTreeSet::from([(String::new(), String::new())]);
        let mut shared = BTreeSet::new();
        let mut collect = |name: &str, command: &Command| {
            wanted.insert((name.to_owned(), String::new()));
            for argument in command.get_arguments().map(|a| a.get_id().to_string()) {
                if OPENING.iter().any(|(shared, _)| *shared == argument) {
                    shared.insert(argument);
                } else {
                    wanted.insert((name.to_owned(), argument));
                }
            }
        };
        collect("", &program);
        for command in program.get_subcommands() {
            collect(command.get_name(), command);
        }
        let had: BTreeSet<_> = HELP.iter().map(|(c, a, _)| ((*c).to_owned(), (*a).to_owned())).collect();
        assert_eq!(had, wanted);
        assert_eq!(shared.len(), OPENING.len());
        let commands: BTreeSet<_> = wanted.iter().map(|(command, _)| command.as_str()).collect();
        assert_eq!(USAGE.iter().map(|(command, _)| *command).collect::<BTreeSet<_>>(), commands);
    }

    #[test]
    fn the_translated_command_line_is_sound() {
        translate(Args::command()).debug_assert();
    }
}
