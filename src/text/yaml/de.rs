//! Nodes as a serde data format, so that an error in a value has the place of the value.
//!
//! A plain scalar is a number or a truth value only where the reader asks for one; `no` and `1.50` stay text.

use serde::de::value::StrDeserializer;
use std::str::FromStr;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

use super::error::Error;
use super::{Located, Node, Span, Style, Value, YamlError};

/// Reads a value from a node. Numbers and `true` are text where the value wants text.
///
/// # Errors
/// The innermost key or value that does not fit.
pub fn read<'de, T: de::Deserialize<'de>>(node: &'de Node<'_>) -> Result<T, YamlError> {
    T::deserialize(node).map_err(|error| error.or_at(node.span))
}

impl Node<'_> {
    /// Where to report what a value as a whole lacks: its first line, not all of it.
    fn head(&self) -> Span {
        match self.entries().first() {
            Some((key, value)) if value.text().is_some() => key.span.join(value.span),
            Some((key, _)) => key.span,
            None => self.span,
        }
    }

    /// The value as it would be without anybody asking for a type.
    fn visit<'de, V: Visitor<'de>>(&'de self, visitor: V) -> Result<V::Value, Error> {
        match &self.value {
            Value::Sequence(items) => visitor.visit_seq(Items(items.iter())),
            Value::Mapping(entries) => visitor.visit_map(Entries { rest: entries.iter(), value: None }),
            Value::Scalar(..) if self.is_null() => visitor.visit_unit(),
            Value::Scalar(text, _) => visitor.visit_borrowed_str(text),
        }
    }
}

/// Reads text, without outer white space.
///
/// # Errors
/// Not a text.
pub fn text(node: &Node<'_>) -> Result<Located<String>, YamlError> {
    let value = read::<String>(node)?;
    Ok(Located { value: value.trim().to_owned(), span: node.span })
}

/// Reads a list of texts, or one text for a list of one.
///
/// # Errors
/// Something in it that is no text.
pub fn texts(node: &Node<'_>) -> Result<Vec<Located<String>>, YamlError> {
    if node.text().is_some() {
        return Ok(vec![text(node)?]);
    }
    read::<Vec<String>>(node)?;
    node.items().iter().map(text).collect()
}

/// Reads one word or text and makes a value of it.
///
/// # Errors
/// Not a text, or what the value's own parser says.
pub fn parsed<T: FromStr<Err = String>>(node: &Node<'_>) -> Result<T, YamlError> {
    read::<String>(node)?.parse().map_err(|message| YamlError { message, help: None, span: node.span })
}

/// Reads a mapping key by key, so that one bad value does not lose the others: `take` gets each key that is in `known`
/// with its value. A key without a value is left out; a mapping that says nothing has no keys.
pub fn read_keys<'n, 't>(
    node: &'n Node<'t>,
    known: &[&str],
    mut take: impl FnMut(&str, &'n Node<'t>) -> Result<(), YamlError>,
) -> Vec<YamlError> {
    if !matches!(node.value, Value::Mapping(_)) && !node.is_null() {
        let message = format!("expected lines of `key: value`, found {}", node.describe());
        let help = Some(format!("Known here: {}.", known.join(", ")));
        return vec![YamlError { message, help, span: node.head() }];
    }
    let entries = node.entries().iter();
    let results = entries.map(|(key, value)| match key.text().unwrap_or_default() {
        name if !known.contains(&name) => Err(Error::unknown_key(name, known).or_at(key.span)),
        _ if value.is_null() => Ok(()),
        name => take(name, value),
    });
    results.filter_map(Result::err).collect()
}

/// A plain scalar as YAML 1.2 reads it: `true`, a number, else text.
fn visit_plain<'de, V: Visitor<'de>>(text: &'de str, visitor: V) -> Result<V::Value, Error> {
    match text {
        "true" | "True" | "TRUE" => return visitor.visit_bool(true),
        "false" | "False" | "FALSE" => return visitor.visit_bool(false),
        _ => {}
    }
    if let Ok(number) = text.parse() {
        return visitor.visit_u64(number);
    }
    if let Ok(number) = text.parse() {
        return visitor.visit_i64(number);
    }
    let numeric = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'));
    match text.parse() {
        Ok(number) if numeric => visitor.visit_f64(number),
        _ => visitor.visit_borrowed_str(text),
    }
}

macro_rules! as_it_is {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.deserialize_any(visitor)
        })*
    };
}

macro_rules! as_number_or_truth {
    ($($method:ident)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match &self.value {
                Value::Scalar(text, Style::Plain) if !self.is_null() => visit_plain(text, visitor),
                _ => self.visit(visitor),
            }
            .map_err(|error| error.at(self.head()))
        })*
    };
}

impl<'de> Deserializer<'de> for &'de Node<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.visit(visitor).map_err(|error| error.at(self.head()))
    }

    as_number_or_truth! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64
    }

    as_it_is! {
        deserialize_str deserialize_string deserialize_char deserialize_identifier deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_seq deserialize_map
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
            .map_err(|error| error.at(self.head()))
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self).map_err(|error| error.at(self.head()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            // Derived code would take a list for the fields in order.
            Value::Sequence(_) => Err(<Error as de::Error>::invalid_type(Unexpected::Seq, &visitor).at(self.head())),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match &self.value {
            Value::Scalar(text, _) if !self.is_null() => visitor.visit_enum(StrDeserializer::new(text)),
            Value::Mapping(entries) if entries.len() == 1 => visitor.visit_enum(Variant(&entries[0])),
            _ => self.visit(visitor),
        }
        .map_err(|error| error.at(self.head()))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

struct Items<'de, 't>(std::slice::Iter<'de, Node<'t>>);

impl<'de> SeqAccess<'de> for Items<'de, '_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.0.next().map(|item| seed.deserialize(item).map_err(|error| error.at(item.head()))).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'de, 't> {
    rest: std::slice::Iter<'de, (Node<'t>, Node<'t>)>,
    value: Option<&'de Node<'t>>,
}

impl<'de> MapAccess<'de> for Entries<'de, '_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(key).map(Some).map_err(|error| error.at(key.span))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let value = self.value.take().ok_or_else(|| Error::new("a value was read before its key".to_owned()))?;
        seed.deserialize(value).map_err(|error| error.at(value.head()))
    }
}

/// `{name: value}` as an enum's variant with a value.
struct Variant<'de, 't>(&'de (Node<'t>, Node<'t>));

impl<'de> EnumAccess<'de> for Variant<'de, '_> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        Ok((seed.deserialize(&self.0.0)?, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'de, '_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Err(Error::new("this word takes no value".to_owned()).at(self.0.0.span))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(&self.0.1)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.0.1.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.0.1.deserialize_any(visitor)
    }
}
