//! Which files are media, told by their extension.

/// What a media file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A still or animated picture.
    Image = 0,
    /// A clip.
    Video = 1,
    /// Sound only.
    Audio = 2,
}

const EXTENSIONS: [(&str, Kind); 18] = [
    ("png", Kind::Image),
    ("jpg", Kind::Image),
    ("jpeg", Kind::Image),
    ("gif", Kind::Image),
    ("webp", Kind::Image),
    ("bmp", Kind::Image),
    ("tif", Kind::Image),
    ("tiff", Kind::Image),
    ("avif", Kind::Image),
    ("mp4", Kind::Video),
    ("webm", Kind::Video),
    ("mov", Kind::Video),
    ("mkv", Kind::Video),
    ("mp3", Kind::Audio),
    ("wav", Kind::Audio),
    ("flac", Kind::Audio),
    ("ogg", Kind::Audio),
    ("m4a", Kind::Audio),
];

impl Kind {
    /// The kind of a file name, or `None` when it is no media file.
    pub fn of_name(name: &[u8]) -> Option<Self> {
        let dot = name.iter().rposition(|byte| *byte == b'.')?;
        let extension = &name[dot + 1..];
        EXTENSIONS
            .iter()
            .find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(extension))
            .map(|(_, kind)| *kind)
    }

    /// The word used in queries and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Video => "video",
            Self::Audio => "audio",
        }
    }

    /// The kind stored as `byte`; an unknown byte is an image.
    pub fn from_byte(byte: u8) -> Self {
        match byte {
            1 => Self::Video,
            2 => Self::Audio,
            _ => Self::Image,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_case_insensitive_and_only_the_last_counts() {
        assert_eq!(Kind::of_name(b"a.PNG"), Some(Kind::Image));
        assert_eq!(Kind::of_name(b"a.png.webm"), Some(Kind::Video));
        assert_eq!(Kind::of_name(b"a.flac"), Some(Kind::Audio));
        for other in [&b"a.svg"[..], b"a.html", b"png", b"a.", b"", b"a.png.", b"a.safetensors"] {
            assert_eq!(Kind::of_name(other), None);
        }
    }
}
