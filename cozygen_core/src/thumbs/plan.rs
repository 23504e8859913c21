//! How far a source of some size is to be shrunk, and in which steps.

use super::options::{Limits, Options};

/// The largest box a single reduction step may average: sums stay in 16 bits.
const MAX_BOX: u32 = 256;

/// The target of one thumbnail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    width: u32,
    pub(crate) fast: bool,
    pub(crate) limits: Limits,
}

impl Plan {
    pub(crate) fn new(options: &Options) -> Self {
        Self { width: options.width.max(1), fast: options.fast, limits: options.limits }
    }

    /// The thumbnail's size for a source of this size: inside the square,
    /// never enlarged, never without pixels.
    pub(crate) fn fit(&self, width: u32, height: u32) -> (u32, u32) {
        let longer = width.max(height);
        if longer <= self.width {
            return (width, height);
        }
        let scale = f64::from(self.width) / f64::from(longer);
        let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
        (side(width), side(height))
    }

    /// The integer by which a source may be averaged down before the filter:
    /// at least twice the target remains for Lanczos, or once in fast mode.
    pub(crate) fn box_factor(&self, width: u32, height: u32) -> u32 {
        let reserve = if self.fast { 1 } else { 2 };
        (width.max(height) / (self.width * reserve)).clamp(1, MAX_BOX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(width: u32) -> Plan {
        Plan::new(&Options { width, ..Options::default() })
    }

    #[test]
    fn thumbnails_fit_the_square_and_are_never_enlarged() {
        assert_eq!(plan(512).fit(1024, 768), (512, 384));
        assert_eq!(plan(512).fit(300, 200), (300, 200));
    }

    #[test]
    fn i_21_a_thread_thin_picture_keeps_a_pixel() {
        assert_eq!(plan(384).fit(1, 65_535), (1, 384));
        assert_eq!(plan(384).fit(65_535, 1), (384, 1));
    }

    #[test]
    fn averaging_leaves_twice_the_target_for_the_filter() {
        assert_eq!(plan(512).box_factor(1024, 1024), 1);
        assert_eq!(plan(512).box_factor(2048, 100), 2);
        assert_eq!(plan(1).box_factor(65_535, 65_535), 256);
    }
}
