//! `@name`, `artist:name`, `by name`: artists first, then everyone.

use super::Search;
use super::found::Found;
use super::query::Query;

impl Search<'_> {
    /// Names with the sign itself, then artists called `name`, then all others.
    pub fn artist(&self, query: &Query<'_>, name: &Query<'_>, found: &mut Found<'_>) {
        self.exact(query.bytes(), found);
        self.prefix(query.bytes(), found);
        found.filter.artists_only(true);
        self.literal(name, found);
        found.filter.artists_only(false);
        self.literal(name, found);
    }
}
