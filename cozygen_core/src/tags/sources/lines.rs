//! Lists without columns: one tag a line, and YAML trees of wildcards.

use super::{RawTag, Sink};

/// The lines of a text with their numbers; `\n`, `\r\n` and `\r` end a line.
pub fn numbered(content: &str) -> impl Iterator<Item = (usize, &str)> {
    content
        .split('\n')
        .enumerate()
        .flat_map(|(i, line)| line.split('\r').map(move |part| (i + 1, part)))
        .map(|(i, line)| (i, line.trim_matches(['\0', ' ', '\t', '\u{feff}'])))
        .filter(|(_, line)| !line.is_empty())
}

/// Does the text begin as HTML, XML or PDF does?
pub fn looks_like_markup(start: &str) -> bool {
    let head: String = start.chars().take(16).collect::<String>().to_ascii_lowercase();
    ["<!doctype", "<html", "<?xml", "<svg", "%pdf"].iter().any(|sign| head.starts_with(sign))
}

/// One tag a line; `#` begins a comment.
pub fn plain(content: &str, sink: &mut dyn Sink) {
    for (_, line) in numbered(content) {
        if !line.starts_with('#') {
            sink.tag(RawTag { name: line.trim_end_matches(','), ..RawTag::default() });
        }
    }
}

/// The leaves of a YAML tree: every `- item`; keys are no tags.
pub fn yaml(content: &str, sink: &mut dyn Sink) {
    for (number, line) in numbered(content) {
        let Some(item) = line.strip_prefix("- ") else { continue };
        let item = item.trim().trim_matches(['"', '\'']);
        if item.is_empty() || item.contains(['{', '|', '$', '[']) || item.contains("__") {
            sink.skip(number, "a wildcard expression, not a tag", line);
        } else {
            sink.tag(RawTag { name: item, ..RawTag::default() });
        }
    }
}
