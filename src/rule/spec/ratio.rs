use serde::Deserialize;

/// The settings of `ratio`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RatioSpec {
    /// Phrases of which there can be too many.
    pub of: Vec<String>,
    /// The phrases they are compared with.
    pub to: Vec<String>,
    /// Fewer than this are never a finding.
    #[serde(default)]
    pub min_of: usize,
    /// More than this for each one of `to` are a finding.
    pub max: usize,
}
