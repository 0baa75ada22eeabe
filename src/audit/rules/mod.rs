//! The rules there are: one file and one line each.

use super::registry::{Check, Draft, Rule, Scope, Severity, Status, View};

/// Declares the file of each rule and lists it.
macro_rules! rules {
    ($($rule:ident),* $(,)?) => {
        $(mod $rule;)*
        /// Every rule, by its code.
        pub static ALL: &[&Rule] = &[$(&$rule::RULE),*];
    };
}

rules! {
    achievement_mismatch,
    achievement_over_cap,
    judgment_against_achievement,
    plan_target_mismatch,
    running_sum_mismatch,
    breakdown_mismatch,
    rationale_value_mismatch,
    rationale_indicator_name,
    unit_differs,
    indicator_name_differs,
    rationale_judgment_differs,
    judgment_missing,
    target_zero,
    years_out_of_order,
    programme_amounts_differ,
    programme_shared,
    goal_sum_mismatch,
    progress_mismatch,
    indicator_progress_mismatch,
    cumulative_mismatch,
    total_row_mismatch,
    growth_mismatch,
    weights_mismatch,
    annex_value_differs,
    annex_name_differs,
    theme_target_not_met,
    theme_target_without_result,
    theme_tables_differ,
    theme_milestone_late,
    city_count_mismatch,
    city_table_sum_mismatch,
    case_type_differs,
    dangling_article,
    dangling_schedule_or_form,
    amendment_order,
    amendment_without_supplement,
    supplement_without_amendment,
    articles_not_consecutive,
    schedule_project_differs,
    expires_before_effective,
    names_spelled_differently,
    settled_against_estimate,
    target_changed,
    actual_changed,
    initiative_vanished,
    official_counts_differ,
}

/// The rule that a user names by its code or name.
pub fn by_name(word: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code.eq_ignore_ascii_case(word) || rule.name.eq_ignore_ascii_case(word))
}

/// Is it the code or name of a rule, or of a hundred of them (`HY2`)?
pub fn is_known(word: &str) -> bool {
    ALL.iter().any(|rule| rule.is_named(word))
}
