use jiff::civil::{Date, ISOWeekDate, Weekday};

use crate::text::Language;

/// A date as people say it in a note: `yesterday`, `on Tuesday`, `last week`, `in March`, `in March 2025`.
///
/// `when` is `2026`, `2026-10` or `2026-10-03`; anything else comes back as it is. Without `today` the month and the
/// year are said. A language without date words of its own gets English ones: `says_dates` tells.
#[must_use]
pub fn human_date(when: &str, today: Option<Date>, language: Language) -> String {
    let parts: Vec<_> = when.trim().split('-').map(str::parse::<i16>).collect();
    let said = match (&parts[..], when.trim().parse::<Date>()) {
        (_, Ok(date)) => day(date, today),
        ([Ok(year), Ok(month @ 1..=12)], _) => month_of(*year, *month, today),
        ([Ok(year @ 1000..=9999)], _) => year_of(*year, today),
        _ => return when.to_owned(),
    };
    words(said, Words::of(language).unwrap_or(&ENGLISH))
}

/// Whether there are words for dates in a language.
pub(super) fn says_dates(language: Language) -> bool {
    Words::of(language).is_some()
}

/// What is said of a date.
enum Said {
    /// One of [`Words::fixed`].
    Fixed(Fixed),
    Weekday(Weekday),
    Month(i16),
    MonthOf(i16, i16),
    Year(i16),
}

/// What needs no name and no number, in the order of [`Words::fixed`].
#[derive(Clone, Copy)]
enum Fixed {
    Today,
    Yesterday,
    Tomorrow,
    LastWeek,
    TwoWeeksAgo,
    NextWeek,
    EarlierThisMonth,
    LaterThisMonth,
    ThisMonth,
    ThisYear,
    LastYear,
    NextYear,
}

fn day(date: Date, today: Option<Date>) -> Said {
    let (year, month) = (date.year(), i16::from(date.month()));
    let Some(today) = today else { return Said::MonthOf(month, year) };
    let days = days_between(date, today);
    let weeks = (monday(today).map(|monday| days_between(date, monday)), monday(today));
    let is_last_week = matches!(weeks, (Some(before), _) if (1..=7).contains(&before));
    let is_next_week = matches!(weeks, (Some(before), _) if (-13..=-7).contains(&before));
    let this_month = (year, month) == (today.year(), i16::from(today.month()));
    Said::Fixed(match days {
        0 => Fixed::Today,
        1 => Fixed::Yesterday,
        -1 => Fixed::Tomorrow,
        2..=6 | -6..=-2 => return Said::Weekday(date.weekday()),
        7..=13 if is_last_week => Fixed::LastWeek,
        7..=20 => Fixed::TwoWeeksAgo,
        -13..=-7 if is_next_week => Fixed::NextWeek,
        _ if this_month && days > 0 => Fixed::EarlierThisMonth,
        _ if this_month => Fixed::LaterThisMonth,
        _ => return month_of(year, month, Some(today)),
    })
}

/// Days from `date` to `later`; negative when it is the other way round.
fn days_between(date: Date, later: Date) -> i32 {
    date.until(later).map_or(i32::MAX, |span| span.get_days())
}

fn monday(date: Date) -> Option<Date> {
    let week = date.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).ok().map(ISOWeekDate::date)
}

fn month_of(year: i16, month: i16, today: Option<Date>) -> Said {
    let Some(today) = today else { return Said::MonthOf(month, year) };
    let months = i32::from(today.year() - year) * 12 + i32::from(i16::from(today.month()) - month);
    match months {
        0 => Said::Fixed(Fixed::ThisMonth),
        // The same month of another year would be taken for this one.
        -9..=11 => Said::Month(month),
        _ => Said::MonthOf(month, year),
    }
}

fn year_of(year: i16, today: Option<Date>) -> Said {
    match today.map(|today| today.year() - year) {
        Some(0) => Said::Fixed(Fixed::ThisYear),
        Some(1) => Said::Fixed(Fixed::LastYear),
        Some(-1) => Said::Fixed(Fixed::NextYear),
        _ => Said::Year(year),
    }
}

fn words(said: Said, words: &Words) -> String {
    let month = |month: i16| usize::try_from(month - 1).ok().and_then(|at| words.months.get(at)).copied();
    let (frame, name, year) = match said {
        Said::Fixed(fixed) => return words.fixed[fixed as usize].to_owned(),
        Said::Weekday(day) => {
            (words.on, words.weekdays.get(usize::from(day.to_monday_zero_offset().unsigned_abs())).copied(), 0)
        }
        Said::Month(of) => (words.in_month, month(of), 0),
        Said::MonthOf(of, year) => (words.in_month_of, month(of), year),
        Said::Year(year) => (words.in_year, None, year),
    };
    frame.replace("{}", name.unwrap_or_default()).replace("{year}", &year.to_string())
}

