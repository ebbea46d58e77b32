use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A date as people say it in a note: `yesterday`, `on Tuesday`, `last week`, `in March`, `in March 2025`.
///
/// `when` is `2026`, `2026-10` or `2026-10-03`; anything else comes back as it is. Without `today` the month and the
/// year are said.
#[must_use]
pub fn human_date(when: &str, today: Option<Date>) -> String {
    let parts: Vec<_> = when.trim().split('-').map(str::parse::<i16>).collect();
    match (&parts[..], when.trim().parse::<Date>()) {
        (_, Ok(date)) => day(date, today),
        ([Ok(year), Ok(month @ 1..=12)], _) => month_of(*year, *month, today),
        ([Ok(year @ 1000..=9999)], _) => year_of(*year, today),
        _ => when.to_owned(),
    }
}

fn day(date: Date, today: Option<Date>) -> String {
    let (year, month) = (date.year(), i16::from(date.month()));
    let Some(today) = today else { return format!("in {} {year}", month_name(month)) };
    let days = days_between(date, today);
    let weeks = (monday(today).map(|monday| days_between(date, monday)), monday(today));
    let is_last_week = matches!(weeks, (Some(before), _) if (1..=7).contains(&before));
    let is_next_week = matches!(weeks, (Some(before), _) if (-13..=-7).contains(&before));
    match days {
        0 => "today".into(),
        1 => "yesterday".into(),
        -1 => "tomorrow".into(),
        2..=6 | -6..=-2 => format!("on {}", weekday_name(date.weekday())),
        7..=13 if is_last_week => "last week".into(),
        7..=20 => "two weeks ago".into(),
        -13..=-7 if is_next_week => "next week".into(),
        _ if (year, month) == (today.year(), i16::from(today.month())) && days > 0 => "earlier this month".into(),
        _ if (year, month) == (today.year(), i16::from(today.month())) => "later this month".into(),
        _ => month_of(year, month, Some(today)),
    }
}

/// Days from `date` to `later`; negative when it is the other way round.
fn days_between(date: Date, later: Date) -> i32 {
    date.until(later).map_or(i32::MAX, |span| span.get_days())
}

fn monday(date: Date) -> Option<Date> {
    let week = date.iso_week_date();
    ISOWeekDate::new(week.year(), week.week(), Weekday::Monday).ok().map(ISOWeekDate::date)
}

fn month_of(year: i16, month: i16, today: Option<Date>) -> String {
    let name = month_name(month);
    let Some(today) = today else { return format!("in {name} {year}") };
    let months = i32::from(today.year() - year) * 12 + i32::from(i16::from(today.month()) - month);
    match months {
        0 => "this month".into(),
        // The same month of another year would be taken for this one.
        -9..=11 => format!("in {name}"),
        _ => format!("in {name} {year}"),
    }
}

fn year_of(year: i16, today: Option<Date>) -> String {
    match today.map(|today| today.year() - year) {
        Some(0) => "this year".into(),
        Some(1) => "last year".into(),
        Some(-1) => "next year".into(),
        _ => format!("in {year}"),
    }
}

fn month_name(month: i16) -> &'static str {
    const NAMES: [&str; 12] = [
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
    ];
    usize::try_from(month - 1).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or_default()
}

fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

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
            assert_eq!(human_date(when, Some(today)), said, "{when}");
        }
        let late: Date = "2026-10-30".parse().unwrap();
        assert_eq!(human_date("2026-10-02", Some(late)), "earlier this month");
        assert_eq!(human_date("2026-10-02", None), "in October 2026");
    }
}
