//! Which folders of the disk the library shows, and which links may be followed.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{GalleryError, Result};
use super::names;

/// The trash inside the first root; never listed.
pub const TRASH: &[u8] = b".cozygen-trash";

/// The roots of one library.
#[derive(Clone, Debug)]
pub struct Roots {
    roots: Vec<(Vec<u8>, PathBuf)>,
    linked: Vec<PathBuf>,
}

impl Roots {
    /// The first root is the library itself, the others appear in it as
    /// folders called by their label. Links may lead into `linked` and nowhere
    /// else. Roots that are links themselves are resolved here, once.
    pub fn new(roots: Vec<(String, PathBuf)>, linked: Vec<PathBuf>) -> Self {
        let resolve = |path: PathBuf| fs::canonicalize(&path).unwrap_or(path);
        let label = |label: String| label.replace('/', "_").into_bytes();
        Self {
            roots: roots.into_iter().map(|(name, path)| (label(name), resolve(path))).collect(),
            linked: linked.into_iter().map(resolve).collect(),
        }
    }

    /// Where the first root lies.
    pub fn first(&self) -> &Path {
        self.roots.first().map_or(Path::new(""), |(_, path)| path)
    }

    /// Labels of the further roots.
    pub fn mounts(&self) -> impl Iterator<Item = &[u8]> {
        self.roots.iter().skip(1).map(|(label, _)| label.as_slice())
    }

    /// Whether `path` is the library's own root or a mounted one.
    pub fn is_root(&self, path: &[u8]) -> bool {
        path.is_empty() || self.mounts().any(|label| label == path)
    }

    /// The place on disk of a path of the library.
    pub fn on_disk(&self, path: &[u8]) -> PathBuf {
        for (label, root) in self.roots.iter().skip(1) {
            if path == label {
                return root.clone();
            }
            if let Some(rest) = path.strip_prefix(join(label, b"").as_slice()) {
                return root.join(names::from_bytes(rest));
            }
        }
        if path.is_empty() {
            self.first().to_owned()
        } else {
            self.first().join(names::from_bytes(path))
        }
    }

    /// The path in the library of a place on disk below a root.
    pub fn in_library(&self, place: &Path) -> Option<Vec<u8>> {
        self.roots.iter().rev().find_map(|(label, root)| {
            let rest = place.strip_prefix(root).ok()?;
            let rest = slashed(rest);
            Some(match (label.is_empty(), rest.is_empty()) {
                (true, _) => rest,
                (false, true) => label.clone(),
                (false, false) => [label, &b"/"[..], &rest].concat(),
            })
        })
    }

    /// Whether a resolved path lies in a root or in a folder links may lead to.
    pub fn may_read(&self, resolved: &Path) -> bool {
        self.roots.iter().any(|(_, root)| resolved.starts_with(root)) || self.is_linked(resolved)
    }

    /// Whether a resolved path lies in a folder links may lead to.
    pub fn is_linked(&self, resolved: &Path) -> bool {
        self.linked.iter().any(|root| resolved.starts_with(root))
    }

    /// Check that the first root is a folder.
    pub fn check(&self) -> Result<()> {
        let root = self.first();
        fs::metadata(root)
            .and_then(|stat| {
                if stat.is_dir() { Ok(()) } else { Err(std::io::ErrorKind::NotADirectory.into()) }
            })
            .map_err(|error| GalleryError::io(root, error))
    }
}

fn slashed(path: &Path) -> Vec<u8> {
    let parts: Vec<Vec<u8>> =
        path.components().map(|part| names::to_bytes(part.as_os_str())).collect();
    parts.join(&b'/')
}

/// `folder/name`, or `name` at the root.
pub fn join(folder: &[u8], name: &[u8]) -> Vec<u8> {
    if folder.is_empty() { name.to_vec() } else { [folder, b"/", name].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mounted_roots_translate_both_ways() {
        let roots = Roots::new(
            vec![(String::new(), "/srv/out".into()), ("old".into(), "/mnt/old".into())],
            vec![],
        );
        for (path, place) in [
            ("", "/srv/out"),
            ("a/b.png", "/srv/out/a/b.png"),
            ("old", "/mnt/old"),
            ("old/x", "/mnt/old/x"),
            ("older/x", "/srv/out/older/x"),
        ] {
            assert_eq!(roots.on_disk(path.as_bytes()), Path::new(place));
            assert_eq!(roots.in_library(Path::new(place)).unwrap(), path.as_bytes());
        }
        assert_eq!(roots.in_library(Path::new("/srv/outside")), None);
        assert!(!roots.may_read(Path::new("/srv/output")));
    }
}