/// The words of a language for dates.
struct Words {
    /// In the order of [`Fixed`].
    fixed: [&'static str; 12],
    /// What is put around a weekday, a month, a month of a year, and a year.
    on: &'static str,
    in_month: &'static str,
    in_month_of: &'static str,
    in_year: &'static str,
    /// From Monday on.
    weekdays: [&'static str; 7],
    months: [&'static str; 12],
}

impl Words {
    fn of(language: Language) -> Option<&'static Self> {
        match language {
            Language::ENGLISH => Some(&ENGLISH),
            Language::GERMAN => Some(&GERMAN),
            Language::SPANISH => Some(&SPANISH),
            Language::FRENCH => Some(&FRENCH),
            _ => None,
        }
    }
}

static ENGLISH: Words = Words {
    fixed: [
        "today",
        "yesterday",
        "tomorrow",
        "last week",
        "two weeks ago",
        "next week",
        "earlier this month",
        "later this month",
        "this month",
        "this year",
        "last year",
        "next year",
    ],
    on: "on {}",
    in_month: "in {}",
    in_month_of: "in {} {year}",
    in_year: "in {year}",
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

static GERMAN: Words = Words {
    fixed: [
        "heute",
        "gestern",
        "morgen",
        "letzte Woche",
        "vor zwei Wochen",
        "nächste Woche",
        "diesen Monat",
        "diesen Monat",
        "diesen Monat",
        "dieses Jahr",
        "letztes Jahr",
        "nächstes Jahr",
    ],
    on: "am {}",
    in_month: "im {}",
    in_month_of: "im {} {year}",
    in_year: "{year}",
    weekdays: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    months: [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
};

static SPANISH: Words = Words {
    fixed: [
        "hoy",
        "ayer",
        "mañana",
        "la semana pasada",
        "hace dos semanas",
        "la próxima semana",
        "este mes",
        "este mes",
        "este mes",
        "este año",
        "el año pasado",
        "el próximo año",
    ],
    on: "el {}",
    in_month: "en {}",
    in_month_of: "en {} de {year}",
    in_year: "en {year}",
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
};

static FRENCH: Words = Words {
    fixed: [
        "aujourd’hui",
        "hier",
        "demain",
        "la semaine dernière",
        "il y a deux semaines",
        "la semaine prochaine",
        "ce mois-ci",
        "ce mois-ci",
        "ce mois-ci",
        "cette année",
        "l’an dernier",
        "l’an prochain",
    ],
    on: "{}",
    in_month: "en {}",
    in_month_of: "en {} {year}",
    in_year: "en {year}",
    weekdays: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_dates_as_people_do() {
        // A Wednesday.
        let today: Date = "2026-10-14".parse().unwrap();
        let cases = [
            ("2026-10-14", "today"),
            ("2026-10-13", "yesterday"),
            ("2026-10-09", "on Friday"),
            ("2026-10-07", "last week"),
            ("2026-10-05", "last week"),
            ("2026-10-03", "two weeks ago"),
            ("2026-09-25", "two weeks ago"),
            ("2026-09-21", "in September"),
            ("2026-03-02", "in March"),
            ("2025-11-30", "in November"),
            ("2025-10-02", "in October 2025"),
            ("2024-03-02", "in March 2024"),
            ("2026-10-15", "tomorrow"),
            ("2026-10-17", "on Saturday"),
            ("2026-10-21", "next week"),
            ("2026-12-01", "in December"),
            ("2027-10-01", "in October 2027"),
            ("2026-10", "this month"),
            ("2026-03", "in March"),
            ("2025-03", "in March 2025"),
            ("2026", "this year"),
            ("2025", "last year"),
            ("2019", "in 2019"),
            ("at Easter", "at Easter"),
            ("2026-13", "2026-13"),
        ];
        for (when, said) in cases {
            assert_eq!(human_date(when, Some(today), Language::ENGLISH), said, "{when}");
        }
        let late: Date = "2026-10-30".parse().unwrap();
        assert_eq!(human_date("2026-10-02", Some(late), Language::ENGLISH), "earlier this month");
        assert_eq!(human_date("2026-10-02", None, Language::ENGLISH), "in October 2026");
    }

    #[test]
    fn says_dates_in_the_language_of_the_note() {
        let today: Date = "2026-10-14".parse().unwrap();
        for (when, german, spanish, french) in [
            ("2026-10-13", "gestern", "ayer", "hier"),
            ("2026-10-09", "am Freitag", "el viernes", "vendredi"),
            ("2026-10-07", "letzte Woche", "la semana pasada", "la semaine dernière"),
            ("2026-03-02", "im März", "en marzo", "en mars"),
            ("2024-08", "im August 2024", "en agosto de 2024", "en août 2024"),
            ("2025", "letztes Jahr", "el año pasado", "l’an dernier"),
            ("2019", "2019", "en 2019", "en 2019"),
        ] {
            let said = [Language::GERMAN, Language::SPANISH, Language::FRENCH];
            let said = said.map(|language| human_date(when, Some(today), language));
            assert_eq!(said, [german, spanish, french], "{when}");
        }
        assert!(!says_dates("pt".parse().unwrap()));
    }
}
