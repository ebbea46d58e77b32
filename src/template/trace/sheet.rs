//! The page that a marked copy is written on.

use super::marks::{self, SiteId};
use super::site::{Bound, Names, Path, Root, Site};
use super::written::Written;
use crate::template::syntax::tree::Text;
use crate::text::{SourceSpan, Span};

pub(super) struct Sheet<'l, 's> {
    written: Written<'l>,
    sites: &'s mut Vec<Site>,
    out: String,
    /// What is put into the next tag: where in the template, and what.
    edits: Vec<(usize, String)>,
    /// Whether marks would be in the way: what is written here is changed by filters.
    pub(super) is_unmarked: bool,
}

impl<'l, 's> Sheet<'l, 's> {
    pub(super) fn new(written: Written<'l>, sites: &'s mut Vec<Site>) -> Self {
        let out = String::with_capacity(written.text.len() * 2);
        Self { written, sites, out, edits: Vec::new(), is_unmarked: false }
    }

    pub(super) fn into_text(self) -> String {
        self.out
    }

    pub(super) fn place(&self, span: Span) -> SourceSpan {
        self.written.place(span)
    }

    /// A string as a site, if it stands in the file as it is printed.
    pub(super) fn typed(&self, span: Span, value: &str) -> Option<Site> {
        self.written.typed(span, value)
    }

    /// What stands between the quotes of a string.
    pub(super) fn inner(&self, span: Span) -> Option<Span> {
        self.written.inner(span)
    }

    pub(super) fn site(&mut self, site: Site) -> SiteId {
        self.sites.push(site);
        self.sites.len() - 1
    }

    /// Marks that a site prints what follows, where marks are wanted.
    pub(super) fn open(&mut self, site: Site) -> Option<SiteId> {
        if self.is_unmarked {
            return None;
        }
        let site = self.site(site);
        self.out += &marks::open(site);
        Some(site)
    }

    pub(super) fn close(&mut self, site: Option<SiteId>) {
        if let Some(site) = site {
            self.out += &marks::close(site);
        }
    }

    /// Says what names stand for in a scope that was opened.
    pub(super) fn know(&mut self, site: Option<SiteId>, known: Names) {
        if let Some(Site::Scope { names, .. }) = site.and_then(|site| self.sites.get_mut(site)) {
            *names = known;
        }
    }

    /// Marks the rounds of a loop: `count` tells them apart. Gives the value of the present round.
    pub(super) fn round(&mut self, site: Site, count: &str) -> (Option<SiteId>, Bound) {
        let site = self.site(site);
        let is_marked = !self.is_unmarked;
        if is_marked {
            self.out += &marks::round(site, count);
        }
        (is_marked.then_some(site), Bound::Path(Path { root: Root::Loop(site), steps: Vec::new() }))
    }

    pub(super) fn text(&mut self, text: &Text) {
        let printed = &self.written.text[text.printed.range()];
        if printed.is_empty() {
            return;
        }
        let place = self.place(text.printed);
        self.open(if self.written.is_exact { Site::Typed(place) } else { Site::escaped(place) });
        if text.is_raw {
            self.out += &format!("{{% raw %}}{printed}{{% endraw %}}");
        } else {
            self.out += printed;
        }
        // The brace of a tag behind it would make another tag of it.
        if printed.ends_with('{') {
            self.out.push(marks::stop());
        }
    }

    /// Puts something into the tag that is copied next.
    pub(super) fn edit(&mut self, at: usize, text: impl Into<String>) {
        self.edits.push((at, text.into()));
    }

    /// Copies a tag or print with its edits, without dashes.
    pub(super) fn tag(&mut self, tag: Span) {
        let text = self.written.text;
        let is_dash = |at: usize| usize::from(text.as_bytes().get(at) == Some(&b'-'));
        let start = tag.start + 2 + is_dash(tag.start + 2);
        let end = tag.end - 2 - is_dash(tag.end - 3);
        self.out += &text[tag.start..tag.start + 2];
        self.out.push(' ');
        self.edits.sort_by_key(|(at, _)| *at);
        let mut at = start;
        for (next, edit) in self.edits.drain(..) {
            self.out += &text[at..next];
            self.out += &edit;
            at = next;
        }
        self.out += &text[at..end];
        self.out.push(' ');
        self.out += &text[tag.end - 2..tag.end];
    }

    /// Writes a call that keeps what is rendered within bounds; it prints nothing.
    pub(super) fn call(&mut self, call: &str) {
        self.out += &format!("{{{{ {call} }}}}");
    }

    /// Writes a tag that is the same everywhere.
    pub(super) fn end(&mut self, tag: &str) {
        self.out += tag;
    }
}
