use std::panic::{self, AssertUnwindSafe};

/// Does something that must not take the run down with it. `None` when it panicked: the panic's own message is on
/// standard error, and what was being worked on is lost, but the next note is safe, because linting starts afresh.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_panic_is_kept_inside() {
        assert_eq!(guarded(|| 7), Some(7));
        assert_eq!(guarded(|| -> u8 { panic!("this message is part of the test") }), None);
    }
}
