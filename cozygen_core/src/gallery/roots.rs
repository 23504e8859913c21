//! Which folders of the disk the library shows, and which links may be followed.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::{GalleryError, Result};
use super::names;

/// The trash inside every root; never listed.
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
        let mut kept: Vec<(Vec<u8>, PathBuf)> = Vec::new();
        for (name, path) in roots {
            let path = resolve(path);
            // What lies inside another root is shown there: never twice.
            if !kept.iter().any(|(_, root)| path.starts_with(root)) {
                kept.push((label(name), path));
            }
        }
        Self { roots: kept, linked: linked.into_iter().map(resolve).collect() }
    }

    /// Where the first root lies.
    pub fn first(&self) -> &Path {
        self.roots.first().map_or(Path::new(""), |(_, path)| path)
    }

    /// Labels of the further roots.
    pub fn mounts(&self) -> impl Iterator<Item = &[u8]> {
        self.roots.iter().skip(1).map(|(label, _)| label.as_slice())
    }

    /// Whether `path` is the trash of a root, or lies in it.
    pub fn is_trash(&self, path: &[u8]) -> bool {
        let below = |label: &[u8]| {
            let rest = path.strip_prefix(join(label, TRASH).as_slice());
            rest.is_some_and(|rest| rest.is_empty() || rest[0] == b'/')
        };
        below(b"") || self.mounts().any(below)
    }

    /// Whether another root begins at that place: it is shown under its own name.
    pub fn begins_at(&self, place: &Path) -> bool {
        self.roots.iter().any(|(_, root)| root == place)
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
        let holds = |(_, root): &&(Vec<u8>, PathBuf)| place.starts_with(root);
        let innermost = |(_, root): &&(Vec<u8>, PathBuf)| root.as_os_str().len();
        let (label, root) = self.roots.iter().filter(holds).max_by_key(innermost)?;
        let rest = slashed(place.strip_prefix(root).ok()?);
        Some(match (label.is_empty(), rest.is_empty()) {
            (true, _) => rest,
            (false, true) => label.clone(),
            (false, false) => [label, &b"/"[..], &rest].concat(),
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
        for path in [".cozygen-trash", ".cozygen-trash/x.png", "old/.cozygen-trash/x.png"] {
            assert!(roots.is_trash(path.as_bytes()), "{path}");
        }
        assert!(!roots.is_trash(b"sub/.cozygen-trash/x.png") && !roots.is_trash(b"old"));
    }

    #[test]
    fn what_lies_in_two_roots_has_one_path() {
        let named = |name: &str, path: &str| (name.to_owned(), PathBuf::from(path));
        let inside = Roots::new(vec![named("", "/srv"), named("again", "/srv/out")], vec![]);
        assert_eq!(inside.mounts().count(), 0);
        let around = Roots::new(vec![named("", "/srv/out"), named("all", "/srv")], vec![]);
        assert_eq!(around.in_library(Path::new("/srv/out/x.png")).unwrap(), b"x.png");
        assert_eq!(around.in_library(Path::new("/srv/y.png")).unwrap(), b"all/y.png");
        assert!(around.begins_at(Path::new("/srv/out")));
    }
}
