//! What a caller may ask for, and the limits nobody may exceed.

/// Bounds on what a file may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pixels of the source; default 200 million (a 14,142 px square).
    pub max_pixels: u64,
    /// Width or height of the source; default 65,535.
    pub max_edge: u32,
    /// Bytes one decode may hold at once; default 256 MiB. PNG and JPEG above
    /// it are reduced while they are read, other formats are refused.
    pub max_memory: u64,
    /// Bytes of the file itself; default 1 GiB.
    pub max_file: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_pixels: 200_000_000, max_edge: 65_535, max_memory: 256 << 20, max_file: 1 << 30 }
    }
}

/// Which file format a thumbnail gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OutputFormat {
    /// WebP where the source is transparent, else JPEG.
    #[default]
    Auto,
    /// JPEG; transparency is laid on a neutral ground.
    Jpeg,
    /// WebP; smaller, and about seven times the work of JPEG.
    Webp,
}

/// How a thumbnail is made.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The square the thumbnail fits into, in pixels; default 384. A smaller
    /// source is never enlarged.
    pub width: u32,
    /// Default [`OutputFormat::Auto`].
    pub format: OutputFormat,
    /// Shrink JPEG inside the decoder to the last pixel: faster, a little softer.
    /// Default false.
    pub fast: bool,
    /// Default [`Limits::default`].
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 384, format: OutputFormat::Auto, fast: false, limits: Limits::default() }
    }
}
