//! How far a source of some size is to be shrunk, and in which steps.

use super::options::{Limits, Options};

/// The largest box a single reduction step may average: sums stay in 16 bits.
const MAX_BOX: u32 = 256;

/// The target of one thumbnail.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) width: u32,
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
    ///
    /// A source that would still be too large for the memory budget is averaged
    /// further, at most to the target.
    pub(crate) fn box_factor(&self, width: u32, height: u32) -> u32 {
        let reserve = if self.fast { 1 } else { 2 };
        let longer = width.max(height);
        let factor = longer / (self.width.saturating_mul(reserve));
        let most = (longer / self.width).clamp(1, MAX_BOX);
        let area = u64::from(width) * u64::from(height) * 4;
        let fits = |factor: &u32| area / u64::from(factor * factor) <= self.limits.max_memory / 2;
        (factor.clamp(1, MAX_BOX)..=most).find(fits).unwrap_or(most)
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

    #[test]
    fn a_source_too_large_for_the_budget_is_averaged_to_the_target() {
        assert_eq!(plan(4096).box_factor(14_142, 14_142), 3);
        assert_eq!(plan(4096).box_factor(8000, 8000), 1);
        assert_eq!(plan(384).box_factor(300, 200), 1);
    }
}
