//! Fonts that stand in for those a PDF names and does not embed.
//!
//! The fourteen standard fonts come with the renderer. For Japanese there is no font small enough to bundle, so those that
//! systems bring along are looked for at the places where they bring them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use hayro::hayro_interpret::font::{FontData, FontQuery};

use super::Warning;

/// Files of Japanese fonts, best first, all with the Japanese face at index 0, each looked at as a stand-in.
/// `ipam.ttf` and `ipag.ttf` are left out: the older of them order their glyphs by CID and draw wrong ones.
const GOTHIC: &[&str] = &[
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKjp-Regular.otf",
    "NotoSansJP-Regular.otf",
    "NotoSansJP-Regular.ttf",
    "NotoSansJP-VF.ttf",
    "SourceHanSansJP-Regular.otf",
    "SourceHanSans-Regular.ttc",
    "ipaexg.ttf",
    "YuGothM.ttc",
    "YuGothR.ttc",
    "meiryo.ttc",
    "msgothic.ttc",
    "ヒラギノ角ゴシック W3.ttc",
    "Hiragino Sans W3.ttc",
];
const MINCHO: &[&str] = &[
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifCJKjp-Regular.otf",
    "NotoSerifJP-Regular.otf",
    "NotoSerifJP-Regular.ttf",
    "NotoSerifJP-VF.ttf",
    "ipaexm.ttf",
    "yumin.ttf",
    "msmincho.ttc",
    "ヒラギノ明朝 ProN.ttc",
];

/// Folders below the system's and the user's own that hold fonts. None is walked without bound.
fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts", r"C:\Windows\Fonts"]
            .iter()
            .map(PathBuf::from)
            .collect();
    let below = |variable: &str, path: &str| std::env::var_os(variable).map(|home| Path::new(&home).join(path));
    folders.extend(below("HOME", ".local/share/fonts"));
    folders.extend(below("HOME", ".fonts"));
    folders.extend(below("HOME", "Library/Fonts"));
    folders.extend(below("WINDIR", "Fonts"));
    folders.extend(below("LOCALAPPDATA", r"Microsoft\Windows\Fonts"));
    folders
}

struct Found {
    gothic: Option<PathBuf>,
    mincho: Option<PathBuf>,
}

fn found() -> &'static Found {
    static FOUND: OnceLock<Found> = OnceLock::new();
    FOUND.get_or_init(|| {
        let mut best: [Option<(usize, PathBuf)>; 2] = [None, None];
        for folder in folders() {
            for entry in walkdir::WalkDir::new(folder).max_depth(5).into_iter().take(20_000).flatten() {
                let Some(name) = entry.file_name().to_str() else { continue };
                for (list, best) in [GOTHIC, MINCHO].into_iter().zip(&mut best) {
                    let rank = list.iter().position(|file| file.eq_ignore_ascii_case(name));
                    if let Some(rank) = rank.filter(|rank| best.as_ref().is_none_or(|(held, _)| rank < held)) {
                        *best = Some((rank, entry.path().to_owned()));
                    }
                }
            }
        }
        let [gothic, mincho] = best.map(|best| best.map(|(_, path)| path));
        Found { gothic, mincho }
    })
}

/// The font that stands in for Japanese fonts that are not embedded; `None` where this machine has none that is known.
pub fn japanese_font() -> Option<&'static Path> {
    found().gothic.as_deref().or(found().mincho.as_deref())
}

/// A font's bytes, read once.
fn data(mincho: bool) -> Option<FontData> {
    static DATA: [OnceLock<Option<FontData>>; 2] = [OnceLock::new(), OnceLock::new()];
    let read = |path: &PathBuf| std::fs::read(path).ok().map(|bytes| Arc::new(bytes) as FontData);
    let (first, second) = if mincho { (&found().mincho, &found().gothic) } else { (&found().gothic, &found().mincho) };
    let at = usize::from(mincho && first.is_some());
    DATA[at].get_or_init(|| first.as_ref().or(second.as_ref()).and_then(read)).clone()
}

/// The font to draw with, its face, and what is to be said about it.
pub(super) fn resolve(query: &FontQuery) -> (Option<(FontData, u32)>, Option<Warning>) {
    match query {
        FontQuery::Standard(standard) => (Some(standard.get_font_data()), None),
        FontQuery::Fallback(fallback) => {
            let names = [&fallback.post_script_name, &fallback.font_name, &fallback.font_family];
            let named = |words: &[&str]| names.iter().filter_map(|n| n.as_deref()).any(|n| is_named(n, words));
            let mincho = named(&["mincho", "明朝", "serif", "ryumin", "song", "ming"]);
            let gothic = named(&["gothic", "ゴシック", "meiryo", "メイリオ", "kaku", "gyo"]);
            if fallback.character_collection.is_none() && !mincho && !gothic {
                return (Some(fallback.pick_standard_font().get_font_data()), None);
            }
            match data(mincho || (fallback.is_serif && !gothic)) {
                Some(font) => (Some((font, 0)), Some(Warning::StandInFont)),
                None => (None, Some(Warning::NoJapaneseFont)),
            }
        }
    }
}

fn is_named(name: &str, words: &[&str]) -> bool {
    let name = name.to_lowercase();
    words.iter().any(|word| name.contains(word))
}
