/// The candidate nearest to a misspelt word, if one is near enough to be what was meant: at most one edit in three
/// characters. Capitals, hyphens and underscores do not count.
pub fn similar<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = plain(word);
    let near = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &plain(candidate)), candidate))
        .filter(|&(distance, candidate)| distance <= near && distance < candidate.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, candidate)| candidate)
}

fn plain(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_probably_meant() {
        let keys = ["first_name", "last_name", "company", "facts"];
        for (word, meant) in [
            ("firstname", Some("first_name")),
            ("First-Name", Some("first_name")),
            ("compnay", Some("company")),
            ("fact", Some("facts")),
            ("telephone", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(similar(word, keys), meant, "{word}");
        }
    }

    #[test]
    fn prefers_the_nearest_and_then_the_first() {
        assert_eq!(similar("tall", ["talk", "tale", "tall"]), Some("tall"));
        assert_eq!(similar("tal", ["tale", "talk"]), Some("tale"));
    }
}
