//! Marks within expressions.
//!
//! A value that is printed as it is may carry a mark in front of it: `"Hi " ~ contact.first_name`, both ways of an
//! inline `if`, what `or` and `default` fall back on. Everything else must see values without marks, so that
//! nothing is decided or made by a mark.

use super::copy::Copy;
use super::marks::open;
use super::site::{Bound, Site, Step, Why};
use crate::template::syntax::tree::{Argument, Call, ComponentCall, Expr, ExprKind, Operator};
use crate::text::Span;

/// The filter that takes marks away.
pub(super) const PLAIN: &str = "__plain";
/// The filter that puts a mark before a value.
pub(super) const MARK: &str = "__mark";
/// The same, but for a value that counts as false: it shall still do.
pub(super) const MARK_TRUE: &str = "__mark_true";

/// Parts of one print that get marks of their own: Tera refuses expressions that grow too large.
pub(super) const MOST_PARTS: usize = 32;

/// The path that an expression is.
pub(super) fn path(expr: &Expr) -> Option<(&str, Vec<Step>)> {
    match &expr.kind {
        ExprKind::Variable(name) => Some((name, Vec::new())),
        ExprKind::Attribute { of, name, .. } => extended(of, Step::Key(name.value.clone())),
        ExprKind::Item { of, index, .. } => extended(of, step(index)?),
        _ => None,
    }
}

fn extended(of: &Expr, step: Step) -> Option<(&str, Vec<Step>)> {
    let (root, mut steps) = path(of)?;
    steps.push(step);
    Some((root, steps))
}

fn step(index: &Expr) -> Option<Step> {
    match &index.kind {
        ExprKind::String(key) => Some(Step::Key(key.clone())),
        ExprKind::Integer(number) => Some(Step::Index(*number)),
        ExprKind::Negative(number) => match number.kind {
            ExprKind::Integer(number) => Some(Step::Index(number.checked_neg()?)),
            _ => None,
        },
        _ => None,
    }
}

/// A path as it is written.
pub(super) fn shown(root: &str, steps: &[Step]) -> String {
    let mut text = root.to_owned();
    for step in steps {
        match step {
            Step::Index(number) => text += &format!("[{number}]"),
            Step::Key(key) if key.chars().all(|c| c.is_alphanumeric() || c == '_') => text += &format!(".{key}"),
            Step::Key(key) => text += &format!("[{key:?}]"),
        }
    }
    text
}

/// Why the text of an expression that is no path is not found anywhere.
pub(super) fn why(expr: &Expr) -> Why {
    match &expr.kind {
        ExprKind::Filter { of, call } => {
            let of = innermost(of).map(|path| format!(" of {path}")).unwrap_or_default();
            format!("the filter `{}` makes it{of}", call.name.value).into()
        }
        ExprKind::Function(call) => format!("`{}()` makes it", call.name.value).into(),
        ExprKind::Component(call) => format!("the component `{}` makes it", call.name.value).into(),
        ExprKind::Slice { .. } => "it is a part of a text".into(),
        ExprKind::Array(_) | ExprKind::Map(_) | ExprKind::Comprehension { .. } => {
            "the template prints a list made in it".into()
        }
        _ => "the template works it out".into(),
    }
}

/// The path that filters work on.
fn innermost(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::Filter { of, .. } => innermost(of),
        _ => path(expr).map(|(root, steps)| shown(root, &steps)),
    }
}

/// How many parts of an expression may be printed as they are; none where it is printed as a whole.
pub(super) fn parts(expr: &Expr) -> usize {
    let of = |expr: &Expr| parts(expr).max(1);
    match &expr.kind {
        ExprKind::String(_) => 1,
        ExprKind::Ternary { then, otherwise, .. } => of(then) + of(otherwise),
        ExprKind::Binary { operator: Operator::Or | Operator::Join, left, right } => of(left) + of(right),
        ExprKind::Filter { of: before, call } => default(call).map_or(0, |(value, _)| of(before) + of(value)),
        _ => 0,
    }
}

/// The value that `default` falls back on, and whether it does so for an empty text too.
fn default(call: &Call) -> Option<(&Expr, bool)> {
    let argument = |name: &str| call.arguments.iter().find(|(known, _)| known.value == name).map(|(_, value)| value);
    (call.name.value == "default").then_some(())?;
    Some((argument("value")?, argument("boolean").is_some()))
}

impl Copy<'_, '_> {
    /// Marks the parts of a print. `decides` says that something depends on whether the value counts as true.
    pub(super) fn parts(&mut self, expr: &Expr, decides: bool) {
        match &expr.kind {
            ExprKind::String(text) => self.string(expr, text),
            ExprKind::Ternary { condition, then, otherwise } => {
                self.parts(then, decides);
                self.plain(condition);
                self.parts(otherwise, decides);
            }
            ExprKind::Binary { operator: Operator::Or, left, right } => {
                self.parts(left, true);
                self.parts(right, decides);
            }
            // Texts of nothing, joined, count as false.
            ExprKind::Binary { operator: Operator::Join, left, right } if !decides => {
                self.parts(left, false);
                self.parts(right, false);
            }
            ExprKind::Filter { of, call } => match default(call) {
                Some((value, is_for_empty)) => {
                    self.parts(of, decides || is_for_empty);
                    self.parts(value, decides);
                }
                None => self.made(expr, decides),
            },
            ExprKind::Variable(name) if self.carries(name) => self.made(expr, decides),
            _ => match path(expr) {
                Some((root, steps)) => {
                    let value = self.names.find(root, steps);
                    let expr_at = self.sheet.place(expr.span);
                    self.marked(expr.span, Site::Path { expr: expr_at, value }, decides);
                }
                None => self.made(expr, decides),
            },
        }
    }

