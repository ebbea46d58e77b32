/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proportion {
    /// How many did.
    pub count: usize,
    /// How many could have.
    pub of: usize,
}

/// Between which shares the true one lies, as far as the notes tell; both from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// Upper bound.
    pub high: f64,
}

/// The standard normal quantile of 0.975, for intervals of 95 %.
const Z: f64 = 1.959_963_984_540_054;

impl Proportion {
    /// `count` of `of`.
    #[must_use]
    pub const fn new(count: usize, of: usize) -> Self {
        Self { count, of }
    }

    /// The share, from 0 to 1; `None` of nothing.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    /// The 95 % score interval of Wilson, without continuity correction; `None` of nothing.
    ///
    /// E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, Journal of the American
    /// Statistical Association 22 (1927) 209–212. Brown, Cai and DasGupta (Statistical Science 16 (2001) 101–133)
    /// recommend it for small numbers: unlike the textbook interval it says something of 0 in 50, and never leaves 0 to 1.
    #[must_use]
    pub fn interval(self) -> Option<Interval> {
        let share = self.share()?;
        let of = self.of as f64;
        let square = Z * Z / of;
        let middle = share + square / 2.0;
        let reach = Z * (share * (1.0 - share) / of + square / (4.0 * of)).sqrt();
        let bound = |at: f64| (at / (1.0 + square)).clamp(0.0, 1.0);
        // What was always or never seen has its own bound; rounding must not move it.
        let low = if self.count == 0 { 0.0 } else { bound(middle - reach) };
        let high = if self.count == self.of { 1.0 } else { bound(middle + reach) };
        Some(Interval { low, high })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R. G. Newcombe, *Two-sided confidence intervals for the single proportion*, Statistics in Medicine 17 (1998)
    /// 857–872, table I, method 3.
    #[test]
    fn intervals_are_those_of_the_published_table() {
        for (count, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let interval = Proportion::new(count, of).interval().unwrap();
            let near = |one: f64, other: f64| (one - other).abs() < 0.000_05;
            assert!(near(interval.low, low) && near(interval.high, high), "{count} of {of}: {interval:?}");
            let other = Proportion::new(of - count, of).interval().unwrap();
            assert!(near(other.low, 1.0 - high) && near(other.high, 1.0 - low), "it is symmetric: {other:?}");
        }
    }

    #[test]
    fn nothing_has_no_share() {
        assert_eq!((Proportion::default().share(), Proportion::default().interval()), (None, None));
    }

    proptest::proptest! {
        #[test]
        fn the_share_lies_in_its_interval(of in 1_usize..100_000, count in 0_usize..100_000) {
            let proportion = Proportion::new(count.min(of), of);
            let (share, interval) = (proportion.share().unwrap(), proportion.interval().unwrap());
            assert!(0.0 <= interval.low && interval.low <= share && share <= interval.high && interval.high <= 1.0);
            assert!(interval.low < interval.high);
        }
    }
}
