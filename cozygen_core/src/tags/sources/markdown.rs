//! `danbooru_tags.md`: `## category (n)` and ``- `tag` — count``.

use super::categories::from_heading;
use super::lines::numbered;
use super::{RawTag, Sink};

/// Is there a tag line among the first hundred?
pub fn is_one(content: &str) -> bool {
    numbered(content).take(100).any(|(_, line)| matches!(tag_line(line), Some(Ok(_))))
}

/// Read the list; lines that begin like a tag but are none are reported.
pub fn read(content: &str, sink: &mut dyn Sink) {
    let mut raw = String::new();
    for (number, line) in numbered(content) {
        if let Some(heading) = line.strip_prefix("##").filter(|rest| rest.starts_with([' ', '\t']))
        {
            raw = heading_name(heading).to_lowercase();
            continue;
        }
        match tag_line(line) {
            Some(Ok((name, count))) => sink.tag(RawTag {
                name,
                category: from_heading(&raw, name),
                count: Some(count),
                explicit: raw.starts_with("nsfw"),
                ..RawTag::default()
            }),
            Some(Err(why)) => sink.skip(number, why, line),
            None => {}
        }
    }
}

/// The heading without the number in parentheses at its end.
fn heading_name(heading: &str) -> &str {
    let heading = heading.trim();
    match heading.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((name, number))
            if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) =>
        {
            name.trim_end()
        }
        _ => heading,
    }
}

/// Name and count of ``- `tag` — 12``; `None` if the line is no list item at all.
///
/// A back-tick inside the name is allowed, a comma or point inside the count
/// too; the dash may be an em dash, an en dash or a hyphen.
fn tag_line(line: &str) -> Option<Result<(&str, u32), &'static str>> {
    let rest = line.strip_prefix('-')?.trim_start().strip_prefix('`')?;
    Some(split_item(rest))
}

fn split_item(rest: &str) -> Result<(&str, u32), &'static str> {
    let (name, tail) = rest.rsplit_once('`').ok_or("the name has no closing back-tick")?;
    let count = tail.trim().strip_prefix(['—', '–', '-']).ok_or("no dash after the name")?;
    let digits: String = count.trim().chars().filter(|c| !matches!(c, ',' | '.' | '_')).collect();
    if name.trim().is_empty() {
        return Err("an empty name");
    }
    let count = digits.parse::<u64>().map_err(|_| "the count is not a number")?;
    Ok((name, u32::try_from(count).unwrap_or(u32::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_lines_and_their_neighbours() {
        assert_eq!(tag_line("- `1girl` — 12"), Some(Ok(("1girl", 12))));
        assert_eq!(tag_line("-   `a b` —   7"), Some(Ok(("a b", 7))));
        assert_eq!(tag_line("- `blackheart`` — 3"), Some(Ok(("blackheart`", 3))));
        assert_eq!(tag_line("- `x` — 1,200"), Some(Ok(("x", 1200))));
        assert_eq!(tag_line("* `x` — 1"), None);
        assert_eq!(tag_line("- plain"), None);
        assert!(matches!(tag_line("- `x` 1"), Some(Err(_))));
        assert!(matches!(tag_line("- `x` — many"), Some(Err(_))));
        assert_eq!(heading_name(" pose_action (12)"), "pose_action");
        assert_eq!(heading_name(" odd (name)"), "odd (name)");
    }
}
