//! Large buffers that a thread keeps from one picture to the next.
//!
//! Fresh memory costs a page fault for every 4 KiB: a tenth of a thumbnail's time.

use std::cell::RefCell;

/// Buffers above this go back to the system.
const KEPT: usize = 16 << 20;
/// Bytes that a thread keeps in all.
const KEPT_IN_ALL: usize = 24 << 20;

thread_local! {
    static BUFFERS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// A buffer of `len` bytes whose contents are left over from earlier.
pub(crate) fn take(len: usize) -> Vec<u8> {
    let Some(mut buffer) = fitting(len) else { return vec![0; len] };
    buffer.resize(len, 0);
    buffer
}

/// An empty buffer with room for `len` bytes.
pub(crate) fn take_empty(len: usize) -> Vec<u8> {
    let mut buffer = fitting(len).unwrap_or_else(|| Vec::with_capacity(len));
    buffer.clear();
    buffer
}

/// The smallest that is large enough, so that each finds its like again.
fn fitting(len: usize) -> Option<Vec<u8>> {
    BUFFERS.with_borrow_mut(|kept| {
        let fits = kept.iter().enumerate().filter(|(_, buffer)| buffer.capacity() >= len);
        let index = fits.min_by_key(|(_, buffer)| buffer.capacity()).map(|(index, _)| index)?;
        Some(kept.remove(index))
    })
}

/// Keep a buffer for the next picture of this thread.
pub(crate) fn give(buffer: Vec<u8>) {
    if (4096..=KEPT).contains(&buffer.capacity()) {
        BUFFERS.with_borrow_mut(|kept| {
            kept.push(buffer);
            while kept.iter().map(Vec::capacity).sum::<usize>() > KEPT_IN_ALL {
                kept.remove(0);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_buffer_is_taken_again_and_has_the_asked_length() {
        let mut buffer = take(10_000);
        buffer[0] = 7;
        let place = buffer.as_ptr();
        give(buffer);
        let again = take(9_000);
        assert_eq!((again.as_ptr(), again.len()), (place, 9_000));
        assert_eq!(take(9_000).len(), 9_000);
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        let buffer = take(KEPT + 1);
        give(buffer);
        assert!(take(1).capacity() <= KEPT);
    }
}
