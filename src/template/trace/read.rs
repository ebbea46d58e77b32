//! Reading a marked text: each stretch with where it comes from.

use std::collections::HashSet;

use tera::{Context, Value};

use super::expression::shown;
use super::marks::{Mark, Marked, SiteId};
use super::site::{Bound, Path, Root, Site, Step, Why};
use crate::text::{Origin, Piece, SourceSpan, Sources, Span};

/// A text without its marks, and where it comes from.
#[derive(Debug)]
pub(super) struct Unmarked {
    pub(super) text: String,
    /// They tile the text.
    pub(super) pieces: Vec<Piece>,
}

/// A site around the place that is read.
#[derive(Clone, Copy, Debug)]
struct Around<'t> {
    site: SiteId,
    /// The round of a loop: its number, or the key.
    round: Option<&'t str>,
}

/// What a rendering is read with.
pub(super) struct Reader<'t> {
    sites: &'t [Site],
    /// Names that some template gives a meaning.
    given: &'t HashSet<String>,
    sources: &'t Sources,
    context: &'t Context,
    /// The text's template.
    whole: SourceSpan,
    around: Vec<Around<'t>>,
    /// The site that prints what follows.
    current: Option<SiteId>,
    read: Unmarked,
    /// Where what the current site prints begins.
    start: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn new(
        (sites, given): (&'t [Site], &'t HashSet<String>),
        sources: &'t Sources,
        context: &'t Context,
        whole: SourceSpan,
    ) -> Self {
        let read = Unmarked { text: String::new(), pieces: Vec::new() };
        Self { sites, given, sources, context, whole, around: Vec::new(), current: None, read, start: 0 }
    }

    /// Reads a marked text; nothing when a mark is damaged or stands where it cannot.
    pub(super) fn read(mut self, marked: &'t str) -> Option<Unmarked> {
        let mut stretches = Marked::new(marked);
        for (text, mark) in stretches.by_ref() {
            self.read.text += text;
            match mark {
                Some(Mark::Stop) | None => {}
                Some(Mark::Open(site)) => {
                    self.flush();
                    if self.sites.get(site)?.is_around() {
                        self.around.push(Around { site, round: None });
                    } else {
                        self.current = Some(site);
                    }
                }
                Some(Mark::Round(site, round)) => {
                    self.flush();
                    self.around.pop_if(|last| last.site == site);
                    self.around.push(Around { site, round: Some(round) });
                }
                Some(Mark::Close(site)) => {
                    self.flush();
                    // A loop without rounds was never entered.
                    let is_loop = matches!(self.sites.get(site)?, Site::Loop { .. });
                    let was_open = self.around.pop_if(|last| last.site == site).is_some();
                    (was_open || is_loop).then_some(())?;
                }
            }
        }
        self.flush();
        (self.around.is_empty() && !stretches.is_damaged).then_some(self.read)
    }

    /// Ends the stretch of the current site.
    fn flush(&mut self) {
        let range = Span::new(self.start, self.read.text.len());
        self.start = range.end;
        let origin = match self.current.take() {
            Some(site) => self.origin(&self.sites[site], &self.read.text[range.range()]),
            None if range.is_empty() => None,
            None => Some(self.unmarked(&self.read.text[range.range()])),
        };
        if let Some(origin) = origin {
            self.read.pieces.push(Piece { range, origin });
        }
    }

    /// Text in front of which there is no mark comes from what is around it.
    fn unmarked(&self, text: &str) -> Origin {
        match self.around.last().map(|around| &self.sites[around.site]) {
            Some(Site::Given { expr, value }) => self.found(*expr, self.resolve(value, self.around.len() - 1), text),
            Some(Site::Section { expr, why }) => derived(*expr, why.clone()),
            around => derived(around.map_or(self.whole, Site::expr), "the template puts it together".into()),
        }
    }

    /// Where the text that a site printed comes from; nothing for the nothing that a print of parts adds to them.
    fn origin(&self, site: &Site, text: &str) -> Option<Origin> {
        let expr = site.expr();
        let found = match site {
            Site::Typed(span) => Ok(Bound::Typed(*span)),
            Site::Path { value, .. } => self.resolve(value, self.around.len()),
            Site::Made { why, .. } => Err(why.clone()),
            _ if text.is_empty() => return None,
            _ => Err("the template works it out".into()),
        };
        Some(self.found(expr, found, text))
    }

    /// What was found, if it is what was printed.
    fn found(&self, expr: SourceSpan, found: Result<Bound, Why>, text: &str) -> Origin {
        match found {
            Ok(Bound::Typed(span)) if self.source(span) == Some(text) => Origin::Literal(span),
            Ok(Bound::Path(path)) => match self.value(&path, text) {
                Ok(path) => Origin::Value { expr, path },
                Err(why) => derived(expr, why),
            },
            Ok(Bound::Unknown(why)) | Err(why) => derived(expr, why),
            Ok(Bound::Typed(_)) => derived(expr, "the template works it out".into()),
        }
    }

    fn source(&self, span: SourceSpan) -> Option<&str> {
        self.sources.get(span.file)?.text.get(span.span.range())
    }

    /// Follows a meaning outwards, through the first `depth` sites around: to a name of the context, or to text.
    fn resolve(&self, bound: &Bound, depth: usize) -> Result<Bound, Why> {
        let Bound::Path(path) = bound else { return Ok(bound.clone()) };
        let around = &self.around[..depth];
        match &path.root {
            Root::Loop(site) => {
                let at = around.iter().rposition(|around| around.site == *site);
                let (at, round) = at.and_then(|at| Some((at, around[at].round?))).ok_or("its loop is over")?;
                if around[at..].iter().any(|around| matches!(self.sites[around.site], Site::Given { .. })) {
                    return Err(ELSEWHERE.into());
                }
                let Site::Loop { list, .. } = &self.sites[*site] else { return Err("it stands in no loop".into()) };
                let step = round.parse().map_or_else(|_| Step::Key(round.to_owned()), Step::Index);
                Ok(self.resolve(list, at)?.then(&[step]).then(&path.steps))
            }
            Root::Name(name) => {
                for (at, around) in around.iter().enumerate().rev() {
                    match &self.sites[around.site] {
                        // What nobody gives a meaning is the context's, wherever it is put together.
                        Site::Given { .. } if self.given.contains(name) => return Err(ELSEWHERE.into()),
                        Site::Given { .. } => return Ok(bound.clone()),
                        Site::Scope { names, is_sealed, .. } => match names.get(name) {
                            Some(bound) => return Ok(self.resolve(bound, at)?.then(&path.steps)),
                            None if *is_sealed => return Err("the component makes it".into()),
                            None => {}
                        },
                        _ => {}
                    }
                }
                Ok(bound.clone())
            }
        }
    }

    /// The path of a value of the context, if that is what was printed.
    fn value(&self, path: &Path, text: &str) -> Result<String, Why> {
        let Root::Name(root) = &path.root else { return Err("its loop is over".into()) };
        let mut value = self.context.get(root).ok_or("it is no field of a contact")?;
        let mut steps = path.steps.clone();
        for step in &mut steps {
            value = follow(value, step).ok_or("it is no field of a contact")?;
        }
        let is_text = value.is_string() || value.is_number() || value.is_bool() || value.is_none();
        let is_equal = value.as_str().map_or_else(|| value.to_string() == text, |value| value == text);
        match (is_text, is_equal) {
            (true, true) => Ok(shown(root, &steps)),
            (true, false) => Err("the template works it out".into()),
            (false, _) => Err("it is a whole list".into()),
        }
    }
}

/// What a name stands for where a text is put together is not known where it is printed.
const ELSEWHERE: &str = "it is put together elsewhere";

/// One step into a value; an index from the end becomes one from the start.
fn follow<'v>(value: &'v Value, step: &mut Step) -> Option<&'v Value> {
    match step {
        Step::Key(key) => value.as_map()?.iter().find(|(name, _)| name.as_str() == Some(key)).map(|(_, value)| value),
        Step::Index(index) => {
            let items = value.as_array()?;
            if *index < 0 {
                *index += i64::try_from(items.len()).ok()?;
            }
            items.get(usize::try_from(*index).ok()?)
        }
    }
}

fn derived(expr: SourceSpan, why: Why) -> Origin {
    Origin::Derived { expr, why: why.into_owned() }
}
