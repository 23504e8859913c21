//! What is kept on disk beside the snapshot: metadata of files, and the changes
//! since the snapshot. A cache: it may be deleted at any time.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use super::change::{Facts, Op};
use super::error::{GalleryError, Result};
use super::library::Library;
use super::snapshot;

const VERSION: i64 = 1;
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS meta (
        id INTEGER PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL,
        duration_ms INTEGER NOT NULL, fps_milli INTEGER NOT NULL, summary TEXT);
    CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, ops BLOB NOT NULL);
    PRAGMA user_version = 1;";

/// Losing the last second to a power cut is fine for a cache; corruption is not.
const HABITS: &str = "
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;";

/// How the cache was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheState {
    /// Opened, or made new.
    Fine,
    /// It was damaged and is being built anew; says what was wrong.
    Rebuilt(String),
    /// The folder cannot be written; nothing survives the process.
    MemoryOnly(String),
}

/// One file's metadata as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The file.
    pub id: u64,
    /// Size, times, pixels.
    pub facts: Facts,
    /// `Meta` of the API as JSON, when there is any.
    pub summary: Option<String>,
}

/// The cache of one library.
pub struct Store {
    writer: Mutex<Connection>,
    reader: Option<Mutex<Connection>>,
    folder: Option<PathBuf>,
}

impl Store {
    /// Open the cache in `folder`, or one in a temporary file that goes with
    /// the process when there is no folder or it cannot be written.
    pub fn open(folder: Option<&Path>) -> Result<(Self, CacheState)> {
        let Some(folder) = folder else {
            return Ok((Self::temporary()?, CacheState::Fine));
        };
        if let Err(error) = writable(folder) {
            let reason = error.to_string();
            return Ok((Self::temporary()?, CacheState::MemoryOnly(reason)));
        }
        let path = folder.join("meta.sqlite");
        match Self::at(&path) {
            Ok(store) => Ok((store, CacheState::Fine)),
            Err(GalleryError::Store(error)) => {
                remove_database(&path)?;
                Ok((Self::at(&path)?, CacheState::Rebuilt(error.to_string())))
            }
            Err(error) => Err(error),
        }
    }

    fn temporary() -> Result<Self> {
        let writer = Connection::open("")?;
        writer.execute_batch(SCHEMA)?;
        Ok(Self { writer: Mutex::new(writer), reader: None, folder: None })
    }

