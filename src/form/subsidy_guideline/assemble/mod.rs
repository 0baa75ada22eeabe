//! What was found of a guideline → its record, evidence and diagnostics. The only place that interprets what it prints.

mod schedule;

use super::print::{Print, flow};
use super::raw::{RawArticle, RawEnactment, RawGuideline, RawParagraph, RawSupplement};
use super::record::{Article, Enactment, Guideline, GuidelineForm, Item, Paragraph, Supplement};
use super::{marks, reference, validity};
use crate::diagnostic::Diagnostic;
use crate::form::document::{Evidence, Method, Printed};
use crate::form::leaf::Leaves;
use crate::form::slot::Slot;
use crate::layout::{Layout, Span};

/// One record with what the document says about it.
pub(super) struct Assembled {
    pub record: Guideline,
    pub evidence: Vec<(String, Evidence)>,
    pub claims: Vec<Span>,
    pub diagnostics: Vec<Diagnostic>,
}

struct Builder<'a> {
    layout: &'a Layout,
    leaves: Leaves<'a>,
    /// How free text was read: by its place on the page, or by its order in a text.
    method: Method,
    labels: Vec<Span>,
}

/// `index`: the record's place in the document, for the JSON Pointers.
pub(super) fn assemble(layout: &Layout, raw: &RawGuideline, index: usize) -> Assembled {
    let text = layout.pages.iter().all(|p| p.height == 0.0);
    let method = if text { Method::Order } else { Method::Position };
    let leaves = Leaves::new(layout, format!("/records/{index}"));
    let mut builder = Builder { layout, leaves, method, labels: raw.labels.clone() };
    let record = builder.guideline(raw);
    let mut diagnostics: Vec<Diagnostic> = raw
        .doubts
        .iter()
        .map(|d| match d.at.is_empty() {
            true => Diagnostic::new(d.severity, d.code, d.message.clone()).at(format!("/records/{index}")),
            false => d.diagnostic(index),
        })
        .collect();
    diagnostics.append(&mut builder.leaves.diagnostics);
    if !raw.templates.is_empty() {
        let pages: Vec<String> = raw.templates.iter().map(|t| (t.page + 1).to_string()).collect();
        let message = format!(
            "the forms printed behind the articles (from page {}) are blank to be filled in; their text is unassigned",
            pages.join(", ")
        );
        diagnostics.push(Diagnostic::note("forms_not_read", message));
    }
    let mut claims = builder.leaves.claims;
    claims.extend(builder.labels);
    claims.sort_unstable();
    claims.dedup();
    Assembled { record, evidence: builder.leaves.evidence, claims, diagnostics }
}

