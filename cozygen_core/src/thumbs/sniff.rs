//! What a file is, by its first bytes; its name proves nothing.

use std::fmt;

/// A picture format with a decoder here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// PNG, also animated.
    Png,
    /// JPEG, baseline or progressive.
    Jpeg,
    /// WebP, lossy or lossless, also animated.
    Webp,
    /// GIF; the first frame counts.
    Gif,
    /// Windows bitmap.
    Bmp,
    /// Baseline TIFF.
    Tiff,
}

impl Format {
    /// The lower-case name, as in `"png"`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Bmp => "bmp",
            Self::Tiff => "tiff",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

pub(crate) const PNG_MAGIC: &[u8; 8] = b"\x89PNG\r\n\x1a\n";

/// The format that `head` (32 bytes are enough) begins with.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<Format> {
    if head.starts_with(PNG_MAGIC) {
        return Some(Format::Png);
    }
    if head.starts_with(b"\xff\xd8\xff") {
        return Some(Format::Jpeg);
    }
    if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        return Some(Format::Gif);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some(Format::Webp);
    }
    if head.starts_with(b"II*\0") || head.starts_with(b"MM\0*") {
        return Some(Format::Tiff);
    }
    is_bmp(head).then_some(Format::Bmp)
}

/// "BM" alone also begins many a text; the size of the header must be a known one.
fn is_bmp(head: &[u8]) -> bool {
    head.starts_with(b"BM")
        && head.get(15..18) == Some(&[0, 0, 0])
        && matches!(head.get(14), Some(12 | 16 | 40 | 52 | 56 | 64 | 108 | 124))
}
