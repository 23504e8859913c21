//! What the category numbers and headings of each kind of list mean.

/// Which kind of list the category numbers come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Danbooru, and lists made like it.
    Danbooru,
    /// e621: 5 is species and 7 meta.
    E621,
    /// Danbooru 0–5 and e621 + 7 in one file.
    Merged,
    /// Derpibooru as tagcomplete numbers it.
    Derpibooru,
    /// A tagger's list: 9 is a rating.
    Wd14,
}

impl Scheme {
    /// The scheme called `name` (`danbooru`, `e621`, `merged`, `derpibooru`, `wd14`).
    pub fn by_name(name: &str) -> Option<Self> {
        Some(match name {
            "danbooru" => Self::Danbooru,
            "e621" => Self::E621,
            "merged" => Self::Merged,
            "derpibooru" => Self::Derpibooru,
            "wd14" => Self::Wd14,
            _ => return None,
        })
    }

    /// Guess from the numbers that occur; `used[n]` counts the rows with number `n`.
    pub fn guess(used: &[u32; 16], hint: &str) -> Self {
        let any = |codes: &[usize]| codes.iter().any(|&c| used[c] > 0);
        if hint.contains("derpi") {
            Self::Derpibooru
        } else if any(&[10, 12, 13, 14, 15]) {
            Self::Merged
        } else if any(&[6, 7, 8]) && any(&[9, 11]) {
            Self::Derpibooru
        } else if any(&[6, 7, 8]) || hint.contains("e621") {
            Self::E621
        } else {
            Self::Danbooru
        }
    }

    /// The category of a number; `None` if a row with it is no tag.
    pub fn category(self, code: u32) -> Option<&'static str> {
        match self {
            Self::Wd14 if code == 9 => None,
            Self::Danbooru | Self::Wd14 => danbooru(code),
            Self::E621 => e621(code),
            Self::Merged if code <= 5 => danbooru(code),
            Self::Merged => e621(code.wrapping_sub(7)),
            Self::Derpibooru => derpibooru(code),
        }
    }
}

fn danbooru(code: u32) -> Option<&'static str> {
    Some(match code {
        1 => "artist",
        3 => "copyright",
        4 => "character",
        5 => "meta",
        _ => "general",
    })
}

fn e621(code: u32) -> Option<&'static str> {
    Some(match code {
        1 => "artist",
        2 => "contributor",
        3 => "copyright",
        4 => "character",
        5 => "species",
        6 => return None,
        7 => "meta",
        8 => "lore",
        _ => "general",
    })
}

fn derpibooru(code: u32) -> Option<&'static str> {
    Some(match code {
        1 => "copyright",
        3 => "species",
        4 | 7 => "character",
        5 => "rating",
        6 => "body",
        8 | 9 => "meta",
        11 => "fanwork",
        _ => "general",
    })
}

/// CozyGen's category for a heading of `danbooru_tags.md` or a word in a type column.
pub fn from_heading<'a>(raw: &'a str, tag: &str) -> &'a str {
    match raw {
        "anatomy_body" => "body",
        "camera_composition" => "camera",
        "clothing_accessories" => "clothing",
        "expression_emotion" => "expression",
        "location_scene" => "scene",
        "meta_quality" => "quality",
        "name_title_misc" => "names",
        "other" | "" => "general",
        "pose_action" => "pose",
        "style_medium" => "style",
        "text_symbols" => "text",
        "subject_count" => "meta",
        "weapons_tools" => "props",
        "violence_gore" => "violence",
        "nsfw_suggestive" | "nsfw_nudity" | "nsfw_explicit" => "nsfw",
        _ if raw.starts_with("namespace") => namespace(tag),
        _ => raw,
    }
}

fn namespace(tag: &str) -> &'static str {
    if tag.starts_with(['<', '>', ':']) {
        "expression"
    } else if is_clock(tag) {
        "general"
    } else {
        "fandom"
    }
}

/// `9:30`, `09:30_am`, or digits with a final colon.
fn is_clock(tag: &str) -> bool {
    let Some((hours, rest)) = tag.split_once(':') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let minutes = rest.trim_end_matches(['a', 'p', 'm', '_', ' ']);
    digits(hours) && (rest.is_empty() || hours.len() <= 2 && minutes.len() == 2 && digits(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_and_seven_swap_between_the_boorus() {
        assert_eq!(Scheme::Danbooru.category(5), Some("meta"));
        assert_eq!(Scheme::E621.category(5), Some("species"));
        assert_eq!(Scheme::E621.category(7), Some("meta"));
        assert_eq!(Scheme::Merged.category(12), Some("species"));
        assert_eq!(Scheme::Wd14.category(9), None);
    }

    #[test]
    fn namespaces_are_sorted_by_the_look_of_the_tag() {
        for (tag, want) in
            [(":d", "expression"), ("9:30", "general"), ("12:", "general"), ("1:1", "fandom")]
        {
            assert_eq!(from_heading("namespace_x", tag), want, "{tag}");
        }
    }
}
