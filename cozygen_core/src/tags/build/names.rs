//! The further names of the tags, out of the pairs that the lists have.

use std::panic::resume_unwind;

use super::super::normal::MAX_TAG_BYTES;
use super::super::sources::{Link, SourceReport};
use super::batch::Text;
use super::catalog::{Catalog, Pair};

/// A further name of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Name {
    pub tag: u32,
    pub text: Text,
    pub kind: Link,
}

/// What a pair says.
enum Said {
    /// A further name of this tag.
    Name(u32),
    /// Nothing that can be used, and why.
    Nonsense(&'static str),
    /// Nothing new.
    Nothing,
}

impl Catalog<'_> {
    /// The names of all tags, sorted by tag; the entries are in their final order.
    pub fn names(&mut self, reports: &mut [SourceReport]) -> Vec<Name> {
        let mut names = Vec::with_capacity(self.pairs.len());
        let pairs = std::mem::take(&mut self.pairs);
        for (pair, said) in pairs.iter().zip(self.said(&pairs)) {
            let report = reports.get_mut(pair.source as usize);
            match said {
                Said::Name(tag) => {
                    names.push(Name { tag, text: pair.from, kind: pair.kind });
                    report.into_iter().for_each(|r| r.links += 1);
                }
                Said::Nonsense(why) => {
                    let (from, to) = (self.text(pair.from.shown), self.text(pair.to.shown));
                    let row = format!("{from} -> {to}");
                    report.into_iter().for_each(|r| r.skip(0, why, &row));
                }
                Said::Nothing => report.into_iter().for_each(|r| r.links += 1),
            }
        }
        // A stable sort keeps the order of the lists; an alias goes before an other name.
        names.sort_by_key(|name: &Name| (name.tag, name.kind == Link::OtherName));
        names
    }

    /// What each pair says; both halves at once, since looking up takes its time.
    fn said(&self, pairs: &[Pair]) -> Vec<Said> {
        let all = |pairs: &[Pair]| pairs.iter().map(|pair| self.name(pair)).collect::<Vec<_>>();
        let (here, there) = pairs.split_at(pairs.len() / 2);
        std::thread::scope(|scope| {
            let side = scope.spawn(|| {
                crate::pool::lower_priority();
                all(there)
            });
            let mut said = all(here);
            said.extend(side.join().unwrap_or_else(|panic| resume_unwind(panic)));
            said
        })
    }

    fn name(&self, pair: &Pair) -> Said {
        if pair.kind == Link::Implication {
            return Said::Nothing;
        }
        let Some(tag) = self.find(self.text(pair.to.normal)) else {
            return Said::Nonsense("its tag is in no list");
        };
        let normal = self.text(pair.from.normal);
        if normal.is_empty() || normal.len() > MAX_TAG_BYTES {
            return Said::Nonsense("an empty or overlong name");
        }
        if pair.signs.block(self.entries[tag as usize].explicit) {
            return Said::Nonsense("blocked");
        }
        // The tag's own name, or an alias that is a tag in its own right.
        let other = self.find(normal);
        if other == Some(tag) || other.is_some() && pair.kind == Link::Alias {
            return Said::Nothing;
        }
        Said::Name(tag)
    }
}
