//! Opening a user's file: only regular files, never blocking, never mapped.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

use super::error::Fault;
use super::options::Limits;
use super::scratch;

/// An opened file whose kind and size have been checked.
pub(crate) struct Opened {
    pub(crate) file: File,
    pub(crate) len: u64,
}

/// Open a regular file for reading.
///
/// A pipe, socket, device or folder is refused before it is opened, and the
/// open itself cannot block should one take the file's place.
pub(crate) fn open(path: &Path) -> Result<Opened, Fault> {
    refuse_irregular(&std::fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        libc::O_NONBLOCK | libc::O_CLOEXEC,
    );
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    refuse_irregular(&metadata)?;
    Ok(Opened { file, len: metadata.len() })
}

fn refuse_irregular(metadata: &std::fs::Metadata) -> Result<(), Fault> {
    if metadata.is_dir() {
        return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
    }
    if !metadata.is_file() {
        return Err(Fault::unsupported("not a regular file"));
    }
    Ok(())
}

impl Opened {
    /// Refuse a file that is too large by its size alone.
    pub(crate) fn check_len(&self, limits: &Limits) -> Result<(), Fault> {
        if self.len > limits.max_file {
            let reason = format!("the file has {} bytes, more than {}", self.len, limits.max_file);
            return Err(Fault::too_large(reason, "max_file"));
        }
        Ok(())
    }

    /// Up to `len` bytes from the beginning.
    pub(crate) fn head(&mut self, len: u64) -> Result<Vec<u8>, Fault> {
        let mut head = Vec::with_capacity(usize::try_from(len.min(self.len)).unwrap_or(0));
        (&mut self.file).take(len).read_to_end(&mut head)?;
        Ok(head)
    }

    /// The rest of the file after `head`, in the same buffer.
    ///
    /// What grows while it is read is cut at the size seen when it was opened.
    pub(crate) fn rest(&mut self, head: Vec<u8>) -> Result<Vec<u8>, Fault> {
        let len = usize::try_from(self.len).unwrap_or(usize::MAX);
        let mut bytes = scratch::take_empty(len.max(head.len()));
        bytes.extend_from_slice(&head);
        let missing = self.len.saturating_sub(head.len() as u64);
        (&mut self.file).take(missing).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
