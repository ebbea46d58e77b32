//! What the program prints: every block in `tests/cmd/*.trycmd` is run. `TRYCMD=overwrite` writes them anew.

#[test]
fn commands_print_what_their_pages_show() {
    let cases = trycmd::TestCases::new();
    // The machine's own settings would show in the output.
    for (name, value) in [("COLUMNS", "80"), ("NO_COLOR", "1"), ("LC_ALL", "C.UTF-8"), ("TERM", "xterm")] {
        cases.env(name, value);
    }
    cases.case("tests/cmd/*.trycmd");
}
