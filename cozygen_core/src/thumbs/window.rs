//! Random access to the beginning of a file that may be in memory or on disk.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use super::error::Fault;

/// Bytes read from disk at a time when a header lies outside the window.
const REFILL: usize = 4096;

/// A view of a file: the bytes at hand, and more on request.
pub(crate) struct Window<'a> {
    bytes: Cow<'a, [u8]>,
    start: u64,
    file: Option<&'a mut File>,
}

impl<'a> Window<'a> {
    /// The whole file in memory.
    pub(crate) fn whole(bytes: &'a [u8]) -> Self {
        Self { bytes: Cow::Borrowed(bytes), start: 0, file: None }
    }

    /// The head of a file; what lies behind it is read when asked for.
    pub(crate) fn head(bytes: &'a [u8], file: &'a mut File) -> Self {
        Self { bytes: Cow::Borrowed(bytes), start: 0, file: Some(file) }
    }

    /// Exactly `len` bytes at `offset`; a shorter file is broken.
    pub(crate) fn get(&mut self, offset: u64, len: usize) -> Result<&[u8], Fault> {
        if !self.holds(offset, len) {
            self.refill(offset, len)?;
        }
        let from = offset.checked_sub(self.start).and_then(|from| usize::try_from(from).ok());
        from.and_then(|from| self.bytes.get(from..from.checked_add(len)?))
            .ok_or_else(|| Fault::broken("the file ends inside its header"))
    }

    /// The same as a fixed-size array.
    pub(crate) fn array<const N: usize>(&mut self, offset: u64) -> Result<[u8; N], Fault> {
        let mut array = [0; N];
        array.copy_from_slice(self.get(offset, N)?);
        Ok(array)
    }

    fn holds(&self, offset: u64, len: usize) -> bool {
        let end = self.start + self.bytes.len() as u64;
        offset >= self.start && offset.saturating_add(len as u64) <= end
    }

    fn refill(&mut self, offset: u64, len: usize) -> Result<(), Fault> {
        let Some(file) = self.file.as_mut() else { return Ok(()) };
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        file.take(len.max(REFILL) as u64).read_to_end(&mut bytes)?;
        (self.bytes, self.start) = (Cow::Owned(bytes), offset);
        Ok(())
    }
}
