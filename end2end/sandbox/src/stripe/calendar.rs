//! Civil dates in UTC, and billing cycles on them: pure, proleptic Gregorian, by Howard Hinnant's days algorithms.
//! A cycle keeps its anchor's day: the 31st becomes the last of a shorter month, and is the 31st again in a longer one
//! (docs.stripe.com/billing/subscriptions/billing-cycle).

use serde::{Deserialize, Serialize};

pub(crate) const DAY_S: i64 = 24 * 60 * 60;

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Interval {
    Day,
    Month,
    Week,
    Year,
}

impl Interval {
    pub(crate) const NAMES: &[(&'static str, Interval)] = &[
        ("day", Interval::Day),
        ("month", Interval::Month),
        ("week", Interval::Week),
        ("year", Interval::Year),
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Interval::Day => "day",
            Interval::Month => "month",
            Interval::Week => "week",
            Interval::Year => "year",
        }
    }
}

/// Every so many days, weeks, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cycle {
    pub interval: Interval,
    pub count: i64,
}

impl Cycle {
    /// The `turns`-th boundary after the anchor, or before it.
    pub(crate) fn boundary(self, anchor: i64, turns: i64) -> i64 {
        let steps = turns * self.count;
        match self.interval {
            Interval::Day => anchor + steps * DAY_S,
            Interval::Week => anchor + steps * 7 * DAY_S,
            Interval::Month => add_months(anchor, steps),
            Interval::Year => add_months(anchor, steps * 12),
        }
    }

    /// The period of this cycle that holds `at`, its start included.
    pub(crate) fn period(self, anchor: i64, at: i64) -> (i64, i64) {
        // The longest month and year give a guess that is never too late.
        let longest = match self.interval {
            Interval::Day => DAY_S,
            Interval::Week => 7 * DAY_S,
            Interval::Month => 31 * DAY_S,
            Interval::Year => 366 * DAY_S,
        };
        let mut turns = (at - anchor).div_euclid(longest * self.count);
        while self.boundary(anchor, turns) > at {
            turns -= 1;
        }
        while self.boundary(anchor, turns + 1) <= at {
            turns += 1;
        }
        (
            self.boundary(anchor, turns),
            self.boundary(anchor, turns + 1),
        )
    }
}

/// The same day and time so many months on, or the last day of a month that has no such day.
pub(crate) fn add_months(unix: i64, months: i64) -> i64 {
    let (year, month, day) = date(unix);
    let since_year_0 = year * 12 + month - 1 + months;
    let (year, month) = (since_year_0.div_euclid(12), since_year_0.rem_euclid(12) + 1);
    let day = day.min(days_in_month(year, month));
    unix_days(year, month, day) * DAY_S + unix.rem_euclid(DAY_S)
}

pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    unix_days(next_year, next, 1) - unix_days(year, month, 1)
}

/// The civil year and month of a Unix time.
pub(crate) fn year_and_month(unix: i64) -> (i64, i64) {
    let (year, month, _) = date(unix);
    (year, month)
}

/// The civil year, month and day of a Unix time.
pub(crate) fn date(unix: i64) -> (i64, i64, i64) {
    let days = unix.div_euclid(DAY_S) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    // Months counted from March, so that the leap day comes last.
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Days since 1970 of a civil date.
pub(crate) fn unix_days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = (month + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// As invoices print it: `20 Nov 2026`.
pub(crate) fn printed(unix: i64) -> String {
    let (year, month, day) = date(unix);
    let month = MONTHS[(month - 1) as usize];
    format!("{day:02} {month} {year}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i64, month: i64, day: i64) -> i64 {
        unix_days(year, month, day) * DAY_S + 45_296
    }

    #[test]
    fn unix_times_have_their_civil_date() {
        for (unix, expected) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (951_782_400, (2000, 2, 29)),
            (951_868_800, (2000, 3, 1)),
            (1_798_761_599, (2026, 12, 31)),
            (1_798_761_600, (2027, 1, 1)),
            (4_107_542_400, (2100, 3, 1)),
        ] {
            assert_eq!(date(unix), expected, "{unix}");
            let (year, month, day) = expected;
            assert_eq!(
                unix_days(year, month, day),
                unix.div_euclid(DAY_S),
                "{unix}"
            );
        }
    }

    #[test]
    fn a_cycle_keeps_its_anchors_day() {
        let month = (Interval::Month, 1);
        for ((interval, count), anchor, turns, expected) in [
            (month, (2027, 1, 31), 1, (2027, 2, 28)),
            (month, (2027, 1, 31), 2, (2027, 3, 31)),
            (month, (2027, 1, 31), 3, (2027, 4, 30)),
            (month, (2028, 1, 30), 1, (2028, 2, 29)),
            (month, (2026, 12, 15), 1, (2027, 1, 15)),
            (month, (2027, 3, 31), -1, (2027, 2, 28)),
            ((Interval::Month, 3), (2026, 11, 30), 1, (2027, 2, 28)),
            ((Interval::Year, 1), (2028, 2, 29), 1, (2029, 2, 28)),
            ((Interval::Year, 1), (2028, 2, 29), 4, (2032, 2, 29)),
            ((Interval::Week, 2), (2026, 12, 20), 1, (2027, 1, 3)),
            ((Interval::Day, 10), (2028, 2, 25), 1, (2028, 3, 6)),
        ] {
            let cycle = Cycle { interval, count };
            let (year, month, day) = anchor;
            let boundary = cycle.boundary(at(year, month, day), turns);
            let (year, month, day) = expected;
            assert_eq!(boundary, at(year, month, day), "{anchor:?} {turns}");
        }
    }

    #[test]
    fn every_moment_is_in_one_period() {
        let anchor = at(2026, 1, 31);
        for (interval, count) in [
            (Interval::Day, 3),
            (Interval::Week, 1),
            (Interval::Month, 1),
            (Interval::Month, 5),
            (Interval::Year, 2),
        ] {
            let cycle = Cycle { interval, count };
            for turns in -30..30 {
                let period = (
                    cycle.boundary(anchor, turns),
                    cycle.boundary(anchor, turns + 1),
                );
                assert_eq!(
                    cycle.period(anchor, period.0),
                    period,
                    "{interval:?} {turns}"
                );
                assert_eq!(
                    cycle.period(anchor, period.1 - 1),
                    period,
                    "{interval:?} {turns}"
                );
            }
        }
    }

    #[test]
    fn a_date_is_printed_as_on_invoices() {
        assert_eq!(printed(951_782_400), "29 Feb 2000");
    }
}
