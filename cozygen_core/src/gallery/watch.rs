//! Hearing of changes from the system, folder by folder.
//!
//! On Linux every folder needs a watch of its own; elsewhere one for the root
//! covers all. Where the system has no notifications, or no more watches, the
//! keeper polls instead and says so.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::keeper::Signal;

/// What the system told about one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is new or was changed; `true` when its writer has closed it.
    Changed(PathBuf, bool),
    /// It was moved inside the library.
    Moved(PathBuf, PathBuf),
    /// It is gone from here.
    Gone(PathBuf),
    /// Something was missed: look at everything.
    Missed,
}

/// The system's notifications for one library.
pub struct Watch {
    watcher: RecommendedWatcher,
}

/// One watch for every folder, or one for all.
const MODE: RecursiveMode =
    if cfg!(target_os = "linux") { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };

impl Watch {
    /// Start; what happens arrives as signals. The reason why not, otherwise.
    pub fn start(signals: Sender<Signal>) -> Result<Self, String> {
        let tell = move |event: notify::Result<Event>| {
            for told in understood(event) {
                // The keeper has gone only when the index is closed.
                let _ = signals.send(Signal::Told(told));
            }
        };
        let watcher = notify::recommended_watcher(tell).map_err(|error| error.to_string())?;
        Ok(Self { watcher })
    }

    /// Whether every folder needs a call of [`Self::add`].
    pub fn is_per_folder() -> bool {
        MODE == RecursiveMode::NonRecursive
    }

    /// Follow a folder. The reason, when no more can be followed.
    pub fn add(&mut self, place: &Path) -> Result<(), String> {
        match self.watcher.watch(place, MODE) {
            Ok(()) => Ok(()),
            Err(error) if is_absence(&error) => Ok(()),
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
                Err("the system's limit of watched folders is reached".to_owned())
            }
            Err(error) => Err(error.to_string()),
        }
    }
}

/// A folder that vanished before it could be watched needs no watch.
fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn understood(event: notify::Result<Event>) -> Vec<Told> {
    let Ok(event) = event else { return vec![Told::Missed] };
    if event.need_rescan() {
        return vec![Told::Missed];
    }
    let mut paths = event.paths.into_iter();
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
            paths.map(|path| Told::Changed(path, true)).collect()
        }
        EventKind::Access(_) => Vec::new(),
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => match (paths.next(), paths.next())
        {
            (Some(from), Some(to)) => vec![Told::Moved(from, to)],
            _ => vec![Told::Missed],
        },
        // The same move follows as a pair; a file that leaves the library has no pair.
        EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => {
            paths.map(Told::Gone).collect()
        }
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
            paths.map(|path| Told::Changed(path, true)).collect()
        }
        _ => paths.map(|path| Told::Changed(path, false)).collect(),
    }
}
