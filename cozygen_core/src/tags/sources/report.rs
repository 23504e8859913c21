//! What was read of a list and what was left out, for the person who brought it.

use serde::{Deserialize, Serialize};

/// So many left-out rows are shown in full.
pub const MAX_EXAMPLES: usize = 20;

/// A row that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Line number, from 1.
    pub line: usize,
    /// Why, in a few words.
    pub why: String,
    /// The start of the row.
    pub row: String,
}

/// What became of one list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceReport {
    /// The label of the list.
    pub label: String,
    /// The format that was found; empty if the list could not be read.
    pub format: String,
    /// Tags taken.
    pub tags: usize,
    /// Aliases, other names and implications taken.
    pub links: usize,
    /// Tags that an earlier list already had.
    pub repeated: usize,
    /// Rows left out.
    pub skipped: usize,
    /// The first of them.
    pub examples: Vec<Skipped>,
    /// Why nothing was read at all, for a person; empty if something was.
    pub error: String,
}

impl SourceReport {
    /// Note a row that is left out.
    pub fn skip(&mut self, line: usize, why: &str, row: &str) {
        self.skipped += 1;
        if self.examples.len() < MAX_EXAMPLES {
            let row = row.chars().filter(|c| !c.is_control()).take(80).collect();
            self.examples.push(Skipped { line, why: why.to_owned(), row });
        }
    }
}