impl Builder<'_> {
    fn slot(&self, spans: &[Span]) -> Slot {
        Slot::read(spans.to_vec(), self.method)
    }

    /// A string of free text; left out where there is none.
    fn text(&mut self, path: &str, spans: &[Span]) -> Printed<String> {
        if spans.is_empty() {
            return Printed::Unplaced;
        }
        let slot = self.slot(spans);
        self.leaves.evidence(path, &slot);
        Printed::Value(flow(&self.layout.texts(spans).collect::<Vec<_>>()))
    }

    /// Something that the print says without being it: a number, a date.
    fn said(&mut self, path: &str, spans: &[Span]) {
        let slot = self.slot(spans);
        self.leaves.evidence(path, &slot);
    }

    fn guideline(&mut self, raw: &RawGuideline) -> Guideline {
        let title = self.text("/title", &raw.title);
        if title.is_unplaced() {
            self.leaves.warn("unplaced", "/title", "no title was found over the articles".to_owned());
        }
        let enacted = raw.enacted.as_ref().map(|e| self.enactment("/enacted", e));
        let amendments = list(&raw.amendments, "/amendments", |path, e| self.enactment(path, e));
        let articles: Vec<Article> = list(&raw.articles, "/articles", |path, a| self.article(path, a));
        let supplementary = list(&raw.supplementary, "/supplementary", |path, s| {
            let amendment = s.amendment.as_ref().map(|e| self.enactment(&format!("{path}/amendment"), e));
            let paragraphs = list(&s.paragraphs, &format!("{path}/paragraphs"), |path, p| self.paragraph(path, p));
            let mut out = Supplement { amendment, paragraphs, effective: None, expires: None };
            self.validity(path, s, &mut out);
            if s.paragraphs.is_empty() {
                self.leaves.warn("supplement_empty", path, "no provision was found under this 附則".to_owned());
            }
            out
        });
        let schedules = list(&raw.schedules, "/schedules", |path, s| self.schedule(path, s));
        let forms = self.forms(raw);
        if articles.is_empty() {
            self.leaves.warn("articles_missing", "/articles", "no 第１条 was found".to_owned());
        }
        Guideline { pages: raw.pages.clone(), title, enacted, amendments, articles, supplementary, forms, schedules }
    }

    /// From when and until when the provisions of a 附則 hold.
    fn validity(&mut self, path: &str, raw: &RawSupplement, out: &mut Supplement) {
        let prints: Vec<Print> = (raw.paragraphs.iter())
            .map(|paragraph| {
                let mut spans = paragraph.text.clone();
                spans.extend(paragraph.items.iter().flat_map(|i| i.parts.iter().flatten().cloned()));
                Print::tight(self.layout, &spans)
            })
            .collect();
        let found = validity::read(&prints.iter().map(Print::text).collect::<Vec<String>>());
        let (from, until) = (format!("{path}/effective"), format!("{path}/expires"));
        if let Some(dated) = found.effective {
            let slot = self.slot(&prints[dated.paragraph].spans(dated.at.start, dated.at.end));
            self.leaves.evidence(&from, &if found.applied { slot.inferred() } else { slot });
            out.effective = Some(dated.date);
        }
        if let Some(dated) = found.expires {
            self.said(&until, &prints[dated.paragraph].spans(dated.at.start, dated.at.end));
            out.expires = Some(dated.date);
        }
        if found.applied {
            let message = "the date is that of 適用; of 施行 no date is printed".to_owned();
            self.leaves.warn("effective_applied", &from, message);
        }
        for (unread, at) in [(found.effective_unread, from), (found.expires_unread, until)] {
            if unread {
                let message = "a date is printed for this, but not in words that are known; left out".to_owned();
                self.leaves.warn("date_unread", &at, message);
            }
        }
    }

    fn enactment(&mut self, path: &str, raw: &RawEnactment) -> Enactment {
        self.said(&format!("{path}/date"), &raw.date_spans);
        let reference = match self.text(&format!("{path}/reference"), &raw.reference) {
            Printed::Unplaced => {
                // The date stands alone.
                self.absent(&format!("{path}/reference"), &raw.date_spans, self.method);
                Printed::Empty
            }
            reference => reference,
        };
        Enactment { date: Printed::Value(raw.date.clone()), reference }
    }

    fn article(&mut self, path: &str, raw: &RawArticle) -> Article {
        self.said(&format!("{path}/number"), &raw.head);
        if raw.branch.is_some() {
            self.said(&format!("{path}/branch"), &raw.head);
        }
        let caption = self.caption(path, &raw.caption);
        let paragraphs = list(&raw.paragraphs, &format!("{path}/paragraphs"), |path, p| self.paragraph(path, p));
        Article { number: raw.number, branch: raw.branch, caption, paragraphs }
    }

    /// Without its brackets, which are labels.
    fn caption(&mut self, path: &str, spans: &[Span]) -> Printed<String> {
        let print = Print::tight(self.layout, spans);
        let count = print.chars.len();
        if count < 2 {
            return Printed::Unplaced;
        }
        if marks::closer(print.chars[0]).is_none() {
            return self.text(&format!("{path}/caption"), spans);
        }
        self.labels.extend(print.spans(0, 1));
        self.labels.extend(print.spans(count - 1, count));
        self.text(&format!("{path}/caption"), &print.spans(1, count - 1))
    }

    fn paragraph(&mut self, path: &str, raw: &RawParagraph) -> Paragraph {
        let number = if raw.inferred { self.slot(&raw.mark).inferred() } else { self.slot(&raw.mark) };
        self.leaves.evidence(&format!("{path}/number"), &number);
        let caption = self.caption(path, &raw.caption);
        let text = self.text(&format!("{path}/text"), &raw.text);
        if text.is_unplaced() && raw.items.is_empty() {
            self.leaves.warn("unplaced", &format!("{path}/text"), "no text was found behind this number".to_owned());
        }
        let items = list(&raw.items, &format!("{path}/items"), |path, item| {
            self.said(&format!("{path}/number"), &item.mark);
            let number = flow(&self.layout.texts(&item.mark).collect::<Vec<_>>());
            let spans: Vec<Span> = item.parts.iter().flatten().cloned().collect();
            let text = match self.text(&format!("{path}/text"), &spans) {
                Printed::Value(_) => Printed::Value(self.item_text(&item.parts)),
                text => text,
            };
            Item { number, text }
        });
        Paragraph { number: raw.number, caption, text, items }
    }

    /// Where a leaf would stand that is not printed; takes nothing of the place.
    fn absent(&mut self, path: &str, spans: &[Span], method: Method) {
        let at = self.layout.places(spans);
        let pointer = self.leaves.pointer(path);
        self.leaves.evidence.push((pointer, Evidence { at, text: String::new(), method }));
    }

    /// The text of an item and of its divisions, a line each; a word that the item defines stands apart from what it means.
    fn item_text(&self, parts: &[Vec<Span>]) -> String {
        let text = |(n, part): (usize, &Vec<Span>)| -> String {
            let lines: Vec<&str> = self.layout.texts(part).collect();
            let Some((first, rest)) = lines.split_first() else { return String::new() };
            // A division begins with its mark, ア, which is one character.
            let cut = term(first, if n == 0 { 2 } else { 1 });
            let mut tail = vec![&first[cut..]];
            tail.extend(rest);
            let (head, tail) = (flow(&[&first[..cut]]), flow(&tail));
            if head.is_empty() || tail.is_empty() { head + &tail } else { format!("{head} {tail}") }
        };
        parts.iter().enumerate().map(text).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// The forms that the articles name, and those that are printed but that no article names, by their numbers.
    fn forms(&mut self, raw: &RawGuideline) -> Vec<GuidelineForm> {
        struct Found {
            number: u32,
            branch: Option<u32>,
            mark: Vec<Span>,
            name: Vec<Span>,
            article: Option<(u32, Option<u32>, Vec<Span>)>,
            pages: Vec<u32>,
        }
        let mut found: Vec<Found> = Vec::new();
        for article in &raw.articles {
            for paragraph in &article.paragraphs {
                let items = paragraph.items.iter().map(|i| i.parts.iter().flatten().cloned().collect::<Vec<_>>());
                for spans in std::iter::once(paragraph.text.clone()).chain(items) {
                    let print = Print::tight(self.layout, &spans);
                    for named in reference::named(&print.chars) {
                        let name = print.spans(named.name.0, named.name.1);
                        let article = Some((article.number, article.branch, article.head.clone()));
                        match found.iter_mut().find(|f| (f.number, f.branch) == (named.number, named.branch)) {
                            // Named only later on.
                            Some(form) if form.name.is_empty() => form.name = name,
                            Some(_) => {}
                            None => found.push(Found {
                                number: named.number,
                                branch: named.branch,
                                mark: print.spans(named.mark.0, named.mark.1),
                                name,
                                article,
                                pages: Vec::new(),
                            }),
                        }
                    }
                }
            }
        }
        for template in &raw.templates {
            let page = self.layout.pages.get(template.page as usize).map_or(1, |p| p.number);
            self.labels.extend_from_slice(&template.heading);
            match found.iter_mut().find(|f| (f.number, f.branch) == (template.number, template.branch)) {
                Some(form) => form.pages.push(page),
                None => found.push(Found {
                    number: template.number,
                    branch: template.branch,
                    mark: template.heading.clone(),
                    name: Vec::new(),
                    article: template.article.map(|(n, b)| (n, b, template.heading.clone())),
                    pages: vec![page],
                }),
            }
        }
        found.sort_by_key(|f| (f.number, f.branch));
        list(&found, "/forms", |path, form| {
            self.said(&format!("{path}/number"), &form.mark);
            if form.branch.is_some() {
                self.said(&format!("{path}/branch"), &form.mark);
            }
            let name = self.text(&format!("{path}/name"), &form.name);
            if name.is_unplaced() {
                let message = "the words around the form's number do not tell its name".to_owned();
                self.leaves.warn("form_unnamed", &format!("{path}/name"), message);
            }
            if let Some((_, branch, head)) = &form.article {
                self.said(&format!("{path}/article"), head);
                if branch.is_some() {
                    self.said(&format!("{path}/article_branch"), head);
                }
            }
            GuidelineForm {
                number: form.number,
                branch: form.branch,
                name,
                article: form.article.as_ref().map(|a| a.0),
                article_branch: form.article.as_ref().and_then(|a| a.1),
                pages: form.pages.clone(),
            }
        })
    }
}