    fn made(&mut self, expr: &Expr, decides: bool) {
        let site = Site::Made { expr: self.sheet.place(expr.span), why: why(expr) };
        self.opened(expr.span, site, decides, |copy| copy.plain(expr));
    }

    fn marked(&mut self, span: Span, site: Site, decides: bool) {
        self.opened(span, site, decides, |_| ());
    }

    /// Puts a mark before the value of an expression; `inside` edits the expression itself.
    fn opened(&mut self, span: Span, site: Site, decides: bool, inside: impl FnOnce(&mut Self)) {
        let filter = if decides { MARK_TRUE } else { MARK };
        let site = self.sheet.site(site);
        self.sheet.edit(span.start, "(");
        inside(self);
        self.sheet.edit(span.end, format!(" | {filter}(site={site}))"));
    }

    /// Marks a string by a mark in it.
    fn string(&mut self, expr: &Expr, text: &str) {
        // Nothing stays nothing, so that it counts as false.
        if let Some(inner) = self.sheet.inner(expr.span).filter(|_| !text.is_empty()) {
            let escaped = || Site::escaped(self.sheet.place(expr.span));
            let site = self.sheet.typed(expr.span, text).unwrap_or_else(escaped);
            let site = self.sheet.site(site);
            self.sheet.edit(inner.start, open(site));
        }
    }

    /// Whether a name may stand here for text with marks.
    pub(super) fn carries(&self, name: &str) -> bool {
        self.shared.carries(name) && !matches!(self.names.get(name), Some(Bound::Path(_) | Bound::Typed(_)))
    }

    /// Makes sure that what an expression works with has no marks: what a component or `super()` prints has some, and
    /// text that was put together.
    pub(super) fn plain(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Component(call) => self.plainly(expr.span, |copy| copy.arguments(call)),
            ExprKind::Function(call) if call.name.value == "super" => {
                self.calls_super = true;
                self.plainly(expr.span, |_| ());
            }
            ExprKind::Function(call) => self.call(call),
            ExprKind::Variable(name) if self.carries(name) => self.plainly(expr.span, |_| ()),
            ExprKind::Not(of) | ExprKind::Negative(of) => self.plain(of),
            ExprKind::Attribute { of, .. } => self.plain_root(of, true),
            ExprKind::Item { of, index, is_optional } => {
                self.plain_root(of, *is_optional);
                self.plain(index);
            }
            ExprKind::Slice { of, bounds, is_optional } => {
                self.plain_root(of, *is_optional);
                bounds.iter().for_each(|bound| self.plain(bound));
            }
            ExprKind::Filter { of, call } | ExprKind::Test { of, call, .. } => {
                self.plain(of);
                self.call(call);
            }
            ExprKind::Binary { left, right, .. } => {
                self.plain(left);
                self.plain(right);
            }
            ExprKind::Ternary { condition, then, otherwise } => {
                [then, condition, otherwise].into_iter().for_each(|expr| self.plain(expr));
            }
            ExprKind::Array(entries) => entries.iter().for_each(|entry| self.plain(&entry.value)),
            ExprKind::Map(entries) => entries.iter().for_each(|(_, value)| self.plain(value)),
            ExprKind::Comprehension { item, list, condition, .. } => {
                [Some(item), Some(list), condition.as_ref()].into_iter().flatten().for_each(|expr| self.plain(expr));
            }
            ExprKind::None
            | ExprKind::Bool(_)
            | ExprKind::Integer(_)
            | ExprKind::Float(_)
            | ExprKind::String(_)
            | ExprKind::Variable(_) => {}
        }
    }

    /// The same for what a path starts with. Before `.name` and `?[0]` Tera takes no parentheses; a text has no fields.
    fn plain_root(&mut self, of: &Expr, is_bare: bool) {
        if !is_bare || !matches!(of.kind, ExprKind::Variable(_)) {
            self.plain(of);
        }
    }

    fn plainly(&mut self, span: Span, inside: impl FnOnce(&mut Self)) {
        self.sheet.edit(span.start, "(");
        inside(self);
        self.sheet.edit(span.end, format!(" | {PLAIN})"));
    }

    pub(super) fn call(&mut self, call: &Call) {
        call.arguments.iter().for_each(|(_, value)| self.plain(value));
    }

    /// What a component gets is without marks.
    pub(super) fn arguments(&mut self, call: &ComponentCall) {
        for argument in &call.arguments {
            match argument {
                Argument::Named { value, .. } | Argument::Spread(value) => self.plain(value),
                Argument::Short(name) if self.carries(&name.value) => {
                    self.sheet.edit(name.span.end, format!("={{{} | {PLAIN}}}", name.value));
                }
                Argument::Short(_) => {}
            }
        }
    }

    /// What an expression stands for where it is given a name.
    pub(super) fn bound(&self, expr: &Expr) -> Bound {
        if let Some((root, steps)) = path(expr) {
            return self.names.find(root, steps);
        }
        match &expr.kind {
            ExprKind::String(text) => match self.sheet.typed(expr.span, text) {
                Some(Site::Typed(span)) => Bound::Typed(span),
                _ => Bound::Unknown("it is written with escapes".into()),
            },
            _ => Bound::Unknown(why(expr)),
        }
    }
}
