//! F3: what a start takes that finds the library of so many files in its cache: reading the snapshot, by itself.
//!
//! `cargo bench -p cozygen_core --bench load [-- FILES]` prints the milliseconds of reading the file, and of
//! that with the look-ups and the three kept orders, ready to be listed.
#![allow(clippy::print_stdout)] // a benchmark is there to print

use std::time::Instant;

use cozygen_core::gallery::fill::filled;
use cozygen_core::gallery::library::Library;
use cozygen_core::gallery::roots::Roots;
use cozygen_core::gallery::row::{FileStat, FolderStat};
use cozygen_core::gallery::scope::Scope;
use cozygen_core::gallery::snapshot;
use cozygen_core::gallery::walk::Listing;

const PER_FOLDER: usize = 500;
const ROUNDS: usize = 11;

fn stat(number: usize) -> FileStat {
    FileStat {
        size: 1_000 + number as u64,
        mtime_ns: number as i64 * 1_000_000,
        inode: number as u64 + 1,
    }
}

fn library(files: usize) -> Library {
    let folder = |number: usize| Listing {
        path: format!("day_{number:05}").into_bytes(),
        stat: FolderStat::default(),
        files: (number * PER_FOLDER..((number + 1) * PER_FOLDER).min(files))
            .map(|file| (format!("ComfyUI_{file:07}_.png").into_bytes(), stat(file)))
            .collect(),
        folders: Vec::new(),
        refused: 0,
        unreadable: 0,
    };
    let listings: Vec<Listing> = (0..files.div_ceil(PER_FOLDER)).map(folder).collect();
    let mut library = Library::new(filled(&Roots::new(Vec::new(), Vec::new()), &listings));
    for order in snapshot::ORDERS {
        library.prepare(Scope::ALL, order);
    }
    library
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn timed<T>(work: impl Fn() -> T) -> f64 {
    let once = |_| {
        let began = Instant::now();
        let made = work();
        let spent = began.elapsed().as_secs_f64() * 1_000.0;
        drop(made);
        spent
    };
    median((0..ROUNDS).map(once).collect())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000);
    let folder = std::env::temp_dir().join(format!("cozygen-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("columns.bin");
    snapshot::write(&path, &snapshot::pack(&library(files), 0)?)?;
    let size = std::fs::metadata(&path)?.len() / 1_000_000;
    let reading = timed(|| std::fs::read(&path).map(|bytes| bytes.len()));
    let loading = timed(|| snapshot::load(&path).map(|loaded| loaded.library.generation()));
    std::fs::remove_dir_all(&folder)?;
    println!("| F3 the cache of {files} files, {size} MB | median ms |");
    println!("| --- | --- |");
    println!("| reading the file | {reading:.0} |");
    println!("| loading it, ready to be listed | {loading:.0} |");
    Ok(())
}
