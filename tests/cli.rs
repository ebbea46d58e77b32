//! What the program prints: every block in `tests/cmd/*.trycmd` is run. `TRYCMD=overwrite` writes them anew.

#[test]
fn commands_print_what_their_pages_show() {
    let cases = cases();
    for name in ["CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"] {
        cases.env(name, "");
    }
    cases.case("tests/cmd/*.trycmd");
}

#[test]
fn in_github_actions_they_print_what_it_reads() {
    let cases = cases();
    for (name, value) in [("GITHUB_ACTIONS", "true"), ("GITHUB_WORKSPACE", ""), ("CI_PROJECT_DIR", "")] {
        cases.env(name, value);
    }
    cases.case("tests/cmd/ci/*.trycmd");
}

/// Without the machine's own settings, which would show in the output.
fn cases() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    for (name, value) in [("COLUMNS", "80"), ("NO_COLOR", "1"), ("LC_ALL", "C.UTF-8"), ("TERM", "xterm")] {
        cases.env(name, value);
    }
    cases
}
