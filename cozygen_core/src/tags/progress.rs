//! How far a build is, for whoever waits for it in another thread.

use std::sync::atomic::{AtomicU32, Ordering};

/// The share that reading the lists has of a whole build.
const READING: f32 = 0.5;

/// A number from 0 to 1 that one thread moves and others read.
#[derive(Debug, Default)]
pub struct Progress(AtomicU32);

impl Progress {
    /// From 0 to 1.
    pub fn share(&self) -> f32 {
        f32::from_bits(self.0.load(Ordering::Relaxed))
    }

    /// `share` of all lists is read.
    pub fn read(&self, share: f32) {
        self.set(share * READING);
    }

    /// `share` of what follows the reading is done.
    pub fn compiled(&self, share: f32) {
        self.set(READING + share * (1.0 - READING));
    }

    fn set(&self, share: f32) {
        self.0.store(share.clamp(0.0, 1.0).to_bits(), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_from_nothing_to_all() {
        let progress = Progress::default();
        assert_eq!(progress.share(), 0.0);
        progress.read(0.5);
        assert_eq!(progress.share(), 0.25);
        progress.compiled(0.5);
        assert_eq!(progress.share(), 0.75);
        progress.compiled(7.0);
        assert_eq!(progress.share(), 1.0);
    }
}