/// Each of a list with its pointer.
fn list<T, U>(items: &[T], path: &str, mut make: impl FnMut(&str, &T) -> U) -> Vec<U> {
    items.iter().enumerate().map(|(i, item)| make(&format!("{path}/{i}"), item)).collect()
}

/// The bytes of the word that an item defines, of `shortest` characters or more: what stands before a space between two words that have no such space.
fn term(line: &str, shortest: usize) -> usize {
    const LONGEST: usize = 24;
    let mut before: Option<char> = None;
    for (count, (at, c)) in line.char_indices().enumerate() {
        if c.is_whitespace() {
            let after = line[at..].trim_start().chars().next();
            let wide = |c: Option<char>| c.is_some_and(|c| !c.is_ascii());
            return if count >= shortest && wide(before) && wide(after) { at } else { 0 };
        }
        if matches!(c, '、' | '。') || count >= LONGEST {
            return 0;
        }
        before = Some(c);
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defined_word_stands_apart() {
        let cut = |s: &str| s[..term(s, 2)].to_owned();
        assert_eq!(cut("県内企業 県内に本店を有する者"), "県内企業");
        assert_eq!(cut("事 業 者"), "");
        assert_eq!(cut("平成 24年"), "");
        assert_eq!(cut("この要綱、その他 の"), "");
    }
}
