//! E13: a hundred changes applied to a library of so many files, by itself: no disk, no threads.
//!
//! `cargo bench -p cozygen_core --bench apply [-- FILES]` prints the milliseconds of a batch that
//! adds, of one that renames and of one that removes a hundred files, with the listings by time, name
//! and size kept sorted meanwhile.
#![allow(clippy::print_stdout)] // a benchmark is there to print

use std::time::Instant;

use cozygen_core::gallery::catalog::Catalog;
use cozygen_core::gallery::change::Op;
use cozygen_core::gallery::fill::filled;
use cozygen_core::gallery::library::Library;
use cozygen_core::gallery::roots::Roots;
use cozygen_core::gallery::row::{FileStat, FolderStat};
use cozygen_core::gallery::scope::{Order, Scope};
use cozygen_core::gallery::walk::Listing;

const PER_FOLDER: usize = 500;
const BATCH: usize = 100;
const ROUNDS: usize = 21;

fn stat(number: usize) -> FileStat {
    FileStat {
        size: 1_000 + number as u64,
        mtime_ns: number as i64 * 1_000_000,
        inode: number as u64 + 1,
    }
}

fn catalog(files: usize) -> Catalog {
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
    filled(&Roots::new(Vec::new(), Vec::new()), &listings)
}

/// Spread over the folders, as many people working at once would.
fn put(library: &Library, round: usize, at: usize, renamed: bool) -> Op {
    let folders = library.catalog.len().div_ceil(PER_FOLDER);
    let number = round * BATCH + at;
    let folder = format!("day_{:05}", number * 7919 % folders).into_bytes();
    let name = format!("{}_{number}.png", if renamed { "renamed" } else { "new" }).into_bytes();
    let before = format!("new_{number}.png").into_bytes();
    let known =
        library.catalog.find_folder(&folder).and_then(|at| library.catalog.find_file(at, &before));
    let id = known.filter(|_| renamed).map(|row| library.catalog.row(row).id);
    Op::File { folder, name, id, stat: stat(number * 31) }
}

fn timed(library: &mut Library, ops: &[Op]) -> f64 {
    let began = Instant::now();
    let changes = library.apply(ops);
    let spent = began.elapsed().as_secs_f64() * 1_000.0;
    assert!(!changes.is_empty());
    spent
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let files = std::env::args().filter_map(|word| word.parse().ok()).next().unwrap_or(1_000_000);
    let mut library = Library::new(catalog(files));
    for order in [Order::Newest, Order::Name, Order::Size] {
        library.prepare(Scope::ALL, order);
    }
    let (mut adding, mut renaming, mut removing) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let ops: Vec<Op> = (0..BATCH).map(|at| put(&library, round, at, false)).collect();
        adding.push(timed(&mut library, &ops));
        let ops: Vec<Op> = (0..BATCH).map(|at| put(&library, round, at, true)).collect();
        renaming.push(timed(&mut library, &ops));
        let gone = ops
            .iter()
            .filter_map(|op| if let Op::File { id: Some(id), .. } = op { Some(*id) } else { None });
        let ops: Vec<Op> = gone.map(|id| Op::DropFile { id }).collect();
        removing.push(timed(&mut library, &ops));
    }
    println!("| E13 a hundred changes in {files} files | median ms |");
    println!("| --- | --- |");
    println!("| added | {:.2} |", median(adding));
    println!("| renamed | {:.2} |", median(renaming));
    println!("| removed | {:.2} |", median(removing));
}
