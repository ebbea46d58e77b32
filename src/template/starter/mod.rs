//! A template to start from, with comments.

use crate::context::Kind;
use crate::text::yaml::scalar;

/// A template of a kind that explains itself. It is sound, its sample people get the notes that it says, and no rule
/// finds anything in them. `title` takes the place of its own.
#[must_use]
pub fn starter(kind: Kind, title: Option<&str>) -> String {
    let text = match kind {
        Kind::Invite => include_str!("invite.tera"),
        Kind::FollowUp => include_str!("follow_up.tera"),
        Kind::Message => include_str!("message.tera"),
    };
    let Some(title) = title else { return text.to_owned() };
    // What ends the comment that the front matter is would end it here.
    let title = scalar(title).replace("#}", "#\\x7d");
    let lines = text.split_inclusive('\n');
    lines.map(|line| if line.starts_with("title: ") { format!("title: {title}\n") } else { line.to_owned() }).collect()
}
