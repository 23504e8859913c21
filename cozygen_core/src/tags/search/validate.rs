//! Are these tags? And if not, which were meant?

use super::super::index::{Index, RowKind};
use super::super::normal::{normal, without_syntax};
use super::filter::Filter;
use super::found::Found;
use super::query::{Form, Query};
use super::{CORRECTIONS, Nsfw, Options, Search};

/// Fewer than this are not worth a second thread.
const WORTH_A_THREAD: usize = 8;

/// What became of one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// A tag, or prompt syntax that is none of a tag list's business.
    Valid,
    /// Another spelling of this tag.
    Alias(String),
    /// No tag; these may have been meant.
    Unknown(Vec<String>),
}

impl Index {
    /// Judge each of `texts`; two threads share a long list.
    pub fn validate(&self, texts: &[&str]) -> Vec<Verdict> {
        let view = self.view();
        let search = Search { view };
        let options = Options { nsfw: Nsfw::Show, ..Options::default() };
        let Some(filter) = Filter::new(self, &view, &options) else { return Vec::new() };
        let judge = |texts: &[&str]| -> Vec<Verdict> {
            let found = |want| Found::new(&view, filter.clone(), want);
            texts.iter().map(|text| search.verdict(text, &found)).collect()
        };
        if texts.len() < WORTH_A_THREAD {
            return judge(texts);
        }
        let (left, right) = texts.split_at(texts.len() / 2);
        std::thread::scope(|scope| {
            let side = scope.spawn(|| judge(left));
            let here = judge(right);
            let mut all = side.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            all.extend(here);
            all
        })
    }

    /// The tag that each text names, by its name or an alias.
    pub fn resolve(&self, texts: &[&str]) -> Vec<Option<&str>> {
        let view = self.view();
        let name = |tag: u32| view.shown(view.tag_row[tag as usize]);
        texts.iter().map(|text| self.tag_called(&normal(text)).map(name)).collect()
    }

    /// The tag with this name or alias, in normal form.
    pub(super) fn tag_called(&self, text: &str) -> Option<u32> {
        let search = Search { view: self.view() };
        search.called(text.as_bytes()).map(|row| search.view.tag_of(row))
    }
}

impl Search<'_> {
    fn verdict<'f>(&self, text: &str, found: &dyn Fn(usize) -> Found<'f>) -> Verdict {
        let typed = normal(text);
        let bare = normal(without_syntax(text));
        if is_syntax(text.trim()) || bare.is_empty() {
            return Verdict::Valid;
        }
        for spelling in [&typed, &bare] {
            if let Some(verdict) = self.known(spelling) {
                return verdict;
            }
        }
        Verdict::Unknown(self.meant(&bare, found))
    }

    /// The verdict on a text that is a name, an alias, or an artist with a sign before it.
    fn known(&self, text: &str) -> Option<Verdict> {
        let query = Query::new(text);
        let row = self.called(text.as_bytes()).or_else(|| match query.form {
            Form::Artist(name) => self.called(name.as_bytes()),
            _ => None,
        })?;
        if self.view.row_kind[row as usize] == RowKind::Name as u8 {
            return Some(Verdict::Valid);
        }
        let name = self.view.tag_row[self.view.tag_of(row) as usize];
        Some(Verdict::Alias(self.view.shown(name).to_owned()))
    }

    /// The row of this name or alias.
    fn called(&self, text: &[u8]) -> Option<u32> {
        let other = RowKind::OtherName as u8;
        self.rows_called(text).find(|&row| self.view.row_kind[row as usize] != other)
    }

    /// `-` for `_` and the other way round, other languages, spelling, then whatever holds the words.
    fn meant<'f>(&self, text: &str, found: &dyn Fn(usize) -> Found<'f>) -> Vec<String> {
        let mut hits = found(CORRECTIONS);
        for variant in [text.replace('_', "-"), text.replace('-', "_"), text.to_owned()] {
            self.exact(variant.as_bytes(), &mut hits);
        }
        let query = Query::new(text);
        let query = Query::new(query.without_prefix());
        self.whole_names(query.bytes(), &mut hits);
        if hits.is_empty() {
            self.words(&query.tokens, &mut hits);
            self.inside(&query.tokens, &mut hits);
            self.some_words(&query, &mut hits);
        }
        if hits.is_empty() {
            self.spelling(&query, &mut hits);
        }
        let name = |tag: u32| self.view.shown(self.view.tag_row[tag as usize]).to_owned();
        hits.hits.iter().map(|hit| name(hit.tag)).collect()
    }
}

/// LoRA tags, wildcards, aliases of CozyGen and words with a meaning to samplers.
fn is_syntax(text: &str) -> bool {
    let enclosed = |open: &str, close: &str| {
        text.len() > open.len() + close.len() && text.starts_with(open) && text.ends_with(close)
    };
    (enclosed("<", ">") && text.contains(':'))
        || enclosed("__", "__")
        || enclosed("$", "$")
        || enclosed("{", "}")
        || enclosed("embedding:", "")
        || matches!(text, "BREAK" | "AND" | "ADDROW" | "ADDCOL" | "ADDCOMM" | "ADDBASE")
}
