//! The tree of a template: its text and tags, each with the bytes of the file it stands at.

use crate::text::Span;

/// A parsed template. Every span is one of the file's bytes, and lies on character boundaries.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    /// The template it extends.
    pub(crate) parent: Option<Quoted>,
}

/// A name written as a string: the template of an `include` or `extends`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quoted {
    pub(crate) value: String,
    /// With its quotes.
    pub(crate) span: Span,
}

/// A name written as such.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) value: String,
    pub(crate) span: Span,
}

/// A stretch of a template.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Text(Text),
    Comment(Span),
    Print {
        tag: Span,
        expr: Expr,
    },
    If(If),
    For(Box<For>),
    Set {
        tag: Span,
        name: Name,
        value: Expr,
        is_global: bool,
    },
    /// `{% set name | filter %} … {% endset %}`
    SetBlock {
        tag: Span,
        name: Name,
        filters: Vec<Call>,
        body: Body,
        is_global: bool,
    },
    /// `{% filter name | other %} … {% endfilter %}`
    FilterBlock {
        tag: Span,
        filters: Vec<Call>,
        body: Body,
    },
    Include {
        tag: Span,
        template: Quoted,
    },
    Extends {
        tag: Span,
        template: Quoted,
    },
    Block {
        tag: Span,
        name: Name,
        body: Body,
    },
    /// `{% component Name(a, b="x") %} … {% endcomponent %}`
    Component {
        tag: Span,
        name: Name,
        parameters: Vec<Parameter>,
        body: Body,
    },
    /// `{% <Name a={b}> %} … {% </Name> %}`
    ComponentCall {
        tag: Span,
        call: ComponentCall,
        body: Body,
    },
    Break(Span),
    Continue(Span),
}

/// Text outside tags, or in `{% raw %}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// Everything that makes it: with white space that dashes trim, and with the tags of `raw`.
    pub(crate) whole: Span,
    /// The bytes that are printed; empty when all of it is trimmed.
    pub(crate) printed: Span,
    pub(crate) is_raw: bool,
}

/// What stands between a tag and the one that ends it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Body {
    pub(crate) nodes: Vec<Node>,
    /// The tag that ends it: `{% endif %}`, `{% else %}`, `{% </Name> %}`.
    pub(crate) end: Span,
}

/// `{% if %} … {% elif %} … {% else %} … {% endif %}`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct If {
    /// In order; the last one may have no condition (`else`).
    pub(crate) arms: Vec<Arm>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Arm {
    pub(crate) tag: Span,
    pub(crate) condition: Option<Expr>,
    pub(crate) body: Body,
}

/// `{% for key, value in list %} … {% else %} … {% endfor %}`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct For {
    pub(crate) tag: Span,
    /// The name of the key, when there are two names.
    pub(crate) key: Option<Name>,
    pub(crate) value: Name,
    pub(crate) list: Expr,
    pub(crate) body: Body,
    /// The tag and the body of `else`.
    pub(crate) otherwise: Option<(Span, Body)>,
}

/// A parameter of a component: `name: type = default`, `@name`, `...name`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) name: Name,
    pub(crate) default: Option<Expr>,
    pub(crate) passing: Passing,
}

/// How a component gets a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passing {
    /// As an argument.
    Named,
    /// `@name`: from where it is called, if no argument is given.
    Implicit,
    /// `...name`: all other arguments.
    Rest,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    /// With its parentheses.
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ExprKind {
    None,
    Bool(bool),
    Integer(i64),
    Float(f64),
    /// Without quotes, escapes resolved; `Expr::span` has the quotes.
    String(String),
    Variable(String),
    /// `of.name`, `of?.name`
    Attribute {
        of: Box<Expr>,
        name: Name,
        is_optional: bool,
    },
    /// `of[index]`, `of?[index]`
    Item {
        of: Box<Expr>,
        index: Box<Expr>,
        is_optional: bool,
    },
    /// `of[start:end:step]`: what is written of it.
    Slice {
        of: Box<Expr>,
        bounds: Vec<Expr>,
        is_optional: bool,
    },
    /// `of | name(argument=…)`
    Filter {
        of: Box<Expr>,
        call: Call,
    },
    /// `of is name(argument=…)`, `of is not name`
    Test {
        of: Box<Expr>,
        call: Call,
        is_negated: bool,
    },
    /// `name(argument=…)`; `super()` is one.
    Function(Call),
    Component(ComponentCall),
    Not(Box<Expr>),
    Negative(Box<Expr>),
    Binary {
        operator: Operator,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `then if condition else otherwise`
    Ternary {
        condition: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    Array(Vec<Entry>),
    Map(Vec<(MapKey, Expr)>),
    /// `[item for key, value in list if condition]`
    Comprehension {
        item: Box<Expr>,
        names: Vec<Name>,
        list: Box<Expr>,
        condition: Option<Box<Expr>>,
    },
}

/// An item of an array: a value, or `...list`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) value: Expr,
    pub(crate) is_spread: bool,
}

/// A key of a map as it is written, or `...map`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum MapKey {
    Written(Span),
    Spread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    In,
    NotIn,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    /// `~`
    Join,
}

/// A filter, test or function with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call {
    pub(crate) name: Name,
    pub(crate) arguments: Vec<(Name, Expr)>,
    /// With the arguments.
    pub(crate) span: Span,
}

/// `<Name a="x" b={y} {...rest} c/>`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ComponentCall {
    pub(crate) name: Name,
    pub(crate) arguments: Vec<Argument>,
}

/// An argument of a component.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Argument {
    Named {
        name: Name,
        value: Expr,
    },
    /// `name` alone: the variable of that name.
    Short(Name),
    /// `{...map}`
    Spread(Expr),
}
