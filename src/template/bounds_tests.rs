use jiff::civil::date;

use super::*;
use crate::template::human_date;
use crate::template::paths::generate::{Dice, Writer, person};
use crate::text::Language;

fn library(body: &str) -> Library {
    let text = format!("{{#\ntitle: x\nneeds: [talk]\n#}}\n{body}");
    Library::empty().with(&[("invite/t".into(), text)]).0
}

/// Least and most for each detail.
fn of(body: &str) -> Vec<(Option<usize>, Option<usize>)> {
    let library = library(body);
    let lengths = library.lengths(library.get("invite/t").unwrap());
    lengths.iter().map(|lengths| (lengths.min(), lengths.max())).collect()
}

#[test]
fn a_length_is_that_of_the_text_and_of_what_its_holes_print() {
    let same = |min, max| vec![(Some(min), Some(max)); 3];
    assert_eq!(of("Hi {{ contact.first_name }} 👋"), same(7, 26));
    assert_eq!(of("Hi {{ contact.first_name | trim }}"), same(2, 23));
    assert_eq!(of("{{ kind }} {{ language }}"), same(9, 9));
    assert_eq!(of("Hi{% if contact.company %} {{ contact.company }}{% endif %}"), same(2, 103));
    assert_eq!(
        of("{% if detail >= 1 %}abc{% if detail == 2 %}def{% endif %}{% endif %}x"),
        [(Some(7), Some(7)), (Some(4), Some(4)), (Some(1), Some(1))]
    );
    assert_eq!(of("{{ talk.what }}"), [(Some(1), Some(241)), (Some(1), Some(241)), (Some(1), Some(120))]);
}

#[test]
fn what_has_no_bound_says_why() {
    for (body, why) in [
        ("{{ talk.what | replace(from=\"a\", to=\"bb\") }}", "the filter replace"),
        ("{% if contact.profile %}{{ contact.profile }}{% endif %}", "contact.profile: a profile has no"),
        ("{% for fact in facts %}{{ fact.what }}{% endfor %}", "any number"),
    ] {
        let library = library(body);
        let lengths = library.lengths(library.get("invite/t").unwrap());
        let why_not = lengths[0].unbounded();
        assert!(lengths[0].max().is_none() && why_not.iter().any(|said| said.contains(why)), "{body}: {why_not:?}");
    }
}

#[test]
fn a_day_is_never_said_in_more_than_is_counted_for_it() {
    let today = date(2026, 10, 14);
    for language in ["en", "de", "es", "fr"] {
        let language: Language = language.parse().unwrap();
        for back in -400..1200 {
            let day = today.checked_sub(jiff::Span::new().days(back)).unwrap().to_string();
            for when in [&day[..], &day[..7], &day[..4]] {
                for today in [None, Some(today)] {
                    let said = human_date(when, today, language);
                    assert!(note_length(&said) <= SAID_DAY, "{said}");
                }
            }
        }
    }
}

#[test]
fn the_notes_of_generated_templates_keep_within_their_bounds() {
    let (mut bounded, mut unbounded) = (0, 0);
    for seed in 0..200 {
        let files = Writer::new(seed).files(2);
        let named: Vec<_> = files.iter().map(|(id, text)| (format!("templates/{id}.tera"), text.clone())).collect();
        let (library, _) = Library::empty().with(&named);
        let Some(template) = library.get("invite/t") else { continue };
        let lengths = library.lengths(template);
        let mut dice = Dice::new(seed + 2_000_000);
        for _ in 0..24 {
            let context = person(&mut dice);
            let Ok(note) = library.render(template, &context) else { continue };
            let detail = context.get("detail").and_then(tera::Value::as_u64).unwrap();
            let lengths = lengths.iter().find(|lengths| u64::from(lengths.detail) == detail).unwrap();
            if lengths.doubt.is_some() {
                continue;
            }
            let length = note_length(&note);
            assert!(lengths.min().unwrap() <= length, "seed {seed}: {note:?} {lengths:?} {files:#?}");
            match lengths.max() {
                Some(max) => {
                    bounded += 1;
                    assert!(length <= max, "seed {seed}: {note:?} {lengths:?} {files:#?}");
                }
                None => unbounded += 1,
            }
        }
    }
    assert!(bounded > 500, "{bounded} notes with a bound, {unbounded} without");
}

#[test]
fn built_in_sample_people_keep_within_the_declared_maxima() {
    let library = Library::builtin();
    for template in library.templates() {
        for sample in &template.front().samples {
            let of = |person: &crate::contact::Contact| {
                let mut values = vec![("first_name", Some(person.first_name.clone()))];
                values.extend([("company", person.company.clone()), ("role", person.role.clone())]);
                for fact in &person.facts {
                    let what = fact.printed_to(person).ok();
                    values.extend([("what", what), ("detail", fact.detail.clone())]);
                }
                values
            };
            for (field, value) in of(&sample.contact).into_iter().chain(of(&sample.me)) {
                let most = MAXIMA.iter().find(|(known, ..)| *known == field).unwrap().1;
                assert!(value.iter().all(|value| note_length(value) <= most), "{}: {value:?}", template.id());
            }
        }
    }
}
