//! A row a finding, for spreadsheets and scripts.

use crate::audit::Audit;
use crate::audit::table::severity;

/// CSV with a header. Related places stand in one cell, parted by spaces, bounding boxes likewise.
pub fn csv(audit: &Audit) -> Vec<u8> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let header =
        ["rule", "name", "severity", "document", "pointer", "related", "expected", "found", "message", "page", "bbox"];
    let mut ok = out.write_record(header).is_ok();
    for f in &audit.findings {
        let page = f.page.map(|p| p.to_string()).unwrap_or_default();
        let bbox = f.bbox.map(|b| b.map(|v| v.to_string()).join(" ")).unwrap_or_default();
        let related = f.related.join(" ");
        let row: [&str; 11] = [
            &f.rule,
            &f.name,
            severity(f.severity),
            &f.document,
            &f.pointer,
            &related,
            &f.expected,
            &f.found,
            &f.message,
            &page,
            &bbox,
        ];
        ok &= out.write_record(row).is_ok();
    }
    // Writing into memory does not fail.
    debug_assert!(ok);
    out.into_inner().unwrap_or_default()
}
