//! Scales of judgment: which share of a target stands for which word. Data, not code: `schemas/scales/*.toml`.
//!
//! A scale belongs to a jurisdiction and to years. Where no official source is known it is marked as an assumption, and
//! the findings that rest on it say so.

use serde::Deserialize;

use crate::form::initiative_sheet::Level;

/// The scales that come with the program.
const BUILT_IN: [(&str, &str); 1] =
    [("okinawa-progress.toml", include_str!("../../schemas/scales/okinawa-progress.toml"))];

/// One scale.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// As `judgment.scale.id` names it.
    pub id: String,
    /// What is judged: activity, outcome or schedule.
    pub basis: String,
    /// Six-digit codes of the jurisdictions that it is known for; none for all that use its words.
    #[serde(default)]
    pub jurisdictions: Vec<String>,
    /// First and last fiscal year (Gregorian) that it is known for.
    pub from: Option<i32>,
    pub until: Option<i32>,
    /// Where it is published.
    pub source: Option<String>,
    /// When that was looked up, ISO 8601.
    pub date: Option<String>,
    /// No official source says so.
    #[serde(default)]
    pub assumption: bool,
    pub levels: Vec<Step>,
}

/// The lowest achievement (percent) that a level stands for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub level: Level,
    pub word: String,
    /// Percent; of a range its lower end.
    pub at_least: f64,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scales {
    /// Those of the user before those of the program.
    all: Vec<Scale>,
}

impl Scales {
    /// The scales of the program.
    pub fn built_in() -> Self {
        let all = BUILT_IN.iter().filter_map(|(_, text)| toml::from_str(text).ok()).collect();
        Scales { all }
    }

    /// Adds a scale of the user's, which goes before all others. The error says what is wrong with the file.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let mut scale: Scale = toml::from_str(text).map_err(|e| e.to_string())?;
        scale.levels.sort_by(|a, b| b.at_least.total_cmp(&a.at_least));
        self.all.insert(0, scale);
        Ok(())
    }

    /// The scale of a judgment: the first that is of its id, its jurisdiction (where one is known) and its year.
    pub fn find(&self, id: &str, jurisdiction: Option<&str>, year: Option<i32>) -> Option<&Scale> {
        self.all.iter().filter(|s| s.id == id).find(|s| {
            let here = s.jurisdictions.is_empty()
                || jurisdiction.is_none_or(|code| s.jurisdictions.iter().any(|known| known == code));
            let then = year.is_none_or(|y| s.from.is_none_or(|from| y >= from) && s.until.is_none_or(|to| y <= to));
            here && then
        })
    }
}

impl Scale {
    /// The level of an achievement (percent), and its word.
    pub fn level(&self, percent: f64) -> Option<&Step> {
        self.levels.iter().filter(|s| percent + 1e-9 >= s.at_least).max_by(|a, b| a.at_least.total_cmp(&b.at_least))
    }

    /// The place of a level among the steps, 0 the best; `None` for a level that has no share of a target (未着手).
    pub fn rank(&self, level: Level) -> Option<usize> {
        let mut steps: Vec<&Step> = self.levels.iter().collect();
        steps.sort_by(|a, b| b.at_least.total_cmp(&a.at_least));
        steps.iter().position(|s| s.level == level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scale_of_the_program_is_read() {
        assert_eq!(Scales::built_in().all.len(), BUILT_IN.len());
    }

    #[test]
    fn levels_by_their_lower_ends() {
        let scales = Scales::built_in();
        let scale = scales.find("okinawa-progress", None, Some(2022)).unwrap();
        assert_eq!(scale.level(90.0).unwrap().level, Level::OnTrack);
        assert_eq!(scale.level(89.9).unwrap().level, Level::MostlyOnTrack);
        assert_eq!(scale.level(60.0).unwrap().level, Level::SlightlyBehind);
        assert_eq!(scale.level(0.0).unwrap().level, Level::Behind);
        assert!(scale.assumption);
    }

    #[test]
    fn the_users_scale_goes_first() {
        let mut scales = Scales::built_in();
        let text = "id = 'okinawa-progress'\nbasis = 'activity'\njurisdictions = ['999997']\n[[levels]]\nlevel = 'on_track'\nword = '順調'\nat_least = 80\n";
        scales.add(text).unwrap();
        assert_eq!(scales.find("okinawa-progress", Some("999997"), None).unwrap().level(85.0).unwrap().word, "順調");
        assert_eq!(
            scales.find("okinawa-progress", Some("470007"), None).unwrap().level(85.0).unwrap().word,
            "概ね順調"
        );
        assert!(scales.add("id = 1").is_err());
    }
}