    fn at(path: &Path) -> Result<Self> {
        let writer = Connection::open(path)?;
        writer.busy_timeout(std::time::Duration::from_secs(5))?;
        writer.execute_batch(HABITS)?;
        let version: i64 = writer.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version != 0 && version != VERSION {
            writer.execute_batch("DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS journal;")?;
        }
        writer.execute_batch(SCHEMA)?;
        writer.query_row("SELECT count(*) FROM journal", [], |row| row.get::<_, i64>(0))?;
        let reader = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        reader.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(Self {
            writer: Mutex::new(writer),
            reader: Some(Mutex::new(reader)),
            folder: path.parent().map(Path::to_owned),
        })
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        self.reader.as_ref().unwrap_or(&self.writer).lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The library of the last run: snapshot plus journal; `None` when there is none.
    pub fn load(&self) -> Result<Option<Library>> {
        let Some(path) = self.snapshot_path().filter(|path| path.exists()) else { return Ok(None) };
        let loaded = snapshot::load(&path)?;
        let mut library = loaded.library;
        for ops in self.journal_after(loaded.journal)? {
            library.apply(&ops);
        }
        Ok(Some(library))
    }

    fn journal_after(&self, position: u64) -> Result<Vec<Vec<Op>>> {
        let reader = self.reader();
        let mut statement =
            reader.prepare("SELECT ops FROM journal WHERE seq > ?1 ORDER BY seq")?;
        let batches =
            statement.query_map([position.cast_signed()], |row| row.get::<_, Vec<u8>>(0))?;
        let mut decoded = Vec::new();
        for batch in batches {
            let ops = postcard::from_bytes(&batch?);
            decoded.push(ops.map_err(|_| GalleryError::Broken("a journal entry is broken"))?);
        }
        Ok(decoded)
    }

    fn snapshot_path(&self) -> Option<PathBuf> {
        self.folder.as_ref().map(|folder| folder.join("columns.bin"))
    }

    /// Remember a batch until the next snapshot.
    pub fn append(&self, ops: &[Op]) -> Result<()> {
        if self.folder.is_none() {
            return Ok(());
        }
        let bytes = postcard::to_allocvec(ops)
            .map_err(|_| GalleryError::Broken("a change cannot be serialised"))?;
        self.writer().prepare_cached("INSERT INTO journal (ops) VALUES (?1)")?.execute([bytes])?;
        Ok(())
    }

    /// The position that a snapshot taken now covers.
    pub fn position(&self) -> Result<u64> {
        let last = self
            .writer()
            .query_row("SELECT seq FROM sqlite_sequence WHERE name = 'journal'", [], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(last.unwrap_or(0i64).cast_unsigned())
    }

    /// Write a snapshot and forget the journal that it covers.
    pub fn save(&self, packed: &snapshot::Packed, position: u64) -> Result<()> {
        let Some(path) = self.snapshot_path() else { return Ok(()) };
        snapshot::write(&path, packed)?;
        self.writer().execute("DELETE FROM journal WHERE seq <= ?1", [position.cast_signed()])?;
        Ok(())
    }

    /// Whether anything survives the process.
    pub fn is_durable(&self) -> bool {
        self.folder.is_some()
    }

    /// Remember what was read from files, in one step.
    pub fn put(&self, entries: &[Stored]) -> Result<()> {
        let mut writer = self.writer();
        let step = writer.transaction()?;
        {
            let mut insert = step.prepare_cached(
                "INSERT OR REPLACE INTO meta VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            for Stored { id, facts, summary } in entries {
                insert.execute(params![
                    id.cast_signed(),
                    facts.size.cast_signed(),
                    facts.mtime_ns,
                    facts.width,
                    facts.height,
                    facts.duration_ms,
                    facts.fps_milli,
                    summary
                ])?;
            }
        }
        step.commit()?;
        Ok(())
    }

    /// What is known of these files, without regard to their present version.
    pub fn get(&self, ids: &[u64]) -> Result<Vec<Stored>> {
        let reader = self.reader();
        let mut select = reader.prepare_cached("SELECT * FROM meta WHERE id = ?1")?;
        let mut found = Vec::with_capacity(ids.len());
        for id in ids {
            found.extend(select.query_row([id.cast_signed()], stored).optional()?);
        }
        Ok(found)
    }

    /// Forget files that are gone.
    pub fn forget(&self, ids: &[u64]) -> Result<()> {
        let mut writer = self.writer();
        let step = writer.transaction()?;
        for id in ids {
            step.prepare_cached("DELETE FROM meta WHERE id = ?1")?.execute([id.cast_signed()])?;
        }
        step.commit()?;
        Ok(())
    }

    /// Throw away a snapshot that cannot be used.
    pub fn discard_snapshot(&self) -> Result<()> {
        if let Some(path) = self.snapshot_path() {
            remove_if_there(&path)?;
        }
        self.writer().execute("DELETE FROM journal", [])?;
        Ok(())
    }
}

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<Stored> {
    let summary: Option<String> = row.get(7)?;
    let facts = Facts {
        size: row.get::<_, i64>(1)?.cast_unsigned(),
        mtime_ns: row.get(2)?,
        width: row.get(3)?,
        height: row.get(4)?,
        duration_ms: row.get(5)?,
        fps_milli: row.get(6)?,
        has_meta: summary.is_some(),
    };
    Ok(Stored { id: row.get::<_, i64>(0)?.cast_unsigned(), facts, summary })
}

/// Make the folder and try to write in it.
fn writable(folder: &Path) -> Result<()> {
    let fail = |error| GalleryError::io(folder, error);
    fs::create_dir_all(folder).map_err(fail)?;
    let probe = folder.join(".probe");
    fs::write(&probe, b"").and_then(|()| fs::remove_file(&probe)).map_err(fail)
}

fn remove_database(path: &Path) -> Result<()> {
    for ending in ["sqlite", "sqlite-wal", "sqlite-shm"] {
        remove_if_there(&path.with_extension(ending))?;
    }
    Ok(())
}

fn remove_if_there(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(GalleryError::io(path, error))
        }
        _ => Ok(()),
    }
}
